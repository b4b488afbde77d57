package org.hemei.platform.job;

import java.util.Map;
import java.util.Optional;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.testing.Town;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** $job: a run of background work that the caller asked for. */
@Component
class JobThings implements RoomThings {

    private final Jobs jobs;
    private final TransactionTemplate transaction;

    JobThings(Jobs jobs, TransactionTemplate transaction) {
        this.jobs = jobs;
        this.transaction = transaction;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        if (!name.equals("$job")) {
            return Optional.empty();
        }
        var owner = caller == null ? town.near().housingDesk() : caller;
        return Optional.ofNullable(
                transaction.execute(status -> String.valueOf(jobs.start(owner, "count", "数一数", Map.of(), null))));
    }
}
