package org.hemei.registry.bulk;

import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.registry.estate.EstateView;
import org.jspecify.annotations.Nullable;

/** One sort of change that can be made to many estates. */
interface Change {

    /**
     * What would happen to one estate.
     *
     * @param before and {@code after} as the page shows them
     * @param was what undoing puts back, and {@code becomes} what is there afterwards: codes and ids
     * @param problem why this one cannot; null when it can
     */
    record Planned(
            String before,
            String after,
            Map<String, Object> was,
            Map<String, Object> becomes,
            @Nullable String problem) {

        static Planned cannot(String before, String problem) {
            return new Planned(before, "不变", Map.of(), Map.of(), problem);
        }
    }

    /** The kinds of batch it makes. */
    List<BatchKind> kinds();

    Planned plan(BatchKind kind, Map<String, String> detail, EstateView estate);

    void apply(Reader reader, Batches.Batch batch, EstateView estate, Map<String, Object> becomes);

    /** Why it cannot be taken back here, because something builds on it; null when it can. */
    @Nullable
    String cannotUndo(EstateView estate, Map<String, Object> was, Map<String, Object> becomes);

    void undo(
            Reader reader,
            Batches.Batch batch,
            EstateView estate,
            Map<String, Object> was,
            Map<String, Object> becomes);
}
