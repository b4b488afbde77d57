package org.hemei.evaluation.campaign;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hemei.evaluation.scheme.SchemeContent;
import org.hemei.evaluation.score.Attribution;
import org.hemei.evaluation.score.Attribution.Contract;
import org.hemei.evaluation.score.Attribution.Held;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The projects of a campaign: which company answers for which estate in the evaluated year. */
@Repository
public class Projects {

    private record Place(int district, int households) {}

    private record Row(long estate, int district, int households, Held held) {}

    private final JdbcClient jdbc;

    Projects(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes them down by the contracts as they are known now. */
    public int insert(long campaign, String area, LocalDate from, LocalDate until, SchemeContent scheme) {
        var rows = rows(area, from, until, scheme);
        insert(campaign, rows);
        return rows.size();
    }

    /**
     * Looks at the contracts once more: whose an estate's year is is known for certain only when the year is over. What was scored
     * already keeps its row; the rest is as if it had been planned today. Households stay as they were planned.
     *
     * @return how many projects are others than before
     */
    int refresh(Campaign campaign, SchemeContent scheme) {
        var rows = rows(campaign.area(), campaign.from(), campaign.until(), scheme);
        var gone = jdbc.sql("""
                        with now_held as (
                            select * from unnest(:estates, :companies) as t (estate, company)),
                        gone as (
                            select p.id, exists (select from evaluation_score s where s.project = p.id) as scored
                            from evaluation_project p
                            where p.campaign = :campaign
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
                .param("why", "合同登记更正了，这一年不是这家管的")
                .query(Integer.class)
                .single();
        return gone + insert(campaign.id(), rows);
    }

    private List<Row> rows(String area, LocalDate from, LocalDate until, SchemeContent scheme) {
        Map<Long, Place> places = new HashMap<>();
        Map<Long, List<Contract>> contracts = new LinkedHashMap<>();
        jdbc.sql("""
                        select e.id, e.district, e.households, k.company, lower(k.during) as begins, upper(k.during) as ends
                        from estate e join contract k on k.estate = e.id and k.during && daterange(:from, :until)
                        where e.community like :area || '%' order by e.id, lower(k.during)
                        """)
                .param("from", from)
                .param("until", until)
                .param("area", area)
                .query((org.springframework.jdbc.core.RowCallbackHandler) r -> {
                    var estate = r.getLong("id");
                    places.put(estate, new Place(r.getInt("district"), r.getInt("households")));
                    contracts
                            .computeIfAbsent(estate, e -> new ArrayList<>())
                            .add(new Contract(
                                    r.getLong("company"),
                                    r.getObject("begins", LocalDate.class),
                                    r.getObject("ends", LocalDate.class)));
                });
        var successors = successors();
        List<Row> rows = new ArrayList<>();
        contracts.forEach((estate, all) -> {
            var place = java.util.Objects.requireNonNull(places.get(estate));
            Attribution.of(all, successors, from, until, scheme.contractPolicy(), scheme.leastDays())
                    .forEach(held -> rows.add(new Row(estate, place.district, place.households, held)));
        });
        return rows;
    }

    private Map<Long, Long> successors() {
        Map<Long, Long> successors = new HashMap<>();
        jdbc.sql("select id, successor from body where kind = 'company' and successor is not null")
                .query((org.springframework.jdbc.core.RowCallbackHandler)
                        r -> successors.put(r.getLong("id"), r.getLong("successor")));
        return successors;
    }

    /** @return how many are new or others than before */
    private int insert(long campaign, List<Row> rows) {
        return jdbc.sql("""
                        insert into evaluation_project as p (campaign, district, estate, company, bodies, households, days, counts, why)
                        select :campaign, d, e, c, cast(string_to_array(b, ',') as bigint[]), h, n, k, w
                        from unnest(:districts, :estates, :companies, :bodies, :households, :days, :counts, :whys)
                                 as t (d, e, c, b, h, n, k, w)
                        on conflict (campaign, estate, company) do update
                            set bodies = excluded.bodies, days = excluded.days, counts = excluded.counts, why = excluded.why
                            where (p.bodies, p.days, p.counts, p.why)
                                  is distinct from (excluded.bodies, excluded.days, excluded.counts, excluded.why)
                        """)
                .param("campaign", campaign)
                .param("districts", rows.stream().map(Row::district).toArray(Integer[]::new))
                .param("estates", rows.stream().map(Row::estate).toArray(Long[]::new))
                .param("companies", rows.stream().map(row -> row.held.company()).toArray(Long[]::new))
                .param("bodies", rows.stream().map(Projects::bodies).toArray(String[]::new))
                .param("households", rows.stream().map(Row::households).toArray(Integer[]::new))
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
