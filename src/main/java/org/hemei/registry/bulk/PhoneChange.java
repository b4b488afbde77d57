package org.hemei.registry.bulk;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.platform.Reader;
import org.hemei.registry.estate.EstateDesk;
import org.hemei.registry.estate.EstateView;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The public service number of many estates, as when a company changes its switchboard. */
@Component
class PhoneChange implements Change {

    private static final String FIELD = "phone";

    private final EstateDesk desk;

    PhoneChange(EstateDesk desk) {
        this.desk = desk;
    }

    @Override
    public List<BatchKind> kinds() {
        return List.of(BatchKind.PHONE);
    }

    @Override
    public Planned plan(BatchKind kind, Map<String, String> detail, EstateView estate) {
        var phone = Objects.requireNonNull(detail.get(FIELD));
        var before = estate.phone() == null ? "没填" : estate.phone();
        if (phone.equals(estate.phone())) {
            return Planned.cannot(before, "本来就是这个电话。");
        }
        var was = estate.phone() == null ? "" : estate.phone();
        return new Planned(before, phone, Map.of(FIELD, was), Map.of(FIELD, phone), null);
    }

    @Override
    public void apply(Reader reader, Batches.Batch batch, EstateView estate, Map<String, Object> becomes) {
        desk.setPhone(
                reader, estate, Objects.requireNonNull(becomes.get(FIELD)).toString(), batch.reason(), batch.id());
    }

    @Override
    public @Nullable String cannotUndo(EstateView estate, Map<String, Object> was, Map<String, Object> becomes) {
        return Objects.equals(becomes.get(FIELD), estate.phone()) ? null : "后来又改过电话。";
    }

    @Override
    public void undo(
            Reader reader,
            Batches.Batch batch,
            EstateView estate,
            Map<String, Object> was,
            Map<String, Object> becomes) {
        var phone = Objects.requireNonNull(was.get(FIELD)).toString();
        desk.setPhone(reader, estate, phone.isEmpty() ? null : phone, batch.undoing(), batch.id());
    }
}
