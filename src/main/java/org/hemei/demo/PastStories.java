package org.hemei.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.hemei.access.Readers;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.ToldTime;
import org.hemei.platform.time.WorkCalendars;
import org.hemei.workorder.DisputeDesk;
import org.hemei.workorder.InstructionDesk;
import org.hemei.workorder.InstructionDesk.Instruction;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.RatingDesk;
import org.hemei.workorder.SubmissionDesk;
import org.hemei.workorder.SubmissionDesk.Submission;
import org.hemei.workorder.SupervisionDesk;
import org.hemei.workorder.WorkOrderDesk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Disputes, supervision and leaders' marks of the last three months that have found their end, told from the filing to the rating
 * through the same desks as everybody, each step at its own time.
 */
@Component
class PastStories {

    private static final Logger LOG = LoggerFactory.getLogger(PastStories.class);
    private static final int STORIES = 14;
    private static final int EVERY_DAYS = 6;

    /** An estate of the showcase street with everybody who acts in a story. */
    private record Stage(
            long estate,
            long holder,
            long backstop,
            Reader resident,
            Reader desk,
            Reader street,
            Reader manager,
            Reader team) {}

    private record Matter(String category, String words) {}

    private static final List<Matter> MATTERS = List.of(
            new Matter("facility.door", "单元门锁坏了，整夜开着，不安全。"),
            new Matter("facility.lift", "电梯到 5 楼就抖，老人不敢坐。"),
            new Matter("facility.light", "地下车库灯坏了一排，走路看不见。"),
            new Matter("utility.water", "顶楼水压太小，晚上洗不了澡。"),
            new Matter("facility.door", "小区东门门禁刷不开，要绕一大圈。"));

    private final JdbcClient jdbc;
    private final Readers readers;
    private final WorkCalendars calendars;
    private final SubmissionDesk submissions;
    private final WorkOrderDesk orders;
    private final DisputeDesk disputes;
    private final SupervisionDesk supervisions;
    private final InstructionDesk instructions;
    private final RatingDesk ratings;
    private final TransactionTemplate nested;

    PastStories(
            JdbcClient jdbc,
            Readers readers,
            WorkCalendars calendars,
            SubmissionDesk submissions,
            WorkOrderDesk orders,
            DisputeDesk disputes,
            SupervisionDesk supervisions,
            InstructionDesk instructions,
            RatingDesk ratings,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.readers = readers;
        this.calendars = calendars;
        this.submissions = submissions;
        this.orders = orders;
        this.disputes = disputes;
        this.supervisions = supervisions;
        this.instructions = instructions;
        this.ratings = ratings;
        this.nested = new TransactionTemplate(transactions);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    void tell(Instant now) {
        var stages = stages(CivilTime.date(now));
        for (int i = 0; i < STORIES && !stages.isEmpty(); i++) {
            var way = i;
            var stage = stages.get(i % stages.size());
            var day = CivilTime.date(now).minusDays(8L + (long) EVERY_DAYS * (STORIES - 1 - i));
            var filed = CivilTime.at(day, LocalTime.of(9, 10).plusMinutes(37L * i % 480));
            try {
                nested.executeWithoutResult(status -> story(stage, way, filed, now));
            } catch (Refusal no) {
                LOG.warn("a past story of the demo city was left out: {}", no.getMessage());
            }
        }
    }

    private List<Stage> stages(LocalDate today) {
        return jdbc.sql("""
                select * from (
                    select e.id as estate, c.company as holder, b.id as backstop, e.community,
                           (select min(g.account) from access_grant g join unit u on u.id = g.unit
                            where g.role = 'RESIDENT' and u.estate = e.id and g.until is null) as resident,
                           (select min(g.account) from access_grant g where g.role = 'COMMUNITY' and g.area = e.community) as desk,
                           (select min(g.account) from access_grant g where g.role = 'STREET' and g.area = e.street) as street,
                           (select min(g.account) from access_grant g where g.role = 'MANAGER' and g.body = c.company
                              and (g.estate is null or g.estate = e.id)) as manager,
                           (select min(g.account) from access_grant g where g.role = 'MANAGER' and g.body = b.id) as team
                    from estate e
                             join contract c on c.estate = e.id and c.during @> cast(:today as date) - 120 and c.during @> cast(:today as date)
                             join body b on b.kind = 'backstop_team' and b.area = e.community and b.until is null
                    where e.district = 340111 and e.street = '340111002') s
                where resident is not null and desk is not null and street is not null and manager is not null and team is not null
                order by community <> '340111002004', estate limit 7
                """)
                .param("today", today)
                .query((r, n) -> new Stage(
                        r.getLong("estate"),
                        r.getLong("holder"),
                        r.getLong("backstop"),
                        reader(r.getLong("resident")),
                        reader(r.getLong("desk")),
                        reader(r.getLong("street")),
                        reader(r.getLong("manager")),
                        reader(r.getLong("team"))))
                .list();
    }

    private Reader reader(long account) {
        return readers.of(account).orElseThrow();
    }

    private void story(Stage s, int i, Instant filed, Instant now) {
        var matter = MATTERS.get(i % MATTERS.size());
        var order = new OrderId[1];
        ToldTime.at(
                filed,
                () -> order[0] = submissions.submit(
                        s.resident,
                        UUID.randomUUID().toString(),
                        new Submission(
                                s.estate,
                                null,
                                null,
                                matter.category,
                                matter.words,
                                "",
                                false,
                                List.of(),
                                "resident",
                                null,
                                null)));
        var id = order[0];
        var when = new Moments("past " + i, filed, now, new WorkHours(calendars.current()));
        when.after(40, t -> orders.dispatch(s.desk, id, version(id), s.holder));
        switch (i % 5) {
            case 0 -> refused(s, id, when);
            case 1 -> granted(s, id, when);
            case 2 -> ruled(s, id, when);
            case 3 -> supervised(s, id, when);
            default -> marked(s, id, when);
        }
        when.after(
                90,
                t -> ratings.rate(s.resident, id, version(id), true, i % 4 == 1 ? 3 : 5, i % 3 == 0 ? "" : "修好了，谢谢。"));
    }

    /** The company returns it, the community refuses, and it is done after all. */
    private void refused(Stage s, OrderId id, Moments when) {
        when.after(120, t -> disputes.request(s.manager, id, version(id), "contract", "合同里没有这一项，要业主大会先定钱从哪儿出。"));
        when.after(150, t -> disputes.refuse(s.desk, id, version(id), "合同第七条写明公共部位日常维修归物业，请接着办。"));
        when.after(30, t -> orders.take(s.manager, id, version(id)));
        done(s.manager, s.desk, id, when, "换了新锁芯，试了十次都关得严。");
    }

    /** The community's backstop team takes over, and the street looks at what it did. */
    private void granted(Stage s, OrderId id, Moments when) {
        when.after(90, t -> disputes.request(s.manager, id, version(id), "not_ours", "设备归专营单位，我们没有钥匙和图纸。"));
        when.after(120, t -> disputes.grantTo(s.desk, id, version(id), "兜底队先处理，费用街道垫。", s.backstop));
        when.after(25, t -> orders.take(s.team, id, version(id)));
        done(s.team, s.street, id, when, "联系专营单位开了门，更换了接触器。");
    }

    /** Twice disputed: the street says who does it. */
    private void ruled(Stage s, OrderId id, Moments when) {
        when.after(60, t -> disputes.request(s.manager, id, version(id), "outside", "要专业资质，物业没有。"));
        when.after(100, t -> disputes.grantTo(s.desk, id, version(id), "请兜底队先看看。", s.backstop));
        when.after(80, t -> disputes.request(s.team, id, version(id), "outside", "要动电路，兜底队没有电工证。"));
        when.after(200, t -> disputes.rule(s.street, id, version(id), s.holder, "公共照明属物业服务范围，由物业请有证的人来修。"));
        when.after(40, t -> orders.take(s.manager, id, version(id)));
        done(s.manager, s.desk, id, when, "请电工换了整流器，一排灯都亮了。");
    }

    private void supervised(Stage s, OrderId id, Moments when) {
        when.after(30, t -> orders.take(s.manager, id, version(id)));
        when.after(300, t -> supervisions.supervise(s.street, id, version(id), "居民说几天没人来，请写明哪天办完。"));
        when.after(260, t -> supervisions.answer(s.manager, id, version(id), "水泵后天到，到了当天装，装好请居民试。"));
        when.after(120, t -> supervisions.lift(s.street, id, version(id), "安排清楚了，照着办。"));
        done(s.manager, s.desk, id, when, "换了变频泵，顶楼水压到 0.15 兆帕。");
    }

    private void marked(Stage s, OrderId id, Moments when) {
        when.after(30, t -> orders.take(s.manager, id, version(id)));
        when.after(
                180,
                t -> instructions.instruct(
                        s.street,
                        id,
                        version(id),
                        new Instruction("周某某 街道办副主任（示例）", CivilTime.date(t), "老人绕路不方便，请抓紧。", "holder", null, false)));
        when.after(240, t -> {
            var mark = jdbc.sql("select max(id) from leader_mark where district = ? and order_id = ?")
                    .params(id.district(), id.id())
                    .query(Long.class)
                    .single();
            instructions.answer(s.manager, id, version(id), mark, "读卡器换好了，两个门都试过，老人卡也能刷。");
        });
        done(s.manager, s.desk, id, when, "换了读卡器，重新录了全楼的卡。");
    }

    private void done(Reader worker, Reader checker, OrderId id, Moments when, String words) {
        when.after(60, t -> orders.contact(worker, id, version(id), "phone", "约好当面看一下。"));
        when.after(360, t -> orders.resolve(worker, id, version(id), words, List.of(), List.of()));
        when.after(150, t -> orders.verify(checker, id, version(id), "到场看过，好了。"));
    }

    private int version(OrderId id) {
        return jdbc.sql("select version from work_order where district = ? and id = ?")
                .params(id.district(), id.id())
                .query(Integer.class)
                .single();
    }
}
