package org.hemei.workorder;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.hemei.platform.Refusal;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.OrderClock.Part;
import org.jspecify.annotations.Nullable;

/**
 * One order, from 点单 to 共评. Every change goes through {@link Transitions}, appends one {@link Step} and raises the
 * version by one; there is no other way to move it. Loaded and saved by {@link WorkOrders} under a row lock.
 */
public final class WorkOrder {

    /** Who acts: an account, and what it is to this order. */
    record Actor(@Nullable Long account, Set<Standing> standings) {
        static final Actor CLOCK = new Actor(null, Set.of(Standing.CLOCK));
    }

    final OrderId id;
    final String community;
    final long estate;
    final @Nullable Long reporter;
    final Instant submittedAt;
    Urgency urgency;

    /** The deadline class a routing rule gave it; null: its own urgency. */
    @Nullable
    Urgency deadlineClass;

    /** The leaf of the category tree, on which deadlines can depend. */
    @Nullable
    String category;

    int version;
    OrderState state;

    /** What the history says of a step that went before the last one: saved with it. */
    @Nullable
    Map<String, @Nullable Object> noted;

    /** What somebody said of the result: saved with the step. */
    @Nullable
    Rated rated;

    /** Clocks that the last step started: saved with it. */
    @Nullable
    OrderClock started;

    /** Clocks that run on since the last step, and are to be looked at again. */
    @Nullable
    Part woken;

    @Nullable
    Long holder;

    boolean backstopHolds;

    @Nullable
    Long assignee;

    int round;

    @Nullable
    Instant dueAt;

    @Nullable
    Instant contactDue;

    @Nullable
    Instant resolveDue;

    @Nullable
    Instant contactedAt;

    boolean contactDenied;

    @Nullable
    Instant resolvedAt;

    @Nullable
    Long resolvedBy;

    @Nullable
    Instant closedAt;

    @Nullable
    Long kept;

    @Nullable
    Boolean solved;

    @Nullable
    Integer satisfied;

    /** No account and no phone that was left: there is nobody to contact, and no first contact is owed. */
    boolean nobody;

    /** For somebody without an account who phoned or came: they are asked by phone what others say themselves. */
    boolean called;

    int urged;

    /** Whether somebody was ever asked to help, which few orders need. */
    boolean assisted;

    /** How many neighbours follow it. */
    int joined;

    /** Whoever filed it wants nothing more of it; it goes on for the neighbours who met the same. */
    boolean givenUp;

    /** How often its dispatch was disputed; the second time the street rules. */
    int disputes;

    /** The street has named the holder: no further return. */
    boolean ruled;

    /** What the community owes now is late and has gone up to the street, which may do it in its place. */
    boolean up;

    /** The last day that the hotline gives; null where it gives none, or did not bring it. */
    @Nullable
    LocalDate hotlineDue;

    /** 督办, a mark. */
    boolean supervised;

    /** Whether somebody held it before whose first contact was made or missed, which few orders need. */
    boolean passedOn;

    /** What the first contact of each earlier holder came to; read with the order's lock. */
    Map<Long, HeldBefore> before = Map.of();

    /** The same of the holder that the last step took it from: saved with it. */
    @Nullable
    HeldBefore left;

    /** Who holds it again since the last step, with what their first contact had come to. */
    @Nullable
    Long again;

    WorkOrder(
            OrderId id,
            int version,
            OrderState state,
            String community,
            long estate,
            Urgency urgency,
            @Nullable Long reporter,
            Instant submittedAt) {
        this.id = id;
        this.version = version;
        this.state = state;
        this.community = community;
        this.estate = estate;
        this.urgency = urgency;
        this.reporter = reporter;
        this.submittedAt = submittedAt;
        this.round = 1;
    }

    public OrderId id() {
        return id;
    }

    public boolean suspended() {
        return state == OrderState.SUSPENDED;
    }

    /** What its deadlines depend on, before it is dispatched and after. */
    public Deadlines.About about() {
        return new Deadlines.About(category, pace());
    }

    /** By which its clocks run once it is dispatched: what the routing rule says, else how pressing the matter is. */
    Urgency pace() {
        return deadlineClass == null ? urgency : deadlineClass;
    }

    /** Whether the work is reported done, or the order has ended. */
    public boolean settled() {
        return state == OrderState.RESOLVED || state == OrderState.AWAITING_RATING || !state.open();
    }

    Step accept(Actor actor, Instant now) {
        communitysOrUp(actor);
        return step(Verb.ACCEPT, actor, now);
    }

    /** 不予受理 always says where to go instead. */
    Step reject(Actor actor, Instant now, String elsewhere) {
        finish(now);
        return step(Verb.REJECT, actor, now).with("elsewhere", elsewhere);
    }

    Step answer(Actor actor, Instant now) {
        finish(now);
        return step(Verb.ANSWER, actor, now);
    }

    /** Whether the resident still waits to be contacted: nobody logged it, or the resident said that it was not so. */
    boolean contactOpen() {
        return !nobody && (contactedAt == null || contactDenied);
    }

    Step assist(Verb verb, Actor actor, Instant now, long task, long body) {
        return step(verb, actor, now).by(body).assisting(task);
    }

    Step resolve(Actor actor, Instant now, Deadlines deadlines) {
        resolvedAt = now;
        resolvedBy = actor.account;
        started = deadlines.start(about(), Part.CHECK, now, decidingLevel(), Timer.VERIFY);
        dueAt = started.due(Timer.VERIFY);
        return step(Verb.RESOLVE, actor, now).by(holder);
    }

    Standing verifier() {
        return backstopHolds ? Standing.STREET : Standing.COMMUNITY;
    }

    /** Whether they verify and decide: those whose duty it is, and the street when they are late with it (decision 78). */
    boolean decides(Set<Standing> standings) {
        return standings.contains(verifier()) || standings.contains(Standing.STREET) && up;
    }

    /** What is the community's to take in and send out; the street's once it has come up to it. */
    boolean takesIn(Set<Standing> standings) {
        return standings.contains(Standing.COMMUNITY) || standings.contains(Standing.STREET) && up;
    }

    void communitysOrUp(Actor actor) {
        if (actor.standings.contains(Standing.STREET) && !takesIn(actor.standings)) {
            throw Refusal.of("社区还在期限里，先由社区来办。到期没办，您可以替社区办。");
        }
    }

    /** Whose duty it is to verify and to decide, up the line. */
    Level decidingLevel() {
        return backstopHolds ? Level.STREET : Level.COMMUNITY;
    }

    /** Before the community once more: it says who does it, within the time that the matter itself has. */
    void intake(Instant now, Deadlines deadlines) {
        started =
                deadlines.start(new Deadlines.About(category, urgency), Part.INTAKE, now, Level.REPORTER, Timer.ACCEPT);
        dueAt = started.due(Timer.ACCEPT);
    }

    Step remark(Actor actor, Instant now) {
        return step(Verb.REMARK, actor, now);
    }

    Step urge(Actor actor, Instant now) {
        urged++;
        return step(Verb.URGE, actor, now);
    }

    void finish(Instant now) {
        supervised = false;
        dueAt = null;
        closedAt = now;
    }

    /** The only place that moves the order. A refusal leaves the transaction to roll back, and the object to be dropped. */
    /** Before anything is looked up that only an order has which the verb is possible for, as its clocks. */
    void expect(Verb verb) {
        if (Transitions.find(state, verb).isEmpty()) {
            throw refusal(verb);
        }
    }

    private Refusal refusal(Verb verb) {
        return Refusal.of("这张工单现在是“" + state.words() + "”，不能" + verb.words() + "。");
    }

    Step step(Verb verb, Actor actor, Instant now) {
        return step(verb, actor, now, null);
    }

    /** @param to where it leads, for a verb that can lead back to one of several */
    Step step(Verb verb, Actor actor, Instant now, @Nullable OrderState to) {
        var row = (to == null ? Transitions.find(state, verb) : Transitions.find(state, verb, to))
                .orElseThrow(() -> refusal(verb));
        var as = row.who().stream()
                .filter(actor.standings::contains)
                .findFirst()
                .orElseThrow(() -> Refusal.of(verb.words() + "不归您办。"));
        version++;
        var from = state;
        state = row.to();
        // which versions of which rules set the clocks that begin with it stays readable for ever
        Map<String, Object> detail = started == null
                ? Map.of()
                : HotlineDay.decides(this)
                        ? Map.of("rules", started.rules(), "hotline_due", String.valueOf(hotlineDue))
                        : Map.of("rules", started.rules());
        return new Step(version, now, verb, from, state, actor.account, as, null, null, dueAt, detail);
    }
}
