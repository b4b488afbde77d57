package org.hemei.evaluation.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.List;
import org.hemei.evaluation.campaign.EvaluationThings;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.MechanismCheck.Figure;
import org.hemei.platform.MechanismCheck.Shortfall;
import org.hemei.platform.MechanismCheck.State;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Town.Side;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** The three rules of evaluation at their edges: met, near and not met. */
@HemeiTest
@Transactional
class EvaluationChecksTest {

    private static final int LAST = 2025;

    private static final LocalDate DAY = LocalDate.of(2026, 6, 15);

    @Autowired
    List<MechanismCheck> checks;

    @Autowired
    EvaluationThings things;

    @Autowired
    Towns towns;

    @Autowired
    JdbcClient jdbc;

    private Town town;
    private Side side;

    @BeforeEach
    void town() {
        town = towns.make();
        side = town.near();
    }

    private MechanismCheck check(String code) {
        return checks.stream()
                .filter(one -> one.rule().code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private int threshold(MechanismCheck check, String name) {
        return check.rule().thresholds().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private record Found(int part, int whole, State state) {}

    private Found found(String code, LocalDate on) {
        var check = check(code);
        var mine = check.measure(on).stream()
                .filter(figure -> figure.area().startsWith(String.valueOf(side.district())))
                .toList();
        var part = mine.stream().mapToInt(Figure::part).sum();
        var whole = mine.stream().mapToInt(Figure::whole).sum();
        return new Found(
                part,
                whole,
                State.of(part, whole, threshold(check, MechanismCheck.TARGET), threshold(check, MechanismCheck.NEAR)));
    }

    private List<Shortfall> missing(String code, LocalDate on) {
        return check(code).shortfalls(String.valueOf(side.district()), on, "", 100);
    }

    private long campaign(int year, String state, LocalDate finalBy, LocalDate finalOn) {
        return campaign(side, year, state, finalBy, finalOn);
    }

    private long campaign(Side side, int year, String state, LocalDate finalBy, LocalDate finalOn) {
        var scheme = things.scheme(String.valueOf(side.district()), "published");
        return jdbc.sql("""
                        insert into evaluation_campaign (area, year, scheme, title, state, period_from, period_until, seed_source, frame_hash,
                            seed, sample_hash, collect_from, collect_until, review_until, objection_from, objection_until, final_by,
                            final_at, made_at, framed_at)
                        values (:area, :year, :scheme, '试着测评', :state, :by - 99, :by - 98, '开奖号码', repeat('0', 64), '0311',
                            repeat('0', 64), :by - 50, :by - 40, :by - 30, :by - 30, :by - 10, :by, :at, :made, :made)
                        returning id
                        """)
                .param("area", String.valueOf(side.district()))
                .param("year", year)
                .param("scheme", scheme)
                .param("state", state)
                .param("by", finalBy)
                .param(
                        "at",
                        finalOn == null ? null : Timestamp.from(CivilTime.startOf(finalOn)),
                        java.sql.Types.TIMESTAMP)
                .param("made", Timestamp.from(CivilTime.startOf(finalBy.minusDays(90))))
                .query(Long.class)
                .single();
    }

    @Test
    void twenty_campaigns_in_time_are_met_one_late_is_near_two_are_not_met() {
        for (int n = 0; n < 20; n++) {
            // on the very last day is in time
            campaign(2007 + n, "final", DAY, DAY);
        }
        assertThat(found("campaign-on-time", DAY)).isEqualTo(new Found(20, 20, State.MET));
        jdbc.sql("update evaluation_campaign set final_at = final_at + interval '1 day' where area = ? and year = 2007")
                .param(String.valueOf(side.district()))
                .update();
        assertThat(found("campaign-on-time", DAY.plusDays(1))).isEqualTo(new Found(19, 20, State.NEAR));
        assertThat(missing("campaign-on-time", DAY.plusDays(1)))
                .extracting(Shortfall::missing)
                .containsExactly("终评晚了，原定2026年6月15日");
        jdbc.sql("update evaluation_campaign set final_at = final_at + interval '1 day' where area = ? and year = 2008")
                .param(String.valueOf(side.district()))
                .update();
        assertThat(found("campaign-on-time", DAY.plusDays(1))).isEqualTo(new Found(18, 20, State.NOT_MET));
    }

    @Test
    void a_campaign_under_way_counts_as_late_from_the_day_after_and_a_stalled_one_is_told_before() {
        campaign(2025, "objection", DAY, null);
        assertThat(found("campaign-on-time", DAY)).isEqualTo(new Found(1, 1, State.MET));
        assertThat(found("campaign-on-time", DAY.plusDays(1))).isEqualTo(new Found(0, 1, State.NOT_MET));
        assertThat(missing("campaign-on-time", DAY.plusDays(1)))
                .extracting(Shortfall::missing)
                .containsExactly("停在“公示、异议”，原定2026年6月15日");
        // one that is cancelled is none
        campaign(2026, "cancelled", DAY.minusDays(30), null);
        assertThat(found("campaign-on-time", DAY).whole()).isEqualTo(1);
        // collecting should have been over 40 days before the end
        campaign(2027, "collecting", DAY.plusDays(39), null);
        assertThat(missing("campaign-on-time", DAY)).isEmpty();
        assertThat(missing("campaign-on-time", DAY.plusDays(1)))
                .extracting(Shortfall::notice)
                .contains(true);
    }

    /** Ten estates, each with a final score of so many ballots. */
    private void scores(int... ballots) {
        var campaign = campaign(LAST, "final", DAY, DAY);
        for (int n = 0; n < ballots.length; n++) {
            var estate =
                    towns.estate("试园" + n, String.valueOf(side.district()), side.street(), side.community(), "商品房");
            score(campaign, estate, side.company(), ballots[n], n == 0);
        }
    }

    private void score(long campaign, long estate, long company, int ballots, boolean fails) {
        jdbc.sql("""
                with p as (
                    insert into evaluation_project (campaign, district, estate, company, bodies, households, kinds, days, counts)
                    values (:campaign, :district, :estate, :company, array[:company], 240, array['商品房'], 365, true) returning id)
                insert into evaluation_score (project, version, stage, result, score, margin, ballots, inputs, made_at)
                select id, 1, 'final', :result, :score, :margin, :ballots, '{}', now() from p
                """)
                .param("campaign", campaign)
                .param("district", side.district())
                .param("estate", estate)
                .param("company", company)
                .param("result", ballots < 30 ? "not_rated" : fails ? "fail" : "pass")
                .param("score", ballots < 30 ? null : 7000, java.sql.Types.INTEGER)
                .param("margin", ballots < 30 ? null : 100, java.sql.Types.INTEGER)
                .param("ballots", ballots)
                .update();
    }

    @Test
    void nine_of_ten_projects_rated_are_met_and_a_fail_is_a_rating_too() {
        scores(30, 30, 30, 30, 30, 30, 30, 30, 30, 29);
        assertThat(found("projects-rated", DAY)).isEqualTo(new Found(9, 10, State.MET));
        assertThat(missing("projects-rated", DAY))
                .extracting(Shortfall::missing)
                .containsExactly("不评定，有效票 29 张");
        // before it was final there was nothing to tell
        assertThat(found("projects-rated", DAY.minusDays(1)).whole()).isZero();
    }

    @Test
    void eight_of_ten_are_near_and_seven_are_not_met() {
        scores(30, 30, 30, 30, 30, 30, 30, 30, 29, 0);
        assertThat(found("projects-rated", DAY)).isEqualTo(new Found(8, 10, State.NEAR));
        assertThat(found("ballots-per-estate", DAY)).isEqualTo(new Found(8, 10, State.NEAR));
    }

    @Test
    void twenty_nine_ballots_are_too_few_and_the_least_is_data_of_a_place() {
        scores(30, 31, 60, 99, 30, 30, 30, 29, 29, 0);
        assertThat(found("projects-rated", DAY)).isEqualTo(new Found(7, 10, State.NOT_MET));
        assertThat(found("ballots-per-estate", DAY)).isEqualTo(new Found(7, 10, State.NOT_MET));
        assertThat(missing("ballots-per-estate", DAY))
                .extracting(Shortfall::missing)
                .containsExactlyInAnyOrder("只有 29 张有效票", "只有 29 张有效票", "只有 0 张有效票");
        jdbc.sql("""
                insert into rule_threshold (rule, name, area, value, basis, during)
                values ('ballots-per-estate', 'least', ?, 29, '试行', daterange(?, null))
                """).params(side.street(), DAY).update();
        assertThat(found("ballots-per-estate", DAY)).isEqualTo(new Found(9, 10, State.MET));
    }

    @Test
    void a_campaign_whose_days_were_moved_is_measured_by_the_day_first_planned() {
        var id = campaign(2025, "final", DAY.plusDays(100), DAY.plusDays(60));
        assertThat(found("campaign-on-time", DAY.plusDays(60))).isEqualTo(new Found(1, 1, State.MET));
        jdbc.sql("update evaluation_campaign set planned_by = ? where id = ?")
                .params(DAY, id)
                .update();
        assertThat(found("campaign-on-time", DAY.plusDays(60))).isEqualTo(new Found(0, 1, State.NOT_MET));
        assertThat(missing("campaign-on-time", DAY.plusDays(60)))
                .extracting(Shortfall::missing)
                .containsExactly("终评晚了，原定2026年6月15日");
    }

    @Test
    void a_district_that_evaluates_nobody_is_counted_and_listed_everywhere() {
        assertThat(found("campaign-on-time", DAY)).isEqualTo(new Found(0, 1, State.NOT_MET));
        assertThat(missing("campaign-on-time", DAY))
                .extracting(Shortfall::missing)
                .containsExactly("前年以来都没有安排测评");
        assertThat(found("projects-rated", DAY)).isEqualTo(new Found(0, 1, State.NOT_MET));
        assertThat(missing("ballots-per-estate", DAY))
                .extracting(Shortfall::link)
                .containsExactly("/estates/" + side.garden());
        // whose last year is too long ago evaluates nobody either; a contract of this year asks for nothing yet
        score(campaign(2023, "final", DAY, DAY), side.garden(), side.company(), 40, false);
        assertThat(found("projects-rated", DAY)).isEqualTo(new Found(0, 1, State.NOT_MET));
        jdbc.sql("update contract set during = daterange('2026-01-01', null) where estate = ?")
                .param(side.garden())
                .update();
        assertThat(found("campaign-on-time", DAY)).isEqualTo(new Found(1, 1, State.MET));
        // planned is enough
        jdbc.sql("update contract set during = daterange('2025-12-31', null) where estate = ?")
                .param(side.garden())
                .update();
        campaign(2025, "planned", DAY.plusDays(60), null);
        assertThat(found("campaign-on-time", DAY)).isEqualTo(new Found(2, 2, State.MET));
        assertThat(found("projects-rated", DAY)).isEqualTo(new Found(1, 1, State.MET));
    }

    /** A year is evaluated in the next one's first half: until its end nobody is idle who evaluated the year before; until when is data of a place. */
    @Test
    void whoever_evaluates_a_year_in_the_next_spring_is_not_idle_on_new_years_day() {
        score(campaign(2024, "final", DAY.minusYears(1), DAY.minusYears(1)), side.garden(), side.company(), 40, false);
        assertThat(found("projects-rated", LocalDate.of(2026, 1, 1))).isEqualTo(new Found(1, 1, State.MET));
        assertThat(found("campaign-on-time", LocalDate.of(2026, 6, 30))).isEqualTo(new Found(1, 1, State.MET));
        assertThat(found("campaign-on-time", LocalDate.of(2026, 7, 1)).whole()).isEqualTo(2);
        assertThat(missing("campaign-on-time", LocalDate.of(2026, 7, 1)))
                .extracting(Shortfall::missing)
                .containsExactly("去年以来都没有安排测评");
        assertThat(found("projects-rated", LocalDate.of(2026, 7, 1))).isEqualTo(new Found(0, 1, State.NOT_MET));
        jdbc.sql("""
                insert into rule_threshold (rule, name, area, value, basis, during)
                values ('campaign-on-time', 'spring', ?, 3, '本区四月定测评', daterange('2026-01-01', null))
                """).param(String.valueOf(side.district())).update();
        assertThat(found("campaign-on-time", LocalDate.of(2026, 3, 31)).whole()).isEqualTo(1);
        assertThat(found("campaign-on-time", LocalDate.of(2026, 4, 1)).whole()).isEqualTo(2);
    }

    @Test
    void the_new_year_of_one_district_takes_no_other_out_of_the_count_and_an_estate_of_two_companies_is_one() {
        score(campaign(2025, "final", DAY, DAY), side.garden(), side.company(), 12, false);
        campaign(2026, "collecting", DAY.plusDays(60), null);
        var here = side;
        side = town.far();
        var next = campaign(2026, "final", DAY, DAY);
        score(next, side.garden(), side.company(), 40, false);
        score(next, side.garden(), here.company(), 40, true);
        assertThat(found("ballots-per-estate", DAY)).isEqualTo(new Found(1, 1, State.MET));
        assertThat(found("projects-rated", DAY)).isEqualTo(new Found(2, 2, State.MET));
        side = here;
        assertThat(found("projects-rated", DAY)).isEqualTo(new Found(0, 1, State.NOT_MET));
        assertThat(found("ballots-per-estate", DAY)).isEqualTo(new Found(0, 1, State.NOT_MET));
    }
}
