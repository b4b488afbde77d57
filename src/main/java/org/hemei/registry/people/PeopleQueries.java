package org.hemei.registry.people;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.crypto.FieldCipher;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** People in posts as lists and pages show them. */
@Component
class PeopleQueries {

    static final int PAGE = 50;

    /** What narrows the list of people. */
    record Filter(String area, String kind, String surname, LocalDate day, long after) {}

    /** @param may whether the reader appoints to this body */
    record Held(
            long id,
            long person,
            long body,
            String bodyName,
            String bodyPath,
            String post,
            @Nullable String estate,
            boolean fullTime,
            Tenure tenure,
            boolean may) {}

    /** @param name full where the reader appoints to one of the bodies, else masked */
    record Person(long id, String name, List<Held> posts) {}

    record Change(
            Instant at,
            String verb,
            LocalDate day,
            @Nullable String reason,
            @Nullable String who) {}

    private static final String HELD = """
            select a.id, a.person, b.id as body, coalesce(bn.name, b.name) as body_name, b.kind, coalesce(b.party_kind, b.kind) as post_kind,
                   b.area,
                   case b.kind when 'company' then b.id else b.company end as company, a.post, e.name as estate,
                   a.full_time, lower(a.during) as first, upper(a.during) as ending, p.masked_name, p.name_cipher,
                   (coalesce(ba.area, b.area) like any(:patterns) or e.community like any(:patterns) or b.id = any(:bodies)) as seen
            from appointment a
                     join body b on b.id = a.body
                     left join body_name bn on bn.body = b.id and bn.during @> cast(:day as date)
                     left join body_area ba on ba.body = b.id and ba.during @> cast(:day as date)
                     join person p on p.id = a.person
                     left join estate e on e.id = a.estate
            """;

    private final JdbcClient jdbc;
    private final FieldCipher cipher;

    PeopleQueries(JdbcClient jdbc, FieldCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    /** The ids of one page of people in office on the day, and of one more when there is a next page. */
    private List<Long> ids(Reader reader, Filter filter) {
        return jdbc.sql("""
                        select a.person
                        from appointment a
                                 join body b on b.id = a.body
                                 left join body_area ba on ba.body = b.id and ba.during @> cast(:day as date)
                                 left join estate e on e.id = a.estate
                                 left join person p on p.id = a.person
                        where a.during @> :day and a.person > :after
                          and (coalesce(ba.area, b.area) like any(:patterns) or e.community like any(:patterns))
                          and (coalesce(ba.area, b.area) like :area or e.community like :area)
                          and (:kind = '' or coalesce(b.party_kind, b.kind) = :kind)
                          and (:surname = '' or p.masked_name like :surname || '%')
                        group by a.person order by a.person limit :most
                        """)
                .param("day", filter.day)
                .param("after", filter.after)
                .param("patterns", reader.scope(PeopleScope.LOOK).patterns())
                .param("area", filter.area + "%")
                .param("kind", filter.kind)
                .param("surname", filter.surname)
                .param("most", PAGE + 1)
                .query(Long.class)
                .list();
    }

    /** @return one more than a page where there is a next one */
    List<Person> list(Reader reader, Filter filter) {
        var ids = ids(reader, filter);
        var people = persons(
                reader,
                HELD + "where a.person = any(:people) and a.during @> :day order by a.person, a.id",
                ids,
                filter.day);
        return ids.stream().map(people::get).filter(java.util.Objects::nonNull).toList();
    }

    /** All posts, those of today first. */
    Person one(Reader reader, long id, LocalDate today) {
        var found = persons(
                reader,
                HELD + "where a.person = any(:people) order by upper(a.during) <= :day, lower(a.during) desc, a.id",
                List.of(id),
                today);
        var person = found.get(id);
        if (person == null) {
            throw new Missing("没有这个人，或他不归您管。");
        }
        return person;
    }

    private Map<Long, Person> persons(Reader reader, String sql, List<Long> ids, LocalDate day) {
        var names = new LinkedHashMap<Long, String>();
        var posts = new LinkedHashMap<Long, List<Held>>();
        jdbc.sql(sql)
                .param("people", ids.toArray(Long[]::new))
                .param("day", day)
                .param("patterns", reader.scope(PeopleScope.LOOK).patterns())
                .param("bodies", PeopleScope.managed(reader))
                .query(r -> {
                    if (!r.getBoolean("seen")) {
                        return;
                    }
                    var person = r.getLong("person");
                    var may = PeopleScope.mayAppoint(
                            reader, r.getString("post_kind"), r.getString("area"), r.getObject("company", Long.class));
                    posts.computeIfAbsent(person, p -> new ArrayList<>()).add(held(r, may));
                    if (may) {
                        names.put(person, cipher.decrypt(r.getBytes("name_cipher")));
                    } else {
                        names.putIfAbsent(person, r.getString("masked_name"));
                    }
                });
        var people = new LinkedHashMap<Long, Person>();
        posts.forEach((id, held) -> people.put(id, new Person(id, names.getOrDefault(id, ""), held)));
        return people;
    }

    private static Held held(java.sql.ResultSet r, boolean may) throws java.sql.SQLException {
        return new Held(
                r.getLong("id"),
                r.getLong("person"),
                r.getLong("body"),
                r.getString("body_name"),
                path(r.getString("kind"), r.getLong("body")),
                r.getString("post"),
                r.getString("estate"),
                r.getBoolean("full_time"),
                Tenure.between(r.getObject("first", LocalDate.class), r.getObject("ending", LocalDate.class)),
                may);
    }

    static String path(String kind, long body) {
        return (kind.equals("company") ? "/companies/" : "/bodies/") + body;
    }

    /** Everybody in office at a body on a day, heads first. */
    List<Person> at(Reader reader, long body, LocalDate day) {
        var ids = jdbc.sql("""
                        select a.person from appointment a join post po on po.name = a.post
                        where a.body = ? and a.during @> ? group by a.person order by min(po.rank), min(a.id) limit 300
                        """).params(body, day).query(Long.class).list();
        var people = persons(
                reader,
                HELD + "where a.person = any(:people) and a.during @> :day order by (a.body = " + body + ") desc, a.id",
                ids,
                day);
        return ids.stream().map(people::get).filter(java.util.Objects::nonNull).toList();
    }

    List<Change> changes(long appointment) {
        return jdbc.sql("""
                        select c.at, c.verb, c.day, c.reason, p.masked_name as who
                        from appointment_change c
                                 left join account a on a.id = c.account
                                 left join person p on p.id = a.person
                        where c.appointment = ? order by c.id
                        """)
                .param(appointment)
                .query((r, n) -> new Change(
                        r.getTimestamp("at").toInstant(),
                        switch (r.getString("verb")) {
                            case "appointed" -> "任命";
                            case "ended" -> "免职";
                            case "taken_back" -> "撤销导入";
                            default -> "更正";
                        },
                        r.getObject("day", LocalDate.class),
                        r.getString("reason") == null
                                ? null
                                : EndReason.of(r.getString("reason"))
                                        .map(EndReason::words)
                                        .orElse(null),
                        r.getString("who")))
                .list();
    }
}
