package org.hemei.ballot;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import org.hemei.platform.Reader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves polls when their time has come: makes their keys, opens, closes and counts them, and destroys the keys. Each step is a
 * transaction of its own and looks first whether it is done, so that a run that was broken off goes on where it stood.
 */
@Component
public class PollClock {

    private static final Logger LOG = LoggerFactory.getLogger(PollClock.class);
    private static final Duration EVERY = Duration.ofSeconds(20);
    private static final HexFormat HEX = HexFormat.of();

    private final PollStore store;
    private final PollKeys keys;
    private final Counting counting;
    private final Polls polls;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    PollClock(
            PollStore store,
            PollKeys keys,
            Counting counting,
            Polls polls,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.store = store;
        this.keys = keys;
        this.counting = counting;
        this.polls = polls;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Bean
    Task<Void> pollClockTask() {
        return Tasks.recurring("poll-clock", FixedDelay.of(EVERY)).execute((task, context) -> run());
    }

    /** One poll that cannot be moved does not keep the others from theirs. */
    public void run() {
        for (var poll : store.running()) {
            try {
                run(poll.id());
            } catch (RuntimeException e) {
                LOG.error("poll {} could not be moved; it is tried again", poll.id(), e);
            }
        }
    }

    /** One poll, as far as it goes by now. */
    public void run(long id) {
        var now = clock.instant();
        makeKeys(id);
        step(id, poll -> planned(poll) && !now.isBefore(poll.opensAt()), this::open);
        step(
                id,
                poll -> poll.state() == PollState.OPEN && !now.isBefore(poll.closesAt()),
                poll -> polls.close(Reader.VISITOR, poll));
        count(id);
        forgetKeys(id);
    }

    /** Before it opens, and each in a transaction of its own: a poll over thousands of estates takes minutes. */
    private void makeKeys(long id) {
        if (store.find(id).filter(PollClock::planned).isEmpty()) {
            return;
        }
        for (var group : store.groups(id)) {
            if (group.modulus() == null) {
                step(id, PollClock::planned, poll -> keys.make(group)); // one that was cancelled meanwhile gets none
            }
        }
    }

    private static boolean planned(Poll poll) {
        return poll.state() == PollState.PLANNED;
    }

    private void step(long id, java.util.function.Predicate<Poll> due, java.util.function.Consumer<Poll> work) {
        transaction.executeWithoutResult(status -> store.lock(id).filter(due).ifPresent(work));
    }

    private void open(Poll poll) {
        store.casting(poll.id(), true);
        store.move(poll, Polls.after(poll, PollVerb.OPEN));
        polls.tell(
                Reader.VISITOR,
                poll,
                "opened",
                Map.of("keys", HEX.formatHex(MerkleTree.root(PollKeys.lines(store.groups(poll.id()))))));
    }

    private void count(long id) {
        var poll = store.find(id).orElseThrow();
        if (poll.state() != PollState.CLOSED || (clock.instant().isBefore(poll.countBy()) && !counting.paperIsIn(id))) {
            return;
        }
        var left = store.groups(id).stream()
                .filter(group -> group.root() == null)
                .filter(group -> !count(poll, group))
                .count();
        if (left == 0) {
            step(id, one -> one.state() == PollState.CLOSED, this::seal);
        }
    }

    /** One estate that cannot be counted does not keep the others from their count. */
    private boolean count(Poll poll, PollStore.Group group) {
        try {
            transaction.executeWithoutResult(status -> counting.count(poll, group));
            return true;
        } catch (RuntimeException e) {
            LOG.error("estate {} of poll {} could not be counted; it is tried again", group.estate(), poll.id(), e);
            return false;
        }
    }

    /** After the end is committed, and again until it was done: neither a rollback nor a crash leaves it half done. */
    private void forgetKeys(long id) {
        var over =
                store.find(id).filter(poll -> poll.state() == PollState.COUNTED || poll.state() == PollState.CANCELLED);
        if (over.isPresent()) {
            transaction.executeWithoutResult(status -> keys.forget(id));
        }
    }

    /** The root goes into the audit log, which is sealed in its turn: from here on no ballot can be changed unseen. */
    private void seal(Poll poll) {
        var root = MerkleTree.root(Tallies.roots(store.groups(poll.id())));
        Polls.after(poll, PollVerb.COUNT);
        store.counted(poll, root);
        polls.tell(Reader.VISITOR, poll, "counted", Map.of("root", HEX.formatHex(root)));
    }
}
