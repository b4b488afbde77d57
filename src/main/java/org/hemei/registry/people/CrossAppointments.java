package org.hemei.registry.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.hemei.registry.Areas;
import org.hemei.registry.Moved;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * 双向进入、交叉任职: one person who on a day sits on two kinds of body of one community. Not a table: a query over appointments.
 * Kinds: the residents' committee, owners' committees, the community's Party committee, and companies that serve an estate there. Bodies and
 * estates count where they stood on that day.
 */
@Component
public class CrossAppointments {

    /** Two kinds of body; 'any' means any two. */
    public enum Pair {
        RESIDENTS_OWNERS(3, "居委会与业委会"),
        RESIDENTS_PARTY(5, "居委会与社区党委"),
        OWNERS_PARTY(6, "业委会与社区党委"),
        COMPANY_PARTY(12, "物业企业与社区党委"),
        COMPANY_RESIDENTS(9, "物业企业与居委会"),
        COMPANY_OWNERS(10, "物业企业与业委会"),
        ANY(0, "任意两类");

        private final int sides;
        private final String words;

        /** @param sides residents' committee 1, owners' committee 2, Party committee 4, company 8; 0 for any two */
        Pair(int sides, String words) {
            this.sides = sides;
            this.words = words;
        }

        public String words() {
            return words;
        }

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static Pair of(@Nullable String code) {
            return java.util.Arrays.stream(values())
                    .filter(pair -> pair.code().equals(code))
                    .findFirst()
                    .orElse(RESIDENTS_OWNERS);
        }
    }

    /**
     * @param both communities that have both kinds of body
     * @param crossed those of them where at least one person sits on both
     */
    public record Line(String code, String name, int both, int crossed, int people) {
        public Line {
            name = Areas.plain(name);
        }
    }

    /** A body of one of the two kinds. */
    public record Side(long id, String name, String path) {}

    /** A community that has both kinds of body, with those bodies. */
    public record Place(String code, String name, String street, int people, List<Side> sides) {}

    /** @param posts what the person holds in the community, as words */
    public record Person(
            long person,
            String name,
            byte[] cipher,
            String community,
            String place,
            String street,
            List<String> posts) {}

    /**
     * Sides are bits, as {@link Pair} has them; those that are not among :read are not read (0: all are). The planner knows nothing of how many rows these
     * steps have: so steps are put together by look-ups ("is true" keeps an "in" from becoming a join) and by grouping, not by joining, and days are compared by their ends, as it is drawn
     * to the index of the exclusion constraint, which is read whole for one body.
     */
    private static final String SIDES = """
            with left_since as materialized (
                %s
            ), place as materialized (
                select p.id, p.community, p.side
                from (select b.id, coalesce(ba.area, b.area) as community,
                             case when b.kind = 'residents_committee' then 1 when b.kind = 'owners_committee' then 2 else 4 end as side
                      from body b left join body_area ba on ba.body = b.id and ba.during @> cast(:day as date)
                      where (b.kind in ('residents_committee', 'owners_committee') or b.party_kind = 'community_committee')
                        and (b.area like :area or b.id = any(array(select body from body_area where area like :area)))
                        and b.since <= :day and (b.until is null or b.until > :day)) p
                where p.community like :area and (:read = 0 or p.side & :read <> 0)
            ), served as materialized (
                select distinct company, community
                from (select max(company) as company, coalesce(max(stood), max(community)) as community
                      from (select estate, company, null as community, null as stood from contract
                            where lower(during) <= :day and (upper(during) is null or upper(during) > :day)
                            union all
                            select id, null, community, null from estate
                            where community like :area or id = any(array(select estate from left_since where community like :area))
                            union all
                            select estate, null, null, community from left_since) k
                      where :read = 0 or :read & 8 <> 0
                      group by estate) s
                where company is not null and community like :area
            ), seat as materialized (
                select a.person, p.community, p.side, a.id as appointment
                from place p cross join lateral (select * from appointment x where x.body = p.id offset 0) a
                where lower(a.during) <= :day and (upper(a.during) is null or upper(a.during) > :day)
                  and a.post = any(array(select name from post
                                         where duty in ('head', 'deputy', 'member', 'part_time_member', 'big_committee_member')))
            ), employed as materialized (
                select a.person, c.company, a.id as appointment
                from (select id, coalesce(company, id) as company from body
                      where kind in ('company', 'company_branch') and (coalesce(company, id) in (select company from served)) is true) c
                         cross join lateral (select * from appointment x where x.body = c.id offset 0) a
                where (a.person in (select person from seat)) is true
                  and lower(a.during) <= :day and (upper(a.during) is null or upper(a.during) > :day)
                  and a.post = any(array(select name from post where duty <> 'adviser'))
            ), firm as materialized (
                select array_agg(community) filter (where community is not null) as communities,
                       array_agg(person order by appointment) filter (where person is not null) as people,
                       array_agg(appointment order by appointment) filter (where person is not null) as appointments
                from (select company, community, null::bigint as person, null::bigint as appointment from served
                      union all select company, null, person, appointment from employed) k
                group by company having count(person) > 0
            ), held as (
                select person, community, side, appointment from seat
                union all
                select e.person, c.community, 8, e.appointment
                from firm f cross join lateral unnest(f.people, f.appointments) e (person, appointment)
                         cross join lateral unnest(f.communities) c (community)
            ), matching as materialized (
                select person, community from held group by person, community
                having bit_or(side) & :sides = :sides and bit_or(side) & (bit_or(side) - 1) <> 0
            )
            """.formatted(Moved.estates(":day"));

    private final JdbcClient jdbc;

    CrossAppointments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param digits the length of the codes to gather under */
    public List<Line> lines(String area, int digits, Pair pair, LocalDate day) {
        return jdbc.sql(SIDES + """
                        , counted as materialized (
                            select community, bit_or(side) as sides, sum(people) as people
                            from (select community, side, 0 as people from place
                                  union all select community, 8, 0 from served
                                  union all select community, 0, 1 from matching) k
                            group by community
                        )
                        select code, max(name) as name, sum("both")::int as "both", sum(crossed)::int as crossed,
                               sum(people)::int as people
                        from (select a.code, a.name, 0 as "both", 0 as crossed, 0 as people
                              from area a where length(a.code) = :digits and a.code like :area
                              union all
                              select left(community, :digits), null, 1, case when people > 0 then 1 else 0 end, people
                              from counted where sides & :sides = :sides and sides & (sides - 1) <> 0) l
                        group by code having max(name) is not null order by code
                        """)
                .param("area", area + "%")
                .param("digits", digits)
                .param("sides", pair.sides)
                .param("read", pair.sides)
                .param("day", day)
                .query(Line.class)
                .list();
    }

    /**
     * The communities that have both kinds, by their codes.
     *
     * @param crossed only those where somebody sits on both
     * @param after the last code of the page before
     */
    public List<Place> places(String area, Pair pair, LocalDate day, boolean crossed, String after, int most) {
        var places = new LinkedHashMap<String, Place>();
        jdbc.sql(SIDES + """
                        , chosen as materialized (
                            select k.community, sum(k.people)::int as people
                            from (select community, side, 0 as people from place
                                  union all select community, 8, 0 from served
                                  union all select community, 0, 1 from matching) k
                            where k.community > :after
                            group by k.community
                            having bit_or(k.side) & :sides = :sides and bit_or(k.side) & (bit_or(k.side) - 1) <> 0
                               and (not :crossed or sum(k.people) > 0)
                            order by k.community limit :most
                        )
                        select c.community, a.name, s.name as street, c.people, b.id, b.short_name as body,
                               case b.kind when 'company' then '/companies/' else '/bodies/' end || b.id as path
                        from chosen c
                                 join area a on a.code = c.community join area s on s.code = a.parent
                                 join (select id, community, side from place union all select company, community, 8 from served) k
                                      on k.community = c.community and (:sides = 0 or k.side & :sides <> 0)
                                 join body b on b.id = k.id
                        order by c.community, k.side, b.short_name, b.id
                        """)
                .param("area", area + "%")
                .param("sides", pair.sides)
                .param("read", pair.sides)
                .param("day", day)
                .param("crossed", crossed)
                .param("after", after)
                .param("most", most)
                .query(r -> {
                    places.computeIfAbsent(r.getString("community"), code -> place(r, code))
                            .sides()
                            .add(new Side(r.getLong("id"), r.getString("body"), r.getString("path")));
                });
        return List.copyOf(places.values());
    }

    private static Place place(ResultSet r, String code) {
        try {
            return new Place(
                    code,
                    Areas.plain(r.getString("name")),
                    r.getString("street"),
                    r.getInt("people"),
                    new ArrayList<>());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Key(String community, long person) {}

    /**
     * Who it is, with all their posts in the community; one person in two communities is there twice, as they are counted.
     *
     * @param after the last one of the page before: code of the community, and person
     */
    public List<Person> people(String area, Pair pair, LocalDate day, String afterCommunity, long after, int most) {
        var keys = jdbc.sql(SIDES + """
                        select community, person from matching where (community, person) > (:afterCommunity, :after)
                        order by community, person limit :most
                        """)
                .param("area", area + "%")
                .param("sides", pair.sides)
                .param("read", pair.sides)
                .param("day", day)
                .param("afterCommunity", afterCommunity)
                .param("after", after)
                .param("most", most)
                .query(Key.class)
                .list();
        return keys.isEmpty() ? List.of() : withPosts(pair, day, keys.getFirst(), keys.getLast());
    }

    /** Those from the one to the other. No more is read than lies around them: a page of a city is a few communities. */
    private List<Person> withPosts(Pair pair, LocalDate day, Key first, Key last) {
        return jdbc.sql(SIDES + """
                        , chosen as materialized (
                            select person, community from matching
                            where (community, person) >= (:firstCommunity, :first) and (community, person) <= (:lastCommunity, :last)
                        )
                        select m.person, m.community, ca.name as place, cs.name as street, p.masked_name as name, p.name_cipher as cipher,
                               array_agg(b.short_name || ' ' || a.post order by h.side, a.id) as posts
                        from chosen m
                                 join held h on h.person = m.person and h.community = m.community
                                 join appointment a on a.id = h.appointment
                                 join body b on b.id = a.body
                                 join person p on p.id = m.person
                                 join area ca on ca.code = m.community join area cs on cs.code = ca.parent
                        group by m.person, m.community, ca.name, cs.name, p.masked_name, p.name_cipher
                        order by m.community, m.person
                        """)
                .param("area", commonPrefix(first.community, last.community) + "%")
                .param("sides", pair.sides)
                .param("read", 0) // their other posts too
                .param("day", day)
                .param("firstCommunity", first.community)
                .param("first", first.person)
                .param("lastCommunity", last.community)
                .param("last", last.person)
                .query((r, n) -> new Person(
                        r.getLong("person"),
                        r.getString("name"),
                        r.getBytes("cipher"),
                        r.getString("community"),
                        Areas.plain(r.getString("place")),
                        r.getString("street"),
                        List.of((String[]) r.getArray("posts").getArray())))
                .list();
    }

    private static String commonPrefix(String one, String other) {
        var length = 0;
        while (length < one.length() && length < other.length() && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return one.substring(0, length);
    }
}
