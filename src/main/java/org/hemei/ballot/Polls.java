package org.hemei.ballot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What other rooms do with polls: plan one, end it early, cancel it, read its count. A clock opens, closes and counts it. Each
 * move is announced as {@code poll.opened}, {@code poll.closed}, {@code poll.counted} or {@code poll.cancelled}, with the
 * purpose in its body; boxes that do not open as {@code poll.stuck}, and each that was given up as
 * {@code poll.voided} with its estate; a count that was found wrong as {@code poll.annulled}, and as {@code poll.reinstated} where it was not.
 */
@Service
public class Polls {

    /** How long after the close sheets that came in before it can be keyed. */
    static final Duration KEYING = Duration.ofDays(3);

    /** Fewer ballots than these in an estate are never shown by answer. */
    static final int MINIMUM = 5;

    private static final String AGAIN = "（再投一次）";
    private static final String ABOUT_AGAIN = "上次您小区的票箱打不开，一张都没能算，也没有人看过。请您再投一次：一户一票，没有人知道谁投了什么。";

    /** How far the making of a poll's keys is, one for each of its estates. */
    public record Keys(int made, int wanted) {

        public boolean ready() {
            return made == wanted;
        }
    }

    private final PollStore store;
    private final Boxes boxes;
    private final Tallies tallies;
    private final Counting counting;
    private final Recount recount;
    private final List<PollHearings> hearings;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;

    Polls(
            PollStore store,
            Boxes boxes,
            Tallies tallies,
            Counting counting,
            Recount recount,
            List<PollHearings> hearings,
            Audit audit,
            EventLog events,
            InstantSource clock) {
        this.store = store;
        this.boxes = boxes;
        this.tallies = tallies;
        this.counting = counting;
        this.recount = recount;
        this.hearings = hearings;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /**
     * The caller has checked that the reader may. The poll opens by itself at its time.
     *
     * @return its id
     */
    @Transactional
    public long plan(Reader reader, PollPlan plan) {
        plan.check();
        if (store.of(plan.purpose()).isPresent()) {
            throw Refusal.of("这件事已经有一次投票了。");
        }
        if (!plan.closes().isAfter(clock.instant())) {
            throw Refusal.of("截止时间已经过了。");
        }
        if (store.strangers(plan) > 0) {
            throw Refusal.of("名单里有不是这个小区的房屋。");
        }
        return planned(reader, plan, null);
    }

    private long planned(Reader reader, PollPlan plan, @Nullable Long againOf) {
        var id = store.insert(plan, plan.closes().plus(KEYING), MINIMUM, againOf);
        tell(
                reader,
                store.find(id).orElseThrow(),
                "planned",
                Map.of("groups", plan.groups().size()));
        return id;
    }

    /**
     * The households whose boxes were given up are asked the same once more, all of them, whether they had cast or not: nobody knows what
     * lay in those boxes. Once only; a poll that is held again is not held a third time.
     *
     * @return its id
     */
    @Transactional
    public long again(Reader reader, long id, Instant opens, Instant closes) {
        var poll = lock(id);
        var given = boxes.all(id).stream().filter(Boxes.Group::voided).toList();
        if (poll.state() != PollState.COUNTED || given.isEmpty()) {
            throw Refusal.of("没有作废的票箱，不用再投。");
        }
        if (poll.againOf() != null || store.again(id).isPresent()) {
            throw Refusal.of("已经再投过一次了，不能投第三次。");
        }
        Map<Long, List<Long>> groups = new LinkedHashMap<>();
        given.forEach(group -> groups.put(group.estate(), store.units(group)));
        var plan = new PollPlan(
                poll.purpose() + ":again",
                poll.title() + AGAIN,
                ABOUT_AGAIN,
                poll.area(),
                opens,
                closes,
                poll.questions(),
                groups,
                poll.withheld());
        return planned(reader, plan, id);
    }

    /** The poll that is held once more after this one, for those of its estates whose boxes were given up; not one that was cancelled. */
    public Optional<Poll> again(long id) {
        return store.again(id).filter(poll -> poll.state() != PollState.CANCELLED);
    }

    /** How many of its boxes were given up. */
    public int givenUp(long id) {
        return (int) boxes.all(id).stream().filter(Boxes.Group::voided).count();
    }

    /** Ends the casting now, before its time. It is counted by the clock. */
    @Transactional
    public void close(Reader reader, long id) {
        var poll = lock(id);
        close(reader, poll);
    }

    void close(Reader reader, Poll poll) {
        var to = after(poll, PollVerb.CLOSE);
        boxes.casting(poll.id(), false);
        store.move(poll, to);
        store.closeAt(poll, clock.instant());
        tell(reader, poll, "closed", Map.of());
    }

    /**
     * Ends it without a count. What lies in the box is destroyed unread; the keys go when this is committed, by the clock, since a
     * transaction that is rolled back must leave a poll that can still be counted.
     */
    @Transactional
    public void cancel(Reader reader, long id) {
        var poll = lock(id);
        var to = after(poll, PollVerb.CANCEL);
        boxes.casting(id, false);
        store.move(poll, to);
        counting.empty(id);
        tell(reader, poll, "cancelled", Map.of());
    }

    /**
     * The answers of a poll that withheld them may be read by everybody from now on. The caller has checked that the reader may.
     *
     * @param id the poll; the one that was held once more after it is shown with it
     */
    @Transactional
    public void show(Reader reader, long id) {
        var poll = lock(id);
        if (poll.state() == PollState.COUNTED && store.shown(poll, clock.instant())) {
            tell(reader, poll, "shown", Map.of());
        }
        store.again(id).ifPresent(again -> show(reader, again.id()));
    }

    /** A poll opens when all are made. */
    public Keys keys(long id) {
        return boxes.keys(id);
    }

    /** How many of its estates have a box that does not open, and wait for somebody to give it up or to find the key. */
    public int stuck(long id) {
        return (int) boxes.all(id).stream().filter(Boxes.Group::stuck).count();
    }

    /**
     * The published count of an estate is found to be wrong: it stays where it is, with the reason beside it, and counts for nothing. Its
     * list and its root stay as they were sealed. The caller has checked that the reader may, and does what follows from it.
     *
     * @param id the poll, or the one that was held once more after it
     */
    @Transactional
    public void annul(Reader reader, long id, long estate, String reason) {
        var poll = store.again(id)
                .filter(again -> boxes.find(again.id(), estate).isPresent())
                .orElseGet(() -> lock(id));
        var group = boxes.find(poll.id(), estate)
                .flatMap(one -> boxes.seize(one.district(), one.poll(), one.estate()))
                .filter(one -> one.root() != null)
                .orElse(null);
        if (group == null || !boxes.annulled(group, reason, reader.account(), clock.instant())) {
            return;
        }
        audit.record(
                reader, group.district(), "poll.annulled", "poll", poll.id(), poll.area(), Map.of("estate", estate));
        var heard = hearings.stream()
                .anyMatch(room -> room.heard(List.of(poll.id())).contains(new PollHands.Place(poll.id(), estate)));
        if (!heard) {
            boxes.told(group, clock.instant());
        }
        events.announce(
                group.district(),
                "poll.annulled",
                poll.id(),
                Map.of("purpose", poll.purpose(), "estate", estate, "heard", heard, "actor", reader.account()));
    }

    /** Annulled counts whose households did not hear yet that this holds: what companies are still heard about, or were. */
    public List<PollHands.Place> untold() {
        return boxes.untold();
    }

    /** What was heard about an annulled count is over: its households are told once, where it is annulled still. */
    @Transactional
    public void settled(long id, long estate) {
        var poll = store.find(id).orElseThrow();
        boxes.find(id, estate)
                .filter(group -> boxes.told(group, clock.instant()))
                .ifPresent(group -> events.announce(
                        group.district(), "poll.annulled", id, Map.of("purpose", poll.purpose(), "estate", estate)));
    }

    /** It was not wrong after all, and counts again. That it was annulled stays in the audit log. */
    @Transactional
    public void reinstate(Reader reader, long id, long estate) {
        var poll = store.again(id)
                .filter(again -> boxes.find(again.id(), estate).isPresent())
                .orElseGet(() -> lock(id));
        var group = boxes.find(poll.id(), estate)
                .flatMap(one -> boxes.seize(one.district(), one.poll(), one.estate()))
                .orElse(null);
        if (group == null || !boxes.reinstated(group)) {
            return;
        }
        audit.record(
                reader, group.district(), "poll.reinstated", "poll", poll.id(), poll.area(), Map.of("estate", estate));
        events.announce(
                group.district(),
                "poll.reinstated",
                poll.id(),
                Map.of("purpose", poll.purpose(), "estate", estate, "actor", reader.account()));
    }

    public Optional<Poll> find(long id) {
        return store.find(id);
    }

    public Optional<Poll> of(String purpose) {
        return store.of(purpose);
    }

    /** @throws Missing when there is no such poll */
    public Tally tally(long id) {
        var poll = store.find(id).orElseThrow(() -> new Missing("没有这次投票。"));
        return new Tally(poll, tallies.groups(poll));
    }

    /**
     * The count, for whoever makes something of it: as it was sealed, or not at all. A number that was changed since it was counted is
     * found here.
     *
     * @throws Refusal when what is stored is not what was sealed
     */
    public Tally sealed(long id) {
        unsealed(id).ifPresent(wrong -> {
            throw Refusal.of(wrong);
        });
        return tally(id);
    }

    /** What is stored of the count that is not what was sealed, in words for whoever has to look into it; empty when all of it is. */
    public Optional<String> unsealed(long id) {
        var tally = tally(id);
        var wrong = recount.numbers(tally.poll());
        return wrong.isEmpty()
                ? Optional.empty()
                : Optional.of("“%s”存着的票数和点完时封存的对不上：%s。不能用。请查审计日志，用 ./hemei ballot-root %d 看差在哪里。"
                        .formatted(tally.poll().title(), recount.words(tally, wrong), id));
    }

    private Poll lock(long id) {
        return store.lock(id).orElseThrow(() -> new Missing("没有这次投票。"));
    }

    static PollState after(Poll poll, PollVerb verb) {
        return verb.after(poll.state())
                .orElseThrow(() -> Refusal.of("投票现在是“" + poll.state().words() + "”，不能" + verb.words() + "。"));
    }

    void tell(Reader reader, Poll poll, String what, Map<String, ?> detail) {
        audit.record(reader, 0, "poll." + what, "poll", poll.id(), poll.area(), detail);
        events.announce(0, "poll." + what, poll.id(), Map.of("purpose", poll.purpose()));
    }
}
