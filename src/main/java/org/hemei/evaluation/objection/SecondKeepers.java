package org.hemei.evaluation.objection;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.List;
import org.hemei.evaluation.CasesOnYears;
import org.hemei.evaluation.Interests;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.score.Scores.Score;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who can decide with another on a correction: whoever runs the campaign, its city included, and took no part in the case or the score. */
@Component
class SecondKeepers {

    /** More than a page names; a place has a few dozen. */
    private static final int MOST = 500;

    record Keeper(long account, String name, String username) {}

    private final CorrectionDesk desk;
    private final CasesOnYears cases;
    private final Interests interests;
    private final Objections objections;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    SecondKeepers(
            CorrectionDesk desk,
            CasesOnYears cases,
            Interests interests,
            Objections objections,
            JdbcClient jdbc,
            InstantSource clock) {
        this.desk = desk;
        this.cases = cases;
        this.interests = interests;
        this.objections = objections;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param but who asks for it */
    List<Keeper> of(Score score, Kind part, long but) {
        var concerned = desk.concerned(score, part);
        // whoever is tied to another company of the estate leaves its scores to others as well
        var tied = interests.accounts(score.campaign(), score.estate());
        return keepers(score.area()).stream()
                .filter(one -> one.account != but && !tied.contains(one.account))
                .filter(one -> !objections.scored(one.account, score.campaign(), score.estate()))
                .filter(one ->
                        concerned.stream().noneMatch(year -> cases.decided(year.company(), year.year(), one.account)))
                .toList();
    }

    private List<Keeper> keepers(String area) {
        return jdbc.sql("""
                        select distinct a.id as account, p.masked_name as name, coalesce(a.username, a.id || ' 号账号') as username
                        from access_grant g join account a on a.id = g.account and a.disabled_at is null join person p on p.id = a.person
                        where g.role in ('HOUSING', 'DISTRICT', 'CITY') and starts_with(:area, g.area)
                          and g.since <= :now and (g.until is null or g.until > :now)
                        order by a.id limit :most
                        """)
                .param("area", area)
                .param("now", Timestamp.from(clock.instant()))
                .param("most", MOST)
                .query(Keeper.class)
                .list();
    }
}
