package org.hemei.evaluation.listing;

import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.MechanismCheck;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether what was proposed for the blacklist is decided in time; of cases whose day to decide fell into the last year. */
@Component
class ListingCheck implements MechanismCheck {

    private static final String DEFAULT = "本系统默认值，文件没有写比例，各地可以按自己的安排改";

    private static final Rule RULE = new Rule(
            "listings-in-time",
            Part.LEADERSHIP,
            "黑名单按时决定",
            "连续两年不合格的企业，听完陈述申辩，按时集体决定列不列入。",
            new Basis("《中国城市报》2021年6月14日第21版", "连续两年被评不合格的物业公司列入招投标“黑名单”"),
            "分母是最近一年里到了决定期限的。分子是期限里集体讨论决定了的，列入和不列入都算；成绩变了终止的不算在内。",
            "件",
            "没有按时决定的",
            List.of(
                    new Threshold(TARGET, "达标线", "%", 100, 1, 100, DEFAULT),
                    new Threshold(NEAR, "差多少算接近", "个百分点", 10, 0, 50, DEFAULT)),
            false);

    /** Cases that had to be decided in the year up to the end of this day. */
    private static final String CASES = """
            select l.id, l.area, b.name, l.company,
                   coalesce(l.decided_on <= cast(l.decide_due at time zone 'Asia/Shanghai' as date) and l.decided_on <= :on, false) as met
            from listing l join body b on b.id = l.company
            where cast(l.decide_due at time zone 'Asia/Shanghai' as date) between :since and :on
              and (cast(l.decide_due at time zone 'Asia/Shanghai' as date) < :on or coalesce(l.decided_on <= :on, false)) -- its last day is not over yet
              and not (l.state = 'dropped' and l.decided_on is null)
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
                        + CASES + ") c group by area")
                .param("on", on)
                .param("since", on.minusYears(1).plusDays(1))
                .query(Figure.class)
                .list();
    }

    @Override
    public List<Shortfall> shortfalls(String area, LocalDate on, String after, int most) {
        return jdbc.sql("""
                select area || '-' || lpad(id::text, 12, '0') as key, area, name, '/listings/' || id as link, '过了期限还没有集体决定，或者决定晚了' as missing,
                       cast(null as bigint) as body, false as notice
                from (%s) c
                where not met and starts_with(area, :area) and area || '-' || lpad(id::text, 12, '0') > :after collate "C"
                order by area, id limit :most
                """.formatted(CASES))
                .param("on", on)
                .param("since", on.minusYears(1).plusDays(1))
                .param("area", area)
                .param("after", after)
                .param("most", most)
                .query(Shortfall.class)
                .list();
    }
}
