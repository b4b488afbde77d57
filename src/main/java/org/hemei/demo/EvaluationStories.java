package org.hemei.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.access.Readers;
import org.hemei.evaluation.inspection.TieDesk;
import org.hemei.evaluation.objection.CorrectionDesk;
import org.hemei.evaluation.objection.FilingDesk;
import org.hemei.evaluation.objection.ObjectionDesk;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.ToldTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What people did about evaluations, by the desks that everybody uses: one objection upheld, one refused, one that waits; an assessor who
 * stands aside; a final score that was put right on a document.
 */
@Component
class EvaluationStories {

    /** A project with something that an assessor did not find in order, and who speaks for its company. */
    private record Case(long score, int version, long project, int district, long company, String item, long manager) {}

    private static final Logger LOG = LoggerFactory.getLogger(EvaluationStories.class);

    private final TransactionTemplate nested;
    private final JdbcClient jdbc;
    private final Readers readers;
    private final FilingDesk filing;
    private final ObjectionDesk objections;
    private final CorrectionDesk corrections;
    private final TieDesk ties;
    private final DemoFiles files;

    EvaluationStories(
            PlatformTransactionManager transactions,
            JdbcClient jdbc,
            Readers readers,
            FilingDesk filing,
            ObjectionDesk objections,
            CorrectionDesk corrections,
            TieDesk ties,
            DemoFiles files) {
        this.nested = new TransactionTemplate(transactions);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        this.jdbc = jdbc;
        this.readers = readers;
        this.filing = filing;
        this.objections = objections;
        this.corrections = corrections;
        this.ties = ties;
        this.files = files;
    }

    /** @param late a campaign whose scores are open to objections; over: one that is final; running: one that collects */
    void tell(Instant now, long late, long over, long running) {
        var today = CivilTime.date(now);
        apart(() -> objections(late, today));
        apart(() -> cases(over, 1).forEach(one -> correct(one, today)));
        apart(() -> standAside(running, today));
    }

    /** A story that does not fit the day is left out; the city is loaded without it. */
    private void apart(Runnable story) {
        try {
            nested.executeWithoutResult(status -> story.run());
        } catch (RuntimeException no) {
            LOG.warn("a story of the demo city's evaluation was left out", no);
        }
    }

    private static void at(LocalDate day, int hour, Runnable happened) {
        ToldTime.at(CivilTime.at(day, LocalTime.of(hour, 10)), happened);
    }

    private Reader account(String name) {
        long id = jdbc.sql("select id from account where username = ?")
                .param(name)
                .query(Long.class)
                .single();
        return reader(id);
    }

    private Reader reader(long account) {
        return readers.of(account).orElseThrow();
    }

    /** Of different companies. */
    private List<Case> cases(long campaign, int most) {
        return jdbc.sql("""
                        select distinct on (company) * from (
                            select s.id as score, s.version, p.id as project, p.district, p.company, i.item, g.account as manager
                            from evaluation_project p
                                     join lateral (select id, version from evaluation_score where project = p.id
                                                   order by version desc limit 1) s on true
                                     join lateral (select t.item from evaluation_inspection n
                                                            join evaluation_inspection_item t on t.inspection = n.id
                                                   where n.campaign = p.campaign and n.estate = p.estate and t.level in ('partly', 'not')
                                                   order by t.item limit 1) i on true
                                     join lateral (select min(account) as account from access_grant
                                                   where role = 'MANAGER' and body = p.company
                                                     and (estate is null or estate = p.estate)) g on g.account is not null
                            where p.campaign = :campaign and p.counts) c
                        order by company, score limit :most
                        """)
                .param("campaign", campaign)
                .param("most", most)
                .query(Case.class)
                .list();
    }

    private void objections(long campaign, LocalDate today) {
        var cases = cases(campaign, 3);
        if (cases.size() < 3) {
            return;
        }
        var keeper = account("fangguan");
        var upheld = cases.get(0);
        var refused = cases.get(1);
        at(
                today.minusDays(3),
                9,
                () -> decide(
                        file(upheld, Kind.INSPECTION, "那天电梯在年检停用，不是坏了。附年检通知和当天的照片。", true),
                        keeper,
                        upheld.item,
                        "看了年检通知和照片，停用有告示、有时限，这一项按做到了算。"));
        at(
                today.minusDays(3),
                10,
                () -> decide(
                        file(refused, Kind.CASES, "有几件是业主之间的纠纷，不该算物业的。", false),
                        keeper,
                        null,
                        "查了这几件：都是派给您公司、由您公司接的单，居民也确认办了。业主之间的纠纷已经转出，没有算在里面。得分不变。"));
        at(
                today.minusDays(1),
                15,
                () -> file(cases.get(2), Kind.INSPECTION, "垃圾桶是前一晚被人推倒的，早上七点就扶起来了，检查的时候刚好没到七点。附监控截图。", true));
    }

    private long file(Case one, Kind part, String words, boolean shows) {
        var manager = reader(one.manager);
        var shown = shows
                ? List.of(files.document(manager, one.district, "异议材料", "这是示例城市里的一份材料。", words))
                : List.<UUID>of();
        return filing.file(manager, one.score, part.code(), words, shown);
    }

    /** The next morning. @param item null where it is refused */
    private void decide(long objection, Reader keeper, @Nullable String item, String words) {
        at(
                CivilTime.date(filed(objection)).plusDays(1),
                11,
                () -> objections.decide(
                        keeper,
                        objection,
                        0,
                        new ObjectionDesk.Decision(
                                item != null, item == null ? Map.of() : Map.of(item, "met"), "", words)));
    }

    private Instant filed(long objection) {
        return jdbc.sql("select filed_at from evaluation_objection where id = ?")
                .param(objection)
                .query((r, n) -> r.getTimestamp(1).toInstant())
                .single();
    }

    private void correct(Case one, LocalDate today) {
        var keeper = account("fangguan");
        at(
                today.minusDays(20),
                14,
                () -> corrections.correct(
                        keeper,
                        one.score,
                        one.version,
                        new CorrectionDesk.Wanted(
                                Kind.INSPECTION,
                                one.item,
                                "met",
                                "示例：复核决定〔2026〕7号",
                                "抽查原始照片，检查的是隔壁小区的楼，这一项当天是做到的。",
                                Map.of(
                                        one.project,
                                        List.of(files.document(
                                                keeper,
                                                one.district,
                                                "复核决定",
                                                "这是示例城市里的一份复核决定。",
                                                "经复核，检查表所附照片与小区不符，该项更正为“做到了”。"))))));
    }

    /** Somebody of the family works there: the estates go to another assessor. */
    private void standAside(long campaign, LocalDate today) {
        var assessor = account("ceping");
        jdbc.sql("""
                        select p.company from evaluation_inspection i join evaluation_project p on p.campaign = i.campaign and p.estate = i.estate
                        where i.campaign = ? and i.assessor = ? and i.state = 'open' and p.counts
                        group by p.company order by count(*) desc, p.company limit 1
                        """)
                .params(campaign, assessor.account())
                .query(Long.class)
                .optional()
                .ifPresent(company -> at(
                        today.minusDays(2),
                        16,
                        () -> ties.declare(assessor, company, new String[] {"3401%"}, "family")));
    }
}
