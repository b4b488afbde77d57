package org.hemei.registry.people;

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

    /** What narrows the list of people. @param body with its branches, or 0: then it is a list of the area's */
    record Filter(String area, long body, String kind, String post, String surname, LocalDate day, After after) {}

    /** The last one of the page before; those of one body stand by the rank of their posts, heads first. */
    record After(int rank, long person) {

        static final After NOBODY = new After(-1, 0);

        static After of(@Nullable String text) {
            var parts = text == null ? new String[0] : text.split("-", -1);
            return parts.length == 2 && parts[0].matches("\\d{1,6}") && parts[1].matches("\\d{1,18}")
                    ? new After(Integer.parseInt(parts[0]), Long.parseLong(parts[1]))
                    : NOBODY;
        }

        @Override
        public String toString() {
            return rank + "-" + person;
        }
    }

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

    /** One page. @param next null on the last */
    record Page(List<Person> people, @Nullable After next) {}

    private static final String HELD = """
            select a.id, a.person, b.id as body, coalesce(bn.name, b.name) as body_name, b.kind, coalesce(b.party_kind, b.kind) as post_kind,
                   b.area,
                   case b.kind when 'company' then b.id else b.company end as company, a.post, e.name as estate,
                   a.full_time, lower(a.during) as first, upper(a.during) as ending, p.masked_name, p.name_cipher,
                   (coalesce(ba.area, b.area) like any(:patterns) or e.community like any(:patterns) or coalesce(b.company, b.id) = any(:bodies)) as seen,
                   b.area like any(:patterns) as looked, coalesce(b.company, b.id) = any(:bodies) as managed
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

    private static final String OF_AREA = "(coalesce(ba.area, b.area) like :area or e.community like :area)";

    /** By the posts of the few bodies that these are, not by looking through everybody's. */
    private static final String OF_BODY =
            "a.body = any(array(select o.id from body o where o.id = :body or o.company = :body))";

    /** The ids of one page of people in office on the day, and of one more when there is a next page. */
    private List<After> ids(Reader reader, Filter filter) {
        return jdbc.sql("""
                        select case when :body = 0 then 0 else min(o.rank) end as rank, a.person
                        from appointment a
                                 join post o on o.name = a.post
                                 join body b on b.id = a.body
                                 left join body_area ba on ba.body = b.id and ba.during @> cast(:day as date)
                                 left join estate e on e.id = a.estate
                                 left join person p on p.id = a.person
                        where a.during @> :day and (:body <> 0 or a.person > :person)
                          and (coalesce(ba.area, b.area) like any(:patterns) or e.community like any(:patterns)
                               or :body <> 0 and coalesce(b.company, b.id) = any(:bodies))
                          and %s
                          and (:kind = '' or coalesce(b.party_kind, b.kind) = :kind)
                          and (:post = '' or a.post = :post)
                          and (:surname = '' or p.masked_name like :surname || '%%')
                        group by a.person
                        having :body = 0 or (min(o.rank), a.person) > (:rank, :person)
                        order by 1, 2 limit :most
                        """.formatted(filter.body == 0 ? OF_AREA : OF_BODY))
                .param("day", filter.day)
                .param("body", filter.body)
                .param("rank", filter.after.rank)
                .param("person", filter.after.person)
                .param("patterns", reader.scope(PeopleScope.LOOK).patterns())
                .param("bodies", PeopleScope.managed(reader))
                .param("area", filter.area + "%")
                .param("kind", filter.kind)
                .param("post", filter.post)
                .param("surname", filter.surname)
                .param("most", PAGE + 1)
                .query(After.class)
                .list();
    }

    Page list(Reader reader, Filter filter) {
        var found = ids(reader, filter);
        var shown = found.subList(0, Math.min(found.size(), PAGE));
        var ids = shown.stream().map(After::person).toList();
        var people = persons(
                reader,
                HELD + "where a.person = any(:people) and a.during @> :day order by a.person, a.id",
                ids,
                filter.day);
        return new Page(
                ids.stream().map(people::get).filter(java.util.Objects::nonNull).toList(),
                found.size() > shown.size() ? shown.getLast() : null);
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
                r.getBoolean("managed") && !r.getBoolean("looked")
                        ? "/people?body=" + r.getLong("body")
                        : path(r.getString("kind"), r.getLong("body")),
                r.getString("post"),
                r.getString("estate"),
                r.getBoolean("full_time"),
                Tenure.between(r.getObject("first", LocalDate.class), r.getObject("ending", LocalDate.class)),
                may);
    }

    /** Where a body's page is, or its people for whoever has no way to that page. */
    static String path(Reader reader, BodyInOffice body) {
        return PeopleScope.looks(reader, body) ? path(body.kind(), body.id()) : "/people?body=" + body.id();
    }

    static String path(String kind, long body) {
        return (kind.equals("company") ? "/companies/" : "/bodies/") + body;
    }
}
