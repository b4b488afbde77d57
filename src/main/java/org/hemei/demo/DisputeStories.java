package org.hemei.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hemei.access.Readers;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.WorkCalendars;
import org.hemei.workorder.DisputeDesk;
import org.hemei.workorder.InstructionDesk;
import org.hemei.workorder.InstructionDesk.Instruction;
import org.hemei.workorder.JointDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.SupervisionDesk;
import org.hemei.workorder.TransferDesk;
import org.hemei.workorder.WorkOrders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is disputed, pressed for and handed on around the showcase, by the same desks as everybody: every list
 * has something that waits and something that is decided.
 */
@Component
class DisputeStories {

    /** One order and who acts on it. */
    private record Matter(
            OrderId order,
            Moments when,
            long estate,
            long holder,
            long manager,
            long desk,
            long street,
            long backstop,
            long team) {}

    private static final String[][] RETURNS = {
        {"not_ours", "总阀在马路边，管子归供水集团，我们没有阀门井的钥匙。"},
        {"outside", "要拆违章搭建，得城管执法，物业没有权限。"},
        {"contract", "电梯维保合同今年由业委会直接签，不在我们合同里。"},
        {"wrong_place", "照片里是隔壁小区的门，不是我们服务的楼。"},
        {"not_ours", "雨水管是市政的，我们只管小区里面。"},
        {"contract", "合同里没有这一项，要业主大会先定钱从哪儿出。"},
    };

    /** What still waits for an answer was asked within these hours: a week ago somebody would have answered. */
    private static final Duration FRESH = Duration.ofHours(50);

    private static final Logger LOG = LoggerFactory.getLogger(DisputeStories.class);

    private final JdbcClient jdbc;
    private final Readers readers;
    private final WorkCalendars calendars;
    private final TransactionTemplate nested;
    private final WorkOrders orders;
    private final DisputeDesk disputes;
    private final SupervisionDesk supervisions;
    private final InstructionDesk instructions;
    private final JointDesk joint;
    private final TransferDesk transfers;
    private final IncidentStories incidents;

    DisputeStories(
            JdbcClient jdbc,
            Readers readers,
            WorkCalendars calendars,
            PlatformTransactionManager transactions,
            WorkOrders orders,
            DisputeDesk disputes,
            SupervisionDesk supervisions,
            InstructionDesk instructions,
            JointDesk joint,
            TransferDesk transfers,
            IncidentStories incidents) {
        this.jdbc = jdbc;
        this.readers = readers;
        this.calendars = calendars;
        this.nested = new TransactionTemplate(transactions);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        this.orders = orders;
        this.disputes = disputes;
        this.supervisions = supervisions;
        this.instructions = instructions;
        this.joint = joint;
        this.transfers = transfers;
        this.incidents = incidents;
    }

    void tell(Instant now) {
        var sent = matters("dispatched", RETURNS.length, 3, now);
        for (int i = 0; i < sent.size(); i++) {
            var way = i;
            apart(() -> dispute(sent.get(way), way));
        }
        var working = matters("in_progress", 11, 6, now);
        for (int i = 0; i < working.size(); i++) {
            var way = i;
            apart(() -> press(working.get(way), way, now));
        }
        var fresh = matters("awaiting_dispatch", 5, 1, now);
        for (int i = 0; i < fresh.size(); i++) {
            var way = i;
            apart(() -> leave(fresh.get(way), way));
        }
        apart(() -> incidents.tell(now));
    }

    /** A story that the rules of a place do not allow is left out, and the city stands without it. */
    private void apart(Runnable story) {
        try {
            nested.executeWithoutResult(status -> story.run());
        } catch (Refusal no) {
            LOG.warn("a story of the demo city was left out: {}", no.getMessage());
        }
    }

    /** Companies' orders of the showcase street at this state, its showcase community first. */
    private List<Matter> matters(String state, int most, int ofEach, Instant now) {
        return jdbc.sql("""
                select * from (
                    select o.district, o.id, o.estate, coalesce(o.holder, 0) as holder,
                           greatest((select max(s.at) from work_order_step s
                                     where s.district = o.district and s.order_id = o.id), cast(:fresh as timestamptz)) as last,
                           coalesce((select min(g.account) from access_grant g where g.role = 'MANAGER' and g.body = o.holder
                                       and (g.estate is null or g.estate = o.estate)), 0) as manager,
                           (select min(g.account) from access_grant g
                            where g.role = 'COMMUNITY' and g.area = o.community) as desk,
                           (select min(g.account) from access_grant g
                            where g.role = 'STREET' and g.area = left(o.community, 9)) as street,
                           coalesce(b.id, 0) as backstop,
                           coalesce((select min(g.account) from access_grant g
                                     where g.role = 'MANAGER' and g.body = b.id), 0) as team,
                           o.community, row_number() over (partition by o.community order by o.id desc) as rank
                    from work_order o
                             left join body h on h.id = o.holder
                             left join body b on b.kind = 'backstop_team' and b.area = o.community and b.until is null
                    where o.district = 340111 and o.community like '340111002%' and o.state = :state
                      and (o.holder is null or h.kind = 'company')
                      and (o.state <> 'dispatched' or o.submitted_at > :lately)) o
                where desk is not null and street is not null and (holder = 0 or manager <> 0) and rank <= :each
                order by team = 0, community <> '340111002004', id limit :most
                """)
                .param("lately", java.sql.Timestamp.from(now.minus(Duration.ofHours(46))))
                .param("fresh", java.sql.Timestamp.from(now.minus(FRESH)))
                .param("each", ofEach)
                .param("state", state)
                .param("most", most)
                .query((r, n) -> new Matter(
                        new OrderId(r.getInt("district"), r.getLong("id")),
                        new Moments(
                                r.getInt("district") + "-" + r.getLong("id"),
                                r.getTimestamp("last").toInstant(),
                                now,
                                new WorkHours(calendars.current())),
                        r.getLong("estate"),
                        r.getLong("holder"),
                        r.getLong("manager"),
                        r.getLong("desk"),
                        r.getLong("street"),
                        r.getLong("backstop"),
                        r.getLong("team")))
                .list();
    }

    /** Two wait for the community, one was refused, three went to the backstop team, which returned them: one is ruled. */
    private void dispute(Matter m, int i) {
        var said = RETURNS[i];
        if (disputes.mayReturn(orders.find(m.order).orElseThrow())) {
            m.when.then(t -> disputes.request(reader(m.manager), m.order, version(m), said[0], said[1]));
            goOn(m, i);
        }
    }

    private void goOn(Matter m, int way) {
        // where no estate needs one there is no backstop team, and the community has not decided yet
        var i = way > 2 && m.team == 0 ? 0 : way;
        switch (i) {
            case 0, 1 -> {
                // the community has not decided yet
            }
            case 2 -> m.when.then(t -> disputes.refuse(reader(m.desk), m.order, version(m), "补充协议第六条写明由物业代管，请接着办。"));
            default -> {
                m.when.then(t -> disputes.grantTo(reader(m.desk), m.order, version(m), "先请兜底队看，急用先保住。", m.backstop));
                m.when.then(t -> disputes.request(reader(m.team), m.order, version(m), "outside", "要专业设备和资质，兜底队办不了。"));
                if (i == 5) {
                    m.when.then(t -> disputes.rule(
                            reader(m.street), m.order, version(m), m.holder, "公共部位的日常维修归物业，费用按合同第九条先行垫付。"));
                }
            }
        }
    }

    private void press(Matter m, int i, Instant now) {
        switch (i) {
            case 0, 1, 2, 3 -> supervise(m, i);
            case 4, 5, 6, 7 -> instruct(m, i);
            default -> share(m, now);
        }
    }

    private void supervise(Matter m, int i) {
        m.when.then(t -> supervisions.supervise(reader(m.street), m.order, version(m), "居民反映好几天没人来，请写明为什么、哪天办完。"));
        if (i > 0) {
            m.when.then(t -> supervisions.answer(
                    reader(m.manager), m.order, version(m), i == 1 ? "等配件。" : "配件周四到，周五上午装，装好当天试运行。"));
        }
        if (i == 1) {
            m.when.then(t -> supervisions.sendBack(reader(m.street), m.order, version(m), "没写哪天到、哪天装，请写清楚。"));
        } else if (i == 3) {
            m.when.then(t -> supervisions.lift(reader(m.street), m.order, version(m), "安排清楚了，照着办。"));
        }
    }

    private void instruct(Matter m, int i) {
        var from = i % 2 == 0 ? account("DISTRICT", "340111") : m.street;
        var to = i == 7 ? "community" : "holder";
        m.when.then(t -> instructions.instruct(
                reader(from),
                m.order,
                version(m),
                new Instruction(
                        i % 2 == 0 ? "李某某 副区长（示例）" : "周某某 街道办副主任（示例）",
                        CivilTime.date(t),
                        i % 2 == 0 ? "请街道盯住，不要让老人爬楼。" : "请抓紧协调，办完回我一声。",
                        to,
                        null,
                        i == 4)));
        if (i == 6) {
            var mark = jdbc.sql("select max(id) from leader_mark where district = ? and order_id = ?")
                    .params(m.order.district(), m.order.id())
                    .query(Long.class)
                    .single();
            m.when.then(t -> instructions.answer(reader(m.manager), m.order, version(m), mark, "已上门两次，明天上午换完，请放心。"));
        }
    }

    private void share(Matter m, Instant now) {
        if (m.backstop == 0) {
            return;
        }
        m.when.then(t -> joint.share(
                reader(m.desk), m.order, version(m), m.backstop, "先围挡、清理现场，留人看守", now.plus(Duration.ofDays(2))));
    }

    /** Told to ask 12345, or offered to the estate next door; one of those offers was a mistake and is taken back. */
    private void leave(Matter m, int i) {
        if (i < 2) {
            var hotline = jdbc.sql(
                            "select id from outside_channel where kind = 'hotline' and until is null order by id limit 1")
                    .query(Long.class)
                    .single();
            m.when.then(t -> transfers.refer(
                    reader(m.desk), m.order, version(m), hotline, "说的是小区外面的马路，归市政部门管。打 12345 直接派给他们最快。"));
            return;
        }
        var next = jdbc.sql("""
                select e.id from estate e join estate mine on mine.community = e.community
                where mine.id = ? and e.id <> mine.id order by e.id limit 1
                """).param(m.estate).query(Long.class).optional();
        next.ifPresent(estate -> m.when.then(t -> transfers.offer(
                reader(m.desk), m.order, version(m), "other_estate", String.valueOf(estate), "地点点错了，照片里是隔壁小区的门牌。")));
        if (i == 2 && next.isPresent()) {
            m.when.then(t -> transfers.recall(reader(m.desk), m.order, version(m), "到现场看了，门牌还是这边的，我们接着办。"));
        }
    }

    private long account(String role, String area) {
        return jdbc.sql("select min(account) from access_grant where role = ? and area = ?")
                .params(role, area)
                .query(Long.class)
                .single();
    }

    private int version(Matter m) {
        return jdbc.sql("select version from work_order where district = ? and id = ?")
                .params(m.order.district(), m.order.id())
                .query(Integer.class)
                .single();
    }

    private Reader reader(long account) {
        return readers.of(account).orElseThrow();
    }
}
