package org.hemei.registry.check;

import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.MechanismCheck;
import org.hemei.registry.Areas;
import org.hemei.registry.Moved;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A rule that looks at one kind of thing: each thing is within the rule on a day or is not. One statement tells it of all
 * of them; the figures count its rows, the list of who falls short shows them.
 */
abstract class SubjectCheck implements MechanismCheck {

    /** Whether anything stands elsewhere today, or is going to, than it did on the day. */
    private static final String MOVED = """
            select exists (select from (%s) m) or exists (select from body_area where lower(during) > cast(:on as date))
            """.formatted(Moved.estates(":on"));

    /** Which estates were there on the day: those struck off later are counted until then. */
    private static final String THERE = "(e.until is null or e.until > cast(:on as date))";

    /** Takes the place of the table in the statement that follows. */
    private static final String AS_THEY_WERE = """
            with estate as not materialized (
                select e.id, e.name, e.community, e.street, e.district from estate e where %s
            )
            """.formatted(THERE);

    /** Takes the place of the two tables in the statement that follows: each thing where it stood on the day. */
    private static final String AS_THEY_STOOD = """
            with estate as not materialized (
                select e.id, e.name, p.community, left(p.community, 9) as street, left(p.community, 6)::int as district
                from estate e left join (%s) l on l.estate = e.id
                         cross join lateral (select coalesce(l.community, e.community) collate "C" as community) p
                where %s
            ), body as not materialized (
                select b.id, b.kind, b.party_kind, b.name, b.company, b.estate, b.since, b.until, coalesce(ba.area, b.area) as area
                from body b left join body_area ba on ba.body = b.id and ba.during @> cast(:on as date)
            )
            """.formatted(Moved.estates(":on"), THERE);

    /** How the key of what has no number of its own ends. */
    private static final String AREA = "-000000000000";

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
     *     met, notice (within the rule, yet worth a look), missing (a clause), body (when it can be given a task); of the
     *     tables {@code estate} and {@code body} it uses the columns of {@link #AS_THEY_STOOD} alone
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
        return jdbc.sql(asOf(measure, on)).param("on", on).query(Figure.class).list();
    }

    @Override
    public List<Shortfall> shortfalls(String area, LocalDate on, String after, int most) {
        return jdbc
                .sql(asOf(shortfalls, on))
                .param("on", on)
                .param("area", area)
                .param("after", after)
                .param("most", most)
                .query(Shortfall.class)
                .list()
                .stream()
                .map(SubjectCheck::plain)
                .toList();
    }

    /** An area that falls short itself is called what people call it. */
    private static Shortfall plain(Shortfall one) {
        return one.key().endsWith(AREA)
                ? new Shortfall(
                        one.key(),
                        one.area(),
                        Areas.plain(one.name()),
                        one.link(),
                        one.missing(),
                        one.body(),
                        one.notice())
                : one;
    }

    private String asOf(String statement, LocalDate on) {
        var moved = jdbc.sql(MOVED).param("on", on).query(Boolean.class).single();
        return (moved ? AS_THEY_STOOD : AS_THEY_WERE) + statement;
    }
}
