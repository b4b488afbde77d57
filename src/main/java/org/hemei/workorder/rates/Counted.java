package org.hemei.workorder.rates;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.measure.Part;
import org.hemei.workorder.measure.Rate;
import org.jspecify.annotations.Nullable;

/**
 * How one order counts: its part in each rate; several where several people rated it.
 *
 * @param latest the latest of: time for the contact over, finished, rated; null when none of it has happened
 */
record Counted(
        OrderId id,
        Instant submittedAt,
        String title,
        String estateName,
        String categoryName,
        @Nullable String holderName,
        String community,
        long estate,
        @Nullable Long holder,
        @Nullable Long reporter,
        OrderState state,
        @Nullable Instant latest,
        Map<Rate, List<Part>> parts) {

    List<Part> of(Rate rate) {
        return parts.getOrDefault(rate, List.of());
    }

    /** Whether it weighs against somebody in the rate. */
    boolean weighs(Rate rate) {
        return of(rate).contains(rate.poor());
    }

    /** Whether it is outside of the response rate because of the state it ended in. */
    boolean endedOutside() {
        return of(Rate.RESPONSE).stream().anyMatch(part -> switch (part) {
            case REJECTED, ANSWERED, TRANSFERRED, REFERRED, MERGED -> true;
            default -> false;
        });
    }

    String number() {
        return id.number(submittedAt);
    }
}
