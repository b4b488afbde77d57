package org.hemei.workorder;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hemei.platform.Refusal;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.OrderClock.Part;
import org.hemei.workorder.OrderClock.Running;
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

    /** Follows another order of the same estate, which goes on. */
    Step merge(Actor actor, Instant now, WorkOrder into) {
        var reasons = new ArrayList<Refusal.Reason>();
        if (into.id.equals(id)) {
            reasons.add(new Refusal.Reason("kept", "不能合并到自己。请选另一张工单。"));
        } else if (into.estate != estate) {
            reasons.add(new Refusal.Reason("kept", "只能合并到同一个小区的工单。"));
        }
        if (!into.state.open()) {
            reasons.add(new Refusal.Reason("kept", "那张工单已经结束了。请选一张还在办的。"));
        }
        Said.check(reasons);
        kept = into.id.id();
        finish(now);
        return step(Verb.MERGE, actor, now).with("kept", into.id.id());
    }

    /**
     * Names the body that answers for the order, and starts its clocks; remembers the routing rule and whether it was
     * followed.
     */
    Step dispatch(
            Actor actor, Instant now, long body, boolean backstop, RoutingBook.Answer routing, Deadlines deadlines) {
        deadlineClass = routing.urgency() == urgency ? null : routing.urgency();
        var step = dispatch(actor, now, body, backstop, deadlines);
        var rule = routing.rule();
        return rule == null
                ? step
                : step.with("rule", rule.id()).with("followed", routing.body() != null && routing.body() == body);
    }

    /** The same where no rule has a say. */
    Step dispatch(Actor actor, Instant now, long body, boolean backstop, Deadlines deadlines) {
        var before = holder;
        if (before == null) {
            communitysOrUp(actor);
            hold(body, backstop, now, deadlines);
            return step(Verb.DISPATCH, actor, now).by(body);
        }
        return Disputing.redispatch(this, actor, now, before, body, () -> hold(body, backstop, now, deadlines));
    }

    /**
     * A new holder, with clocks of its own. One that is named again, also after it gave the order back or another held it, keeps the
     * end of its first contact when it logged one, or is late already: being named again makes nothing in time that was not.
     */
    void hold(long body, boolean backstop, Instant now, Deadlines deadlines) {
        if (holder == null || holder != body) {
            leave(now);
            var earlier = before.get(body);
            if (earlier != null) {
                contactDue = earlier.due();
                contactedAt = earlier.contactedAt();
                contactDenied = earlier.denied();
                again = body;
            }
        }
        holder = body;
        backstopHolds = backstop;
        assignee = null;
        var running = new ArrayList<>(List.of(deadlines.running(about(), Timer.TAKE, now)));
        if (!nobody) {
            var contact = deadlines.running(about(), Timer.CONTACT, now);
            running.add(
                    contactDue != null && (!contactOpen() || !contactDue.isAfter(now))
                            ? new Running(Timer.CONTACT, contactDue, contact.rule(), contact.measure())
                            : contact);
        }
        running.add(HotlineDay.nearer(deadlines.running(about(), Timer.RESOLVE, now), this, now));
        var clocks = deadlines
                .start(about(), Part.WORK, now, Level.REPORTER, running)
                .fromNowOn(now);
        contactDue = clocks.find(Timer.CONTACT).map(Running::due).orElse(null);
        resolveDue = clocks.due(Timer.RESOLVE);
        dueAt = clocks.due(Timer.TAKE);
        started = clocks;
        woken = assisted ? Part.HELP : null;
    }

    /** What the holder logged, missed or was denied stays with it, and is neither the merit nor the fault of the next. */
    void leave(Instant now) {
        left = HeldBefore.of(this, now);
        holder = null;
        backstopHolds = false;
        assignee = null;
        contactDue = null;
        contactedAt = null;
        contactDenied = false;
    }

    Step take(Actor actor, Instant now) {
        dueAt = resolveDue;
        return step(Verb.TAKE, actor, now).by(holder);
    }

    Step assign(Actor actor, Instant now, long worker) {
        assignee = worker;
        return step(Verb.ASSIGN, actor, now).by(holder).with("assignee", worker);
    }

    /** Whether the resident still waits to be contacted: nobody logged it, or the resident said that it was not so. */
    boolean contactOpen() {
        return !nobody && (contactedAt == null || contactDenied);
    }

    /**
     * A logged contact counts as the answer to the resident, unless the resident says otherwise. After that the next one counts, and
     * from when it was made: what comes too late then stays missed, and can be denied again.
     */
    Step contact(Actor actor, Instant now, String how) {
        if (nobody && how.equals("message")) {
            throw Refusal.of("how", "点单人没有账号，也没留电话，留言转不到。当面说了的，请选上门。");
        }
        if (contactOpen()) {
            contactedAt = now;
            contactDenied = false;
        }
        return step(Verb.CONTACT, actor, now).by(holder).with("how", how);
    }

    /** 没联系: the resident's word goes before the log; a caller's is written down by the side that asks them (decision 61). */
    Step denyContact(Actor actor, Instant now) {
        var speaker = Rating.speaker(this, actor, "联系没联系，点单人自己说，别人不能替他说。");
        var own = speaker.standings.contains(Standing.REPORTER);
        if (contactedAt == null) {
            throw Refusal.of(own ? "物业还没有登记联系过您，不用再说。可以催一催。" : "处理单位还没有登记联系过他，不用再记。可以催一催。");
        }
        if (contactDenied) {
            throw Refusal.of(own ? "您已经说过没联系。" : "已经记过他说没联系。");
        }
        contactDenied = true;
        woken = Part.WORK;
        return step(Verb.DENY_CONTACT, speaker, now);
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

    private void communitysOrUp(Actor actor) {
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

    /**
     * By the reporter; by the community for somebody who has no account and asked for it by phone or in person. While neighbours
     * follow it the order goes on for them, and the community, which asks them, ends it.
     */
    Step withdraw(Actor actor, Instant now) {
        var community = actor.standings.contains(Standing.COMMUNITY);
        if (reporter != null && !givenUp && !actor.standings.contains(Standing.REPORTER)) {
            throw Refusal.of("点单人自己能撤单，别人不能替他撤。");
        }
        if (joined > 0 && givenUp && !community) {
            throw Refusal.of("您说过不用办了。还有邻居也遇到，单子接着办，社区问过他们再定。");
        }
        if (joined > 0 && !givenUp) {
            return step(Verb.WITHDRAW, actor, now, state).by(holder).with("goes_on", joined);
        }
        finish(now);
        return step(Verb.WITHDRAW, actor, now);
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
    Step step(Verb verb, Actor actor, Instant now) {
        return step(verb, actor, now, null);
    }

    /** @param to where it leads, for a verb that can lead back to one of several */
    Step step(Verb verb, Actor actor, Instant now, @Nullable OrderState to) {
        var row = (to == null ? Transitions.find(state, verb) : Transitions.find(state, verb, to))
                .orElseThrow(() -> Refusal.of("这张工单现在是“" + state.words() + "”，不能" + verb.words() + "。"));
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
