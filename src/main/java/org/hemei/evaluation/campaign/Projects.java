package org.hemei.evaluation.campaign;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hemei.evaluation.scheme.SchemeContent;
import org.hemei.evaluation.score.Attribution;
import org.hemei.evaluation.score.Attribution.Contract;
import org.hemei.evaluation.score.Attribution.Held;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The projects of a campaign: which company answers for which estate in the evaluated year. */
@Repository
public class Projects {

    /** @param kinds with commas */
    private record Place(int district, int households, String kinds) {}

    private record Row(long estate, Place place, Held held) {}

    /** What stands at a project whose company has no day of the year any more. */
    private static final String GONE = "合同登记更正了，这一年不是这家管的";

    /** How a project stands, as it was scored or by the contracts of today. @param days null where it has none */
    public record Stand(@Nullable Integer days, boolean counts, String why) {

        static final Stand NONE = new Stand(null, false, "");

        /** For the keeper. */
        public String words() {
            return days == null ? "没管过" : "管了 " + days + " 天，" + (counts ? "得分算这家的" : "得分不算这家的");
        }
    }

    /**
     * A project that is another by the contracts of today than when it was scored.
     *
     * @param bodies whether the orders of other bodies are counted for it now
     */
    public record Change(
            long estate,
            String estateName,
            int district,
            long company,
            String companyName,
            Stand before,
            Stand now,
            boolean bodies) {

        /** Whether its score becomes another, or its weight in the company's year. */
        public boolean matters() {
            return before.counts || now.counts;
        }
    }

    private final JdbcClient jdbc;

    Projects(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes them down by the contracts as they are known now. */
    public int insert(long campaign, String area, LocalDate from, LocalDate until, SchemeContent scheme) {
        var rows = rows(new Where(area, campaign, false, null), from, until, scheme, null);
        insert(campaign, rows);
        return rows.size();
    }

    /** @param others what {@link #refresh} found; what is said of it in the story of the campaign, to be added to */
    static List<String> remarks(int others) {
        List<String> remarks = new ArrayList<>();
        if (others > 0) {
            remarks.add("有 " + others + " 个项目的合同和原来登记的不一样，照现在的算");
        }
        return remarks;
    }

    /**
     * Looks at the contracts once more: whose an estate's year is is known for certain only when the year is over. What was scored
     * already keeps its row; the rest is as if it had been planned today. Households and kinds stay as they were planned.
     *
     * @return how many projects are others than before
     */
    int refresh(Campaign campaign, SchemeContent scheme) {
        var where = new Where(campaign.area(), campaign.id(), campaign.state() != CampaignState.PLANNED, null);
        return refresh(campaign, rows(where, campaign.from(), campaign.until(), scheme, null), null);
    }

    /** The same for one estate of a campaign that was scored, by the contracts of its year as they are registered now. */
    public int settle(Campaign campaign, SchemeContent scheme, long estate) {
        return refresh(campaign, known(campaign, scheme, estate), estate);
    }

    /** By the contracts of today, and the mergers of the time when the scores were made: a later one hands nobody's past over. */
    private List<Row> known(Campaign campaign, SchemeContent scheme, @Nullable Long estate) {
        var made = jdbc.sql("select max(at) from evaluation_step where campaign = ? and verb = 'compute'")
                .param(campaign.id())
                .query((r, n) ->
                        java.util.Optional.ofNullable(r.getTimestamp(1)).map(java.sql.Timestamp::toInstant))
                .single();
        var day = made.or(() -> java.util.Optional.ofNullable(campaign.finalAt()))
                .map(CivilTime::date)
                .orElse(null);
        var where = new Where(campaign.area(), campaign.id(), true, estate);
        return rows(where, campaign.from(), campaign.until(), scheme, day);
    }

    /** What is another now than when it was scored, by estate; of one estate, or of all. */
    public List<Change> changes(Campaign campaign, SchemeContent scheme, @Nullable Long estate) {
        record Key(long estate, long company) {}
        Map<Key, Row> now = new HashMap<>();
        known(campaign, scheme, estate).forEach(row -> now.put(new Key(row.estate, row.held.company()), row));
        Map<Key, Change> changes = new LinkedHashMap<>();
        jdbc.sql("""
                        select p.estate, e.name as estate_name, p.district, p.company, b.short_name as company_name, p.days, p.counts,
                               p.why, p.bodies
                        from evaluation_project p join estate e on e.id = p.estate join body b on b.id = p.company
                        where p.campaign = :campaign and (cast(:estate as bigint) is null or p.estate = :estate)
                        order by e.name, p.estate, p.id
                        """)
                .param("campaign", campaign.id())
                .param("estate", estate, java.sql.Types.BIGINT)
                .query((org.springframework.jdbc.core.RowCallbackHandler) r -> {
                    var key = new Key(r.getLong("estate"), r.getLong("company"));
                    var row = now.remove(key);
                    var gone = r.getString("why").equals(GONE);
                    var before =
                            gone ? Stand.NONE : new Stand(r.getInt("days"), r.getBoolean("counts"), r.getString("why"));
                    var stand =
                            row == null ? Stand.NONE : new Stand(row.held.days(), row.held.counts(), row.held.why());
                    var bodies = Set.of((Long[]) r.getArray("bodies").getArray());
                    var others = row != null && !bodies.equals(row.held.bodies());
                    if (!before.equals(stand) || others) {
                        changes.put(
                                key,
                                new Change(
                                        key.estate,
                                        r.getString("estate_name"),
                                        r.getInt("district"),
                                        key.company,
                                        r.getString("company_name"),
                                        before,
                                        stand,
                                        others));
                    }
                });
        now.forEach((key, row) -> changes.put(key, fresh(row)));
        return changes.values().stream()
                .filter(Change::matters)
                .sorted(java.util.Comparator.comparing(Change::estateName).thenComparing(Change::estate))
                .toList();
    }

    /** A company that was not known to have held the estate at all. */
    private Change fresh(Row row) {
        return jdbc.sql("select e.name, b.short_name from estate e, body b where e.id = ? and b.id = ?")
                .params(row.estate, row.held.company())
                .query((r, n) -> new Change(
                        row.estate,
                        r.getString(1),
                        row.place.district,
                        row.held.company(),
                        r.getString(2),
                        Stand.NONE,
                        new Stand(row.held.days(), row.held.counts(), row.held.why()),
                        true))
                .single();
    }

    private int refresh(Campaign campaign, List<Row> rows, @Nullable Long estate) {
        var gone = jdbc.sql("""
                        with now_held as (
                            select * from unnest(:estates, :companies) as t (estate, company)),
                        gone as (
                            select p.id, exists (select from evaluation_score s where s.project = p.id) as scored
                            from evaluation_project p
                            where p.campaign = :campaign and (cast(:estate as bigint) is null or p.estate = :estate)
                              and not exists (select from now_held n where n.estate = p.estate and n.company = p.company)),
                        deleted as (
                            delete from evaluation_project p using gone g where g.id = p.id and not g.scored returning 1),
                        left_out as (
                            update evaluation_project p set counts = false, why = :why
                            from gone g where g.id = p.id and g.scored and p.why <> :why returning 1)
                        select (select count(*) from deleted) + (select count(*) from left_out)
                        """)
                .param("campaign", campaign.id())
                .param("estates", rows.stream().map(Row::estate).toArray(Long[]::new))
                .param("companies", rows.stream().map(row -> row.held.company()).toArray(Long[]::new))
                .param("estate", estate, java.sql.Types.BIGINT)
                .param("why", GONE)
                .query(Integer.class)
                .single();
        return gone + insert(campaign.id(), rows);
    }

    /**
     * Which estates of a campaign. No estate is asked twice in a year: one that another campaign has, having drawn it, is not taken.
     *
     * @param drawn whether its estates are drawn: one of them that comes under another area stays in it, since its households are asked
     *     there, and what another campaign has only planned is not taken either; otherwise the area of today decides. Nobody can be asked where an
     *     estate was struck off
     * @param only one of them; null for all
     */
    private record Where(
            String area,
            long campaign,
            boolean drawn,
            @Nullable Long only) {}

    /** @param merged mergers until this day count, null for all */
    private List<Row> rows(
            Where where, LocalDate from, LocalDate until, SchemeContent scheme, @Nullable LocalDate merged) {
        Map<Long, Place> places = new HashMap<>();
        Map<Long, List<Contract>> contracts = new LinkedHashMap<>();
        jdbc.sql("""
                        select e.id, e.district, e.households, array_to_string(e.kinds, ',') as kinds, k.company, lower(k.during) as begins, upper(k.during) as ends
                        from estate e join contract k on k.estate = e.id and k.during && daterange(:from, :until)
                        where (cast(:only as bigint) is null or e.id = :only)
                          and (:drawn and exists (select from evaluation_project p where p.campaign = :campaign and p.estate = e.id)
                               or e.until is null and e.community like :area || '%'
                                  and not exists (select from evaluation_project p
                                                      join evaluation_campaign c on c.id = p.campaign and c.state <> 'cancelled'
                                                                                    and (:drawn or c.state <> 'planned')
                                                      join evaluation_campaign t on t.id = :campaign and t.year = c.year and t.id <> c.id
                                                  where p.estate = e.id))
                        order by e.id, lower(k.during)
                        """)
                .param("only", where.only, java.sql.Types.BIGINT)
                .param("campaign", where.campaign)
                .param("drawn", where.drawn)
                .param("from", from)
                .param("until", until)
                .param("area", where.area)
                .query((org.springframework.jdbc.core.RowCallbackHandler) r -> {
                    var estate = r.getLong("id");
                    places.put(estate, new Place(r.getInt("district"), r.getInt("households"), r.getString("kinds")));
                    contracts
                            .computeIfAbsent(estate, e -> new ArrayList<>())
                            .add(new Contract(
                                    r.getLong("company"),
                                    r.getObject("begins", LocalDate.class),
                                    r.getObject("ends", LocalDate.class)));
                });
        var successors = successors(merged);
        List<Row> rows = new ArrayList<>();
        contracts.forEach((estate, all) -> {
            var place = java.util.Objects.requireNonNull(places.get(estate));
            Attribution.of(all, successors, from, until, scheme.contractPolicy(), scheme.leastDays())
                    .forEach(held -> rows.add(new Row(estate, place, held)));
        });
        return rows;
    }

    private Map<Long, Long> successors(@Nullable LocalDate merged) {
        Map<Long, Long> successors = new HashMap<>();
        jdbc.sql("""
                        select id, successor from body
                        where kind = 'company' and successor is not null and (cast(:merged as date) is null or until <= :merged)
                        """)
                .param("merged", merged, java.sql.Types.DATE)
                .query((org.springframework.jdbc.core.RowCallbackHandler)
                        r -> successors.put(r.getLong("id"), r.getLong("successor")));
        return successors;
    }

    /** @return how many are new or others than before */
    private int insert(long campaign, List<Row> rows) {
        return jdbc.sql("""
                        insert into evaluation_project as p (campaign, district, estate, company, bodies, households, kinds, days, counts, why)
                        select :campaign, d, e, c, cast(string_to_array(b, ',') as bigint[]), h, string_to_array(i, ','), n, k, w
                        from unnest(:districts, :estates, :companies, :bodies, :households, :kinds, :days, :counts, :whys)
                                 as t (d, e, c, b, h, i, n, k, w)
                        on conflict (campaign, estate, company) do update
                            set bodies = excluded.bodies, days = excluded.days, counts = excluded.counts, why = excluded.why
                            where (p.bodies, p.days, p.counts, p.why)
                                  is distinct from (excluded.bodies, excluded.days, excluded.counts, excluded.why)
                        """)
                .param("campaign", campaign)
                .param("districts", rows.stream().map(row -> row.place.district).toArray(Integer[]::new))
                .param("estates", rows.stream().map(Row::estate).toArray(Long[]::new))
                .param("companies", rows.stream().map(row -> row.held.company()).toArray(Long[]::new))
                .param("bodies", rows.stream().map(Projects::bodies).toArray(String[]::new))
                .param(
                        "households",
                        rows.stream().map(row -> row.place.households).toArray(Integer[]::new))
                .param("kinds", rows.stream().map(row -> row.place.kinds).toArray(String[]::new))
                .param("days", rows.stream().map(row -> row.held.days()).toArray(Integer[]::new))
                .param("counts", rows.stream().map(row -> row.held.counts()).toArray(Boolean[]::new))
                .param("whys", rows.stream().map(row -> row.held.why()).toArray(String[]::new))
                .update();
    }

    /** An array of arrays would have to be of one length. */
    private static String bodies(Row row) {
        return row.held.bodies().stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
