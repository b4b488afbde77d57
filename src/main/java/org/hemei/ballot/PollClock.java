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
 * Moves polls when their time has come: makes their keys, opens, closes and counts them. Each step is a transaction of its own
 * and looks first whether it is done, so that a run that was broken off goes on where it stood.
 */
@Component
public class PollClock {

    private static final Logger LOG = LoggerFactory.getLogger(PollClock.class);
    private static final Duration EVERY = Duration.ofSeconds(20);
    private static final HexFormat HEX = HexFormat.of();

    private final PollStore store;
    private final PollKeys keys;
    private final Tallies tallies;
    private final Polls polls;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    PollClock(
            PollStore store,
            PollKeys keys,
            Tallies tallies,
            Polls polls,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.store = store;
        this.keys = keys;
        this.tallies = tallies;
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
        if (store.find(id).filter(poll -> poll.state() == PollState.PLANNED).isPresent()) {
            makeKeys(id);
        }
        step(id, poll -> poll.state() == PollState.PLANNED && !now.isBefore(poll.opensAt()), this::open);
        step(
                id,
                poll -> poll.state() == PollState.OPEN && !now.isBefore(poll.closesAt()),
                poll -> polls.close(Reader.VISITOR, poll));
        count(id);
    }

    /** Before it opens, and each in a transaction of its own: a poll over thousands of estates takes minutes. */
    private void makeKeys(long id) {
        for (var group : store.groups(id)) {
            if (group.modulus() == null) {
                transaction.executeWithoutResult(status -> keys.make(group));
            }
        }
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
        if (poll.state() != PollState.CLOSED || (clock.instant().isBefore(poll.countBy()) && !tallies.paperIsIn(id))) {
            return;
        }
        for (var group : store.groups(id)) {
            if (group.root() == null) {
                transaction.executeWithoutResult(status -> tallies.count(poll, group));
            }
        }
        step(id, one -> one.state() == PollState.CLOSED, this::seal);
        keys.forget(id);
    }

    /** The root goes into the audit log, which is sealed in its turn: from here on no ballot can be changed unseen. */
    private void seal(Poll poll) {
        var root = MerkleTree.root(Tallies.roots(store.groups(poll.id())));
        Polls.after(poll, PollVerb.COUNT);
        store.counted(poll, root);
        polls.tell(Reader.VISITOR, poll, "counted", Map.of("root", HEX.formatHex(root)));
    }
}
