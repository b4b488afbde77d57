package org.hemei.evaluation.scheme;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Scope;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.log.LastChange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Drafts schemes, publishes them, and takes them out of use. */
@Service
public class SchemeDesk {

    private static final String KIND = "evaluation_scheme";

    /** What a draft says of itself. */
    public record Draft(String area, String title, String basis, SchemeContent content) {}

    private final Schemes schemes;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;
    private final LastChange lastChange;

    SchemeDesk(Schemes schemes, Audit audit, EventLog events, InstantSource clock, LastChange lastChange) {
        this.schemes = schemes;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.lastChange = lastChange;
    }

    /** Where the reader keeps schemes and runs campaigns: the housing departments, and the city and districts above them. */
    public static Scope keeper(Reader reader) {
        return reader.scope(Role.CITY, Role.DISTRICT, Role.HOUSING);
    }

    static Scope required(Reader reader) {
        return Role.required(reader, Role.CITY, Role.DISTRICT, Role.HOUSING);
    }

    @Transactional
    public long draft(Reader reader, Draft draft, @Nullable Long basedOn) {
        check(reader, draft);
        var id = schemes.insert(
                draft.area(), draft.title(), draft.basis(), draft.content(), basedOn, reader.account(), now());
        record(reader, "draft", id, draft.area());
        return id;
    }

    @Transactional
    public void amend(Reader reader, long id, int version, Draft draft) {
        mine(reader, id, version, Scheme.State.DRAFT, "修改");
        check(reader, draft);
        schemes.update(id, draft.area(), draft.title(), draft.basis(), draft.content());
        record(reader, "amend", id, draft.area());
    }

    /** A draft that nobody wants any more; that there was one stays on record. */
    @Transactional
    public void discard(Reader reader, long id, int version) {
        var scheme = mine(reader, id, version, Scheme.State.DRAFT, "删除");
        schemes.discard(id);
        audit.record(reader, 0, KIND + ".discard", KIND, id, scheme.area(), Map.of("title", scheme.title()));
    }

    /** From now on it is never changed. */
    @Transactional
    public void publish(Reader reader, long id, int version) {
        var scheme = mine(reader, id, version, Scheme.State.DRAFT, "发布");
        var reasons = SchemeRule.reasons(scheme.content());
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        schemes.publish(scheme, reader.account(), now());
        record(reader, "publish", id, scheme.area());
        events.announce(0, "evaluation.scheme.published", id, Map.of("scheme", id));
    }

    /** No new campaign begins with it; those that did end by it. */
    @Transactional
    public void retire(Reader reader, long id, int version) {
        var scheme = mine(reader, id, version, Scheme.State.PUBLISHED, "停用");
        schemes.retire(id);
        record(reader, "retire", id, scheme.area());
    }

    private Scheme mine(Reader reader, long id, int version, Scheme.State state, String verb) {
        var scheme = schemes.lock(id)
                .filter(one -> keeper(reader).covers(one.area()))
                .orElseThrow(() -> new Missing("没有这个方案，或不归您管。"));
        if (scheme.state() != state) {
            throw Refusal.of("这个方案现在是“" + scheme.state().words() + "”，不能" + verb + "。要改，请照着它另起一稿。");
        }
        if (scheme.version() != version) {
            throw lastChange.stale(reader, KIND, id, "改了这个方案");
        }
        return scheme;
    }

    private static void check(Reader reader, Draft draft) {
        List<Refusal.Reason> reasons = new ArrayList<>(SchemeRule.reasons(draft.content()));
        if (!keeper(reader).covers(draft.area())) {
            reasons.add(new Refusal.Reason("area", "请选您管的地区。"));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
    }

    private void record(Reader reader, String verb, long id, String area) {
        audit.record(reader, 0, KIND + "." + verb, KIND, id, area, Map.of());
    }

    private Instant now() {
        return clock.instant();
    }
}
