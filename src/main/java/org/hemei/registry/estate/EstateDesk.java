package org.hemei.registry.estate;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Scope;
import org.hemei.platform.db.Pointers;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.log.LastChange;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.Office;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is written down about an estate. Its responsible street and community are never empty (街道社区主体和兜底责任); changing
 * them takes a reason.
 */
@Service
public class EstateDesk {

    private final JdbcClient jdbc;
    private final Estates estates;
    private final Audit audit;
    private final EventLog events;
    private final JsonMapper json;
    private final InstantSource clock;
    private final LastChange lastChange;
    private final Pointers pointers;

    EstateDesk(
            JdbcClient jdbc,
            Estates estates,
            Audit audit,
            EventLog events,
            JsonMapper json,
            InstantSource clock,
            LastChange lastChange,
            Pointers pointers) {
        this.jdbc = jdbc;
        this.estates = estates;
        this.audit = audit;
        this.events = events;
        this.json = json;
        this.clock = clock;
        this.lastChange = lastChange;
        this.pointers = pointers;
    }

    /** Who founds an estate's file and moves it to another community. */
    public static Scope founders(Reader reader) {
        return Office.required(reader, Office.HOUSING, Office.STREET);
    }

    /** Who keeps the facts. */
    static Scope keepers(Reader reader) {
        return Office.required(reader, Office.HOUSING, Office.STREET, Office.COMMUNITY);
    }

    @Transactional
    long create(Reader reader, EstateDraft draft, String community) {
        nameIsFree(draft.name(), community, 0);
        var id = jdbc.sql("""
                        insert into estate (name, alias, district, street, community, kinds, households, buildings, built_year,
                                            floor_area, phone)
                        values (:name, :alias, :district, :street, :community, :kinds, :households, :buildings, :year, :area, :phone)
                        returning id
                        """)
                .param("district", Integer.valueOf(community.substring(0, 6)))
                .param("street", community.substring(0, 9))
                .param("community", community)
                .params(facts(draft))
                .query(Long.class)
                .single();
        record(reader, estates.find(id).orElseThrow(), "created", Map.of(), null, null);
        return id;
    }

    private static Map<String, @Nullable Object> facts(EstateDraft draft) {
        var facts = new java.util.HashMap<String, @Nullable Object>();
        facts.put("name", draft.name());
        facts.put("alias", draft.alias());
        facts.put("kinds", draft.kinds().toArray(String[]::new));
        facts.put("households", draft.households());
        facts.put("buildings", draft.buildings());
        facts.put("year", draft.builtYear());
        facts.put("area", draft.floorArea());
        facts.put("phone", draft.phone());
        return facts;
    }

    /** What was struck off left its name free. */
    void nameIsFree(String name, String community, long self) {
        var taken = jdbc.sql("select exists (select from estate_now where community = ? and name = ? and id <> ?)")
                .params(community, name, self)
                .query(Boolean.class)
                .single();
        if (taken) {
            throw Refusal.of("name", "这个社区已经有叫“" + name + "”的小区了。请换个名字，例如加上“东区”“二期”。");
        }
    }

    @Transactional
    void edit(Reader reader, EstateView known, int version, EstateDraft draft) {
        var estate = locked(reader, known.id(), version);
        nameIsFree(draft.name(), estate.community(), estate.id());
        var changes = draft.changesFrom(EstateDraft.of(estate));
        if (changes.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        update estate
                        set name = :name, alias = :alias, kinds = :kinds, households = :households, buildings = :buildings,
                            built_year = :year, floor_area = :area, phone = :phone, version = version + 1
                        where id = :id
                        """).param("id", estate.id()).params(facts(draft)).update();
        record(reader, estate, "edited", changes, null, null);
    }

    /** Civil today, the day on which changes of many take effect. */
    public LocalDate today() {
        return estates.today();
    }

    /** Why an estate cannot come under that community; null when it can. */
    public @Nullable String cannotMove(EstateView estate, String community) {
        if (estate.community().equals(community)) {
            return "本来就归这个社区。";
        }
        var taken = jdbc.sql("select exists (select from estate_now where community = ? and name = ?)")
                .params(community, estate.name())
                .query(Boolean.class)
                .single();
        return taken ? "那个社区已经有同名的小区了。请先改名。" : null;
    }

    /** Why the change cannot hold from that day; null when it can. It is entered when it holds, or later. */
    @Nullable
    String cannotMoveOn(EstateView estate, LocalDate day) {
        if (day.isAfter(today())) {
            return "还没到那一天。换社区当天起新工单就归新社区，请到那天再来办。";
        }
        if (day.isBefore(today().minusYears(1))) {
            return "最多补登一年以内的。请核对日子。";
        }
        return lastMove(estate.id())
                .filter(day::isBefore)
                .map(last -> "比上一次换社区（" + CivilTime.day(last) + "）还早。请核对日子。")
                .orElse(null);
    }

    Optional<LocalDate> lastMove(long estate) {
        return jdbc.sql("""
                        select max(cast(detail ->> 'day' as date)) from estate_change
                        where estate = ? and verb = 'moved' and detail ->> 'day' is not null
                        having max(cast(detail ->> 'day' as date)) is not null
                        """).param(estate).query(LocalDate.class).optional();
    }

    /**
     * Another community answers, perhaps in another district. Orders stay where they were filed, those on their way as well, unless
     * they are handed on; the next one comes to the new community.
     *
     * @param day from which the new community answers by the decision it rests on; no later than today
     */
    @Transactional
    public void move(
            Reader reader,
            EstateView known,
            int version,
            String community,
            LocalDate day,
            String reason,
            @Nullable Long batch) {
        var estate = locked(reader, known.id(), version);
        var problem = cannotMove(estate, community);
        var early = cannotMoveOn(estate, day);
        if (problem != null || early != null) {
            throw problem != null ? Refusal.of("community", problem) : Refusal.of("day", Objects.requireNonNull(early));
        }
        var district = Integer.parseInt(community.substring(0, 6));
        jdbc.sql("""
                        update estate set district = :district, community = :community, street = :street, version = version + 1
                        where id = :id
                        """)
                .param("district", district)
                .param("community", community)
                .param("street", community.substring(0, 9))
                .param("id", estate.id())
                .update();
        if (district != estate.district()) {
            jdbc.sql("""
                            insert into estate_past (estate, district, until) values (?, ?, ?)
                            on conflict (estate, district) do update set until = excluded.until
                            """).params(estate.id(), estate.district(), day).update();
        }
        var changes = Map.of("community", List.of(estate.community(), community), "day", day.toString());
        record(reader, estate, "moved", changes, reason, batch);
    }

    /** Part of a change of many estates. */
    @Transactional
    public void setKinds(Reader reader, EstateView known, List<String> kinds, String reason, long batch) {
        var estate = locked(reader, known.id(), known.version());
        jdbc.sql("update estate set kinds = ?, version = version + 1 where id = ?")
                .params(kinds.toArray(String[]::new), estate.id())
                .update();
        record(reader, estate, "edited", Map.of("kinds", List.of(estate.kinds(), kinds)), reason, batch);
    }

    /** Part of a change of many estates. */
    @Transactional
    public void setPhone(Reader reader, EstateView known, @Nullable String phone, String reason, long batch) {
        var estate = locked(reader, known.id(), known.version());
        jdbc.sql("update estate set phone = cast(? as text), version = version + 1 where id = ?")
                .params(java.util.Arrays.asList(phone, estate.id()))
                .update();
        var changes = Map.<String, Object>of("phone", List.of(String.valueOf(estate.phone()), String.valueOf(phone)));
        record(reader, estate, "edited", changes, reason, batch);
    }

    /** @param facilities the whole list as it is from now on */
    @Transactional
    void facilities(Reader reader, EstateView known, int version, List<Estates.Facility> facilities) {
        var estate = locked(reader, known.id(), version);
        var before = estates.facilities(estate.id());
        jdbc.sql("delete from estate_facility where estate = ?")
                .param(estate.id())
                .update();
        for (var facility : facilities) {
            jdbc.sql("insert into estate_facility (estate, kind, count, note) values (?, ?, ?, ?)")
                    .params(java.util.Arrays.asList(estate.id(), facility.kind(), facility.count(), facility.note()))
                    .update();
        }
        var counts = differing(before, facilities, Estates.Facility::count, 0);
        var notes = differing(before, facilities, one -> one.note() == null ? "" : one.note(), "");
        touched(reader, estate, "facilities", Map.of("facilities", counts, "notes", notes), null);
    }

    /** By kind, what was said of it and is; only what differs. */
    private static <T> Map<String, List<T>> differing(
            List<Estates.Facility> was, List<Estates.Facility> now, Function<Estates.Facility, T> said, T nothing) {
        var before = new TreeMap<String, T>();
        was.forEach(one -> before.put(one.kind(), said.apply(one)));
        var after = new TreeMap<String, T>();
        now.forEach(one -> after.put(one.kind(), said.apply(one)));
        var kinds = new TreeSet<>(before.keySet());
        kinds.addAll(after.keySet());
        var differing = new TreeMap<String, List<T>>();
        for (var kind : kinds) {
            var pair = List.of(before.getOrDefault(kind, nothing), after.getOrDefault(kind, nothing));
            if (!pair.getFirst().equals(pair.getLast())) {
                differing.put(kind, pair);
            }
        }
        return differing;
    }

    /** Entered twice, or never there: it goes while nothing points to it, which the database itself knows. */
    @Transactional
    void delete(Reader reader, EstateView known, int version, String reason) {
        var estate = locked(reader, known.id(), version);
        jdbc.sql("delete from estate_facility where estate = ?")
                .param(estate.id())
                .update();
        jdbc.sql("delete from estate_past where estate = ?").param(estate.id()).update();
        var inTheWay = pointers.words("estate", List.of(estate.id()), "");
        if (!inTheWay.isEmpty()) {
            throw Refusal.of("这个小区已经有" + String.join("、", inTheWay) + "用到，不能删。写错了的请改资料。");
        }
        jdbc.sql("delete from estate where id = ?").param(estate.id()).update();
        record(reader, estate, "deleted", Map.of("name", estate.name(), "reason", reason), reason, null);
    }

    /** Something that hangs on the estate changed. */
    void touched(Reader reader, EstateView estate, String verb, Map<String, ?> detail, @Nullable String reason) {
        jdbc.sql("update estate set version = version + 1 where id = ?")
                .param(estate.id())
                .update();
        record(reader, estate, verb, detail, reason, null);
    }

    /** @throws Refusal when it was struck off: nothing about it changes until it is put back */
    EstateView locked(Reader reader, long id, int version) {
        var estate = held(reader, id, version);
        if (estate.end() != null) {
            throw Refusal.of("这个小区 " + CivilTime.day(estate.end().day()) + " 起注销了，不能再改。注销错了，请房管部门先恢复。");
        }
        return estate;
    }

    /** Also one that was struck off. */
    EstateView held(Reader reader, long id, int version) {
        jdbc.sql("select id from estate where id = ? for update")
                .param(id)
                .query(Long.class)
                .optional();
        var estate = estates.find(id).orElseThrow(() -> new Missing("没有这个小区。"));
        if (estate.version() != version) {
            throw lastChange.stale(reader, "estate", id, "改过这个小区", "estate.%");
        }
        return estate;
    }

    /** The list went out as a file. */
    @Transactional
    void taken(Reader reader, String filter, int rows) {
        audit.record(
                reader,
                0,
                "estate.export",
                "estate_list",
                reader.account(),
                null,
                Map.of("filter", filter, "rows", rows));
    }

    private void record(
            Reader reader,
            EstateView estate,
            String verb,
            Map<String, ?> detail,
            @Nullable String reason,
            @Nullable Long batch) {
        jdbc.sql("""
                        insert into estate_change (estate, verb, detail, reason, batch, account, at)
                        values (:estate, :verb, cast(:detail as jsonb), :reason, :batch, :account, :at)
                        """)
                .param("estate", estate.id())
                .param("verb", verb)
                .param("detail", json.writeValueAsString(detail))
                .param("reason", reason)
                .param("batch", batch)
                .param("account", reader.account())
                .param("at", Timestamp.from(clock.instant()))
                .update();
        audit.record(reader, estate.district(), "estate." + verb, "estate", estate.id(), estate.community(), detail);
        Map<String, ?> places = verb.equals("moved") && detail.get("community") instanceof List<?> moved
                ? Map.of("from", moved.getFirst(), "to", moved.getLast())
                : Map.of();
        events.announce(estate.district(), "estate." + verb, estate.id(), places);
    }
}
