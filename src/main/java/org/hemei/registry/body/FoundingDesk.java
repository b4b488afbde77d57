package org.hemei.registry.body;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.BodyKind;
import org.hemei.registry.body.BodyOffices.Verb;
import org.hemei.registry.people.PostsEnding;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Founds bodies: the one verb that begins with none. */
@Service
class FoundingDesk {

    /**
     * @param estate of a branch, a group, a committee of owners; the area follows from it
     * @param replaces a backstop team: it takes the estates of the one that is there, which ends on that day
     */
    record Founding(
            BodyKind kind,
            String name,
            String brief,
            String area,
            @Nullable Long estate,
            @Nullable Long parent,
            List<Long> buildings,
            @Nullable String code,
            boolean replaces,
            LocalDate day,
            String basis) {}

    private final BodyStore store;
    private final BodyFacts facts;
    private final BodyHistory history;
    private final PostsEnding posts;
    private final GroupBuildings buildings;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    FoundingDesk(
            BodyStore store,
            BodyFacts facts,
            BodyHistory history,
            PostsEnding posts,
            GroupBuildings buildings,
            JdbcClient jdbc,
            InstantSource clock) {
        this.store = store;
        this.facts = facts;
        this.history = history;
        this.posts = posts;
        this.buildings = buildings;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Transactional
    public long found(Reader reader, Founding founding) {
        var kind = founding.kind();
        var estate = founding.estate();
        var place = (BodyRule.of(kind).ofEstate()
                        ? facts.place("", estate == null ? -1L : estate)
                        : facts.area(founding.area()))
                .filter(p -> BodyOffices.may(reader, Verb.FOUND, kind, p.area()))
                .orElseThrow(() -> new Missing("没有这个地方，或不归您管。"));
        store.lockPlace(kind, place.area(), estate);
        var reasons = new ArrayList<Reason>();
        facts.struckOff(estate).ifPresent(reasons::add);
        var parent = store.lockParent(founding.parent(), founding.day(), reasons);
        if (founding.parent() == null || parent != null) {
            reasons.addAll(BodyRule.of(kind).reasons(place, parent));
        }
        Body.ahead(founding.day(), today(), reasons);
        if (kind == BodyKind.BACKSTOP_TEAM && founding.replaces()) {
            relieve(reader, founding, place.area());
        }
        free(founding, place, reasons);
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        var id = insert(founding, place.area());
        history.changed(
                reader, id, place.area(), founding.day(), "founded", founded(founding, place), founding.basis());
        return id;
    }

    /** The estates of a community are never without somebody who answers for them: the old team ends on the day the new one begins. */
    private void relieve(Reader reader, Founding founding, String area) {
        facts.team(area).map(store::lock).ifPresent(old -> {
            var day = founding.day();
            old.dissolve(day, today(), facts.running(old, day).relieved());
            var ended = posts.with(reader, old.id(), day);
            store.save(old);
            history.changed(
                    reader,
                    old,
                    day,
                    "dissolved",
                    Map.of("name", old.nameNow().full(), "posts", ended),
                    founding.basis());
        });
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    private void free(Founding founding, BodyRule.Place place, List<Reason> reasons) {
        var kind = founding.kind();
        var estate = founding.estate();
        if (BodyRule.of(kind).single()) {
            facts.other(kind, place.area(), estate, founding.day())
                    .ifPresent(name -> reasons.add(
                            new Reason(null, "这里已经有“" + name + "”，一个地方只设一个" + kind.words() + "。请先撤销或合并它。")));
        } else if (facts.sameName(kind, place.area(), founding.name(), founding.day(), 0)) {
            reasons.add(new Reason("name", "这里已经有叫这个名称的" + kind.words() + "。请换个名称。"));
        }
        var code = founding.code();
        if (code != null && facts.codeTaken(code)) {
            reasons.add(new Reason("code", "这个编号有别的组织用了。请核对。"));
        }
        if (estate != null
                && !founding.buildings().isEmpty()
                && facts.wrongBuildings(founding.buildings(), estate, founding.day()) > 0) {
            reasons.add(new Reason("buildings", "有的楼栋已经归别的党小组。请重新选。"));
        }
    }

    private long insert(Founding founding, String area) {
        var kind = founding.kind();
        var id = jdbc.sql("""
                insert into body (kind, party_kind, name, short_name, area, estate, company, code, since)
                values (:kind, :party, :name, :brief, :area, :estate, :company, :code, :since) returning id
                """)
                .param("kind", kind.column())
                .param("party", kind.partyColumn())
                .param("name", founding.name())
                .param("brief", founding.brief())
                .param("area", area)
                .param("estate", founding.estate())
                .param("company", kind == BodyKind.COMPANY_BRANCH ? founding.parent() : null)
                .param("code", founding.code())
                .param("since", founding.day())
                .query(Long.class)
                .single();
        if (founding.parent() != null) {
            jdbc.sql("insert into body_parent (body, parent, during) values (?, ?, daterange(?, null))")
                    .params(id, founding.parent(), founding.day())
                    .update();
        }
        jdbc.sql("insert into body_name (body, name, short_name, during) values (?, ?, ?, daterange(?, null))")
                .params(id, founding.name(), founding.brief(), founding.day())
                .update();
        founding.buildings().stream().distinct().forEach(building -> buildings.begin(id, building, founding.day()));
        return id;
    }

    private static Map<String, Object> founded(Founding founding, BodyRule.Place place) {
        var detail = new HashMap<String, Object>(Map.of("name", founding.name(), "area", place.area()));
        if (founding.parent() != null) {
            detail.put("parent", founding.parent());
        }
        return detail;
    }
}
