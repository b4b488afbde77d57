package org.hemei.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.platform.crypto.FieldCipher;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the pages about binding show: places to choose from, what was asked, what waits, which codes are out. */
@Component
class Bindings {

    static final List<Choice> RELATIONS =
            List.of(new Choice("owner", "业主"), new Choice("family", "家人"), new Choice("tenant", "租客"));

    private static final int MOST = 200;

    /** Something to choose, by its value. */
    record Choice(String value, String words) {}

    record Place(long id, String name) {}

    record Dwelling(long unit, long estate, String community, int district, String name) {}

    record Asked(
            long id,
            String place,
            String relation,
            Instant at,
            String status,
            @Nullable String reason) {}

    /** @param others how many people are bound to the unit already */
    record Waiting(long id, String person, String place, String relation, Instant at, String words, int others) {}

    record Slip(long id, String place, String relation, Instant madeAt, Instant expiresAt, boolean used) {}

    private final JdbcClient jdbc;
    private final FieldCipher cipher;

    Bindings(JdbcClient jdbc, FieldCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    static String relation(String value) {
        return RELATIONS.stream()
                .filter(choice -> choice.value().equals(value))
                .map(Choice::words)
                .findFirst()
                .orElse(value);
    }

    /** Estates by a part of their name, anywhere; or within a scope. */
    List<Place> estates(String name, @Nullable Scope scope) {
        var part = name.strip();
        if (part.isEmpty() && scope == null) {
            return List.of();
        }
        return jdbc.sql("""
                        select e.id, e.name || '（' || c.name || '）' as name
                        from estate_now e join area c on c.code = e.community
                        where (e.name like :part or e.alias like :part)
                          and (cast(:patterns as text[]) is null or e.community like any(:patterns))
                        order by e.name limit :most
                        """)
                .param("part", "%" + escaped(part) + "%")
                .param("patterns", scope == null ? null : scope.patterns())
                .param("most", scope == null ? 20 : MOST)
                .query(Place.class)
                .list();
    }

    private static String escaped(String part) {
        return part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    Optional<Place> estate(long id) {
        return jdbc.sql("select id, name from estate_now where id = ?")
                .param(id)
                .query(Place.class)
                .optional();
    }

    List<Place> buildings(long estate) {
        return jdbc.sql("""
                        select b.id, b.name from building b
                        where b.estate = ? and exists(select from unit u where u.building = b.id)
                        order by b.position, b.name limit 500
                        """).param(estate).query(Place.class).list();
    }

    List<Place> units(long building) {
        return jdbc.sql("select id, name from unit where building = ? order by entrance, floor, name limit 1000")
                .param(building)
                .query(Place.class)
                .list();
    }

    Optional<Dwelling> dwelling(long unit) {
        return jdbc.sql("""
                        select u.id as unit, e.id as estate, e.community, e.district,
                               e.name || ' ' || b.name || u.name as name
                        from unit u join building b on b.id = u.building join estate e on e.id = u.estate
                        where u.id = ?
                        """).param(unit).query(Dwelling.class).optional();
    }

    List<Asked> askedBy(Reader reader) {
        return jdbc.sql("""
                        select r.id, e.name || ' ' || b.name || u.name, r.relation, r.asked_at, r.status, r.reason
                        from binding_request r
                                 join unit u on u.id = r.unit
                                 join building b on b.id = u.building
                                 join estate e on e.id = u.estate
                        where r.account = ? and r.status in ('waiting', 'refused')
                        order by r.id desc limit 10
                        """)
                .param(reader.account())
                .query((r, n) -> new Asked(
                        r.getLong(1),
                        r.getString(2),
                        relation(r.getString(3)),
                        r.getTimestamp(4).toInstant(),
                        r.getString(5),
                        r.getString(6)))
                .list();
    }

    int waitingIn(Scope scope) {
        return scope.isEmpty()
                ? 0
                : jdbc.sql("""
                        select count(*) from binding_request r
                                 join unit u on u.id = r.unit
                                 join estate e on e.id = u.estate
                        where r.status = 'waiting' and e.community like any(:patterns)
                        """)
                        .param("patterns", scope.patterns())
                        .query(Integer.class)
                        .single();
    }

    /** Oldest first: who waited longest comes first. */
    List<Waiting> waiting(Scope scope) {
        return jdbc.sql("""
                        select r.id, p.masked_name, e.name || ' ' || b.name || u.name, r.relation, r.asked_at, r.words_cipher,
                               (select count(*) from household_member h
                                where h.unit = u.id and upper_inf(h.during)) as others
                        from binding_request r
                                 join account a on a.id = r.account
                                 join person p on p.id = a.person
                                 join unit u on u.id = r.unit
                                 join building b on b.id = u.building
                                 join estate e on e.id = u.estate
                        where r.status = 'waiting' and e.community like any(:patterns)
                        order by r.asked_at, r.id limit :most
                        """)
                .param("patterns", scope.patterns())
                .param("most", MOST)
                .query((r, n) -> new Waiting(
                        r.getLong(1),
                        r.getString(2),
                        r.getString(3),
                        relation(r.getString(4)),
                        r.getTimestamp(5).toInstant(),
                        r.getBytes(6) == null ? "" : cipher.decrypt(r.getBytes(6)),
                        r.getInt(7)))
                .list();
    }

    /** The newest codes that were handed out in the scope; never the codes themselves. */
    List<Slip> slips(Scope scope) {
        return jdbc.sql("""
                        select c.id, e.name || ' ' || b.name || u.name, c.relation, c.made_at, c.expires_at, c.used_at
                        from binding_code c
                                 join unit u on u.id = c.unit
                                 join building b on b.id = u.building
                                 join estate e on e.id = u.estate
                        where e.community like any(:patterns)
                        order by c.id desc limit 30
                        """)
                .param("patterns", scope.patterns())
                .query((r, n) -> new Slip(
                        r.getLong(1),
                        r.getString(2),
                        relation(r.getString(3)),
                        r.getTimestamp(4).toInstant(),
                        r.getTimestamp(5).toInstant(),
                        r.getTimestamp(6) != null))
                .list();
    }
}
