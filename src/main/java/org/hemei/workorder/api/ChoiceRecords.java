package org.hemei.workorder.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.AssistDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Standings;
import org.hemei.workorder.TimeDesk;
import org.hemei.workorder.TransferTarget;
import org.hemei.workorder.WorkOrder;
import org.hemei.workorder.WorkOrders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whom an order can go to: the ids that its verbs take, for those who have such a verb. */
@Component
class ChoiceRecords {

    private static final int MOST = 200;

    private static final Set<Standing> CHOOSE =
            EnumSet.of(Standing.COMMUNITY, Standing.STREET, Standing.MANAGER, Standing.HELPER);

    @Schema(name = "ChoiceBody")
    record Body(
            long id,
            String name,
            @Schema(example = "company") String kind,
            @Schema(description = "一般就派给它") boolean usual) {}

    @Schema(name = "ChoiceWorker")
    record Worker(long account, @Schema(example = "王**") String name) {}

    @Schema(name = "ChoiceAssist", description = "请过的协办和联合办理")
    record Assist(
            long id, long body, @Schema(example = "asked") String state, Instant due) {}

    @Schema(name = "ChoiceTransfer")
    record Transfer(String target, String place, String name) {}

    @Schema(name = "ChoiceMark", description = "还没答复的批示")
    record Mark(long id, @Schema(example = "holder") String addressee) {}

    @Schema(name = "ChoiceObstacle", description = "可以挂起的客观障碍")
    record Obstacle(@Schema(example = "weather") String code, String name, int maxDays) {}

    @Schema(name = "Choices", description = "办下一步时能选的")
    record Choices(
            @Schema(description = "能派给的") List<Body> holders,
            @Schema(description = "处理单位自己的人") List<Worker> workers,
            @Schema(description = "能请来协办、联合办理的") List<Body> helpers,
            List<Assist> assists,
            List<Transfer> transfers,
            List<Mark> marks,
            List<Obstacle> obstacles) {}

    private static final String HOLDS_SQL = """
            b.kind <> 'party_organisation' and b.since <= :today and (b.until is null or b.until > :today)
            and case when b.kind = 'company'
                then exists (select from contract c where c.company = b.id and c.estate = :estate
                             and c.during @> cast(:today as date))
                else :community like b.area || '%' end
            """;

    private final JdbcClient jdbc;
    private final WorkOrders orders;
    private final Standings standings;
    private final List<TransferTarget> targets;
    private final TimeDesk times;
    private final InstantSource clock;

    ChoiceRecords(
            JdbcClient jdbc,
            WorkOrders orders,
            Standings standings,
            List<TransferTarget> targets,
            TimeDesk times,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.orders = orders;
        this.standings = standings;
        this.targets = targets;
        this.times = times;
        this.clock = clock;
    }

    /** @throws Missing for whoever could not use any of it */
    Choices of(Reader reader, OrderId id) {
        var order = orders.find(id).orElseThrow(() -> new Missing("没有这张工单。"));
        if (standings.of(reader, order).stream().noneMatch(CHOOSE::contains)) {
            throw new Missing("没有这张工单。");
        }
        var place = place(id);
        return new Choices(
                bodies(id, place, false),
                workers(id),
                bodies(id, place, true),
                assists(id),
                transfers(order),
                marks(id),
                obstacles());
    }

    private record Place(long estate, String community) {}

    private Place place(OrderId id) {
        return jdbc.sql("select estate, community from work_order where district = ? and id = ?")
                .params(id.district(), id.id())
                .query(Place.class)
                .single();
    }

    /** Those that may hold it, or that can be asked to help, as its desks decide. */
    private List<Body> bodies(OrderId id, Place place, boolean helpers) {
        return jdbc.sql("""
                select b.id, b.name, b.kind, b.id = default_holder(:estate, :community, cast(:today as date)) as usual
                from body b
                where %s
                order by usual desc, b.kind = 'company', b.kind, b.id limit :most
                """.formatted(helpers ? AssistDesk.HELPS_SQL : HOLDS_SQL))
                .param("estate", place.estate)
                .param("community", place.community)
                .param("today", CivilTime.date(clock.instant()))
                .param("most", MOST)
                .query((r, n) ->
                        new Body(r.getLong("id"), r.getString("name"), r.getString("kind"), r.getBoolean("usual")))
                .list();
    }

    private List<Worker> workers(OrderId id) {
        return jdbc.sql("""
                select distinct a.id as account, p.masked_name as name
                from work_order o
                         join access_grant g on g.body = o.holder and g.role in ('MANAGER', 'STAFF')
                                 and (g.estate is null or g.estate = o.estate)
                         join account a on a.id = g.account and a.disabled_at is null
                         join person p on p.id = a.person
                where o.district = :district and o.id = :id and g.since <= :now and (g.until is null or g.until > :now)
                order by a.id limit :most
                """)
                .param("district", id.district())
                .param("id", id.id())
                .param("now", Timestamp.from(clock.instant()))
                .param("most", MOST)
                .query(Worker.class)
                .list();
    }

    private List<Assist> assists(OrderId id) {
        return jdbc.sql("""
                select id, body, state, due_at from assist_task where district = ? and order_id = ? order by id
                """)
                .params(id.district(), id.id())
                .query((r, n) -> new Assist(
                        r.getLong("id"),
                        r.getLong("body"),
                        r.getString("state"),
                        r.getTimestamp("due_at").toInstant()))
                .list();
    }

    private List<Transfer> transfers(WorkOrder order) {
        return targets.stream()
                .flatMap(target -> target.places(order, "").stream()
                        .map(place -> new Transfer(target.code(), place.key(), target.words() + "：" + place.name())))
                .toList();
    }

    private List<Obstacle> obstacles() {
        return times.obstacles().stream()
                .map(one -> new Obstacle(one.code(), one.name(), one.maxDays()))
                .toList();
    }

    private List<Mark> marks(OrderId id) {
        return jdbc.sql(
                        "select id, addressee from leader_mark where district = ? and order_id = ? and state = 'open' order by id")
                .params(id.district(), id.id())
                .query(Mark.class)
                .list();
    }
}
