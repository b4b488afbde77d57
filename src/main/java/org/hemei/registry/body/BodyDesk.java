package org.hemei.registry.body;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.Stale;
import org.hemei.platform.time.CivilTime;
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
            InstantSource clock) {
        this.store = store;
        this.facts = facts;
        this.merger = merger;
        this.corrections = corrections;
        this.followers = followers;
        this.jdbc = jdbc;
        this.history = history;
        this.posts = posts;
        this.clock = clock;
    }

    @Transactional
    public void rename(Reader reader, long id, int version, String name, String brief, LocalDate day, String basis) {
        change(reader, Verb.RENAME, id, version, body -> {
            var before = body.nameNow().full();
            if (facts.sameName(body.kind(), body.lastArea(), name, id)) {
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
            var children = facts.children(id, day);
            body.mergeInto(other, day, today());
            merger.hand(body, other, children, day);
            posts.with(id, day);
            store.save(body);
            var detail = Map.of("from", id, "to", into, "children", children);
            history.changed(reader, body, day, "merged", detail, basis);
            history.changed(reader, other, day, "merged", detail, basis);
        });
    }

    @Transactional
    public void dissolve(Reader reader, long id, int version, LocalDate day, String basis) {
        change(reader, Verb.DISSOLVE, id, version, body -> {
            body.dissolve(day, today(), facts.running(body, day));
            var ended = posts.with(id, day);
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
            if (wrong.ends()) {
                corrections.ended(body, from, day);
            }
            store.save(body);
            if (wrong.verb().equals("merged")) {
                corrections.merged(reader, body, from, day, basis);
            }
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
