package org.hemei.testing;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.AssistDesk;
import org.hemei.workorder.DisputeDesk;
import org.hemei.workorder.InstructionDesk;
import org.hemei.workorder.JointDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.RatingDesk;
import org.hemei.workorder.SubmissionDesk;
import org.hemei.workorder.SubmissionDesk.Submission;
import org.hemei.workorder.SupervisionDesk;
import org.hemei.workorder.TimeDesk;
import org.hemei.workorder.TransferDesk;
import org.hemei.workorder.WorkOrderDesk;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files orders for tests, brings them as far on their way as is asked, and says how they stand. */
public class Orders {

    /** How far an order is on its way. */
    public enum Stage {
        SUBMITTED,
        DISPATCHED,
        WORKING,
        /** A helper was asked. */
        HELPED,
        /** The helper has accepted. */
        HELPING,
        CONTACTED,
        RESOLVED,
        VERIFIED,
        CLOSED,
        /** Filed by the community for somebody who phoned, and verified. */
        CALLED,
        /** The company returned it; the community decides. */
        RETURNED,
        /** Returned a second time, by another holder; the street rules. */
        DISPUTED,
        /** The street asks for a written answer. */
        SUPERVISED,
        /** The written answer is there. */
        REPLIED,
        /** A helper has a part of its own. */
        SHARED,
        /** A leader's mark waits for the holder's answer. */
        MARKED,
        /** Offered to the other estate of the community. */
        OFFERED,
        /** Merged into another order of the estate. */
        MERGED,
        /** The company asks for more time. */
        EXTENDING,
        /** The company asks for the clock to stand still, and then it does. */
        SUSPENDING,
        SUSPENDED
    }

    private final Towns towns;
    private final SubmissionDesk submissions;
    private final WorkOrderDesk desk;
    private final AssistDesk assists;
    private final RatingDesk ratings;
    private final DisputeDesk disputes;
    private final SupervisionDesk supervisions;
    private final InstructionDesk instructions;
    private final JointDesk joint;
    private final TransferDesk transfers;
    private final TimeDesk time;
    private final InstantSource clock;
    private final JdbcClient jdbc;

    Orders(
            Towns towns,
            SubmissionDesk submissions,
            WorkOrderDesk desk,
            AssistDesk assists,
            RatingDesk ratings,
            DisputeDesk disputes,
            SupervisionDesk supervisions,
            InstructionDesk instructions,
            JointDesk joint,
            TransferDesk transfers,
            TimeDesk time,
            InstantSource clock,
            JdbcClient jdbc) {
        this.towns = towns;
        this.submissions = submissions;
        this.desk = desk;
        this.assists = assists;
        this.ratings = ratings;
        this.disputes = disputes;
        this.supervisions = supervisions;
        this.instructions = instructions;
        this.joint = joint;
        this.transfers = transfers;
        this.time = time;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /** Filed by a resident, about no place in particular and of an ordinary category. */
    public OrderId file(Reader resident, long estate, String words) {
        return file(resident, said(estate, null, category(), words));
    }

    public OrderId file(Reader resident, Submission said) {
        return submissions.submit(resident, UUID.randomUUID().toString(), said);
    }

    public static Submission said(long estate, @Nullable Long building, String category, String words) {
        return new Submission(estate, building, null, category, words, "", false, List.of(), "resident", null, null);
    }

    /** An ordinary one, as far as its urgency goes. */
    public String category() {
        return jdbc.sql(
                        "select code from category where parent is not null and urgency = 'ordinary' order by code limit 1")
                .query(String.class)
                .single();
    }

    /** Filed by the community for somebody who phoned and has no account. */
    public OrderId phoned(Town.Side side, String words) {
        return file(
                side.communityDesk(),
                new Submission(
                        side.garden(),
                        null,
                        null,
                        category(),
                        words,
                        "",
                        false,
                        List.of(),
                        "phone",
                        "来电人",
                        "13" + String.format("%09d", CALLERS.incrementAndGet())));
    }

    /** Found by the community on a patrol: nobody filed it who could be contacted. */
    public OrderId patrolled(Town.Side side, String words) {
        return file(
                side.communityDesk(),
                new Submission(
                        side.garden(), null, null, category(), words, "", false, List.of(), "patrol", null, null));
    }

    private static final AtomicInteger CALLERS = new AtomicInteger();

    /** An order of the garden, brought to the stage by those whose turn it is. */
    public OrderId at(Stage stage, Town.Side side, Reader reporter, String words) {
        var id = stage == Stage.CALLED ? phoned(side, words) : file(reporter, side.garden(), words);
        if (stage == Stage.SUBMITTED) {
            return id;
        }
        if (stage == Stage.OFFERED) {
            transfers.offer(
                    side.communityDesk(), id, version(id), "other_estate", String.valueOf(side.oldYard()), "是老院子的事");
            return id;
        }
        if (stage == Stage.MERGED) {
            // a resident may file so many orders an hour: somebody else for each
            var kept = file(towns.resident(side.garden(), side.unit()), side.garden(), words + "也遇到");
            desk.merge(side.communityDesk(), id, version(id), kept);
            return id;
        }
        desk.dispatch(side.communityDesk(), id, version(id), side.company());
        if (stage == Stage.DISPATCHED) {
            return id;
        }
        desk.take(side.manager(), id, version(id));
        desk.assign(side.manager(), id, version(id), side.staff().account());
        if (stage == Stage.WORKING) {
            return id;
        }
        if (stage == Stage.HELPED || stage == Stage.HELPING) {
            help(stage, side, id);
            return id;
        }
        if (stage.ordinal() >= Stage.EXTENDING.ordinal()) {
            desk.contact(side.staff(), id, version(id), "phone", "约好了");
            wait(stage, side, id);
            return id;
        }
        if (stage.ordinal() >= Stage.RETURNED.ordinal()) {
            press(stage, side, id);
            return id;
        }
        desk.contact(side.staff(), id, version(id), "phone", "约好了");
        if (stage != Stage.CONTACTED) {
            end(stage, side, id, reporter);
        }
        return id;
    }

    private void help(Stage stage, Town.Side side, OrderId id) {
        var due = clock.instant().plus(Duration.ofDays(2));
        assists.ask(side.manager(), id, version(id), side.helperBody(), "看一下", due);
        if (stage == Stage.HELPING) {
            assists.accept(side.helper(), id, version(id), assist(id, side.helperBody()));
        }
    }

    private void wait(Stage stage, Town.Side side, OrderId id) {
        if (stage == Stage.EXTENDING) {
            time.askExtension(side.manager(), id, version(id), 3, "配件要订货");
            return;
        }
        var until = CivilTime.date(clock.instant()).plusDays(10);
        time.askSuspension(side.manager(), id, version(id), "parts", until, "锁芯停产，等厂家");
        if (stage == Stage.SUSPENDED) {
            time.grantSuspension(side.communityDesk(), id, version(id), "");
        }
    }

    private void press(Stage stage, Town.Side side, OrderId id) {
        switch (stage) {
            case RETURNED, DISPUTED -> disputes.request(side.manager(), id, version(id), "not_ours", "这是供水集团的管子");
            case SUPERVISED, REPLIED -> supervisions.supervise(side.streetDesk(), id, version(id), "三天了还没动静");
            case SHARED ->
                joint.share(
                        side.communityDesk(),
                        id,
                        version(id),
                        side.helperBody(),
                        "查供水",
                        clock.instant().plus(Duration.ofDays(2)));
            default ->
                instructions.instruct(
                        side.districtDesk(),
                        id,
                        version(id),
                        new InstructionDesk.Instruction(
                                "李某某 副区长",
                                org.hemei.platform.time.CivilTime.date(clock.instant()),
                                "请抓紧办",
                                "holder",
                                null,
                                false));
        }
        if (stage == Stage.DISPUTED) {
            disputes.grantTo(side.communityDesk(), id, version(id), "", side.helperBody());
            disputes.request(side.utilityManager(), id, version(id), "contract", "表后管不归我们");
        }
        if (stage == Stage.REPLIED) {
            supervisions.answer(side.manager(), id, version(id), "明天换管子");
        }
    }

    private void end(Stage stage, Town.Side side, OrderId id, Reader reporter) {
        desk.resolve(side.staff(), id, version(id), "修好了，试过了", List.of(), List.of());
        if (stage == Stage.RESOLVED) {
            return;
        }
        desk.verify(side.communityDesk(), id, version(id), "看过了");
        if (stage == Stage.CLOSED) {
            ratings.rate(reporter, id, version(id), true, 5, "好");
        }
    }

    public int version(OrderId id) {
        return jdbc.sql("select version from work_order where district = ? and id = ?")
                .params(id.district(), id.id())
                .query(Integer.class)
                .single();
    }

    public String state(OrderId id) {
        return jdbc.sql("select state from work_order where district = ? and id = ?")
                .params(id.district(), id.id())
                .query(String.class)
                .single();
    }

    /** The task the body was asked to do last. */
    public long assist(OrderId id, long body) {
        return jdbc.sql(
                        "select id from assist_task where district = ? and order_id = ? and body = ? order by id desc limit 1")
                .params(id.district(), id.id(), body)
                .query(Long.class)
                .single();
    }
}
