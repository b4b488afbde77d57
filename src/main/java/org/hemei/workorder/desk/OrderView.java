package org.hemei.workorder.desk;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Channel;
import org.hemei.workorder.InstructionDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Urgency;
import org.hemei.workorder.Verb;
import org.hemei.workorder.clock.OrderTiming;
import org.hemei.workorder.dispute.OrderAround;
import org.jspecify.annotations.Nullable;

/**
 * One order as somebody on duty may see it. What the reader must not know was left out when it was read: of an anonymous
 * order the company and the helpers get the building, and no name, no unit, no phone.
 */
public record OrderView(
        OrderId id,
        Head head,
        Clocks clocks,
        List<StepLine> steps,
        List<AssistLine> assists,
        List<Photo> photos,
        Set<Standing> standings,
        Set<Verb> verbs,
        OrderAround around,
        OrderTiming timing,
        Instant now) {

    record Head(
            int version,
            OrderState state,
            Urgency urgency,
            String title,
            String words,
            String place,
            long estateId,
            String estate,
            @Nullable String building,
            @Nullable String unit,
            String communityCode,
            String community,
            String categoryCode,
            String category,
            String branch,
            Channel channel,
            @Nullable String reporter,
            boolean anonymous,
            boolean phone,
            @Nullable Long holderId,
            @Nullable String holder,
            boolean backstop,
            @Nullable Long assigneeId,
            @Nullable String assignee,
            int round,
            int joined,
            int urged,
            boolean supervised,
            @Nullable OrderId kept) {}

    /** @param assumed whether a deadline lies past the official calendar, so that Monday to Friday was counted */
    record Clocks(
            Instant submittedAt,
            @Nullable Instant dueAt,
            @Nullable Instant contactDue,
            @Nullable Instant resolveDue,
            @Nullable Instant contactedAt,
            boolean contactDenied,
            @Nullable Instant resolvedAt,
            @Nullable Instant closedAt,
            @Nullable Boolean solved,
            @Nullable Integer satisfied,
            boolean assumed) {}

    /** @param who masked name, null where the reader must not know or the clock did it */
    record StepLine(
            int seq,
            Instant at,
            Verb verb,
            OrderState to,
            Standing as,
            @Nullable String who,
            @Nullable String body,
            @Nullable Long assist,
            @Nullable Instant dueAt,
            @Nullable String words,
            @Nullable String how,
            @Nullable String elsewhere,
            @Nullable String assignee,
            @Nullable Integer satisfied,
            @Nullable Long kept,
            @Nullable String route,
            @Nullable String fired) {

        /** What was done, as the heading of a line of the timeline. */
        String says() {
            return switch (verb) {
                case SUBMIT -> as == Standing.REPORTER ? "居民点单" : "社区代点单";
                case ACCEPT -> "社区受理";
                case DISPATCH -> "社区派单";
                case TAKE -> "接单";
                case CONTACT -> "联系居民" + (how == null ? "" : "·" + how);
                case DENY_CONTACT -> "居民说没联系";
                case RESOLVE -> "报处理好";
                case VERIFY -> as.words() + "核验通过";
                case SEND_BACK -> as.words() + "退回重办";
                case RATE -> "居民评价";
                case REOPEN -> "居民说没解决，重新办";
                case URGE -> onDuty(as) ? as.words() + "催办" : "居民催办";
                case CLOSE_UNRATED -> "到期没评价，自动办结";
                case WARN -> fired == null ? "快到期，系统提醒" : fired;
                case ESCALATE -> fired == null ? "超时，系统上报" : fired;
                case ASK_EXTENSION -> "申请延期";
                case ASK_SUSPENSION -> "申请挂起，停止计时";
                case RESUME -> as == Standing.CLOCK ? "到日子，自动恢复计时" : "恢复计时";
                case RULE -> "街道裁定由谁办";
                case SUPERVISE -> as == Standing.CLOCK ? "自动列入街道督办" : "街道督办";
                case REQUEST_RETURN -> "处理单位申请退单";
                case GRANT_RETURN -> "同意退单";
                case REFUSE_RETURN -> "不同意退单";
                case SHARE -> "请联合办理";
                case REFER -> "告诉点单人去别处办";
                default -> verb.words();
            };
        }

        private static boolean onDuty(Standing as) {
            return as == Standing.COMMUNITY || as == Standing.STREET;
        }

        boolean bad() {
            return verb == Verb.SEND_BACK
                    || verb == Verb.REOPEN
                    || verb == Verb.DENY_CONTACT
                    || verb == Verb.HELP_DECLINE
                    || verb == Verb.REJECT
                    || verb == Verb.ESCALATE
                    || verb == Verb.RETURN_ANSWER;
        }
    }

    /** @param mine whether the reader answers for this helper; @param joint a part of a joint handling */
    record AssistLine(
            long id,
            long bodyId,
            String body,
            String what,
            String state,
            Instant askedAt,
            Instant dueAt,
            @Nullable Instant doneAt,
            @Nullable String result,
            boolean mine,
            boolean joint) {

        boolean open() {
            return state.equals("asked") || state.equals("accepted");
        }

        String stateWords() {
            return switch (state) {
                case "asked" -> "等对方接";
                case "accepted" -> joint ? "联合办理中" : "协办中";
                case "declined" -> "谢绝了";
                case "done" -> "已完成";
                default -> "已取消";
            };
        }
    }

    record Photo(UUID id, String purpose) {}

    String number() {
        return id.number(clocks.submittedAt);
    }

    /** 梧桐苑 4 幢 1 单元 502 */
    String where() {
        var where = new StringBuilder(head.estate);
        if (head.building != null) {
            where.append(' ').append(head.building);
        }
        if (head.unit != null) {
            where.append(' ').append(head.unit);
        }
        return where.toString();
    }

    boolean may(Verb verb) {
        return verbs.contains(verb);
    }

    boolean is(Standing standing) {
        return standings.contains(standing);
    }

    boolean clockRuns() {
        return clocks.dueAt != null && head.state.open() && head.state != OrderState.AWAITING_RATING;
    }

    /** What falls due next: the first contact, until it is made, else the step the order stands at. */
    @Nullable
    Instant due() {
        var contact = clocks.contactDue;
        var due = clocks.dueAt;
        if (contact == null || due == null || !head.state.inHand() || clocks.contactedAt != null) {
            return due;
        }
        return contact.isBefore(due) ? contact : due;
    }

    List<Photo> photos(String purpose) {
        return photos.stream().filter(photo -> photo.purpose.equals(purpose)).toList();
    }

    String when(Instant at) {
        return CivilTime.brief(at, now);
    }

    String path() {
        return "/orders/" + id;
    }

    boolean late() {
        var due = due();
        return clockRuns() && due != null && due.isBefore(now);
    }

    /** The administration always knows; the company and helpers unless it is anonymous to them. */
    boolean knowsReporter() {
        return is(Standing.COMMUNITY) || is(Standing.STREET) || is(Standing.OVERSEER);
    }

    /** Whoever has to reach the resident may ask for the number, with a reason; those above only read. */
    boolean mayPhone() {
        var reaches = is(Standing.COMMUNITY)
                || is(Standing.STREET)
                || (!head.anonymous && (is(Standing.MANAGER) || is(Standing.STAFF)));
        return head.phone && head.state.open() && reaches;
    }

    boolean mustContact() {
        return clocks.contactedAt == null || clocks.contactDenied;
    }

    /** 回应: in time or late, it is an answer, unless the resident says there was none. */
    @Nullable
    Boolean answered() {
        if (clocks.contactedAt == null) {
            return null;
        }
        return !clocks.contactDenied;
    }

    @Nullable
    Boolean satisfied() {
        var stars = clocks.satisfied;
        return stars == null ? null : Boolean.valueOf(stars >= 4);
    }

    /** Whether the reader has something to do here that is not only a link. */
    boolean acts() {
        return may(Verb.DISPATCH)
                || may(Verb.GRANT_EXTENSION)
                || may(Verb.GRANT_SUSPENSION)
                || may(Verb.RESUME)
                || may(Verb.TAKE)
                || may(Verb.RESOLVE)
                || may(Verb.VERIFY)
                || may(Verb.GRANT_RETURN)
                || may(Verb.RULE)
                || may(Verb.TAKE_TRANSFER)
                || may(Verb.ANSWER_SUPERVISION)
                || may(Verb.RETURN_ANSWER)
                || !marksToAnswer().isEmpty()
                || assists.stream().anyMatch(a -> a.mine && a.open());
    }

    private static final List<Verb> LINKS = List.of(
            Verb.ASSIGN,
            Verb.ASK_HELP,
            Verb.CONTACT,
            Verb.ANSWER,
            Verb.MERGE,
            Verb.REJECT,
            Verb.DISPATCH,
            Verb.ASK_EXTENSION,
            Verb.ASK_SUSPENSION,
            Verb.REQUEST_RETURN,
            Verb.SHARE,
            Verb.REFER,
            Verb.OFFER_TRANSFER,
            Verb.UNMERGE,
            Verb.URGE,
            Verb.SUPERVISE,
            Verb.LIFT_SUPERVISION,
            Verb.INSTRUCT,
            Verb.REMARK,
            Verb.WITHDRAW);

    /** The forms behind a link; what has its button already is not said twice. */
    List<Verb> links() {
        return LINKS.stream()
                .filter(this::may)
                .filter(verb -> verb != Verb.DISPATCH || head.state == OrderState.DISPATCHED)
                .filter(verb -> verb != Verb.CONTACT || !mustContact())
                .toList();
    }

    /** What was written at the last step of this kind. */
    @Nullable
    public String lastSaid(Verb verb) {
        return steps.stream()
                .filter(step -> step.verb == verb && step.words != null)
                .map(StepLine::words)
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    /** A mark that waits for this reader's answer. */
    List<OrderAround.Mark> marksToAnswer() {
        return may(Verb.ANSWER_INSTRUCTION)
                ? around.marks().stream()
                        .filter(mark -> !mark.answered() && is(InstructionDesk.addressee(mark.addressee())))
                        .toList()
                : List.of();
    }

    String linkWords(Verb verb) {
        return OrderLabels.link(verb);
    }

    boolean heldBy(long body) {
        return head.holderId != null && head.holderId == body;
    }

    /** Whose turn it is. */
    String nextWords() {
        return OrderLabels.next(
                head, mustContact(), head.backstop() || around.disputes().size() > 1);
    }

    /** The title of a form's own page. */
    String formTitle(Verb verb) {
        return OrderLabels.title(verb, head.state);
    }

    /** A day to propose for help: before the order itself is due, and never in the past. */
    java.time.LocalDate helpBy() {
        var tomorrow = CivilTime.date(now).plusDays(1);
        var resolve = clocks.resolveDue;
        return resolve == null || CivilTime.date(resolve).isBefore(tomorrow) ? tomorrow : CivilTime.date(resolve);
    }
}
