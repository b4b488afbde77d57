package org.hemei.registry.people;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Appointments that somebody wants, as rows of a query: the n-th of them is the row n. */
final class ProposedRows {

    /** Relation w; estate is 0 where a post is at none, self where the appointment is new. */
    static final String WANTED = """
            unnest(cast(:n as int[]), cast(:person as bigint[]), cast(:body as bigint[]), cast(:company as bigint[]), cast(:seat as bigint[]),
                   cast(:post as text[]), cast(:many as boolean[]), cast(:estate as bigint[]), cast(:self as bigint[]),
                   cast(:from as date[]), cast(:end as date[]))
                as w (n, person, body, company, seat, post, many, estate, self, "from", ending)
            """;

    private ProposedRows() {}

    /** @param places which of all there are, by their place in the list */
    static Map<String, Object> of(List<Proposed> all, List<Integer> places) {
        var rows = new java.util.HashMap<String, Object>();
        rows.put("n", places.toArray(Integer[]::new));
        rows.put("person", longs(all, places, Proposed::person));
        rows.put("body", longs(all, places, one -> one.body().id()));
        rows.put("company", longs(all, places, one -> one.body().company()));
        rows.put("seat", longs(all, places, one -> one.body().estate()));
        rows.put("post", texts(all, places, one -> one.post().name()));
        rows.put("many", texts(all, places, one -> one.post().many()));
        rows.put("estate", longs(all, places, Proposed::estate));
        rows.put("self", longs(all, places, Proposed::appointment));
        rows.put("from", texts(all, places, one -> one.tenure().first()));
        rows.put("end", texts(all, places, one -> one.tenure().end()));
        return rows;
    }

    private static Long[] longs(List<Proposed> all, List<Integer> places, Function<Proposed, @Nullable Long> of) {
        return places.stream()
                .map(all::get)
                .map(one -> {
                    var value = of.apply(one);
                    return value == null ? 0L : value;
                })
                .toArray(Long[]::new);
    }

    private static @Nullable String[] texts(
            List<Proposed> all, List<Integer> places, Function<Proposed, @Nullable Object> of) {
        var texts = new @Nullable String[places.size()];
        for (var n = 0; n < texts.length; n++) {
            var value = of.apply(all.get(places.get(n)));
            texts[n] = value == null ? null : value.toString();
        }
        return texts;
    }
}
