package org.hemei.workorder.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.InstantSource;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What an order refers to: kinds of matters, places, and where to send people who come to the wrong door. */
@Component
class ReferenceRecords {

    private static final int PAGE = 200;

    private static final Role[] OFFICES = {Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY};
    private static final Role[] WORKERS = {Role.MANAGER, Role.STAFF, Role.RESIDENT};

    @Schema(name = "Category", description = "一类事")
    record Category(
            @Schema(example = "facility.light") String code,

            @Schema(description = "属于哪一大类；大类自己没有", example = "facility") @Nullable
            String parent,

            String name,

            @Schema(description = "多急：urgent、utility、ordinary、complex", example = "ordinary")
            String urgency,

            @Schema(description = "大家会怎么说") List<String> words) {}

    @Schema(name = "Categories")
    record Categories(List<Category> categories) {}

    @Schema(name = "Estate")
    record Estate(
            long id,
            String name,
            @Schema(example = "340111") int district,
            @Schema(example = "340111002") String street,
            @Schema(example = "340111002004") String community,
            List<String> kinds) {}

    @Schema(name = "Estates")
    record Estates(
            List<Estate> estates,

            @Schema(description = "下一页的 after；最后一页没有") @Nullable
            Long next) {}

    @Schema(name = "Building")
    record Building(long id, @Schema(example = "3幢") String name) {}

    @Schema(name = "Buildings")
    record Buildings(List<Building> buildings) {}

    @Schema(name = "Unit")
    record Unit(long id, @Schema(example = "1单元302") String name) {}

    @Schema(name = "Units")
    record Units(List<Unit> units) {}

    @Schema(name = "Channel", description = "不归这里办的事该去哪儿")
    record Channel(
            long id,
            @Schema(example = "police") String kind,
            String name,
            String matters,
            String address,
            String phone) {}

    @Schema(name = "Channels")
    record Channels(List<Channel> channels) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;

    ReferenceRecords(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Categories categories() {
        return new Categories(jdbc.sql("""
                select c.code, c.parent, c.name, c.urgency, c.words from category c left join category p on p.code = c.parent
                where c.active and coalesce(p.active, true) order by coalesce(p.position, c.position), c.parent nulls first, c.position
                """)
                .query((r, n) -> new Category(
                        r.getString("code"),
                        r.getString("parent"),
                        r.getString("name"),
                        r.getString("urgency"),
                        List.of((String[]) r.getArray("words").getArray())))
                .list());
    }

    /** Of the areas the reader works in, or of the estates where they work or live. */
    Estates estates(Reader reader, String q, long after) {
        var found = estates(reader, "e.id > :id and position(:q in e.name) > 0 and e.until is null", q, after);
        return new Estates(
                found.stream().limit(PAGE).toList(),
                found.size() > PAGE ? found.get(PAGE - 1).id() : null);
    }

    Estate estate(Reader reader, long id) {
        return estates(reader, "e.id = :id and :q = ''", "", id).stream()
                .findFirst()
                .orElseThrow(() -> new Missing("没有这个小区，或它不归您看。"));
    }

    private List<Estate> estates(Reader reader, String where, String q, long id) {
        Scope offices = reader.scope(OFFICES);
        Scope workers = reader.scope(WORKERS);
        return jdbc.sql("""
                select e.id, e.name, e.district, e.street, e.community, e.kinds from estate e
                where %s and (e.community like any(:patterns) or e.id = any(:estates)
                     or exists (select from contract c where c.estate = e.id and c.company = any(:wide)
                                and c.during @> cast(:today as date)))
                order by e.id limit :most
                """.formatted(where))
                .param("patterns", offices.patterns())
                .param("estates", workers.estates())
                .param(
                        "wide",
                        workers.grants().stream()
                                .filter(grant -> grant.estate() == null && grant.body() != null)
                                .map(grant -> grant.body())
                                .toArray(Long[]::new))
                .param("today", CivilTime.date(clock.instant()))
                .param("q", q.strip())
                .param("id", id)
                .param("most", PAGE + 1)
                .query((r, n) -> new Estate(
                        r.getLong("id"),
                        r.getString("name"),
                        r.getInt("district"),
                        r.getString("street"),
                        r.getString("community"),
                        List.of((String[]) r.getArray("kinds").getArray())))
                .list();
    }

    Buildings buildings(Reader reader, long estate) {
        var known = estate(reader, estate);
        return new Buildings(jdbc.sql("select id, name from building where estate = ? order by position, id")
                .param(known.id())
                .query(Building.class)
                .list());
    }

    /** Names of doors; who lives behind them is nobody's business here. Only for those who file for others. */
    Units units(Reader reader, long building) {
        var estate = jdbc.sql("select estate from building where id = ?")
                .param(building)
                .query(Long.class)
                .optional()
                .orElseThrow(() -> new Missing("没有这幢楼。"));
        var community = estate(reader, estate).community();
        if (!reader.scope(OFFICES).covers(community)) {
            throw new Missing("没有这幢楼。");
        }
        return new Units(
                jdbc.sql("select id, name from unit where building = ? order by entrance, floor, name limit 2000")
                        .param(building)
                        .query(Unit.class)
                        .list());
    }

    /** Those of the areas around an estate's community. */
    Channels channels(Reader reader, long estate) {
        var community = estate(reader, estate).community();
        return new Channels(jdbc.sql("""
                select id, kind, name, matters, address, phone from outside_channel
                where until is null and ? like area || '%' order by kind, id
                """).param(community).query(Channel.class).list());
    }
}
