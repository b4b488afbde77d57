package org.hemei.oversight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.task.TaskDesk;
import org.hemei.registry.Areas;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** For whom a task runs already: a thing keeps its own where it moves, and takes nobody else's. */
@HemeiTest
class RunningTasksTest {

    @Autowired
    CheckQueries queries;

    @Autowired
    Checks checks;

    @Autowired
    TaskDesk desk;

    @Autowired
    Towns towns;

    private Town town;

    @BeforeEach
    void build() {
        town = towns.make();
    }

    private String key(String area, long id) {
        return "%s-%012d".formatted(area, id);
    }

    private void give(String rule, String subject) {
        var near = town.near();
        desk.give(
                near.districtDesk(),
                new TaskDesk.Giver("DISTRICT", String.valueOf(near.district()), "试区"),
                new TaskDesk.Order(CheckViews.source(rule), "请办好。", 5, false),
                List.of(new TaskDesk.Wanted(
                        "试", subject, null, new TaskDesk.Assignee(near.community(), "COMMUNITY", null, "试社区"))));
    }

    @Test
    void anEstateThatMovedHasTheTaskItHad() {
        var estate = town.near().garden();
        give("estate-branch", key(town.near().community(), estate));
        var moved = key(town.far().community(), estate);
        assertThat(queries.running(checks.of("estate-branch"), List.of(moved))).containsOnlyKeys(moved);
    }

    @Test
    void aCampaignOfTheWholeCityHasATaskInEachDistrict() {
        var here = key(String.valueOf(town.near().district()), 17);
        var there = key(String.valueOf(town.far().district()), 17);
        give("campaign-on-time", here);
        assertThat(queries.running(checks.of("campaign-on-time"), List.of(here, there)))
                .as("the other district's shortfall stays free for a task of its own")
                .containsOnlyKeys(here);
    }

    @Test
    void aProjectsTaskIsNotAnEstatesOfTheSameNumber() {
        var project = key(town.near().community(), 17);
        var estate = key(town.far().community(), 17);
        give("projects-rated", project);
        assertThat(queries.running(checks.of("projects-rated"), List.of(project, estate)))
                .containsOnlyKeys(project);
    }

    @Test
    void ofMoreThanCanBeGivenAtOnceTheFirstAreOffered() {
        var near = town.near();
        var all = java.util.stream.IntStream.rangeClosed(1, TaskDesk.MOST_AT_ONCE + 1)
                .mapToObj(n -> new MechanismCheck.Shortfall(
                        key(near.community(), n), near.community(), "小区" + n, null, "没有", null, false))
                .toList();
        var here = new Areas.Area(String.valueOf(near.district()), "试区", "district");
        var rule = checks.of("estate-branch").rule();
        var scope = Standing.scope(near.districtDesk());
        var form = TaskForm.of(rule, here, all, true, scope, 0);
        assertThat(form.chosen()).hasSize(TaskDesk.MOST_AT_ONCE).doesNotContain(all.getLast());
        assertThat(form.rest()).isOne();
        assertThat(TaskForm.of(rule, here, all.subList(0, 500), true, scope, 0).rest())
                .isZero();
    }
}
