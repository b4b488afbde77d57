package org.hemei.registry.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hemei.platform.Missing;
import org.hemei.platform.crypto.FieldCipher;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of appointments, posts and the bodies they belong to. */
@Component
class Appointments {

    static final String BODY = """
            select b.id, b.kind, b.party_kind, b.name, b.area, b.estate, b.since, b.until,
                   case b.kind when 'company' then b.id else b.company end as company
            from body b
            """;

    /** @param bodyPhrase the body with the estate of the post */
    record Row(
            long id,
            long person,
            BodyInOffice body,
            Post post,
            @Nullable Long estate,
            @Nullable String estateName,
            boolean fullTime,
            Tenure tenure,
            int version) {}

    private final JdbcClient jdbc;
    private final FieldCipher cipher;

    Appointments(JdbcClient jdbc, FieldCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    BodyInOffice body(long id) {
        return jdbc.sql(BODY + "where b.id = ?")
                .param(id)
                .query(Appointments::body)
                .optional()
                .orElseThrow(() -> new Missing("没有这个单位，或它不归您管。"));
    }

    /** Whoever appoints to a body waits for whoever is appointing to it. */
    BodyInOffice lockBody(long id) {
        return jdbc.sql(BODY + "where b.id = ? for no key update of b")
                .param(id)
                .query(Appointments::body)
                .optional()
                .orElseThrow(() -> new Missing("没有这个单位，或它不归您管。"));
    }

    void lockPerson(long id) {
        var there = jdbc.sql("select id from person where id = ? for no key update")
                .param(id)
                .query(Long.class)
                .optional();
        if (there.isEmpty()) {
            throw new Missing("没有这个人。");
        }
    }

    static BodyInOffice body(ResultSet r, int n) throws SQLException {
        return new BodyInOffice(
                r.getLong("id"),
                r.getString("kind"),
                r.getString("party_kind"),
                r.getString("name"),
                r.getString("area"),
                r.getObject("estate", Long.class),
                r.getObject("company", Long.class),
                r.getObject("since", LocalDate.class),
                r.getObject("until", LocalDate.class));
    }

    /** The posts a body of this kind has, in their order. */
    List<Post> posts(String postKind) {
        return jdbc.sql("select name, duty, kinds, many from post where :kind = any(kinds) order by rank, name")
                .param("kind", postKind)
                .query(Appointments::post)
                .list();
    }

    /** What lists can be narrowed to: the posts of bodies of some kinds, or all. */
    List<String> postNames(List<String> kinds) {
        return jdbc.sql(
                        "select name from post where kinds && cast(:kinds as text[]) or cardinality(cast(:kinds as text[])) = 0 order by rank, name")
                .param("kinds", kinds.toArray(String[]::new))
                .query(String.class)
                .list();
    }

    /** By name, of those that are there. */
    List<Choice> bodies(Long[] ids) {
        return jdbc.sql("select id, short_name as name from body where id = any(?) order by short_name, id")
                .param(ids)
                .query(Choice.class)
                .list();
    }

    Optional<Post> post(String name) {
        return jdbc.sql("select name, duty, kinds, many from post where name = ?")
                .param(name)
                .query(Appointments::post)
                .optional();
    }

    private static Post post(ResultSet r, int n) throws SQLException {
        return new Post(
                r.getString("name"),
                r.getString("duty"),
                List.of((String[]) r.getArray("kinds").getArray()),
                r.getBoolean("many"));
    }

    Row one(long id) {
        return find(id).orElseThrow(() -> new Missing("没有这条任职，或它不归您管。"));
    }

    Optional<Row> find(long id) {
        return jdbc.sql("""
                        select b.id, b.kind, b.party_kind, b.name, b.area, b.estate, b.since, b.until,
                               case b.kind when 'company' then b.id else b.company end as company,
                               a.id as appointment, a.person, a.post, po.duty, po.kinds, po.many, a.estate as at_estate,
                               e.name as estate_name, a.full_time, lower(a.during) as first, upper(a.during) as ending, a.version
                        from appointment a
                                 join body b on b.id = a.body
                                 join post po on po.name = a.post
                                 left join estate e on e.id = a.estate
                        where a.id = ?
                        """)
                .param(id)
                .query((r, n) -> new Row(
                        r.getLong("appointment"),
                        r.getLong("person"),
                        body(r, n),
                        new Post(
                                r.getString("post"),
                                r.getString("duty"),
                                List.of((String[]) r.getArray("kinds").getArray()),
                                r.getBoolean("many")),
                        r.getObject("at_estate", Long.class),
                        r.getString("estate_name"),
                        r.getBoolean("full_time"),
                        Tenure.between(r.getObject("first", LocalDate.class), r.getObject("ending", LocalDate.class)),
                        r.getInt("version")))
                .optional();
    }

    long insert(Proposed proposed) {
        return jdbc.sql("""
                        insert into appointment (person, body, post, estate, full_time, during)
                        values (:person, :body, :post, :estate, :full, daterange(:from, :end)) returning id
                        """)
                .param("person", proposed.person())
                .param("body", proposed.body().id())
                .param("post", proposed.post().name())
                .param("estate", proposed.estate(), Types.BIGINT)
                .param("full", proposed.fullTime())
                .param("from", proposed.tenure().first())
                .param("end", proposed.tenure().end(), Types.DATE)
                .query(Long.class)
                .single();
    }

    /** @return whether it was still at this version */
    boolean update(Row row, boolean fullTime, Tenure tenure, int version) {
        return jdbc.sql("""
                        update appointment
                        set full_time = :full, during = daterange(:from, :end), version = version + 1
                        where id = :id and version = :version
                        """)
                        .param("full", fullTime)
                        .param("from", tenure.first())
                        .param("end", tenure.end(), Types.DATE)
                        .param("id", row.id())
                        .param("version", version)
                        .update()
                == 1;
    }

    /** @return whether it was still at this version; conflicts that were found because of it go with it */
    boolean remove(Row row, int version) {
        return jdbc.sql("delete from appointment where id = ? and version = ?")
                        .params(row.id(), version)
                        .update()
                == 1;
    }

    String name(long person, boolean full) {
        return jdbc.sql("select masked_name, name_cipher from person where id = ?")
                .param(person)
                .query((r, n) -> full ? cipher.decrypt(r.getBytes("name_cipher")) : r.getString("masked_name"))
                .optional()
                .orElseThrow(() -> new Missing("没有这个人。"));
    }

    /** Where a company works today: the estates its posts can be at. */
    List<Choice> estatesOf(long company, LocalDate day) {
        return jdbc.sql("""
                        select e.id, e.name from contract c join estate e on e.id = c.estate
                        where c.company = ? and c.during @> ? order by e.name, e.id limit 300
                        """).params(company, day).query(Choice.class).list();
    }

    record Choice(long id, String name) {}
}
