package org.hemei.ballot;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves polls when their time has come: opens, closes and counts them, and destroys their keys, which {@link KeyMaker} makes. Each
 * step is a transaction of its own and looks first whether it is done, so that a run that was broken off goes on where it stood.
 */
@Component
public class PollClock {

    private static final Logger LOG = LoggerFactory.getLogger(PollClock.class);
    private static final Duration EVERY = Duration.ofSeconds(20);
    private static final HexFormat HEX = HexFormat.of();

    private final PollStore store;
    private final Boxes boxes;
    private final PollKeys keys;
    private final KeyMaker maker;
    private final Counting counting;
    private final Polls polls;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    PollClock(
            PollStore store,
            Boxes boxes,
            PollKeys keys,
            KeyMaker maker,
            Counting counting,
            Polls polls,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.store = store;
        this.boxes = boxes;
        this.keys = keys;
        this.maker = maker;
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
                move(poll.id());
            } catch (RuntimeException e) {
                LOG.error("poll {} could not be moved; it is tried again", poll.id(), e);
            }
        }
    }

    /** One poll, its keys and all, as far as it goes by now. */
    public void run(long id) {
        maker.make(id);
        move(id);
    }

    private void move(long id) {
        var now = clock.instant();
        step(
                id,
                poll -> poll.state() == PollState.PLANNED
                        && !now.isBefore(poll.opensAt())
                        && boxes.keys(id).ready(),
                this::open);
        step(
                id,
                poll -> poll.takes(now)
                        && !now.isBefore(poll.closesAt().minus(PollDue.SOON))
                        && !now.isBefore(poll.opensAt().plus(PollDue.SETTLED)),
                this::remind);
        step(
                id,
                poll -> poll.state() == PollState.OPEN && !now.isBefore(poll.closesAt()),
                poll -> polls.close(Reader.VISITOR, poll));
        count(id);
        forgetKeys(id);
    }

    private void step(long id, java.util.function.Predicate<Poll> due, java.util.function.Consumer<Poll> work) {
        transaction.executeWithoutResult(status -> store.lock(id).filter(due).ifPresent(work));
    }

    private void open(Poll poll) {
        boxes.casting(poll.id(), true);
        store.move(poll, Polls.after(poll, PollVerb.OPEN));
        polls.tell(Reader.VISITOR, poll, "opened", Map.of("keys", HEX.formatHex(MerkleTree.root(boxes.keys(poll)))));
    }

    /** Once; whoever took their ballot meanwhile hears nothing. */
    private void remind(Poll poll) {
        if (store.reminded(poll.id(), clock.instant())) {
            polls.tell(Reader.VISITOR, poll, "reminded", Map.of());
        }
    }

    private void count(long id) {
        var poll = store.find(id).orElseThrow();
        if (poll.state() != PollState.CLOSED || (clock.instant().isBefore(poll.countBy()) && !counting.paperIsIn(id))) {
            return;
        }
        List<Boxes.Group> shut = new ArrayList<>();
        var left = boxes.all(id).stream()
                .filter(group -> !group.over())
                .filter(group -> !count(poll, group, shut))
                .count();
        stuck(poll, shut);
        if (left == 0) {
            step(id, one -> one.state() == PollState.CLOSED, this::seal);
        }
    }

    /**
     * One estate that cannot be counted does not keep the others from their count.
     *
     * @param shut gets those whose box does not open
     */
    private boolean count(Poll poll, Boxes.Group group, List<Boxes.Group> shut) {
        try {
            if (!keys.known(poll.id())) {
                shut.add(group);
                return false;
            }
            transaction.executeWithoutResult(status -> counting.count(poll, group));
            return true;
        } catch (PollSecret.Altered e) {
            shut.add(group);
            return false;
        } catch (RuntimeException e) {
            LOG.error("estate {} of poll {} could not be counted; it is tried again", group.estate(), poll.id(), e);
            return false;
        }
    }

    /** It is told once; tried again each time, since a key file may come back from where it was. */
    private void stuck(Poll poll, List<Boxes.Group> shut) {
        if (shut.isEmpty()) {
            return;
        }
        transaction.executeWithoutResult(status -> {
            var fresh = boxes.stuck(poll, shut, clock.instant());
            if (fresh > 0) {
                LOG.error("{} boxes of poll {} do not open; whoever answers for the poll is told", fresh, poll.id());
                store.touch(poll);
                polls.tell(Reader.VISITOR, poll, "stuck", Map.of("estates", fresh));
            }
        });
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
        var root = MerkleTree.root(Tallies.roots(boxes.all(poll.id())));
        Polls.after(poll, PollVerb.COUNT);
        store.counted(poll, root);
        polls.tell(Reader.VISITOR, poll, "counted", Map.of("root", HEX.formatHex(root)));
    }
}
