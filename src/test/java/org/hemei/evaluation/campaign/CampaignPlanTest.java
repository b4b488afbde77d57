package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.hemei.evaluation.campaign.SampleDesk.Plan;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.testing.HemeiTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** What a plan writes down; and nobody is asked twice in a year, also when two plan it at the same moment. */
@HemeiTest
class CampaignPlanTest extends CampaignCase {

    private static final int YEAR = 2052;

    @Autowired
    SampleDesk samples;

    @Autowired
    TransactionTemplate transaction;

    private long plan(Reader reader, String area) {
        return samples.plan(
                reader,
                new Plan(
                        area,
                        YEAR,
                        things.scheme(area, "published"),
                        "同时定的",
                        "开奖号码",
                        LocalDate.of(YEAR, 10, 1),
                        LocalDate.of(YEAR, 10, 10)));
    }

    @Test
    void the_city_and_a_district_that_plan_one_year_at_once_do_not_both_get_it() throws Exception {
        try (var other = Executors.newSingleThreadExecutor()) {
            var second = Objects.requireNonNull(transaction.execute(status -> {
                plan(keeper, String.valueOf(near.district()));
                var begun = other.submit(() -> plan(town.cityDesk(), town.city()));
                while (!begun.isDone() && !somebodyWaits()) {
                    Thread.onSpinWait();
                }
                assertThat(begun.isDone()).as("it waits for the first").isFalse();
                return begun;
            }));
            assertThatThrownBy(second::get)
                    .hasRootCauseInstanceOf(Refusal.class)
                    .hasMessageContaining("已经有一次测评了");
        }
        assertThat(jdbc.sql(
                                "select count(*) from evaluation_campaign where year = ? and state <> 'cancelled' and starts_with(area, ?)")
                        .params(YEAR, town.city())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void a_project_keeps_the_kinds_that_its_estate_had_when_it_was_planned() {
        kinds("三无", "老旧");
        var campaign = plan(keeper, String.valueOf(near.district()));
        kinds("商品房");
        assertThat(jdbc.sql(
                                "select array_to_string(kinds, '、') from evaluation_project where campaign = ? and estate = ?")
                        .params(campaign, near.garden())
                        .query(String.class)
                        .list())
                .containsOnly("三无、老旧")
                .isNotEmpty();
    }

    private void kinds(String... kinds) {
        jdbc.sql("update estate set kinds = :kinds where id = :id")
                .param("kinds", kinds)
                .param("id", near.garden())
                .update();
    }

    private boolean somebodyWaits() {
        return jdbc.sql(
                        "select exists (select from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid)))")
                .query(Boolean.class)
                .single();
    }
}
