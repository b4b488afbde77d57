package org.hemei.evaluation.check;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.MechanismCheck.Basis;
import org.hemei.platform.MechanismCheck.Figure;
import org.hemei.platform.MechanismCheck.Part;
import org.hemei.platform.MechanismCheck.Rule;
import org.hemei.platform.MechanismCheck.Shortfall;
import org.hemei.platform.MechanismCheck.Threshold;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Three rules of evaluation: it ends in time, it reaches the projects, and enough households are heard. */
@Configuration(proxyBeanMethods = false)
class EvaluationChecks {

    private static final String ARTICLE = "《中国城市报》2021年6月14日第21版";
    private static final String DEFAULT = "本系统默认值，文件没有写比例，各地可以按自己的安排改";

    /** Who evaluates a year in the next one's spring has not planned yet when it is over: until the end of this month the year before counts. */
    private static final String SPRING =
            "extract(month from cast(:on as date)) <= threshold('campaign-on-time', 'spring', d.code, :on, 6)";

    /** Districts where companies have worked since before this year, and no campaign of the last year or later was planned. */
    private static final String IDLE = """
            select d.code, d.name, case when %s then '前年' else '去年' end || '以来都没有安排测评' as words from area d
            where d.level = 'district'
              and exists (select from estate e join contract k on k.estate = e.id
                          where e.district = cast(d.code as int) and k.during @> cast(:on as date)
                            and lower(k.during) < date_trunc('year', cast(:on as date)))
              and not exists (select from evaluation_campaign c
                              where starts_with(d.code, c.area) and c.state <> 'cancelled' and c.year >= extract(year from cast(:on as date)) - case when %s then 2 else 1 end
                                and c.made_at < cast(cast(:on as date) + 1 as timestamp) at time zone 'Asia/Shanghai')
            """.formatted(SPRING, SPRING);

    /** What holds of the last year that had ended by the day in each district: one district's new year makes no other's old one idle. */
    private static final String LAST_YEAR = """
            select p.id, p.estate, s.id as score, s.result, s.ballots, e.community, e.name
            from (select p.district, max(c.year) as year
                  from evaluation_campaign c join evaluation_project p on p.campaign = c.id and p.counts
                  where c.state = 'final' and c.final_at < cast(cast(:on as date) + 1 as timestamp) at time zone 'Asia/Shanghai'
                    and not exists (select from (%s) idle where cast(idle.code as int) = p.district)
                  group by p.district) last
                     join evaluation_campaign c on c.year = last.year and c.state = 'final'
                         and c.final_at < cast(cast(:on as date) + 1 as timestamp) at time zone 'Asia/Shanghai'
                     join evaluation_project p on p.campaign = c.id and p.district = last.district
                     join lateral (select x.* from evaluation_score x where x.project = p.id and x.stage = 'final'
                                   order by x.version desc limit 1) s on s.counts
                     join estate e on e.id = p.estate
            """.formatted(IDLE);

    /** The estates with a company of the districts that evaluate nobody: nothing there is rated, nobody there is asked. */
    private static final String UNASKED = """
            select e.community as area, e.id, e.name, '/estates/' || e.id as link, false as met, false as notice, '这个区没有安排测评' as missing
            from (%s) idle join estate e on e.district = cast(idle.code as int)
            where exists (select from contract k where k.estate = e.id and k.during @> cast(:on as date)
                                                   and lower(k.during) < date_trunc('year', cast(:on as date)))
            """.formatted(IDLE);

    /** One statement tells of every subject whether it is within the rule; figures count its rows, the list shows them. */
    private record Subjects(Rule rule, boolean follows, JdbcClient jdbc, String sql) implements MechanismCheck {

        @Override
        public List<Figure> measure(LocalDate on) {
            return jdbc.sql("""
                            select area, count(*) filter (where met) as part, count(*) as whole,
                                   count(*) filter (where met and notice) as notice
                            from (%s) subjects group by area
                            """.formatted(sql))
                    .param("on", on)
                    .query(Figure.class)
                    .list();
        }

        @Override
        public List<Shortfall> shortfalls(String area, LocalDate on, String after, int most) {
            return jdbc.sql("""
                            select area || '-' || lpad(id::text, 12, '0') as key, area, name, link, missing, null::bigint as body, met as notice
                            from (%s) subjects
                            where starts_with(area, :area) and (not met or notice)
                              and area || '-' || lpad(id::text, 12, '0') > :after collate "C"
                            order by area, id limit :most
                            """.formatted(sql))
                    .param("on", on)
                    .param("area", area)
                    .param("after", after)
                    .param("most", most)
                    .query(Shortfall.class)
                    .list();
        }
    }

    private final JdbcClient jdbc;

    EvaluationChecks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static List<Threshold> share(int target, int near, Threshold... own) {
        var all = new ArrayList<Threshold>();
        all.add(new Threshold(MechanismCheck.TARGET, "达标线", "%", target, 1, 100, DEFAULT));
        all.add(new Threshold(MechanismCheck.NEAR, "差多少算接近", "个百分点", near, 0, 50, DEFAULT));
        all.addAll(List.of(own));
        return List.copyOf(all);
    }

    /** Each district, with every campaign that evaluates it, or as one that has none. */
    @Bean
    MechanismCheck campaignsOnTime() {
        return new Subjects(
                new Rule(
                        "campaign-on-time",
                        Part.LEADERSHIP,
                        "测评按时办完",
                        "每年都安排测评，每次测评在最初定好的日子以前定终评。",
                        new Basis(ARTICLE, "大力推进物业服务第三方测评"),
                        "分母是各区的测评（全市一起办的，每个区各算一次），不算取消的；有物业、去年以来（年初还没到定测评的月份时，前年以来）都没有安排测评的区也各算一次。"
                                + "分子是按最初定的日子定了终评、或还没到日子的；后来改过日子的，照原来的算。停在某一步的只提示。",
                        "次测评",
                        "没按时办完的测评",
                        share(
                                100,
                                5,
                                new Threshold(
                                        "spring", "几月底以前还看前年的测评", "月", 6, 0, 12, "本系统默认值：上一年的测评多在第二年上半年办，各地可以按自己的安排改")),
                        false),
                false, // a campaign of the whole city stands in each district
                jdbc,
                """
                select a.code as area, c.id, c.title as name, '/campaigns/' || c.id as link,
                       coalesce(cast(c.final_at at time zone 'Asia/Shanghai' as date), cast(:on as date))
                           <= coalesce(c.planned_by, c.final_by) as met,
                       c.state not in ('final', 'cancelled') and cast(:on as date) > case
                           when c.state in ('planned', 'drawn', 'sealed') then c.collect_from
                           when c.state = 'collecting' then c.collect_until + 1 when c.state = 'review' then c.review_until
                           when c.state = 'preliminary' then c.objection_from else c.final_by end as notice,
                       case when c.state = 'final' then '终评晚了' else '停在“' || case c.state
                           when 'planned' then '方案发布' when 'drawn' then '抽好样本' when 'sealed' then '样本锁定'
                           when 'collecting' then '测评中' when 'review' then '数据复核' when 'preliminary' then '初评' else '公示、异议' end
                           || '”' end
                           || case when coalesce(cast(c.final_at at time zone 'Asia/Shanghai' as date), cast(:on as date))
                                            > coalesce(c.planned_by, c.final_by)
                                   then '，原定' || to_char(coalesce(c.planned_by, c.final_by), 'YYYY"年"FMMM"月"FMDD"日"') else '' end as missing
                from evaluation_campaign c join area a on a.level = 'district' and starts_with(a.code, c.area)
                where c.state <> 'cancelled' and c.made_at < cast(cast(:on as date) + 1 as timestamp) at time zone 'Asia/Shanghai'
                union all
                select idle.code, 0, idle.name, '/campaigns', false, false, idle.words from (%s) idle
                """.formatted(IDLE));
    }

    @Bean
    MechanismCheck projectsRated() {
        return new Subjects(
                new Rule(
                        "projects-rated",
                        Part.LEADERSHIP,
                        "物业项目都有评定",
                        "每年测评，有物业的小区都评出合格不合格。",
                        new Basis(ARTICLE, "赋予街道社区党组织对物业服务企业(项目)的评价权"),
                        "分母是各区最近一次定了终评的那一年的项目；没有安排测评的区，有物业的小区都算。" + "分子是评定了合格或不合格的；票太少、缺检查、缺打分的不评定。",
                        "个项目",
                        "没有评定的项目",
                        share(90, 10),
                        false),
                false, // projects, and estates where nobody evaluates
                jdbc,
                "select community as area, id, name, '/scores/' || score as link, result <> 'not_rated' as met, false as notice,"
                        + " '不评定，有效票 ' || ballots || ' 张' as missing from (" + LAST_YEAR + ") s union all " + UNASKED);
    }

    /** An estate that two companies shared a year of was asked once. */
    @Bean
    MechanismCheck ballotsPerEstate() {
        return new Subjects(
                new Rule(
                        "ballots-per-estate",
                        Part.LEADERSHIP,
                        "居民的票够多",
                        "每个测评的小区有足够的有效票。",
                        new Basis(ARTICLE, "将居民群众满意度作为重要内容"),
                        "分母是各区最近一次定了终评的那一年的小区；没有安排测评的区，有物业的小区都算。分子是有效票达到下限的。",
                        "个小区",
                        "票太少的小区",
                        share(90, 10, new Threshold("least", "至少几张有效票", "张", 30, 10, 1000, "默认模板：少于 30 张样本太少，不评定")),
                        false),
                true,
                jdbc,
                "(select distinct on (estate) community as area, estate as id, name, '/scores/' || score as link,"
                        + " ballots >= threshold('ballots-per-estate', 'least', community, :on, 30) as met, false as notice,"
                        + " '只有 ' || ballots || ' 张有效票' as missing from (" + LAST_YEAR
                        + ") s order by estate, score desc) union all " + UNASKED);
    }
}
