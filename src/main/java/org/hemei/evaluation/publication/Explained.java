package org.hemei.evaluation.publication;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hemei.access.Role;
import org.hemei.evaluation.score.CompanyScore;
import org.hemei.evaluation.score.Counted;
import org.hemei.evaluation.score.Gathering;
import org.hemei.evaluation.score.ProjectInputs.Look;
import org.hemei.evaluation.score.Scores;
import org.hemei.evaluation.score.Scores.Score;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a score's page tells beside the figures: what was seen, who may look at the cases, and which projects a year is made of. */
@Component
public class Explained {

    /** An order of a project. @param at when it was filed; null where it is not kept any more; round: 0 where nobody confirmed it */
    public record Case(long id, int district, @Nullable Instant at, int round, boolean archived) {

        public String path() {
            return "/orders/" + district + "-" + id;
        }

        public String words() {
            return Counted.words(round);
        }
    }

    /** @param then whether they are those that were counted; otherwise those that would be now, since the score is older than their list */
    record Cases(boolean then, List<Case> rows) {}

    /** A project as a company's year shows it. */
    public record Line(CompanyScore.Project project, long score, String estateName, long weight) {}

    private record Place(String community, String street) {}

    private record Named(long score, String name) {}

    private final JdbcClient jdbc;
    private final Scores scores;

    Explained(JdbcClient jdbc, Scores scores) {
        this.jdbc = jdbc;
        this.scores = scores;
    }

    Optional<String> company(long id) {
        return jdbc.sql("select name from body where id = ? and kind = 'company'")
                .param(id)
                .query(String.class)
                .optional();
    }

    /** What assessors, street and community wrote by the time of this version, by item: what was put right later is of a later one. */
    Map<String, String> notes(Score score) {
        var looks = score.inputs().looks().stream().map(Look::inspection).toArray(Long[]::new);
        Map<String, String> notes = new HashMap<>();
        jdbc.sql("""
                        select item, string_agg(note, '；' order by inspection) as note
                        from (select i.inspection, i.item, coalesce(r.found -> i.item ->> 'note', i.note) as note
                              from evaluation_inspection_item i
                                       left join lateral (
                                           select found from evaluation_inspection_report
                                           where inspection = i.inspection and at <= :made order by version desc limit 1) r on true
                              where i.inspection = any(:looks)) t
                        where note <> '' group by item
                        """)
                .param("looks", looks)
                .param("made", java.sql.Timestamp.from(score.madeAt()))
                .query((RowCallbackHandler) r -> notes.put(r.getString("item"), r.getString("note")));
        jdbc.sql("""
                        select distinct on (item) item, why from evaluation_opinion
                        where campaign = ? and estate = ? and given_at <= ? order by item, version desc
                        """)
                .params(score.campaign(), score.estate(), java.sql.Timestamp.from(score.madeAt()))
                .query((RowCallbackHandler) r -> {
                    if (!r.getString("why").isEmpty()) {
                        notes.put(r.getString("item"), r.getString("why"));
                    }
                });
        return notes;
    }

    /** The administration of the place, and the company itself. */
    boolean may(Reader reader, Score score) {
        var place = jdbc.sql("select community, street from estate where id = ?")
                .param(score.estate())
                .query(Place.class)
                .single();
        return reader.scope(Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY, Role.HOUSING)
                        .covers(place.community)
                || reader.scope(Role.MANAGER).covers(score.company(), score.estate());
    }

    /** In the order of their numbers: the orders that the score counted. @param after how many to leave out */
    Cases cases(Score score, int after, int most) {
        return scores.orders(score.id(), after, most)
                .map(counted -> new Cases(true, counted(counted)))
                .orElseGet(() -> new Cases(false, live(score, after, most)));
    }

    private List<Case> counted(List<Counted> orders) {
        record Filed(Instant at, boolean archived) {}
        Map<String, Filed> filed = new HashMap<>();
        jdbc.sql("""
                        select k.district || '-' || k.id as number, o.submitted_at, o.archived
                        from unnest(:districts, :ids) as k (district, id)
                                 cross join lateral (
                                     select submitted_at, false as archived from work_order where district = k.district and id = k.id
                                     union all
                                     select submitted_at, true from archive.work_order where district = k.district and id = k.id) o
                        """)
                .param("districts", orders.stream().map(Counted::district).toArray(Integer[]::new))
                .param("ids", orders.stream().map(Counted::id).toArray(Long[]::new))
                .query((RowCallbackHandler) r -> filed.put(
                        r.getString("number"),
                        new Filed(r.getTimestamp("submitted_at").toInstant(), r.getBoolean("archived"))));
        return orders.stream()
                .map(one -> {
                    @Nullable Filed known = filed.get(one.number());
                    return new Case(
                            one.id(),
                            one.district(),
                            known == null ? null : known.at,
                            one.round(),
                            known != null && known.archived);
                })
                .toList();
    }

    /** By the same rule, as they stand now: those that lie in the archive are missing. */
    private List<Case> live(Score score, int after, int most) {
        var period = jdbc.sql("select period_from, period_until from evaluation_campaign where id = ?")
                .param(score.campaign())
                .query((r, n) -> List.of(
                        r.getObject("period_from", LocalDate.class), r.getObject("period_until", LocalDate.class)))
                .single();
        return jdbc.sql("select o.id, o.district, o.submitted_at, o.state, o.round from " + Gathering.CASES
                        + " where p.id = :project order by o.district, o.id offset :after limit :most")
                .param("since", java.sql.Timestamp.from(CivilTime.startOf(period.getFirst())))
                .param("until", java.sql.Timestamp.from(CivilTime.startOf(period.getLast())))
                .param("project", score.project())
                .param("after", after)
                .param("most", most)
                .query((r, n) -> new Case(
                        r.getLong("id"),
                        r.getInt("district"),
                        r.getTimestamp("submitted_at").toInstant(),
                        r.getString("state").equals("closed") ? r.getInt("round") : 0,
                        false))
                .list();
    }

    /** The projects of a company's year, with the very versions it was made of. */
    List<Line> projects(CompanyScore.Inputs inputs) {
        Map<String, Named> names = new HashMap<>();
        jdbc.sql("""
                        select s.id, s.project, s.version, e.name
                        from evaluation_score s join evaluation_project p on p.id = s.project join estate e on e.id = p.estate
                        where s.project = any(?)
                        """)
                .param(inputs.projects().stream()
                        .map(CompanyScore.Project::project)
                        .toArray(Long[]::new))
                .query((RowCallbackHandler) r -> names.put(
                        r.getLong("project") + "/" + r.getInt("version"),
                        new Named(r.getLong("id"), r.getString("name"))));
        List<Line> lines = new ArrayList<>();
        for (var project : inputs.projects()) {
            @Nullable Named named = names.get(project.project() + "/" + project.version());
            if (named != null) {
                lines.add(new Line(
                        project, named.score, named.name, project.score() == null ? 0 : inputs.weight(project)));
            }
        }
        return lines;
    }
}
