package org.hemei.workorder.resident;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.Level;
import org.hemei.workorder.OrderState.Phase;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Verb;
import org.hemei.workorder.resident.ResidentOrder.Event;
import org.hemei.workorder.resident.ResidentOrder.Photo;
import org.jspecify.annotations.Nullable;

/**
 * Tells an order's history to its resident in plain words: what was done and by whom, where it stands now, and what is
 * still to come. Responded, resolved and satisfied are never mixed up.
 */
final class ResidentStory {

    enum Kind {
        DONE,
        BAD,
        NOW,
        NEXT
    }

    /**
     * One line of the timeline.
     *
     * @param who masked name, with the duty; @param quote what somebody wrote; @param plain what it means
     */
    record Line(
            Kind kind,
            String icon,
            String title,
            String when,
            @Nullable String who,
            @Nullable String duty,
            @Nullable String quote,
            @Nullable String plain,
            List<Photo> photos) {}

    private static final List<String> SATISFACTION = List.of("很不满意", "不满意", "一般", "满意", "很满意");

    private final ResidentOrder order;
    private final Instant now;
    private final String holder;
    private final String you;
    private final List<Line> lines = new ArrayList<>();
    private Instant remarked = Instant.EPOCH;

    private ResidentStory(ResidentOrder order, Instant now) {
        this.order = order;
        this.now = now;
        this.holder = order.facts().holder() == null ? "处理单位" : order.facts().holder();
        this.you = order.own() ? "您" : "点单人";
    }

    static List<Line> of(ResidentOrder order, Instant now) {
        var story = new ResidentStory(order, now);
        order.events().forEach(story::tell);
        story.present();
        story.future();
        return List.copyOf(story.lines);
    }

    /** 1 to 5 in words. */
    static String satisfaction(int mark) {
        return SATISFACTION.get(Math.clamp(mark, 1, 5) - 1);
    }

    private void tell(Event e) {
        switch (e.verb()) {
            case SUBMIT -> done(e, you + "点单", order.own() ? order.facts().words() : null, null, photosOf("report"));
            case ACCEPT -> {
                if (!dispatchedAtOnce(e)) {
                    done(e, e.as().words() + "受理", null, null, List.of());
                }
            }
            case REJECT -> bad(e, "社区不受理", e.words(), e.elsewhere() == null ? null : "该去这里办：" + e.elsewhere());
            case ANSWER -> done(e, "社区答复", e.words(), "这是“回应”。解决没有，还是" + you + "说了算。", List.of());
            case MERGE -> done(e, "和另一张合并", null, "是同一件事，跟着那张一起办，进展同样通知您。", List.of());
            case DISPATCH ->
                done(
                        e,
                        e.as().words() + (e.words() == null ? "派单" : "改派"),
                        e.words(),
                        (e.words() == null ? "派给" : "换一家来办，重新计时。派给") + (e.body() == null ? holder : e.body()) + took(e),
                        List.of());
            case CORRECT -> done(e, "社区更正了分类或地点", e.words(), String.join("；", e.corrected()) + "。时限按更正后的算。", List.of());
            case TAKE -> done(e, (e.body() == null ? holder : e.body()) + "接单", null, null, List.of());
            case CONTACT -> contact(e);
            case DENY_CONTACT -> bad(e, you + "说没联系", null, "以" + you + "说的为准，这次不算按时联系。");
            case RESOLVE ->
                done(e, (e.body() == null ? holder : e.body()) + "说处理好了", e.words(), null, resolvePhotos(e.at()));
            case VERIFY -> done(e, e.as().words() + "核验过", e.words(), null, List.of());
            case SEND_BACK -> bad(e, e.as().words() + "核验没通过，退回重办", e.words(), null);
            case RATE -> done(e, you + "评价", e.words(), "解决了，" + satisfaction(mark(e)) + "。", List.of());
            case REOPEN ->
                bad(e, you + "说没解决，重新办", e.words(), e.body() == null ? "重新计时，社区来派单。" : "重新计时，还由" + holder + "办。");
            case WITHDRAW -> withdrawn(e);
            case REMARK -> remark(e);
            case URGE -> done(e, urged(e), null, null, List.of());
            case ESCALATE -> escalated(e);
            case ASK_EXTENSION -> done(e, holder + "申请延期", e.words(), "批之前照原来的期限算。", List.of());
            case GRANT_EXTENSION -> done(e, e.as().words() + "同意延期", e.words(), newDue(e), List.of());
            case REFUSE_EXTENSION -> bad(e, e.as().words() + "没同意延期", e.words(), "照原来的期限办。");
            case ASK_SUSPENSION -> done(e, holder + "申请暂停计时", e.words(), "遇到客观障碍。批之前计时照走；同意了，从申请的时候起不算。", List.of());
            case GRANT_SUSPENSION ->
                done(
                        e,
                        e.as().words() + "同意暂停计时",
                        e.words(),
                        e.until() == null ? null : CivilTime.day(LocalDate.parse(e.until())) + " 自动恢复。",
                        List.of());
            case REFUSE_SUSPENSION -> bad(e, e.as().words() + "没同意暂停计时", e.words(), "照常计时。");
            case RESUME -> done(e, e.as() == Standing.CLOCK ? "到日子，恢复计时" : "恢复计时，接着办", e.words(), newDue(e), List.of());
            case CLOSE_UNRATED -> done(e, "到期没评价，自动办结", null, "记作没评价，不算满意。", List.of());
            case REQUEST_RETURN,
                    GRANT_RETURN,
                    REFUSE_RETURN,
                    RULE,
                    SUPERVISE,
                    ANSWER_SUPERVISION,
                    LIFT_SUPERVISION,
                    REFER,
                    OFFER_TRANSFER,
                    TAKE_TRANSFER,
                    DECLINE_TRANSFER,
                    RECALL_TRANSFER,
                    UNMERGE -> dispute(DisputeStory.of(e, e.body() == null ? holder : e.body()), e);
            default -> {
                // helpers stand as notes of their own; who does the work inside the holder is its own business
            }
        }
    }

    private void withdrawn(Event e) {
        var you = e.as() == Standing.COMMUNITY ? "社区" : this.you;
        if (e.goesOn()) {
            done(e, you + "说不用办了", e.words(), "邻居也遇到，单子接着办。办好了还可以评价。", List.of());
        } else {
            done(e, you + "撤单", e.words(), null, List.of());
        }
    }

    private static String urged(Event e) {
        if (e.byReader()) {
            return "您催了一次";
        }
        return switch (e.as()) {
            case COMMUNITY, STREET -> e.as().words() + "催了一次";
            default -> "邻居催了一次";
        };
    }

    private void dispute(DisputeStory said, Event e) {
        if (said.bad()) {
            bad(e, said.title(), e.words(), said.plain());
        } else {
            done(e, said.title(), e.words(), said.plain(), List.of());
        }
    }

    /** A reminder is between those who work; that it went up the line is for the resident to know. */
    private void escalated(Event e) {
        var timer = e.timer() == null ? Timer.RESOLVE : Timer.of(e.timer());
        var level = e.level() == null ? Level.COMMUNITY : Level.of(e.level());
        bad(e, "超时，系统报给" + level.words(), null, "到时还" + timer.missed() + "。");
    }

    private @Nullable String newDue(Event e) {
        return e.dueAt() == null ? null : "新的处理期限：" + CivilTime.near(e.dueAt(), now) + "。";
    }

    private static int mark(Event e) {
        return e.satisfied() == null ? 3 : e.satisfied();
    }

    /** Accepting and dispatching in one stroke is one thing to the resident. */
    private boolean dispatchedAtOnce(Event accepted) {
        return order.events().stream().anyMatch(e -> e.verb() == Verb.DISPATCH && e.at().equals(accepted.at()));
    }

    private String took(Event dispatched) {
        var waited = Duration.between(order.facts().submittedAt(), dispatched.at());
        var first =
                order.events().stream().filter(e -> e.verb() == Verb.DISPATCH).findFirst();
        return first.isPresent() && first.get() == dispatched && order.facts().round() == 1 && waited.toMinutes() > 0
                ? "，用时 " + CivilTime.span(waited)
                : "";
    }

    private void contact(Event e) {
        var how = e.how() == null ? "" : "（" + e.how() + "）";
        done(e, "联系" + you + how, e.words(), "这是“回应”，还不是“解决”。", List.of());
    }

    private void remark(Event e) {
        if (!order.own()) {
            return;
        }
        var photos = order.photos().stream()
                .filter(p -> p.purpose().equals("remark") && p.at().isAfter(remarked) && !p.at().isAfter(e.at()))
                .toList();
        remarked = e.at();
        done(e, e.byReader() ? "您补充" : side(e) + "补充", e.words(), null, photos);
    }

    private String side(Event e) {
        return e.as() == Standing.MANAGER || e.as() == Standing.STAFF ? holder : e.as().words();
    }

    private List<Photo> photosOf(String purpose) {
        return order.photos().stream().filter(p -> p.purpose().equals(purpose)).toList();
    }

    private List<Photo> resolvePhotos(Instant at) {
        var last = order.events().stream()
                .filter(e -> e.verb() == Verb.RESOLVE)
                .reduce((a, b) -> b)
                .map(Event::at);
        return last.isPresent() && last.get().equals(at)
                ? order.photos().stream()
                        .filter(p -> p.purpose().equals("before") || p.purpose().equals("after"))
                        .toList()
                : List.of();
    }

    private void done(Event e, String title, @Nullable String quote, @Nullable String plain, List<Photo> photos) {
        add(Kind.DONE, "check", e, title, quote, plain, photos);
    }

    private void bad(Event e, String title, @Nullable String quote, @Nullable String plain) {
        add(Kind.BAD, "cross", e, title, quote, plain, List.of());
    }

    private void add(
            Kind kind,
            String icon,
            Event e,
            String title,
            @Nullable String quote,
            @Nullable String plain,
            List<Photo> photos) {
        var who = e.verb() == Verb.REMARK && e.byReader() ? null : e.who();
        lines.add(new Line(
                kind,
                icon,
                title,
                CivilTime.brief(e.at(), now),
                who,
                who == null ? null : duty(e),
                quote,
                plain,
                photos));
    }

    private static String duty(Event e) {
        return switch (e.as()) {
            case MANAGER -> "负责人";
            case STAFF -> "处理人员";
            default -> e.as().words();
        };
    }

    private void present() {
        var facts = order.facts();
        switch (facts.state()) {
            case SUBMITTED -> now("等社区受理", "社区要看清是什么事、归谁管。");
            case AWAITING_DISPATCH -> now("等社区派单", "社区在找该谁来办。");
            case DISPATCHED -> now("等" + holder + "接单", null);
            case RETURN_REQUESTED -> now(facts.street() ? "等街道裁定由谁办" : "等社区定由谁办", holder + "说这事不归它办。");
            case EXTENSION_REQUESTED -> now("正在处理", holder + "申请延期，批之前照原来的期限算。");
            case SUSPENSION_REQUESTED -> now("正在处理", holder + "申请暂停计时。批之前计时照走；同意了，从申请的时候起不算。");
            case SUSPENDED -> now("暂停计时", "遇到客观障碍。到日子自动恢复，接着办。");
            case TRANSFER_OFFERED -> now("等对方接收", "对方接收前，还由" + holder + "负责。");
            case IN_PROGRESS -> now("正在处理", facts.contactedAt() == null ? holder + "还没联系" + you + "。" : null);
            case RESOLVED -> now("等" + verifier() + "核验", "处理的人不能自己核验。");
            case AWAITING_RATING -> now("等" + you + "评价", "解决没有，" + you + "说了算。没解决会重新办。");
            default -> {
                // it has ended: nothing is going on
            }
        }
    }

    private String verifier() {
        return order.facts().backstop() ? "街道" : "社区";
    }

    private void now(String title, @Nullable String plain) {
        lines.add(new Line(Kind.NOW, "clock", title, "", null, null, null, plain, List.of()));
    }

    private void future() {
        var phase = order.facts().state().phase();
        if (phase == Phase.ENDED) {
            return;
        }
        if (phase.before(Phase.DISPATCHED)) {
            next("send", "派给物业或其他单位", "谁管谁办，派不出去由社区兜底。");
        }
        if (phase.before(Phase.WORK)) {
            next("wrench", "接单、联系" + you + "、处理", "派出后 " + order.terms().resolve() + "内处理好。");
        }
        if (phase.before(Phase.CHECK)) {
            next("eye", verifier() + "到场核验", "处理的人不能自己核验。" + order.terms().verify() + "内。");
        }
        if (phase.before(Phase.RATING)) {
            next("star", you + "来评价", order.terms().rate() + "内。没评价不算满意，没解决会重新办。");
        }
    }

    private void next(String icon, String title, String plain) {
        lines.add(new Line(Kind.NEXT, icon, title, "", null, null, null, plain, List.of()));
    }
}
