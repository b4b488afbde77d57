package org.hemei.evaluation.campaign;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** Writes them down, once, by the contracts as they are known now. */
    public int insert(long campaign, String area, LocalDate from, LocalDate until, SchemeContent scheme) {
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
        insert(campaign, rows);
        return rows.size();
    }

    private Map<Long, Long> successors() {
        Map<Long, Long> successors = new HashMap<>();
        jdbc.sql("select id, successor from body where kind = 'company' and successor is not null")
                .query((org.springframework.jdbc.core.RowCallbackHandler)
                        r -> successors.put(r.getLong("id"), r.getLong("successor")));
        return successors;
    }

    private void insert(long campaign, List<Row> rows) {
        jdbc.sql("""
                insert into evaluation_project (campaign, district, estate, company, households, days, counts, why)
                select :campaign, d, e, c, h, n, k, w
                from unnest(:districts, :estates, :companies, :households, :days, :counts, :whys) as t (d, e, c, h, n, k, w)
                """)
                .param("campaign", campaign)
                .param("districts", rows.stream().map(Row::district).toArray(Integer[]::new))
                .param("estates", rows.stream().map(Row::estate).toArray(Long[]::new))
                .param("companies", rows.stream().map(row -> row.held.company()).toArray(Long[]::new))
                .param("households", rows.stream().map(Row::households).toArray(Integer[]::new))
                .param("days", rows.stream().map(row -> row.held.days()).toArray(Integer[]::new))
                .param("counts", rows.stream().map(row -> row.held.counts()).toArray(Boolean[]::new))
                .param("whys", rows.stream().map(row -> row.held.why()).toArray(String[]::new))
                .update();
    }
}
