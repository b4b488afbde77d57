package org.hemei.registry.check;

import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.MechanismCheck;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A rule that looks at one kind of thing: each thing is within the rule on a day or is not. One statement tells it of all
 * of them; the figures count its rows, the list of who falls short shows them.
 */
abstract class SubjectCheck implements MechanismCheck {

    private static final String MEASURE = """
            select area, count(*) filter (where met) as part, count(*) as whole,
                   count(*) filter (where met and notice) as notice
            from (%s) subjects
            group by area
            """;

    /** The key begins with the code of the area, so the list runs area by area. */
    private static final String SHORTFALLS = """
            select area || '-' || lpad(id::text, 12, '0') as key, area, name, link, missing, body, met as notice
            from (%s) subjects
            where starts_with(area, :area)
              and (not met or notice)
              and area || '-' || lpad(id::text, 12, '0') > :after collate "C"
            order by area, id
            limit :most
            """;

    private final Rule rule;
    private final JdbcClient jdbc;
    private final String measure;
    private final String shortfalls;

    /**
     * @param subjects SQL for one row a thing as it is on the day {@code :on}: area (code, collate "C"), id, name, link,
     *     met, notice (within the rule, yet worth a look), missing (a clause), body (when it can be given a task)
     */
    SubjectCheck(Rule rule, JdbcClient jdbc, String subjects) {
        this.rule = rule;
        this.jdbc = jdbc;
        this.measure = MEASURE.formatted(subjects);
        this.shortfalls = SHORTFALLS.formatted(subjects);
    }

    @Override
    public Rule rule() {
        return rule;
    }

    @Override
    public List<Figure> measure(LocalDate on) {
        return jdbc.sql(measure).param("on", on).query(Figure.class).list();
    }

    @Override
    public List<Shortfall> shortfalls(String area, LocalDate on, String after, int most) {
        return jdbc.sql(shortfalls)
                .param("on", on)
                .param("area", area)
                .param("after", after)
                .param("most", most)
                .query(Shortfall.class)
                .list();
    }
}
