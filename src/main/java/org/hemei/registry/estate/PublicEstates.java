package org.hemei.registry.estate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Estates as everybody may see them. */
@Component
class PublicEstates {

    private static final int MOST = 30;

    record Found(
            long id,
            String name,
            @Nullable String alias,
            String district,
            String street,
            String community,
            boolean gone) {}

    /** @param found at most {@value #MOST}; @param more whether others match too */
    record Search(String q, List<Found> found, boolean more) {}

    record PublicEstate(
            long id,
            String name,
            @Nullable String alias,
            String city,
            String district,
            String street,
            String community,
            List<String> kinds,
            int households,
            int buildings,
            @Nullable Integer builtYear,
            @Nullable String phone,
            @Nullable Long floorArea,
            @Nullable Long companyId,
            @Nullable String company,
            @Nullable LocalDate contractSince,
            @Nullable LocalDate contractLast,
            @Nullable Integer feeFen,
            @Nullable String backstop,
            @Nullable String committee,
            boolean worker,
            @Nullable String owners,
            @Nullable LocalDate ownersSince,
            @Nullable String branch,
            int groups,
            @Nullable EstateEnd end) {

        /** 1.35, yuan for each square metre and month */
        @Nullable
        String fee() {
            return feeFen == null ? null : "%d.%02d".formatted(feeFen / 100, feeFen % 100);
        }

        /** Square metres. */
        @Nullable
        Long squareMetres() {
            return floorArea == null ? null : floorArea / EstateView.CM2;
        }
    }

    record Facility(String kind, int count, String unit) {}

    record Choice(long id, String name) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;

    PublicEstates(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** By name or alias, those whose name begins with it first. Fewer than two characters find nothing. */
    Search search(String text) {
        var q = text.strip();
        if (q.length() < 2 || q.length() > 40) {
            return new Search(q, List.of(), false);
        }
        var found = jdbc.sql("""
                select e.id, e.name, e.alias, d.name as district, s.name as street, c.name as community,
                       e.until is not null as gone
                from estate e
                         join area d on d.code = e.district::text
                         join area s on s.code = e.street
                         join area c on c.code = e.community
                where position(:q in e.name) > 0 or position(:q in coalesce(e.alias, '')) > 0
                order by e.until is not null, position(:q in e.name) <> 1, length(e.name), e.name, e.id
                limit :most
                """)
                .param("q", q)
                .param("most", MOST + 1)
                .query((r, n) -> new Found(
                        r.getLong("id"),
                        r.getString("name"),
                        r.getString("alias"),
                        r.getString("district"),
                        r.getString("street"),
                        r.getString("community"),
                        r.getBoolean("gone")))
                .list();
        return new Search(q, found.size() > MOST ? found.subList(0, MOST) : found, found.size() > MOST);
    }

    LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    Optional<PublicEstate> estate(long id) {
        var today = today();
        return jdbc.sql("""
                select e.*, j.name as joined_name, city.name as city_name, d.name as district_name, s.name as street_name, c.name as community_name,
                       co.id as company_id, co.name as company_name, lower(k.during) as contract_since,
                       upper(k.during) - 1 as contract_last, k.fee_fen, bt.name as backstop_name, rc.name as committee_name,
                       exists (select from appointment p join post o on o.name = p.post
                               where p.body = rc.id and o.duty = 'property_worker' and p.during @> cast(:today as date)) as worker,
                       oc.name as owners, oc.since as owners_since, pb.name as branch,
                       (select count(*) from body g where g.estate = e.id and g.party_kind = 'building_group'
                                                      and g.since <= :today and (g.until is null or g.until > :today)) as groups
                from estate e
                         join area d on d.code = e.district::text
                         join area city on city.code = d.parent
                         join area s on s.code = e.street
                         join area c on c.code = e.community
                         left join estate j on j.id = e.joined
                         left join contract k on k.estate = e.id and k.during @> cast(:today as date)
                         left join body co on co.id = k.company
                         left join body bt on bt.area = e.community and bt.kind = 'backstop_team' and bt.since <= :today and (bt.until is null or bt.until > :today)
                         left join body rc on rc.area = e.community and rc.kind = 'residents_committee' and rc.since <= :today and (rc.until is null or rc.until > :today)
                         left join body oc on oc.estate = e.id and oc.kind = 'owners_committee' and oc.since <= :today and (oc.until is null or oc.until > :today)
                         left join body pb on pb.estate = e.id and pb.party_kind = 'estate_branch' and pb.since <= :today and (pb.until is null or pb.until > :today)
                where e.id = :id
                """)
                .param("today", today)
                .param("id", id)
                .query(PublicEstates::read)
                .optional();
    }

    private static PublicEstate read(ResultSet r, int n) throws SQLException {
        return new PublicEstate(
                r.getLong("id"),
                r.getString("name"),
                r.getString("alias"),
                r.getString("city_name"),
                r.getString("district_name"),
                r.getString("street_name"),
                r.getString("community_name"),
                List.of((String[]) r.getArray("kinds").getArray()),
                r.getInt("households"),
                r.getInt("buildings"),
                r.getObject("built_year", Integer.class),
                r.getString("phone"),
                r.getObject("floor_area", Long.class),
                r.getObject("company_id", Long.class),
                r.getString("company_name"),
                r.getObject("contract_since", LocalDate.class),
                r.getObject("contract_last", LocalDate.class),
                r.getObject("fee_fen", Integer.class),
                r.getString("backstop_name"),
                r.getString("committee_name"),
                r.getBoolean("worker"),
                r.getString("owners"),
                r.getObject("owners_since", LocalDate.class),
                r.getString("branch"),
                r.getInt("groups"),
                Estates.end(r));
    }

    List<Facility> facilities(long estate) {
        return jdbc.sql("""
                        select f.kind, f.count, k.unit from estate_facility f join facility_kind k on k.name = f.kind
                        where f.estate = ? order by k.position
                        """).param(estate).query(Facility.class).list();
    }

    List<Choice> buildings(long estate) {
        return choices("select id, name from building where estate = ? order by position, name", estate);
    }

    List<Choice> units(long building) {
        return choices("select id, name from unit where building = ? order by entrance, floor, name", building);
    }

    private List<Choice> choices(String sql, long of) {
        return jdbc.sql(sql)
                .param(of)
                .query((r, n) -> new Choice(r.getLong("id"), r.getString("name")))
                .list();
    }
}
