package org.hemei.demo;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.access.Readers;
import org.hemei.evaluation.campaign.CampaignDesk;
import org.hemei.evaluation.campaign.Projects;
import org.hemei.evaluation.campaign.SampleDesk;
import org.hemei.evaluation.campaign.SampleDesk.Plan;
import org.hemei.evaluation.scheme.Scheme;
import org.hemei.evaluation.scheme.SchemeContent;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.evaluation.score.Gathering.Ballots;
import org.hemei.evaluation.score.Gathering.Period;
import org.hemei.evaluation.score.ScoreDesk;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.ToldTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two years that were evaluated to their end, and one that is being collected. What was gathered is made up, the same each time; the
 * scores are computed from it as everywhere.
 */
@Component
class Evaluations {

    private static final String CITY = "3401";

    /** 庐江: it was late with the last year. */
    private static final String COUNTY = "340124";

    private static final String BASIS = "示例：《关于开展物业服务测评的实施办法》";
    private static final int WEAK = 10; // of a thousand companies

    /** A number below the second argument that follows from a text, on every server the same. */
    private static final String FATE = "(('x' || substr(md5(%s), 1, 7))::bit(28)::int %% %d)";

    private final JdbcClient jdbc;
    private final Schemes schemes;
    private final Projects projects;
    private final ScoreDesk scores;
    private final SampleDesk samples;
    private final CampaignDesk desk;
    private final Readers readers;
    private final JsonMapper json;

    Evaluations(
            JdbcClient jdbc,
            Schemes schemes,
            Projects projects,
            ScoreDesk scores,
            SampleDesk samples,
            CampaignDesk desk,
            Readers readers,
            JsonMapper json) {
        this.jdbc = jdbc;
        this.schemes = schemes;
        this.projects = projects;
        this.scores = scores;
        this.samples = samples;
        this.desk = desk;
        this.readers = readers;
        this.json = json;
    }

    /** @param late open to objections; over: the newest that is final; running: the one that collects */
    record Built(long late, long over, long running) {}

    Built build(Instant now) {
        var today = CivilTime.date(now);
        var begin = today.minusDays(10);
        // in the first half of a year it is the last one that can be judged
        var newest = begin.getMonthValue() <= 6 ? begin.getYear() - 1 : begin.getYear();
        var scheme = scheme(newest - 3);
        past(newest - 2, scheme, false);
        var over = past(newest - 1, scheme, true);
        var late = late(newest - 1, today, scheme);
        return new Built(late, over, running(newest, begin, scheme));
    }

    /** The newest is being collected: planned, drawn and sealed by the desk that everybody uses, each at its own day. */
    private long running(int year, LocalDate begin, Scheme scheme) {
        var keeper = readers.of(accounts("fangguan").getFirst()).orElseThrow();
        var plan = new Plan(CITY, year, scheme.id(), year + " 年物业服务测评", "示例：开始前三天的彩票开奖号码", begin.minusDays(3), begin);
        var planned = new long[1];
        at(begin.minusDays(10), () -> planned[0] = samples.plan(keeper, plan));
        var id = planned[0];
        at(begin.minusDays(2), () -> samples.draw(keeper, id, 0, "示例 03 11 19 22 27 30 + 08"));
        at(begin.minusDays(1), () -> samples.seal(keeper, id, 1));
        at(begin, () -> desk.advance(id));
        var codes = scheme.content().items(Kind.INSPECTION).stream()
                .map(SchemeContent.Item::code)
                .toArray(String[]::new);
        jdbc.sql("""
                with done as (
                    update evaluation_inspection i set state = 'done', version = 1, done_at = :at
                    where i.campaign = :campaign and %s < 35 returning i.id, i.estate)
                insert into evaluation_inspection_item (inspection, item, level, note)
                select d.id, t.code, case when %s = 0 then 'partly' else 'met' end,
                       case when %s = 0 then '示例：现场看到有做得不够的地方' else '' end
                from done d cross join unnest(:codes) as t (code)
                """.formatted(
                                FATE.formatted("i.estate || 'seen'", 100),
                                FATE.formatted("d.estate || t.code", 6),
                                FATE.formatted("d.estate || t.code", 6)))
                .param("at", Timestamp.from(CivilTime.at(begin.plusDays(7), LocalTime.of(11, 0))))
                .param("campaign", id)
                .param("codes", codes)
                .update();
        return id;
    }

    private static void at(LocalDate day, Runnable happened) {
        ToldTime.at(CivilTime.at(day, LocalTime.of(9, 30)), happened);
    }

    private Scheme scheme(int year) {
        var content = SchemeContent.template();
        var published = Timestamp.from(CivilTime.at(LocalDate.of(year, 11, 20), LocalTime.of(10, 0)));
        // a published scheme stays when everything else is cleared
        var known = jdbc.sql("select min(id) from evaluation_scheme where area = ? and content_hash = ?")
                .params(CITY, schemes.hash(content))
                .query(Long.class)
                .optional();
        if (known.isPresent()) {
            return schemes.find(known.get()).orElseThrow();
        }
        var id = jdbc.sql("""
                        insert into evaluation_scheme (area, title, basis, state, version, content, content_hash, made_at, published_at)
                        values (:area, '物业服务测评方案（默认模板）', :basis, 'published', 1, cast(:content as jsonb), :hash, :at, :at)
                        returning id
                        """)
                .param("area", CITY)
                .param("basis", BASIS)
                .param("content", json.writeValueAsString(content))
                .param("hash", schemes.hash(content))
                .param("at", published)
                .query(Long.class)
                .single();
        return schemes.find(id).orElseThrow();
    }

    /** @param but whether one county is left out */
    private long past(int year, Scheme scheme, boolean but) {
        var collect = LocalDate.of(year, 10, 10);
        var end = LocalDate.of(year, 12, 20);
        var campaign = campaign(CITY, year, scheme, collect, end, year + " 年物业服务测评", true);
        projects.insert(campaign, CITY, LocalDate.of(year, 1, 1), collect, scheme.content());
        told(campaign, year, "true");
        if (but) {
            jdbc.sql("delete from evaluation_project where campaign = ? and district = ?")
                    .params(campaign, Integer.parseInt(COUNTY))
                    .update();
        }
        computed(campaign, year, scheme, collect);
        steps(campaign, collect, 7, "合肥市");
        ToldTime.at(
                CivilTime.at(end, LocalTime.of(15, 0)), () -> scores.conclude(Reader.VISITOR, campaign, year, scheme));
        return campaign;
    }

    /** Those of the stories of the blacklist have their years already. */
    private void told(long campaign, int year, String which) {
        jdbc.sql(
                        "delete from evaluation_project where campaign = ? and company in (select company from company_year where year = ? and "
                                + which + ")")
                .params(campaign, year)
                .update();
    }

    /** A county makes up for a year: its scores are open to objections now. */
    private long late(int year, LocalDate today, Scheme scheme) {
        var collect = today.minusDays(44);
        var campaign = campaign(COUNTY, year, scheme, collect, collect.plusDays(60), year + " 年物业服务测评（补测）", false);
        projects.insert(campaign, COUNTY, LocalDate.of(year, 1, 1), LocalDate.of(year + 1, 1, 1), scheme.content());
        told(campaign, year, "campaign is null");
        computed(campaign, year, scheme, collect);
        steps(campaign, collect, 6, "庐江县");
        return campaign;
    }

    private long campaign(
            String area, int year, Scheme scheme, LocalDate collect, LocalDate end, String title, boolean over) {
        var until = over ? collect : LocalDate.of(year + 1, 1, 1);
        return jdbc.sql("""
                        insert into evaluation_campaign (area, year, scheme, title, state, version, period_from, period_until, seed_source,
                            seed_on, framed_at, frame_hash, seed, sample_hash, collect_from, collect_until, review_until, objection_from, objection_until,
                            final_by, final_at, made_at)
                        values (:area, :year, :scheme, :title, :state, :version, :from, :until, '示例：测评开始前两天的彩票开奖号码',
                            :collect - 2, :framedAt, encode(sha256(''), 'hex'), '示例 ' || :year, encode(sha256(''), 'hex'), :collect, :collect + 29, :collect + 40,
                            :collect + 40, :collect + 50, :end, :finalAt, :framedAt)
                        returning id
                        """)
                .param("area", area)
                .param("year", year)
                .param("scheme", scheme.id())
                .param("title", title)
                .param("state", over ? "final" : "objection")
                .param("version", over ? 8 : 7)
                .param("from", LocalDate.of(year, 1, 1))
                .param("until", until)
                .param("collect", collect)
                .param("end", end)
                .param("framedAt", Timestamp.from(CivilTime.at(collect.minusDays(10), LocalTime.of(10, 0))))
                .param("finalAt", over ? Timestamp.from(CivilTime.at(end, LocalTime.of(15, 0))) : null, Types.TIMESTAMP)
                .query(Long.class)
                .single();
    }

    private void computed(long campaign, int year, Scheme scheme, LocalDate collect) {
        var content = scheme.content();
        looks(campaign, year, content, collect);
        opinions(campaign, year, content, collect);
        var dates = jdbc.sql("select period_from, period_until from evaluation_campaign where id = ?")
                .param(campaign)
                .query((r, n) -> new Period(campaign, r.getObject(1, LocalDate.class), r.getObject(2, LocalDate.class)))
                .single();
        ToldTime.at(
                CivilTime.at(collect.plusDays(38), LocalTime.of(9, 0)),
                () -> scores.compute(Reader.VISITOR, dates, scheme, ballots(campaign, year, content)));
    }

    /** Every company has its luck, every estate its own; few are weak two years on end. */
    private static String luck(String salt) {
        return FATE.formatted("p.company || '" + salt + "'", 1000);
    }

    private record Estate(long id, int households, int company, int own) {}

    private Map<Long, Ballots> ballots(long campaign, int year, SchemeContent content) {
        Map<Long, Ballots> ballots = new HashMap<>();
        var questions = content.items(Kind.SATISFACTION).size();
        var dice = new Dice("ballots " + year);
        for (var estate : jdbc.sql("select p.estate as id, p.households, " + luck("") + " as company, "
                        + FATE.formatted("p.estate || 'y" + year + "'", 1000)
                        + " as own from evaluation_project p where p.campaign = ? and p.counts order by p.estate")
                .param(campaign)
                .query(Estate.class)
                .list()) {
            var drawn = Math.min(content.sampleUnits(), estate.households);
            var cast = drawn * dice.between(22, 78) / 100;
            ballots.put(estate.id, new Ballots(drawn, cast, counts(dice, estate, questions, cast)));
        }
        return ballots;
    }

    private static Map<Integer, Map<Character, Integer>> counts(Dice dice, Estate estate, int questions, int cast) {
        double good = estate.company < WEAK ? 0.15 : 0.45 + estate.own / 2500.0;
        double[] weights = {
            (1 - good) * 0.4, (1 - good) * 0.35, 0.25, good * 0.8, good * 0.6, 0.03,
        };
        Map<Integer, Map<Character, Integer>> counts = new HashMap<>();
        for (int question = 1; question <= questions; question++) {
            Map<Character, Integer> answers = new HashMap<>();
            for (int n = 0; n < cast; n++) {
                answers.merge("123450".charAt(dice.weighted(weights)), 1, Integer::sum);
            }
            counts.put(question, answers);
        }
        return counts;
    }

    /** Each estate seen once, every tenth by a second assessor as well. */
    private void looks(long campaign, int year, SchemeContent content, LocalDate collect) {
        var assessors = accounts("ceping", "ceping-b");
        for (int turn = 1; turn <= 2; turn++) {
            jdbc.sql("""
                    insert into evaluation_inspection (campaign, district, estate, turn, assessor, state, version, due_on, done_at)
                    select :campaign, district, estate, :turn,
                           case when %s = :turn - 1 then cast(:first as bigint) else cast(:second as bigint) end,
                           'done', 1, :due, :at
                    from (select distinct district, estate from evaluation_project where campaign = :campaign) p
                    where :turn = 1 or %s = 0 order by estate
                    """.formatted(FATE.formatted("p.estate::text", 2), FATE.formatted("p.estate || 'second'", 10)))
                    .param("campaign", campaign)
                    .param("turn", turn)
                    .param("first", assessors.getFirst())
                    .param("second", assessors.getLast())
                    .param("due", collect.plusDays(29))
                    .param("at", Timestamp.from(CivilTime.at(collect.plusDays(12), LocalTime.of(14, 0))))
                    .update();
        }
        var codes = content.items(Kind.INSPECTION).stream()
                .map(SchemeContent.Item::code)
                .toArray(String[]::new);
        // both assessors see the same, and now and then not
        jdbc.sql("""
                insert into evaluation_inspection_item (inspection, item, level, note)
                select id, code, level, case level when 'met' then '' when 'na' then '' else '示例：现场看到有做得不够的地方' end
                from (select i.id, t.code,
                             case when f.weak and f.n < 55 or not f.weak and f.n < 5 then 'not'
                                  when f.weak and f.n < 85 or not f.weak and f.n < 25 then 'partly' else 'met' end as level
                      from evaluation_inspection i cross join unnest(:codes) as t (code)
                           cross join lateral (
                               select %s < :weak as weak, %s as n
                               from evaluation_project p where p.campaign = i.campaign and p.estate = i.estate
                               order by p.counts desc, p.id limit 1) f
                      where i.campaign = :campaign) x
                """.formatted(
                                luck(""),
                                FATE.formatted(
                                        "p.estate || t.code || 'y" + year + "' || case when "
                                                + FATE.formatted("i.estate || t.code || i.turn", 9)
                                                + " = 0 then i.turn::text else '' end",
                                        100)))
                .param("codes", codes)
                .param("weak", WEAK)
                .param("campaign", campaign)
                .update();
    }

    private List<Long> accounts(String... names) {
        List<Long> accounts = new ArrayList<>();
        for (var name : names) {
            accounts.add(jdbc.sql("select id from account where username = ?")
                    .param(name)
                    .query(Long.class)
                    .single());
        }
        return accounts;
    }

    /** Where a community has nobody, nothing is given, and the project is not rated. */
    private void opinions(long campaign, int year, SchemeContent content, LocalDate collect) {
        for (var item : content.items(Kind.TERRITORY)) {
            var street = item.side() == SchemeContent.Side.STREET;
            jdbc.sql("""
                    insert into evaluation_opinion (campaign, estate, item, version, area, points, why, given_by, given_at)
                    select :campaign, p.estate, :item, 1, g.area, case when p.weak then 35 + n %% 20 else 62 + n %% 37 end,
                           case when p.weak then '示例：多次催办没有整改' else '' end, g.account, :at
                    from (select distinct on (p.estate) p.estate, %s < :weak as weak, %s as n
                          from evaluation_project p where p.campaign = :campaign order by p.estate, p.counts desc, p.id) p
                             join estate e on e.id = p.estate
                             join lateral (select area, min(account) as account from access_grant
                                           where role = :role and area = case when :role = 'STREET' then e.street else e.community end
                                           group by area) g on true
                    """.formatted(luck(""), FATE.formatted("p.estate || '" + item.code() + year + "'", 1000)))
                    .param("campaign", campaign)
                    .param("item", item.code())
                    .param("weak", WEAK)
                    .param("role", street ? "STREET" : "COMMUNITY")
                    .param("at", Timestamp.from(CivilTime.at(collect.plusDays(20), LocalTime.of(16, 0))))
                    .update();
        }
    }

    /** @param taken how many of them */
    private void steps(long campaign, LocalDate collect, int taken, String keeper) {
        var told = List.of(
                List.of("draw", "planned", "drawn", -1),
                List.of("seal", "drawn", "sealed", -1),
                List.of("open", "sealed", "collecting", 0),
                List.of("close", "collecting", "review", 30),
                List.of("compute", "review", "preliminary", 38),
                List.of("publish", "preliminary", "objection", 40),
                List.of("conclude", "objection", "final", 71));
        int seq = 0;
        for (var step : told.subList(0, taken)) {
            jdbc.sql("""
                    insert into evaluation_step (campaign, seq, at, verb, from_state, to_state, actor_as)
                    values (:campaign, :seq, :at, :verb, :from, :to, :as)
                    """)
                    .param("campaign", campaign)
                    .param("seq", ++seq)
                    .param("at", Timestamp.from(CivilTime.at(collect.plusDays((int) step.get(3)), LocalTime.of(9, 0))))
                    .param("verb", step.get(0))
                    .param("from", step.get(1))
                    .param("to", step.get(2))
                    .param("as", seq > 2 ? "日程" : keeper)
                    .update();
        }
    }
}
