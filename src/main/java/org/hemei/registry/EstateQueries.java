package org.hemei.registry;

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
class EstateQueries {

    private static final int MOST = 30;

    record Found(long id, String name, @Nullable String alias, String district, String street, String community) {}

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
            @Nullable String company,
            @Nullable LocalDate contractUntil,
            @Nullable Integer feeFen,
            @Nullable String backstop,
            @Nullable String committee) {

        /** 1.35, yuan for each square metre and month */
        @Nullable
        String fee() {
            return feeFen == null ? null : "%d.%02d".formatted(feeFen / 100, feeFen % 100);
        }
    }

    record Choice(long id, String name) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;

    EstateQueries(JdbcClient jdbc, InstantSource clock) {
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
                select e.id, e.name, e.alias, d.name as district, s.name as street, c.name as community
                from estate e
                         join area d on d.code = e.district::text
                         join area s on s.code = e.street
                         join area c on c.code = e.community
                where position(:q in e.name) > 0 or position(:q in coalesce(e.alias, '')) > 0
                order by position(:q in e.name) <> 1, length(e.name), e.name, e.id
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
                        r.getString("community")))
                .list();
        return new Search(q, found.size() > MOST ? found.subList(0, MOST) : found, found.size() > MOST);
    }

    Optional<PublicEstate> estate(long id) {
        var today = CivilTime.date(clock.instant());
        return jdbc.sql("""
                select e.*, city.name as city_name, d.name as district_name, s.name as street_name, c.name as community_name,
                       co.name as company_name, upper(k.during) as contract_until, k.fee_fen, bt.name as backstop_name,
                       rc.name as committee_name
                from estate e
                         join area d on d.code = e.district::text
                         join area city on city.code = d.parent
                         join area s on s.code = e.street
                         join area c on c.code = e.community
                         left join contract k on k.estate = e.id and k.during @> cast(:today as date)
                         left join body co on co.id = k.company
                         left join body bt on bt.area = e.community and bt.kind = 'backstop_team' and bt.until is null
                         left join body rc on rc.area = e.community and rc.kind = 'residents_committee' and rc.until is null
                where e.id = :id
                """)
                .param("today", today)
                .param("id", id)
                .query((r, n) -> new PublicEstate(
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
                        r.getString("company_name"),
                        r.getObject("contract_until", LocalDate.class),
                        r.getObject("fee_fen", Integer.class),
                        r.getString("backstop_name"),
                        r.getString("committee_name")))
                .optional();
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
