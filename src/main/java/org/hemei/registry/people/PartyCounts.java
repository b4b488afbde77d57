package org.hemei.registry.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hemei.registry.Areas;
import org.hemei.registry.SmallCount;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many Party members, without anything being decrypted; and whether more than half of an owners' committee are. */
@Component
public class PartyCounts {

    /** @param members of its organisations, as far as their numbers are told */
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

    /**
     * Steps of a statement, of the day :on; the last one, {@code told}, has the full members of each organisation that has any, where it
     * stands, and whether their number is told. It is not when it would give away what companies have that share the organisation and are below the
     * limit each ({@link SmallCount#open}): their numbers are its own less those of the others.
     */
    public static final String TOLD = told("", "");

    /** The same of the organisations :ids alone: nothing is counted but their members and those of the companies that share them. */
    private static final String TOLD_OF_IDS = told("and organisation = any(:ids)", """
            and employer = any(array(select v.company from company_coverage v
                                     where v.organisation = any(:ids)
                                       and lower(v.during) <= :on and (upper(v.during) is null or upper(v.during) > :on)))
            """);

    /** @param ofOrganisations which memberships and coverages; {@code ofEmployers}: whose employees */
    private static String told(String ofOrganisations, String ofEmployers) {
        return """
                member as materialized (
                    select organisation, count(*) as members from party_membership
                    where kind = 'full' and lower(during) <= :on and (upper(during) is null or upper(during) > :on) %1$s
                    group by organisation
                ), employee as materialized (
                    select employer, count(*) as members from party_membership
                    where kind = 'full' and employer is not null and lower(during) <= :on and (upper(during) is null or upper(during) > :on)
                    %2$s
                    group by employer
                ), sharing as materialized (
                    select v.organisation, count(*) filter (where coalesce(e.members, 0) < 3) as few,
                           coalesce(sum(e.members) filter (where e.members >= 3), 0) as told
                    from company_coverage v left join employee e on e.employer = v.company
                    where v.organisation is not null and lower(v.during) <= :on and (upper(v.during) is null or upper(v.during) > :on) %1$s
                    group by v.organisation
                ), told as materialized (
                    select m.organisation, b.area, m.members,
                           m.members >= 3 and not coalesce(s.few > 0 and m.members - s.told between 0 and 2 * s.few
                                                           and m.members - s.told not between 2 and 2 * s.few - 2, false) as told
                    from member m
                             cross join lateral (select coalesce(ba.area, x.area) as area
                                                 from body x left join body_area ba on ba.body = x.id and ba.during @> cast(:on as date)
                                                 where x.id = m.organisation offset 0) b
                             left join sharing s on s.organisation = m.organisation
                )
                """.formatted(ofOrganisations, ofEmployers);
    }

    private static final String PLACE = "left join body_area ba on ba.body = b.id and ba.during @> cast(:on as date)";
    private static final String IN_AREA = "coalesce(ba.area, b.area) like :of";
    private static final String STANDS =
            "coalesce(ba.area, b.area) like :area and b.since <= :on and (b.until is null or b.until > :on)";

    /** Members who belong to the organisation on the day; those who only take part besides are not counted. */
    public SmallCount ofOrganisation(long organisation, LocalDate day) {
        return ofOrganisations(List.of(organisation), day).getOrDefault(organisation, SmallCount.of(0));
    }

    /** The same for several; of those without members nothing. */
    public Map<Long, SmallCount> ofOrganisations(Collection<Long> organisations, LocalDate day) {
        var counts = new HashMap<Long, SmallCount>();
        jdbc.sql("with " + TOLD_OF_IDS + "select organisation, members, told from told")
                .param("ids", organisations.toArray(Long[]::new))
                .param("on", day)
                .query((r, n) -> counts.put(r.getLong("organisation"), count(r)))
                .list();
        return counts;
    }

    private static SmallCount count(ResultSet r) throws SQLException {
        var members = r.getLong("members");
        return members >= SmallCount.LEAST && !r.getBoolean("told") ? SmallCount.HIDDEN : SmallCount.of(members);
    }

    /** Members whom the company employs. Who only takes part in a branch besides belongs somewhere else, and is counted there. */
    public SmallCount ofCompany(long company, LocalDate day) {
        return count("employer = ? and kind = 'full'", company, day);
    }

    private SmallCount count(String where, long id, LocalDate day) {
        return SmallCount.of(jdbc.sql("select count(*) from party_membership where " + where + " and during @> ?")
                .params(id, day)
                .query(Long.class)
                .single());
    }

    /**
     * Members of organisations in the area, and those of them whom property companies employ. The numbers of a whole city, which are
     * published, have all of them in them where they can; below it the second has nobody in it whose company is not told, or whose
     * organisation is not.
     */
    public List<SmallCount> ofArea(String area, LocalDate day) {
        return jdbc.sql("with " + TOLD + """
                        , company as materialized (
                            select c.id from body c
                            where c.kind = 'company' and c.area like :area and c.since <= :on and (c.until is null or c.until > :on)
                        ), many as materialized (
                            select members from employee where members >= 3 and (employer in (select id from company)) is true
                        ), employed as materialized (
                            select m.organisation, count(*) as members, count(*) filter (where e.members >= 3) as told
                            from party_membership m join employee e on e.employer = m.employer
                            where m.kind = 'full' and lower(m.during) <= :on and (upper(m.during) is null or upper(m.during) > :on)
                            group by m.organisation
                        )
                        select coalesce(sum(t.members), 0) as everybody, coalesce(sum(t.members) filter (where t.told), 0) as told,
                               (select count(*) from body b %s where b.kind = 'party_organisation' and %s)
                               - count(*) filter (where t.members >= 3) as few,
                               count(*) filter (where t.members >= 3 and not t.told) as others,
                               coalesce(sum(e.members), 0) as employed, coalesce(sum(e.told) filter (where t.told), 0) as employed_told,
                               (select count(*) from company) - (select count(*) from many) as company_few,
                               (select coalesce(sum(members), 0) from many) as company_told
                        from told t left join employed e on e.organisation = t.organisation where t.area like :area
                        """.formatted(PLACE, STANDS))
                .param("on", day)
                .param("area", area + "%")
                .query((r, n) -> area.length() == Areas.CITY_DIGITS
                        ? pair(
                                SmallCount.whole(
                                        r.getLong("everybody"),
                                        r.getLong("told"),
                                        r.getLong("few"),
                                        r.getLong("others")),
                                SmallCount.whole(
                                        r.getLong("employed"), r.getLong("company_told"), r.getLong("company_few"), 0))
                        : pair(SmallCount.sum(r.getLong("told")), SmallCount.sum(r.getLong("employed_told"))))
                .single();
    }

    /** A part that is of few, or would tell by its difference from the whole how few are not in it, is not told. */
    private static List<SmallCount> pair(SmallCount whole, SmallCount part) {
        var rest = whole.shown() == null || part.shown() == null ? 0 : whole.shown() - part.shown();
        var few = part.shown() != null && part.shown() < SmallCount.LEAST || rest != 0 && rest < SmallCount.LEAST;
        return List.of(whole, few ? SmallCount.HIDDEN : part);
    }

    /** @param digits the length of the codes to gather under */
    public List<Line> lines(String area, int digits, LocalDate day) {
        return jdbc.sql("with " + TOLD + """
                        select a.code, max(a.name) as name, sum(a.organisations) as organisations, sum(a.members) as members
                        from (select code, name, 0 as organisations, 0 as members from area
                              where length(code) = :digits and code like :area
                              union all
                              select left(coalesce(ba.area, b.area), :digits), null, 1, 0 from body b %s
                              where b.kind = 'party_organisation' and %s
                              union all
                              select left(area, :digits), null, 0, members from told where told and area like :area) a
                        group by a.code having max(a.name) is not null order by a.code
                        """.formatted(PLACE, STANDS))
                .param("digits", digits)
                .param("area", area + "%")
                .param("on", day)
                .query((r, n) -> new Line(
                        r.getString("code"),
                        Areas.plain(r.getString("name")),
                        r.getInt("organisations"),
                        SmallCount.sum(r.getLong("members"))))
                .list();
    }

    /**
     * The organisations that stand at an area itself, not below it, by kind and name.
     *
     * @param after the last one of the page before; 0 for the first page
     */
    public List<Organisation> organisations(String area, LocalDate day, long after, int most) {
        record Standing(long id, String name, String kind) {}
        var standing = jdbc.sql("""
                        select b.id, b.name, b.party_kind as kind from body b %s
                        where b.kind = 'party_organisation' and %s
                          and (:after = 0 or (b.party_kind, b.name, b.id)
                                             > (select l.party_kind, l.name, l.id from body l where l.id = :after))
                        order by b.party_kind, b.name, b.id limit :most
                        """.formatted(PLACE, STANDS))
                .param("area", area)
                .param("after", after)
                .param("most", most)
                .param("on", day)
                .query(Standing.class)
                .list();
        var ids = standing.stream().map(Standing::id).toList();
        var members = ofOrganisations(ids, day);
        var joined = joined(ids, day);
        return standing.stream()
                .map(one -> new Organisation(
                        one.id,
                        one.name,
                        one.kind,
                        members.getOrDefault(one.id, SmallCount.of(0)),
                        SmallCount.of(joined.getOrDefault(one.id, 0L))))
                .toList();
    }

    /** How many take part besides; days are compared by their ends, or the index of the exclusion constraint is searched for each organisation. */
    private Map<Long, Long> joined(Collection<Long> organisations, LocalDate day) {
        var counts = new HashMap<Long, Long>();
        jdbc.sql("""
                        select organisation, count(*) as members from party_membership
                        where organisation = any(:ids) and kind = 'joined'
                          and lower(during) <= :on and (upper(during) is null or upper(during) > :on)
                        group by organisation
                        """)
                .param("ids", organisations.toArray(Long[]::new))
                .param("on", day)
                .query((r, n) -> counts.put(r.getLong("organisation"), r.getLong("members")))
                .list();
        return counts;
    }

    public Share ofCommittee(long committee, LocalDate day) {
        return shares("b.id = :of", committee, day).values().stream()
                .findFirst()
                .orElse(Share.NOT_SHOWN);
    }

    public Shares ofCommittees(String area, LocalDate day) {
        var shares = shares(IN_AREA, area + "%", day).values();
        return new Shares(
                (int) shares.stream().filter(share -> share == Share.REACHED).count(),
                (int) shares.stream()
                        .filter(share -> share == Share.NOT_REACHED)
                        .count(),
                (int) shares.stream().filter(share -> share == Share.NOT_SHOWN).count());
    }

    /** Every committee of an area that stands on the day and has somebody in office, in the order of areas and numbers. */
    public List<Committee> committees(String area, LocalDate day) {
        var shares = shares(IN_AREA, area + "%", day);
        return jdbc.sql("""
                        select b.id, coalesce(ba.area, b.area) as area, b.name from body b %s
                        where b.kind = 'owners_committee' and %s order by coalesce(ba.area, b.area), b.id
                        """.formatted(PLACE, STANDS))
                .param("area", area + "%")
                .param("on", day)
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
                        select distinct a.body, a.person
                        from (select b.id from body b %s where b.kind = 'owners_committee' and %s) b
                                 cross join lateral (select * from appointment x where x.body = b.id offset 0) a
                        where lower(a.during) <= :on and (upper(a.during) is null or upper(a.during) > :on)
                          and a.post = any(array(select name from post where duty in ('head', 'deputy', 'member')))
                        """.formatted(PLACE, where))
                .param("on", day)
                .param("of", parameter)
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
