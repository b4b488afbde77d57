package org.hemei.platform.privacy;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.hemei.platform.time.CivilTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** Each night: what we hold on people and have held for as long as we say we do is deleted, with an entry that says how much. */
@Configuration(proxyBeanMethods = false)
class PrivacyUpkeep {

    private static final Logger LOG = LoggerFactory.getLogger(PrivacyUpkeep.class);
    private static final LocalTime AT_NIGHT = LocalTime.of(3, 40);

    private final List<PersonalData> held;
    private final Audit audit;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    PrivacyUpkeep(List<PersonalData> held, Audit audit, TransactionTemplate transaction, InstantSource clock) {
        this.held = held;
        this.audit = audit;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Bean
    Task<Void> privacyUpkeepTask() {
        return Tasks.recurring("privacy-upkeep", Schedules.daily(CivilTime.ZONE, AT_NIGHT))
                .execute((task, context) -> run());
    }

    /** One room that fails keeps no other from forgetting. */
    void run() {
        for (var room : held) {
            try {
                transaction.executeWithoutResult(status -> forget(room));
            } catch (RuntimeException e) {
                LOG.error("{} could not forget what is over", room.getClass().getSimpleName(), e);
            }
        }
    }

    private void forget(PersonalData room) {
        var now = clock.instant();
        var gone = room.forget(now);
        if (gone != null && gone.things() > 0) {
            audit.record(
                    Reader.VISITOR,
                    0,
                    "privacy.forgotten",
                    gone.kind(),
                    CivilTime.date(now),
                    null,
                    Map.of("things", gone.things()));
        }
    }
}
