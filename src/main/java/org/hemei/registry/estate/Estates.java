package org.hemei.registry.estate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hemei.platform.Missing;
import org.hemei.platform.Scope;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.Areas;
import org.hemei.registry.BodyKind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** One estate with all that hangs on it. */
@Component
public class Estates {

    record Facility(
            String kind, int count, String unit, @Nullable String note) {}

    record FacilityKind(String name, String unit) {}

    /**
     * A body that stands at the estate: its owners' committee, its Party branch, the groups in its buildings.
     *
     * @param astray whether it still stands in the community that the estate has left
     */
    record Local(long id, String kind, String name, LocalDate since, boolean astray) {

        String kindWords() {
            return BodyKind.valueOf(kind.toUpperCase(java.util.Locale.ROOT)).words();
        }
    }

    record Post(String name, int people) {}

    /** @param who masked name; @param moved for a change of community: from where to where, and since when; @param what it was and is */
    record Change(
            String verb,
            @Nullable String reason,
            @Nullable String who,
            Instant at,
            @Nullable Long batch,
            @Nullable String moved,
            List<String> what) {

        String words() {
            return switch (verb) {
                case "created" -> "建档";
                case "moved" -> "换了负责的社区";
                case "facilities" -> "改了设施";
                case "buildings" -> "改了楼栋、房屋";
                case "taken_back" -> "撤销了导入";
                case "deleted" -> "删掉";
                case "struck_off" -> "注销";
                case "restored" -> "恢复";
                default -> "改了资料";
            };
        }
    }

    private final JdbcClient jdbc;
    private final InstantSource clock;

    Estates(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    public Optional<EstateView> find(long id) {
        return jdbc.sql("""
                        select e.*, d.name as district_name, s.name as street_name, c.name as community_name,
                               o.name as joined_name
                        from estate e
                                 join area d on d.code = e.district::text
                                 join area s on s.code = e.street
                                 join area c on c.code = e.community
                                 left join estate o on o.id = e.joined
                        where e.id = ?
                        """).param(id).query(Estates::row).optional();
    }

    /** @throws Missing when it lies outside the scope */
    EstateView in(Scope scope, long id) {
        return find(id).filter(estate -> scope.covers(estate.community()))
                .orElseThrow(() -> new Missing("没有这个小区，或它不在您的范围里。"));
    }

    private static EstateView row(ResultSet r, int n) throws SQLException {
        return new EstateView(
                r.getLong("id"),
                r.getString("name"),
                r.getString("alias"),
                r.getInt("district"),
                r.getString("district_name"),
                r.getString("street"),
                r.getString("street_name"),
                r.getString("community"),
                Areas.plain(r.getString("community_name")),
                List.of((String[]) r.getArray("kinds").getArray()),
                r.getInt("households"),
                r.getInt("buildings"),
                r.getObject("built_year", Integer.class),
                r.getObject("floor_area", Long.class),
                r.getString("phone"),
                r.getInt("version"),
                end(r));
    }

    static @Nullable EstateEnd end(ResultSet r) throws SQLException {
        var day = r.getObject("until", LocalDate.class);
        return day == null
                ? null
                : new EstateEnd(
                        day,
                        EstateEnd.Why.of(r.getString("until_why")).orElseThrow(),
                        r.getObject("joined", Long.class),
                        r.getString("joined_name"));
    }

    List<Facility> facilities(long estate) {
        return jdbc.sql("""
                        select f.kind, f.count, k.unit, f.note from estate_facility f join facility_kind k on k.name = f.kind
                        where f.estate = ? order by k.position
                        """).param(estate).query(Facility.class).list();
    }

    List<FacilityKind> facilityKinds() {
        return jdbc.sql("select name, unit from facility_kind order by position")
                .query(FacilityKind.class)
                .list();
    }

    List<Local> locals(long estate) {
        return jdbc.sql("""
                        select b.id, coalesce(party_kind, b.kind) as kind, b.name, b.since, b.area <> e.community as astray
                        from body b join estate e on e.id = b.estate
                        where b.estate = ? and b.since <= ? and (b.until is null or b.until > ?)
                        order by case coalesce(party_kind, b.kind) when 'owners_committee' then 1 when 'estate_branch' then 2
                                 when 'owners_committee_organisation' then 3 else 4 end, b.name, b.id
                        """).params(estate, today(), today()).query(Local.class).list();
    }

    /** Who works at the estate today, counted by post. */
    List<Post> posts(long estate) {
        return jdbc.sql("""
                        select o.name, count(distinct p.person) as people
                        from appointment p join post o on o.name = p.post
                        where p.estate = ? and p.during @> ?
                        group by o.name, o.rank order by o.rank, o.name
                        """).params(estate, today()).query(Post.class).list();
    }

    /** The property workers of the responsible community, masked. */
    List<String> workers(String community) {
        return jdbc.sql("""
                        select n.masked_name
                        from body b join appointment p on p.body = b.id join post o on o.name = p.post join person n on n.id = p.person
                        where b.area = :community and b.kind = 'residents_committee' and b.since <= :today and (b.until is null or b.until > :today)
                          and o.duty = 'property_worker' and p.during @> :today
                        order by lower(p.during), p.id
                        """)
                .param("community", community)
                .param("today", today())
                .query(String.class)
                .list();
    }

    @Nullable
    String backstop(String community) {
        return jdbc.sql("""
                        select name from body
                        where area = :community and kind = 'backstop_team' and since <= :today and (until is null or until > :today)
                        """)
                .param("community", community)
                .param("today", today())
                .query(String.class)
                .optional()
                .orElse(null);
    }
}
