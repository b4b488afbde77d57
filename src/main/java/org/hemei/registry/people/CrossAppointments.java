package org.hemei.registry.people;

import java.time.LocalDate;
import java.util.List;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * 双向进入、交叉任职: one person who on a day sits on two kinds of body of one community. Not a table: a query over appointments.
 * Kinds: the residents' committee, owners' committees, the community's Party committee, and companies that serve an estate there.
 */
@Component
public class CrossAppointments {

    /** Two kinds of body; 'any' means any two. */
    public enum Pair {
        RESIDENTS_OWNERS("residents,owners", "居委会与业委会"),
        RESIDENTS_PARTY("residents,party", "居委会与社区党委"),
        OWNERS_PARTY("owners,party", "业委会与社区党委"),
        COMPANY_PARTY("company,party", "物业企业与社区党委"),
        COMPANY_RESIDENTS("company,residents", "物业企业与居委会"),
        COMPANY_OWNERS("company,owners", "物业企业与业委会"),
        ANY("", "任意两类");

        private final String sides;
        private final String words;

        Pair(String sides, String words) {
            this.sides = sides;
            this.words = words;
        }

        public String words() {
            return words;
        }

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        String[] sides() {
            return sides.isEmpty() ? new String[0] : sides.split(",");
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

    /** @param posts what the person holds in the community, as words */
    public record Person(long person, String name, byte[] cipher, List<String> posts) {}

    private static final String SIDES = """
            with place as materialized (
                select b.id, b.area as community,
                       case when b.kind = 'residents_committee' then 'residents' when b.kind = 'owners_committee' then 'owners'
                            else 'party' end as side
                from body b
                where (b.kind in ('residents_committee', 'owners_committee') or b.party_kind = 'community_committee')
                  and b.area like :area and b.since <= :day and (b.until is null or b.until > :day)
            ), served as materialized (
                select distinct c.company, e.community
                from contract c join estate e on e.id = c.estate
                where c.during @> :day and e.community like :area
            ), seat as materialized (
                select a.person, p.community, p.side, a.id as appointment
                from place p
                         join appointment a on a.body = p.id and a.during @> :day
                         join post po on po.name = a.post
                where po.duty in ('head', 'deputy', 'member', 'part_time_member', 'big_committee_member')
            ), held as materialized (
                select * from seat
                union all
                select s.person, s.community, 'company', a.id
                from (select distinct person, community from seat) s
                         join appointment a on a.person = s.person and a.during @> :day
                         join body b on b.id = a.body and b.kind in ('company', 'company_branch')
                         join post po on po.name = a.post and po.duty <> 'adviser'
                         join served v on v.company = coalesce(b.company, b.id) and v.community = s.community
            ), crossing as (
                select person, community, array_agg(distinct side) as sides
                from held group by person, community having count(distinct side) > 1
            ), matching as (
                select person, community from crossing
                where sides @> cast(:sides as text[])
            )
            """;

    private final JdbcClient jdbc;

    CrossAppointments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param digits the length of the codes to gather under */
    public List<Line> lines(String area, int digits, Pair pair, LocalDate day) {
        return jdbc.sql(SIDES + """
                        , kinds as materialized (
                            select community, array_agg(distinct side) as sides
                            from (select community, side from place union all select community, 'company' from served) k
                            group by community having count(distinct side) > 1
                        ), matched as materialized (
                            select community, count(*) as people from matching group by community
                        ), gathered as (
                            select left(k.community, :digits) as code, count(*) as "both",
                                   count(m.community) as crossed, coalesce(sum(m.people), 0) as people
                            from kinds k left join matched m on m.community = k.community
                            where k.sides @> cast(:sides as text[])
                            group by 1
                        )
                        select a.code, a.name, coalesce(g."both", 0)::int as "both", coalesce(g.crossed, 0)::int as crossed,
                               coalesce(g.people, 0)::int as people
                        from area a left join gathered g on g.code = a.code
                        where length(a.code) = :digits and a.code like :area
                        order by a.code
                        """)
                .param("area", area + "%")
                .param("digits", digits)
                .param("sides", pair.sides())
                .param("day", day)
                .query(Line.class)
                .list();
    }

    /** Who it is in one community, with all their posts there. */
    public List<Person> people(String community, Pair pair, LocalDate day) {
        return jdbc.sql(SIDES + """
                        select m.person, p.masked_name as name, p.name_cipher as cipher,
                               array_agg(b.short_name || ' ' || a.post order by h.side, a.id) as posts
                        from matching m
                                 join held h on h.person = m.person and h.community = m.community
                                 join appointment a on a.id = h.appointment
                                 join body b on b.id = a.body
                                 join person p on p.id = m.person
                        group by m.person, p.masked_name, p.name_cipher order by m.person limit 500
                        """)
                .param("area", community + "%")
                .param("sides", pair.sides())
                .param("day", day)
                .query((r, n) ->
                        new Person(r.getLong("person"), r.getString("name"), r.getBytes("cipher"), List.of((String[])
                                r.getArray("posts").getArray())))
                .list();
    }
}
