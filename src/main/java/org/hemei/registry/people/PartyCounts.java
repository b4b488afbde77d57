package org.hemei.registry.people;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.hemei.registry.Areas;
import org.hemei.registry.SmallCount;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many Party members, without anything being decrypted; and whether more than half of an owners' committee are. */
@Component
public class PartyCounts {

    /** Counted without letting anybody be picked out. */
    public record Line(String code, String name, int organisations, SmallCount members) {}

    public record Organisation(long id, String name, String kind, SmallCount members, SmallCount joined) {}

    /**
     * Strictly more than half of those who sit on it (5→3, 7→4, 9→5, 11→6). Never how many: with the answer 'all' or 'none' hidden
     * the gap would tell. With fewer than three in office the answer itself would point at somebody. Nothing is filtered by it.
     */
    public enum Share {
        REACHED,
        NOT_REACHED,
        NOT_SHOWN;

        static Share of(int seats, int members) {
            return seats < SmallCount.LEAST ? NOT_SHOWN : 2 * members > seats ? REACHED : NOT_REACHED;
        }

        public String words() {
            return switch (this) {
                case REACHED -> "过半";
                case NOT_REACHED -> "没过半";
                case NOT_SHOWN -> "人少，不显示";
            };
        }
    }

    /** Owners' committees of an area, by whether the share is reached. */
    public record Shares(int reached, int notReached, int notShown) {
        public int counted() {
            return reached + notReached;
        }
    }

    /** A committee, by whether the share is reached; never by how many. */
    public record Committee(long id, String area, String name, Share share) {}

    private final JdbcClient jdbc;
    private final PartyHolder holder;

    PartyCounts(JdbcClient jdbc, PartyHolder holder) {
        this.jdbc = jdbc;
        this.holder = holder;
    }

    /** Members who belong to the organisation on the day; those who only take part besides are not counted. */
    public SmallCount ofOrganisation(long organisation, LocalDate day) {
        return ofOrganisations(List.of(organisation), day).getOrDefault(organisation, SmallCount.of(0));
    }

    private record Own(long id, String area, SmallCount members) {}

    /**
     * The same for several. Of the organisations of one area none is hidden alone, on whatever page: the sum of the area would
     * tell what it has.
     */
    public Map<Long, SmallCount> ofOrganisations(Collection<Long> organisations, LocalDate day) {
        var byArea = jdbc
                .sql("""
                        with place as materialized (select distinct area from body where id = any(:ids)),
                        org as materialized (
                            select b.id, b.area from body b join place p on p.area = b.area
                            where b.kind = 'party_organisation' and b.since <= :day and (b.until is null or b.until > :day)
                        ), member as materialized (
                            select m.organisation, count(*) as members from party_membership m
                            where m.organisation = any(array(select id from org)) and m.kind = 'full' and m.during @> :day
                            group by m.organisation
                        )
                        select o.id, o.area, coalesce(m.members, 0) as members from org o left join member m on m.organisation = o.id
                        """)
                .param("ids", organisations.toArray(Long[]::new))
                .param("day", day)
                .query((r, n) -> new Own(r.getLong("id"), r.getString("area"), SmallCount.of(r.getLong("members"))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Own::area));
        var counts = new HashMap<Long, SmallCount>();
        byArea.values()
                .forEach(all -> sheltered(all, Own::members, own -> new Own(own.id, own.area, own.members.hidden()))
                        .forEach(own -> counts.put(own.id, own.members)));
        return counts;
    }

    /** Members whom the company employs. */
    public SmallCount ofCompany(long company, LocalDate day) {
        return count("employer = ? and kind = 'full'", company, day);
    }

    private SmallCount count(String where, long id, LocalDate day) {
        return SmallCount.of(jdbc.sql("select count(*) from party_membership where " + where + " and during @> ?")
                .params(id, day)
                .query(Long.class)
                .single());
    }

    /** All members of organisations in the area, and those of them whom property companies employ. */
    public List<SmallCount> ofArea(String area, LocalDate day) {
        return jdbc.sql("""
                        select count(*) as full, count(*) filter (where m.employer is not null) as employed
                        from party_membership m join body b on b.id = m.organisation
                        where m.kind = 'full' and m.during @> :day and b.area like :area
                        """)
                .param("day", day)
                .param("area", area + "%")
                .query((r, n) -> List.of(SmallCount.of(r.getLong(1)), SmallCount.of(r.getLong(2))))
                .single();
    }

    /** @param digits the length of the codes to gather under */
    public List<Line> lines(String area, int digits, LocalDate day) {
        return sheltered(jdbc.sql("""
                        with org as materialized (
                            select b.id, left(b.area, :digits) as code from body b
                            where b.kind = 'party_organisation' and b.area like :area and length(b.area) >= :digits
                              and b.since <= :day and (b.until is null or b.until > :day)
                        ), member as materialized (
                            -- of all areas at once: one by one they would be looked up for each area anew
                            select m.organisation, count(*) as members from party_membership m
                            where m.kind = 'full' and m.during @> :day
                            group by m.organisation
                        ), counted as (
                            select o.code, count(*) as organisations, sum(m.members) as members
                            from org o left join member m on m.organisation = o.id
                            group by o.code
                        )
                        select a.code, a.name, coalesce(c.organisations, 0) as organisations, coalesce(c.members, 0) as members
                        from area a left join counted c on c.code = a.code
                        where length(a.code) = :digits and a.code like :area order by a.code
                        """)
                .param("digits", digits)
                .param("area", area + "%")
                .param("day", day)
                .query((r, n) -> new Line(
                        r.getString("code"),
                        Areas.plain(r.getString("name")),
                        r.getInt("organisations"),
                        SmallCount.of(r.getLong("members"))))
                .list());
    }

    /** One hidden cell could be worked out from the sum of all: then the smallest of the others is hidden with it. */
    static List<Line> sheltered(List<Line> lines) {
        return sheltered(
                lines,
                Line::members,
                line -> new Line(line.code, line.name, line.organisations, line.members.hidden()));
    }

    /** The same for anything that has a number. */
    public static <T> List<T> sheltered(List<T> all, Function<T, SmallCount> number, UnaryOperator<T> hide) {
        if (all.stream().filter(one -> number.apply(one).covered()).count() != 1) {
            return all;
        }
        var smallest = all.stream()
                .filter(one -> !number.apply(one).covered())
                .min(Comparator.comparingLong(one -> number.apply(one).exact()))
                .orElse(null);
        return all.stream().map(one -> one == smallest ? hide.apply(one) : one).toList();
    }

    /** The organisations that stand at an area itself, not below it. */
    public List<Organisation> organisations(String area, LocalDate day) {
        return sheltered(
                all(area, day),
                Organisation::members,
                one -> new Organisation(one.id, one.name, one.kind, one.members.hidden(), one.joined));
    }

    private List<Organisation> all(String area, LocalDate day) {
        return jdbc.sql("""
                        select b.id, b.name, b.party_kind as kind,
                               count(m.id) filter (where m.kind = 'full') as members,
                               count(m.id) filter (where m.kind = 'joined') as joined
                        from body b left join party_membership m on m.organisation = b.id and m.during @> :day
                        where b.kind = 'party_organisation' and b.area = :area and b.since <= :day
                          and (b.until is null or b.until > :day)
                        group by b.id order by b.party_kind, b.name, b.id limit 500
                        """)
                .param("area", area)
                .param("day", day)
                .query((r, n) -> new Organisation(
                        r.getLong("id"),
                        r.getString("name"),
                        r.getString("kind"),
                        SmallCount.of(r.getLong("members")),
                        SmallCount.of(r.getLong("joined"))))
                .list();
    }

    public Share ofCommittee(long committee, LocalDate day) {
        return shares("b.id = ?", committee, day).values().stream().findFirst().orElse(Share.NOT_SHOWN);
    }

    public Shares ofCommittees(String area, LocalDate day) {
        var shares = shares("b.area like ?", area + "%", day).values();
        return new Shares(
                (int) shares.stream().filter(share -> share == Share.REACHED).count(),
                (int) shares.stream()
                        .filter(share -> share == Share.NOT_REACHED)
                        .count(),
                (int) shares.stream().filter(share -> share == Share.NOT_SHOWN).count());
    }

    /** Every committee of an area that stands on the day and has somebody in office, in the order of areas and numbers. */
    public List<Committee> committees(String area, LocalDate day) {
        var shares = shares("b.area like ?", area + "%", day);
        return jdbc.sql("""
                        select id, area, name from body
                        where kind = 'owners_committee' and area like :area and since <= :day and (until is null or until > :day)
                        order by area, id
                        """)
                .param("area", area + "%")
                .param("day", day)
                .query((r, n) -> new Committee(
                        r.getLong("id"),
                        r.getString("area"),
                        r.getString("name"),
                        shares.getOrDefault(r.getLong("id"), Share.NOT_SHOWN)))
                .list();
    }

    /** By committee. The blind index of each person who sits is made here; the memberships are found by it, not read. */
    private Map<Long, Share> shares(String where, Object parameter, LocalDate day) {
        record Seat(long body, long person) {}
        var seats = jdbc.sql("""
                        select distinct b.id as body, a.person
                        from body b
                                 join appointment a on a.body = b.id and a.during @> ?
                                 join post p on p.name = a.post and p.duty in ('head', 'deputy', 'member')
                        where b.kind = 'owners_committee' and %s
                        """.formatted(where))
                .params(day, parameter)
                .query(Seat.class)
                .list();
        var people = seats.stream().map(Seat::person).distinct().toList();
        var indexes = holder.indexes(people);
        var found = members(indexes, day);
        var members = new HashSet<Long>();
        for (var n = 0; n < people.size(); n++) {
            if (found.contains(HexFormat.of().formatHex(indexes.get(n)))) {
                members.add(people.get(n));
            }
        }
        return seats.stream()
                .collect(Collectors.groupingBy(
                        Seat::body,
                        Collectors.collectingAndThen(
                                Collectors.toList(),
                                own -> Share.of(own.size(), (int) own.stream()
                                        .map(Seat::person)
                                        .filter(members::contains)
                                        .count()))));
    }

    private HashSet<String> members(List<byte[]> people, LocalDate day) {
        return new HashSet<>(jdbc.sql("""
                        with member as materialized (
                            select holder_index from party_membership where kind = 'full' and during @> ?
                        )
                        select encode(x.person, 'hex') from unnest(?::bytea[]) as x (person)
                        where x.person in (select holder_index from member)
                        """)
                .params(day, people.toArray(byte[][]::new))
                .query(String.class)
                .list());
    }
}
