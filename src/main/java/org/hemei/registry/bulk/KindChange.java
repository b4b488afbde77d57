package org.hemei.registry.bulk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.platform.Reader;
import org.hemei.registry.estate.EstateDesk;
import org.hemei.registry.estate.EstateView;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** One type more or less: an estate can be of several, never of none. */
@Component
class KindChange implements Change {

    private static final String FIELD = "kinds";

    private final EstateDesk desk;

    KindChange(EstateDesk desk) {
        this.desk = desk;
    }

    @Override
    public List<BatchKind> kinds() {
        return List.of(BatchKind.ADD_KIND, BatchKind.REMOVE_KIND);
    }

    @Override
    public Planned plan(BatchKind kind, Map<String, String> detail, EstateView estate) {
        var wanted = Objects.requireNonNull(detail.get("kind"));
        var before = String.join("、", estate.kinds());
        var adds = kind == BatchKind.ADD_KIND;
        if (estate.kinds().contains(wanted) == adds) {
            return Planned.cannot(before, adds ? "本来就有这种类型。" : "本来就没有这种类型。");
        }
        var kinds = new ArrayList<>(estate.kinds());
        if (adds) {
            kinds.add(wanted);
        } else {
            kinds.remove(wanted);
        }
        if (kinds.isEmpty()) {
            return Planned.cannot(before, "去掉就没有类型了。请先加一种。");
        }
        return new Planned(
                before,
                String.join("、", kinds),
                Map.of(FIELD, estate.kinds()),
                Map.of(FIELD, List.copyOf(kinds)),
                null);
    }

    @Override
    public void apply(Reader reader, Batches.Batch batch, EstateView estate, Map<String, Object> becomes) {
        desk.setKinds(reader, estate, list(becomes), batch.reason(), batch.id());
    }

    private static List<String> list(Map<String, Object> held) {
        return ((List<?>) Objects.requireNonNull(held.get(FIELD)))
                .stream().map(Object::toString).toList();
    }

    @Override
    public @Nullable String cannotUndo(EstateView estate, Map<String, Object> was, Map<String, Object> becomes) {
        return estate.kinds().equals(list(becomes)) ? null : "后来又改过类型。";
    }

    @Override
    public void undo(
            Reader reader,
            Batches.Batch batch,
            EstateView estate,
            Map<String, Object> was,
            Map<String, Object> becomes) {
        desk.setKinds(reader, estate, list(was), batch.undoing(), batch.id());
    }
}
