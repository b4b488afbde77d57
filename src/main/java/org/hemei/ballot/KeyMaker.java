package org.hemei.ballot;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the keys of planned polls in the background, a few at a time: a poll over thousands of estates takes minutes, and neither the
 * opening of others nor their count waits for it. A poll opens when all its keys are there, since their list is published and
 * audited at that moment (decision 43); what is slow is never cut short by casting under a key that nobody could have seen.
 */
@Component
class KeyMaker {

    private static final Duration EVERY = Duration.ofSeconds(10);

    /** After so long the polls are looked at again: one that opens sooner may have been planned meanwhile. */
    private static final Duration SLICE = Duration.ofMinutes(1);

    static final int BATCH = 16;

    private final PollStore store;
    private final Boxes boxes;
    private final PollKeys keys;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    KeyMaker(PollStore store, Boxes boxes, PollKeys keys, TransactionTemplate transaction, InstantSource clock) {
        this.store = store;
        this.boxes = boxes;
        this.keys = keys;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Bean
    Task<Void> pollKeysTask() {
        return Tasks.recurring("poll-keys", FixedDelay.of(EVERY)).execute((task, context) -> run());
    }

    /** The next to open first, for a while. */
    void run() {
        var begin = System.nanoTime();
        for (var poll : boxes.keyless()) {
            while (batch(poll)) {
                if (System.nanoTime() - begin > SLICE.toNanos()) {
                    return;
                }
            }
        }
    }

    /** All keys of one poll, now. */
    void make(long poll) {
        while (batch(poll)) {
            // a batch is a transaction
        }
    }

    /** @return whether there was something to do */
    boolean batch(long id) {
        var poll = store.find(id).filter(KeyMaker::planned);
        var groups = poll.isEmpty() ? List.<Boxes.Group>of() : boxes.keyless(id, BATCH);
        if (groups.isEmpty()) {
            return false;
        }
        // computed outside of the transaction: whoever cancels the poll does not wait for primes
        var pairs = late(poll.orElseThrow())
                ? groups.parallelStream().map(group -> keys.pair()).toList()
                : groups.stream().map(group -> keys.pair()).toList();
        transaction.executeWithoutResult(status -> store.lock(id)
                .filter(KeyMaker::planned)
                .ifPresent(still -> {
                    for (int n = 0; n < groups.size(); n++) {
                        keys.make(groups.get(n), pairs.get(n));
                    }
                }));
        return true;
    }

    /** Only where households wait already are all processors worth it. */
    private boolean late(Poll poll) {
        return !clock.instant().isBefore(poll.opensAt());
    }

    private static boolean planned(Poll poll) {
        return poll.state() == PollState.PLANNED;
    }
}
