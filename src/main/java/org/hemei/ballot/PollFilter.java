package org.hemei.ballot;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.hemei.platform.web.Address;
import org.jspecify.annotations.Nullable;

/**
 * What the list of polls is narrowed to, as its address says it.
 *
 * @param area beginning of a community's code; empty for all
 * @param waits only where something waits for the reader
 * @param after key of the last line of the page before
 */
public record PollFilter(
        String q,
        String area,
        @Nullable Integer year,
        @Nullable PollState state,
        boolean waits,
        String after) {

    private static final int LONGEST = 40;

    /** Place in the list: the line with this close, poll and estate came before. */
    record Key(Instant closes, long poll, long estate) {}

    static PollFilter of(Map<String, String> query) {
        var q = query.getOrDefault("q", "").strip();
        var area = query.getOrDefault("area", "");
        var year = query.getOrDefault("year", "");
        var state = query.getOrDefault("state", "");
        return new PollFilter(
                q.length() > LONGEST ? q.substring(0, LONGEST) : q,
                area.matches("\\d{4,12}") ? area : "",
                year.matches("\\d{4}") ? Integer.valueOf(year) : null,
                Arrays.stream(PollState.values())
                        .filter(one -> one.code().equals(state))
                        .findFirst()
                        .orElse(null),
                "1".equals(query.get("waits")),
                query.getOrDefault("after", ""));
    }

    @Nullable
    Key key() {
        if (!after.matches("\\d{1,11}_\\d{1,18}_\\d{1,18}")) {
            return null;
        }
        var parts = after.split("_", -1);
        return new Key(
                Instant.ofEpochSecond(Long.parseLong(parts[0])), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    public boolean narrows() {
        return !q.isEmpty() || !area.isEmpty() || year != null || state != null || waits;
    }

    /** The first page of this view. */
    public Address address() {
        return Address.of("/ballots")
                .with("q", q)
                .with("area", area)
                .with("year", year)
                .with("state", state == null ? null : state.code())
                .with("waits", waits ? "1" : null);
    }
}
