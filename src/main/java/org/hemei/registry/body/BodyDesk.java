package org.hemei.registry.body;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.Stale;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.BodyKind;
import org.hemei.registry.body.BodyOffices.Verb;
import org.hemei.registry.people.PostsEnding;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The verbs of a body that is there. Each locks, checks, changes the dated tables, appends to the history, is audited and announced. */
@Service
public class BodyDesk {

    private final BodyStore store;
    private final BodyFacts facts;
    private final BodyMerger merger;
    private final Corrections corrections;
    private final Followers followers;
    private final JdbcClient jdbc;
    private final BodyHistory history;
    private final PostsEnding posts;
    private final GroupBuildings buildings;
    private final CorrectedDays returning;
    private final InstantSource clock;

    BodyDesk(
            BodyStore store,
            BodyFacts facts,
            BodyMerger merger,
            Corrections corrections,
            Followers followers,
            JdbcClient jdbc,
            BodyHistory history,
            PostsEnding posts,
            GroupBuildings buildings,
            CorrectedDays returning,
            InstantSource clock) {
        this.store = store;
        this.facts = facts;
        this.merger = merger;
        this.corrections = corrections;
        this.followers = followers;
        this.jdbc = jdbc;
        this.history = history;
        this.posts = posts;
        this.buildings = buildings;
        this.returning = returning;
        this.clock = clock;
    }

    @Transactional
    public void rename(Reader reader, long id, int version, String name, String brief, LocalDate day, String basis) {
        change(reader, Verb.RENAME, id, version, body -> {
            var before = body.nameNow().full();
            if (facts.sameName(body.kind(), body.lastArea(), name, day, id)) {
                throw Refusal.of("name", "这里已经有叫这个名称的" + body.kind().words() + "。请换个名称。");
            }
            body.rename(new Body.Name(name, brief), day, today());
            store.save(body);
            history.changed(reader, body, day, "renamed", Map.of("from", before, "to", name), basis);
        });
    }

    @Transactional
    public void move(Reader reader, long id, int version, @Nullable Long to, LocalDate day, String basis) {
        change(reader, Verb.MOVE, id, version, body -> {
            if (body.kind() == BodyKind.COMPANY || body.kind() == BodyKind.COMPANY_BRANCH) {
                throw Refusal.of("它换的是登记地，不是上级。请从它的页面选“换登记地”。");
            }
            var reasons = new ArrayList<Reason>();
            var place = facts.place(body.lastArea(), body.estate()).orElseThrow();
            var parent = store.lockParent(to, day, reasons);
            if (to == null || parent != null) {
                reasons.addAll(BodyRule.of(body.kind()).reasons(place, parent));
            }
            var last = body.parents().spans();
            var before = last.isEmpty() ? null : last.getLast().value();
            var areaBefore = body.lastArea();
            body.move(to, place.area(), day, today(), reasons);
            store.save(body);
            var detail = new HashMap<String, Object>();
            detail.put("from", before);
            detail.put("to", to);
            if (!areaBefore.equals(place.area())) {
                detail.put("area", place.area());
                detail.put("area_before", areaBefore);
            }
            history.changed(reader, body, day, "moved", detail, basis);
            if (!areaBefore.equals(place.area())) {
                followers.move(reader, body, areaBefore, day, basis);
            }
        });
    }

    /** Where a company or a branch of one is registered from a day on. */
    @Transactional
    public void seat(Reader reader, long id, int version, String area, LocalDate day, String basis) {
        change(reader, Verb.MOVE, id, version, body -> {
            if (body.kind() != BodyKind.COMPANY && body.kind() != BodyKind.COMPANY_BRANCH) {
                throw new Missing("这一种组织没有登记地。");
            }
            var place = facts.area(area).filter(p -> BodyOffices.may(reader, Verb.MOVE, body.kind(), p.area()));
            var reasons = new ArrayList<Reason>();
            if (place.isEmpty()) {
                reasons.add(new Reason("area", "请选您负责的地方。换到别的区，由市里办。"));
            }
            var before = body.lastArea();
            body.seat(area, day, today(), reasons);
            store.save(body);
            history.changed(reader, body, day, "moved", Map.of("area", area, "area_before", before), basis);
        });
    }

    /**
     * A name was written wrongly from the first: it never was called that.
     *
     * @param day on which the name holds: today, or the day of a name that is still to come
     */
    @Transactional
    public void amend(Reader reader, long id, int version, LocalDate day, String name, String brief, String basis) {
        change(reader, Verb.RENAME, id, version, body -> {
            if (!day.equals(today()) && !body.names().plannedFor(day, today())) {
                throw Refusal.of("没有登记从那天起叫别的名称。请回到它的页面重新选。");
            }
            var before = body.nameOn(day).full();
            if (facts.sameName(body.kind(), body.lastArea(), name, day, id)) {
                throw Refusal.of("name", "这里已经有叫这个名称的" + body.kind().words() + "。请换个名称。");
            }
            body.amend(new Body.Name(name, brief), day);
            store.save(body);
            history.changed(reader, body, day, "name_corrected", Map.of("from", before, "to", name), basis);
        });
    }

    /** Which buildings a group looks after from a day on. */
    @Transactional
    public void buildings(Reader reader, long id, int version, List<Long> wanted, LocalDate day, String basis) {
        change(reader, Verb.FOUND, id, version, body -> {
            if (body.kind() != BodyKind.BUILDING_GROUP) {
                throw new Missing("只有楼栋党小组管楼栋。");
            }
            store.lockPlace(body.kind(), body.lastArea(), body.estate());
            var detail = buildings.set(body, wanted, day, today());
            store.save(body);
            history.changed(reader, body, day, "buildings", detail, basis);
        });
    }

    /** It was dissolved or struck off by mistake: it never ended. */
    @Transactional
    public void restore(Reader reader, long id, int version, String basis) {
        change(reader, Verb.RESTORE, id, version, body -> {
            var day = body.restore();
            var reasons = facts.againstReturn(body, day);
            if (!reasons.isEmpty()) {
                throw new Refusal(reasons);
            }
            store.save(body);
            var again = returning.again(reader, body, day);
            var detail =
                    new HashMap<String, Object>(Map.of("name", body.nameNow().full(), "posts", again));
            corrections.end(id).ifPresent(entry -> detail.put("change", entry));
            history.changed(reader, body, day, "restored", detail, basis);
        });
    }

    @Transactional
    public void merge(Reader reader, long id, int version, long into, LocalDate day, String basis) {
        // in the order of their numbers, so that two who merge each way do not wait for each other
        if (into < id) {
            store.lockIfAny(into);
        }
        change(reader, Verb.MERGE, id, version, body -> {
            var other = store.lockIfAny(into)
                    .filter(found -> BodyOffices.may(reader, Verb.MERGE, found.kind(), found.lastArea()))
                    .orElseThrow(() -> Refusal.of("into", "没有这个组织，或不归您管。请重新选。"));
            var children = body.kind() == BodyKind.COMPANY ? facts.branches(id, day) : facts.children(id, day);
            body.mergeInto(other, day, today(), facts.running(body, day));
            store.save(body);
            merger.hand(reader, body, other, children, day);
            var detail = Map.of("from", id, "to", into, "children", children);
            history.changed(reader, body, day, "merged", detail, basis);
            history.changed(reader, other, day, "merged", detail, basis);
        });
    }

    @Transactional
    public void dissolve(Reader reader, long id, int version, LocalDate day, String basis) {
        change(reader, Verb.DISSOLVE, id, version, body -> {
            body.dissolve(day, today(), facts.running(body, day));
            var ended = posts.with(reader, id, day);
            buildings.end(id, day);
            store.save(body);
            history.changed(
                    reader,
                    body,
                    day,
                    "dissolved",
                    Map.of("name", body.nameNow().full(), "posts", ended),
                    basis);
        });
    }

    /** @param change number of the entry in the history whose day is wrong */
    @Transactional
    public void correct(Reader reader, long id, int version, long change, LocalDate day, String basis) {
        corrections.into(id, change).filter(into -> into < id).ifPresent(store::lock);
        change(reader, Verb.CORRECT, id, version, body -> {
            var wrong =
                    corrections.wrong(id, change).orElseThrow(() -> Refusal.of("change", "这一条不能改日子。请选一条还没有更正过的变动。"));
            var from = wrong.day();
            body.correct(wrong.verb(), from, day, today());
            corrections.day(reader, body, wrong, day, today(), basis);
            store.save(body);
            corrections.after(reader, body, wrong, day, today(), basis);
            history.changed(reader, body, day, "corrected", wrong.corrected(day), basis);
            if (wrong.verb().equals("moved")) {
                followers.correct(reader, body, from, day, basis);
            }
        });
    }

    private void change(Reader reader, Verb verb, long id, int version, Consumer<Body> work) {
        var body = store.lock(id);
        if (!BodyOffices.may(reader, verb, body.kind(), body.lastArea())) {
            throw new Missing("没有这个组织，或这一步不归您办。");
        }
        if (body.version() != version) {
            throw stale(id);
        }
        work.accept(body);
    }

    private Stale stale(long id) {
        return jdbc.sql("""
                        select coalesce(p.masked_name, '别人') as who, c.at
                        from body_change c left join account a on a.id = c.account left join person p on p.id = a.person
                        where c.body = ? order by c.id desc limit 1
                        """)
                .param(id)
                .query((r, n) ->
                        new Stale(r.getString("who"), "改过", r.getTimestamp("at").toInstant()))
                .optional()
                .orElseGet(() -> new Stale("别人", "改过", clock.instant()));
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
