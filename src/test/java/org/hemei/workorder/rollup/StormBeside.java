package org.hemei.workorder.rollup;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Town;
import org.hemei.workorder.DisputeDesk;
import org.hemei.workorder.InstructionDesk;
import org.hemei.workorder.Joiners;
import org.hemei.workorder.JointDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.SupervisionDesk;
import org.hemei.workorder.TimeDesk;
import org.hemei.workorder.TransferDesk;
import org.hemei.workorder.Verb;

/** What is done to orders in the storm beside their own course: disputes, more time, supervision and marks, and the ways elsewhere. */
record StormBeside(
        DisputeDesk disputes,
        TimeDesk time,
        SupervisionDesk supervisions,
        InstructionDesk instructions,
        TransferDesk transfers,
        JointDesk joint,
        Joiners joiners,
        MovableClock clock) {

    static final List<Verb> VERBS = List.of(
            Verb.REQUEST_RETURN,
            Verb.GRANT_RETURN,
            Verb.REFUSE_RETURN,
            Verb.RULE,
            Verb.ASK_EXTENSION,
            Verb.GRANT_EXTENSION,
            Verb.REFUSE_EXTENSION,
            Verb.ASK_SUSPENSION,
            Verb.GRANT_SUSPENSION,
            Verb.RESUME,
            Verb.SUPERVISE,
            Verb.ANSWER_SUPERVISION,
            Verb.LIFT_SUPERVISION,
            Verb.INSTRUCT,
            Verb.OFFER_TRANSFER,
            Verb.DECLINE_TRANSFER,
            Verb.RECALL_TRANSFER,
            Verb.TAKE_TRANSFER,
            Verb.SHARE);

    void act(Verb verb, Town.Side side, OrderId id, int version, Random random) {
        if (random.nextInt(6) == 0) {
            joiners.join(random.nextBoolean() ? side.neighbour() : side.resident(), id);
        }
        switch (verb) {
            case REQUEST_RETURN ->
                disputes.request(
                        random.nextInt(4) == 0 ? side.backstopManager() : side.manager(),
                        id,
                        version,
                        "not_ours",
                        "这是供电的");
            case GRANT_RETURN -> disputes.grant(side.communityDesk(), id, version, "");
            case REFUSE_RETURN -> disputes.refuse(side.communityDesk(), id, version, "在合同里");
            case RULE ->
                disputes.rule(
                        side.streetDesk(), id, version, random.nextBoolean() ? side.company() : side.backstop(), "先修好");
            case ASK_EXTENSION -> time.askExtension(side.manager(), id, version, 2, "灯要统一采购");
            case GRANT_EXTENSION -> time.grantExtension(side.communityDesk(), id, version, "");
            case REFUSE_EXTENSION -> time.refuseExtension(side.communityDesk(), id, version, "先换个旧的");
            case ASK_SUSPENSION -> time.askSuspension(side.manager(), id, version, "parts", today().plusDays(3), "等厂家");
            case GRANT_SUSPENSION -> time.grantSuspension(side.communityDesk(), id, version, "");
            case RESUME -> time.resume(side.manager(), id, version, "到货了");
            case SUPERVISE -> supervisions.supervise(side.streetDesk(), id, version, "请说清楚");
            case ANSWER_SUPERVISION -> supervisions.answer(side.manager(), id, version, "明天换灯");
            case LIFT_SUPERVISION -> supervisions.lift(side.streetDesk(), id, version, "说清楚了");
            case INSTRUCT ->
                instructions.instruct(
                        side.districtDesk(),
                        id,
                        version,
                        new InstructionDesk.Instruction(
                                "李某某 副区长", today(), "请抓紧办", "holder", null, random.nextBoolean()));
            case OFFER_TRANSFER ->
                transfers.offer(
                        side.communityDesk(), id, version, "other_estate", String.valueOf(side.oldYard()), "是老院子的灯");
            case DECLINE_TRANSFER -> transfers.decline(side.communityDesk(), id, version, "不是老院子的");
            case RECALL_TRANSFER -> transfers.recall(side.communityDesk(), id, version, "还是我们办");
            case TAKE_TRANSFER -> transfers.take(side.communityDesk(), id, version);
            case SHARE ->
                joint.share(
                        side.communityDesk(),
                        id,
                        version,
                        side.otherHelperBody(),
                        "查线路",
                        clock.instant().plusSeconds(90_000));
            default -> throw new IllegalStateException(verb.name());
        }
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
