package org.hemei.workorder.rates;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.measure.Part;
import org.hemei.workorder.measure.Rate;
import org.jspecify.annotations.Nullable;

/**
 * How one order counts: its part in each rate; several where several people rated it. Or how the first contact of an earlier holder
 * counts, which is that holder's (decision 81).
 *
 * @param holder whose case it is; @param former whether they hold it no longer
 * @param before the earlier holders whose first contact counts; none where the case is one of theirs
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
        Map<Rate, List<Part>> parts,
        boolean former,
        List<Before> before) {

    /** @param made when they contacted the reporter; null: never */
    record Before(
            long holder, String name, Instant due, @Nullable Instant made, Part part) {}

    /** The case of one of the earlier holders. */
    Counted of(Before one) {
        var late = one.made == null || one.due.isAfter(one.made) ? one.due : one.made;
        return new Counted(
                id,
                submittedAt,
                title,
                estateName,
                categoryName,
                one.name,
                community,
                estate,
                one.holder,
                reporter,
                state,
                latest == null || latest.isBefore(late) ? late : latest,
                Map.of(Rate.RESPONSE, List.of(one.part)),
                true,
                List.of());
    }

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

    /** Whether an appeal is about the case of the same holder; others' are appealed by themselves. */
    boolean holders(Appeal appeal) {
        return Objects.equals(appeal.holder(), holder);
    }

    String number() {
        return id.number(submittedAt);
    }
}
