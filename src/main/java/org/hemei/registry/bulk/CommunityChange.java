package org.hemei.registry.bulk;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.platform.Reader;
import org.hemei.registry.Areas;
import org.hemei.registry.estate.EstateDesk;
import org.hemei.registry.estate.EstateView;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** After a boundary change: another community answers for these estates. */
@Component
class CommunityChange implements Change {

    private static final String FIELD = "community";

    private final EstateDesk desk;
    private final Areas areas;

    CommunityChange(EstateDesk desk, Areas areas) {
        this.desk = desk;
        this.areas = areas;
    }

    @Override
    public List<BatchKind> kinds() {
        return List.of(BatchKind.COMMUNITY);
    }

    @Override
    public Planned plan(BatchKind kind, Map<String, String> detail, EstateView estate) {
        var to = Objects.requireNonNull(detail.get(FIELD));
        var before = estate.streetName() + "·" + estate.communityName();
        var problem = desk.cannotMove(estate, to);
        return problem == null
                ? new Planned(before, named(to), Map.of(FIELD, estate.community()), Map.of(FIELD, to), null)
                : Planned.cannot(before, problem);
    }

    private String named(String community) {
        return areas.find(community.substring(0, 9)).map(Areas.Area::name).orElse("") + "·"
                + areas.find(community).map(Areas.Area::name).orElse("");
    }

    @Override
    public void apply(Reader reader, Batches.Batch batch, EstateView estate, Map<String, Object> becomes) {
        desk.move(
                reader,
                estate,
                estate.version(),
                Objects.requireNonNull(becomes.get(FIELD)).toString(),
                desk.today(),
                batch.reason(),
                batch.id());
    }

    @Override
    public @Nullable String cannotUndo(EstateView estate, Map<String, Object> was, Map<String, Object> becomes) {
        return estate.community().equals(becomes.get(FIELD))
                ? desk.cannotMove(estate, Objects.requireNonNull(was.get(FIELD)).toString())
                : "后来又换过社区。";
    }

    @Override
    public void undo(
            Reader reader,
            Batches.Batch batch,
            EstateView estate,
            Map<String, Object> was,
            Map<String, Object> becomes) {
        desk.move(
                reader,
                estate,
                estate.version(),
                Objects.requireNonNull(was.get(FIELD)).toString(),
                desk.today(),
                batch.undoing(),
                batch.id());
    }
}
