package org.hemei.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hemei.demo.City.Building;
import org.hemei.demo.City.Estate;
import org.hemei.demo.City.Unit;
import org.hemei.demo.Topics.Topic;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Transitions;
import org.hemei.workorder.Verb;
import org.jspecify.annotations.Nullable;

/** One order of the demo city with all that hangs on it. It moves by the same table of transitions as the real ones. */
final class Order {

    record Step(
            int seq,
            Instant at,
            Verb verb,
            @Nullable OrderState from,
            OrderState to,
            @Nullable Long actor,
            Standing as,
            @Nullable Long body,
            @Nullable Long assist,
            @Nullable Instant dueAt,
            String detail,
            String words) {}

    record Rating(int round, boolean solved, int satisfied, String words, Instant at) {}

    record MeToo(long account, @Nullable Long building, Instant at) {}

    static final class Assist {
        final long id;
        final long body;
        final String what;
        final long askedBy;
        final Instant askedAt;
        final Instant dueAt;
        String state = "asked";

        @Nullable
        Instant answeredAt;

        @Nullable
        Instant doneAt;

        @Nullable
        String result;

        Assist(long id, long body, String what, long askedBy, Instant askedAt, Instant dueAt) {
            this.id = id;
            this.body = body;
            this.what = what;
            this.askedBy = askedBy;
            this.askedAt = askedAt;
            this.dueAt = dueAt;
        }
    }

    final long id;
    final Estate estate;
    final Topic topic;
    final Instant submittedAt;
    final List<Step> steps = new ArrayList<>();
    final List<Assist> assists = new ArrayList<>();
    final List<MeToo> meToos = new ArrayList<>();
    final List<Rating> ratings = new ArrayList<>();

    OrderState state = OrderState.SUBMITTED;
    String channel = "resident";
    boolean anonymous;
    long filedBy;
    int round = 1;
    int urged;
    boolean contactDenied;
    String title = "";
    String words = "";
    String place = "";

    @Nullable
    String callerName;

    @Nullable
    String callerPhone;

    @Nullable
    Building building;

    @Nullable
    Unit unit;

    @Nullable
    Long reporter;

    @Nullable
    Long holder;

    @Nullable
    Long assignee;

    @Nullable
    Instant dueAt;

    @Nullable
    Instant contactDue;

    @Nullable
    Instant resolveDue;

    @Nullable
    Instant contactedAt;

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

    Order(long id, Estate estate, Topic topic, Instant submittedAt) {
        this.id = id;
        this.estate = estate;
        this.topic = topic;
        this.submittedAt = submittedAt;
    }

    void submit(Standing as) {
        steps.add(new Step(1, submittedAt, Verb.SUBMIT, null, state, filedBy, as, null, null, dueAt, "{}", ""));
    }

    /** No account, and no phone that was left. */
    boolean nobody() {
        return reporter == null && callerPhone == null;
    }

    /** Appends a step; the table says where it leads. Due times are set before, as the real order does. */
    void step(
            Verb verb,
            Instant at,
            @Nullable Long actor,
            Standing as,
            @Nullable Long body,
            String detail,
            String words) {
        step(verb, at, actor, as, body, null, detail, words);
    }

    void step(
            Verb verb,
            Instant at,
            @Nullable Long actor,
            Standing as,
            @Nullable Long body,
            @Nullable Long assist,
            String detail,
            String words) {
        var row = Transitions.find(state, verb)
                .filter(r -> r.who().contains(as))
                .orElseThrow(() -> new IllegalStateException(as + " cannot " + verb + " at " + state));
        steps.add(new Step(steps.size() + 1, at, verb, state, row.to(), actor, as, body, assist, dueAt, detail, words));
        state = row.to();
    }

    void finish(Instant at) {
        dueAt = null;
        closedAt = at;
    }

    Instant lastAt() {
        return steps.getLast().at();
    }
}
