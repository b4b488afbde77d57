package org.hemei.evaluation.listing;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks every few minutes whether a case's day has come or comes near. Being down for a while skips none. */
@Configuration(proxyBeanMethods = false)
class ListingDue {

    private static final Logger LOG = LoggerFactory.getLogger(ListingDue.class);

    private static final int MINUTES = 10;

    private final Listings listings;
    private final ListingClock due;
    private final Reminders reminders;
    private final InstantSource clock;

    ListingDue(Listings listings, ListingClock due, Reminders reminders, InstantSource clock) {
        this.listings = listings;
        this.due = due;
        this.reminders = reminders;
        this.clock = clock;
    }

    @Bean
    Task<Void> listingDueTask() {
        return Tasks.recurring("listing-due", FixedDelay.ofMinutes(MINUTES)).execute((task, context) -> run());
    }

    /** Each case in a transaction of its own: one that fails keeps no other waiting. */
    void run() {
        for (var id : listings.due(clock.instant())) {
            try {
                due.strike(id);
            } catch (RuntimeException e) {
                LOG.error("listing {} could not be moved", id, e);
            }
        }
        for (var one : reminders.due()) {
            try {
                reminders.remind(one);
            } catch (RuntimeException e) {
                LOG.error("nobody could be reminded of listing {}", one.listing(), e);
            }
        }
    }
}
