package org.hemei.evaluation.listing;

import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.MechanismCheck;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether what was proposed for the blacklist is told to its company, decided and served in time; of steps whose day fell into the last
 * year. A proposal that nobody ever gives notice of is late as well.
 */
@Component
class ListingCheck implements MechanismCheck {

    private static final String DEFAULT = "本系统默认值，文件没有写比例，各地可以按自己的安排改";

    private static final Rule RULE = new Rule(
            "listings-in-time",
            Part.LEADERSHIP,
            "黑名单按时办",
            "连续两年不合格的企业，按时告知、送达告知书，听完陈述申辩按时集体决定列不列入，列入的按时送达决定。",
            new Basis("《中国城市报》2021年6月14日第21版", "连续两年被评不合格的物业公司列入招投标“黑名单”"),
            "分母是最近一年里到了期限的告知、决定和送达，一件可以有四步。分子是期限里办了的，决定列入、不列入和不予告知都算；成绩变了终止的不算在内。",
            "步",
            "没有按时办的",
            List.of(
                    new Threshold(TARGET, "达标线", "%", 100, 1, 100, DEFAULT),
                    new Threshold(NEAR, "差多少算接近", "个百分点", 10, 0, 50, DEFAULT)),
            false);

    /** Steps of cases that had to be done in the year up to the end of this day. */
    private static final String STEPS = """
            select l.id, l.area, b.name, s.step, s.words, coalesce(s.done <= s.due and s.done <= :on, false) as met
            from listing l
                     join body b on b.id = l.company
                     cross join lateral (values
                         (1, '告知企业', cast(l.notice_due at time zone 'Asia/Shanghai' as date),
                             (select cast(min(n.at) at time zone 'Asia/Shanghai' as date) from listing_step n
                              where n.listing = l.id and n.verb in ('notify', 'decline'))),
                         (2, '送达告知书', cast(l.deliver_due at time zone 'Asia/Shanghai' as date), l.noticed_on),
                         (3, '集体决定', cast(l.decide_due at time zone 'Asia/Shanghai' as date), l.decided_on),
                         (4, '把决定送达企业', cast(l.serve_due at time zone 'Asia/Shanghai' as date), l.listed_on)) as s (step, words, due, done)
            where s.due between :since and :on
              and (s.due < :on or coalesce(s.done <= :on, false)) -- its last day is not over yet
              and not (l.state in ('dropped', 'declined') and s.done is null)
            """;

    private final JdbcClient jdbc;

    ListingCheck(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public List<Figure> measure(LocalDate on) {
        return jdbc.sql("select area, count(*) filter (where met) as part, count(*) as whole, 0 as notice from ("
                        + STEPS + ") c group by area")
                .param("on", on)
                .param("since", on.minusYears(1).plusDays(1))
                .query(Figure.class)
                .list();
    }

    @Override
    public List<Shortfall> shortfalls(String area, LocalDate on, String after, int most) {
        return jdbc.sql("""
                select area || '-' || lpad(id::text, 12, '0') || '-' || step as key, area, name, '/listings/' || id as link,
                       '过了期限还没有' || words || '，或者办晚了' as missing, cast(null as bigint) as body, false as notice
                from (%s) c
                where not met and starts_with(area, :area) and area || '-' || lpad(id::text, 12, '0') || '-' || step > :after collate "C"
                order by area, id, step limit :most
                """.formatted(STEPS))
                .param("on", on)
                .param("since", on.minusYears(1).plusDays(1))
                .param("area", area)
                .param("after", after)
                .param("most", most)
                .query(Shortfall.class)
                .list();
    }
}
