package org.hemei.registry.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.hemei.registry.Bodies;
import org.hemei.registry.BodyKind;
import org.junit.jupiter.api.Test;

/** Days of bodies that are put right, where nothing stands against it. */
class BodyDaysTest extends BodyCase {

    @Test
    void theDayOfAMergerIsPutRightWithAllThatWentOver() {
        var from = network.branch();
        var to = network.branch(town.near().oldYard());
        var group = network.group("带走的组");
        member(from, "both" + from, "full");
        member(to, "both" + from, "joined");
        var head = towns.post(towns.person("周书记"), from, "书记");
        desk.merge(office, from, 0, to, MARCH, "支部合并");
        var entry = last(from);
        var early = MARCH.minusDays(9);
        desk.correct(office, from, 1, entry, early, "看错了批复");
        assertThat(bodies.find(from, early).orElseThrow().until()).isEqualTo(early);
        assertThat(bodies.children(to, early)).extracting(Bodies.Body::id).contains(group);
        assertThat(bodies.children(from, early.minusDays(1)))
                .extracting(Bodies.Body::id)
                .contains(group);
        assertThat(members(to, "full", early)).isOne();
        assertThat(members(to, "joined", early)).isZero();
        assertThat(members(to, "joined", early.minusDays(1))).isOne();
        assertThat(jdbc.sql("select upper(during) from appointment where id = ?")
                        .param(head)
                        .query(LocalDate.class)
                        .single())
                .isEqualTo(early);
        assertThat(verbs(from)).containsExactly("merged", "corrected");
        assertThat(verbs(to)).containsExactly("merged", "corrected");
        assertThat(jdbc.sql("select count(*) from audit_entry where action = 'body.corrected' and subject_id in (?, ?)")
                        .params(String.valueOf(from), String.valueOf(to))
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
        assertThat(fields(() -> desk.correct(office, to, 0, last(to), MARCH, "那边的")))
                .containsExactly("change");
    }

    @Test
    void theDayOfAMergerStaysWhileSomethingChangedBetweenTheTwoDays() {
        var from = network.branch();
        var to = network.branch(town.near().oldYard());
        var group = network.group("后来又换");
        jdbc.sql("insert into appointment (person, body, post, during) values (?, ?, '书记', daterange(?, null))")
                .params(towns.person("迟来的"), from, MARCH.minusDays(3))
                .update();
        desk.merge(office, from, 0, to, MARCH, "支部合并");
        var entry = last(from);
        // the day after the head began there is a day left for the post; on that day there is none
        assertThat(fields(() -> desk.correct(office, from, 1, entry, MARCH.minusDays(3), "早了")))
                .containsExactly("day");
        var third = network.add(
                BodyKind.ESTATE_BRANCH,
                "第三支部" + from,
                town.near().community(),
                towns.estate(
                        "第三小区" + from,
                        String.valueOf(town.near().district()),
                        town.near().street(),
                        town.near().community(),
                        "商品房"),
                network.committee());
        desk.move(office, group, 1, third, MARCH.plusDays(5), "又换");
        assertThat(fields(() -> desk.correct(office, from, 1, entry, MARCH.plusDays(5), "晚了")))
                .as("the group has already gone on")
                .containsExactly("day");
        desk.correct(office, from, 1, entry, MARCH.plusDays(4), "晚了四天");
        assertThat(bodies.children(to, MARCH.plusDays(4)))
                .extracting(Bodies.Body::id)
                .contains(group);
        assertThat(bodies.children(from, MARCH.plusDays(3)))
                .extracting(Bodies.Body::id)
                .contains(group);
    }

    @Test
    void theDayOfFoundingIsPutRightOnlyWhereNothingStandsAgainstIt() {
        var street = town.near().street();
        var first = found(office, BodyKind.STREET_DEPARTMENT, "前一个", street, null, null, MARCH);
        desk.dissolve(office, first, 0, MARCH.plusDays(30), "撤");
        var next = found(office, BodyKind.STREET_DEPARTMENT, "后一个", street, null, null, MARCH.plusDays(40));
        var founded = last(next);
        assertThat(fields(() -> desk.correct(office, next, 0, founded, MARCH.plusDays(29), "早了")))
                .containsExactly("day");
        var with = post(next, MARCH.plusDays(40));
        desk.correct(office, next, 0, founded, MARCH.plusDays(50), "晚了");
        assertThat(jdbc.sql("select lower(during) from appointment where id = ?")
                        .param(with)
                        .query(LocalDate.class)
                        .single())
                .as("who began with it begins with it")
                .isEqualTo(MARCH.plusDays(50));

        var group =
                found(office, BodyKind.BUILDING_GROUP, "有人的组", "", town.near().garden(), network.branch(), MARCH);
        jdbc.sql("insert into appointment (person, body, post, during) values (?, ?, '党小组长', daterange(?, ?))")
                .params(towns.person("头一任"), group, MARCH, MARCH.plusDays(3))
                .update();
        assertThat(fields(() -> desk.correct(office, group, 0, last(group), MARCH.plusDays(5), "晚了")))
                .containsExactly("day");
        assertThat(fields(() -> desk.correct(office, group, 0, last(group), Network.LONG_AGO.minusDays(1), "太早")))
                .as("before its branch")
                .containsExactly("day");
    }

    @Test
    void theDayOfAnEndStaysBehindWhatRanOnUntilThen() {
        var organisation = network.organisation("覆盖到月底的");
        var company = network.company("被覆盖的");
        network.coverage(company, organisation, "single", Network.LONG_AGO);
        jdbc.sql("update company_coverage set during = daterange(lower(during), ?) where company = ?")
                .params(MARCH, company)
                .update();
        desk.dissolve(office, organisation, 0, MARCH, "撤");
        assertThat(fields(() -> desk.correct(office, organisation, 1, last(organisation), MARCH.minusDays(1), "早了")))
                .containsExactly("day");
    }

    @Test
    void aWrongDayIsPutRightAndBothStayInHistory() {
        var group = network.group("原名");
        desk.rename(office, group, 0, "新名", "新名", MARCH, "会议");
        var change = jdbc.sql("select max(id) from body_change where body = ?")
                .param(group)
                .query(Long.class)
                .single();
        desk.correct(office, group, 1, change, MARCH.minusDays(9), "看错了");
        assertThat(name(group, MARCH.minusDays(9))).isEqualTo("新名");
        assertThat(name(group, MARCH.minusDays(10))).isEqualTo("原名");
        assertThat(verbs(group)).containsExactly("renamed", "corrected");
        assertThat(fields(() -> desk.correct(office, group, 2, change, MARCH, "再改")))
                .containsExactly("change");
        desk.dissolve(office, group, 2, MARCH.plusDays(30), "撤");
        var end = jdbc.sql("select max(id) from body_change where body = ?")
                .param(group)
                .query(Long.class)
                .single();
        assertThat(fields(() -> desk.correct(office, group, 3, end, MARCH.minusDays(9), "早于更名")))
                .containsExactly("day");
        desk.correct(office, group, 3, end, MARCH.plusDays(20), "看错了");
        assertThat(bodies.find(group, MARCH).orElseThrow().until()).isEqualTo(MARCH.plusDays(20));
    }

    @Test
    void buildingsGoOverOnTheRightDayOfAMergerWhicheverWayItIsPutRight() {
        for (var right : List.of(MARCH.minusDays(9), MARCH.plusDays(9))) {
            var from = network.group("并走的组" + right);
            var to = network.group("接着的组" + right);
            var house = building(town.near().garden(), "并楼" + right);
            desk.buildings(office, from, 0, List.of(house), MARCH.minusDays(60), "会议");
            desk.merge(office, from, 1, to, MARCH, "两组合一");
            desk.correct(office, from, 2, last(from), right, "看错了批复");
            for (var on : List.of(right.minusDays(1), right, MARCH, MARCH.plusDays(30))) {
                assertThat(held(from, on)).as("%s on %s", right, on).hasSize(on.isBefore(right) ? 1 : 0);
                assertThat(held(to, on)).as("%s on %s", right, on).hasSize(on.isBefore(right) ? 0 : 1);
            }
        }
    }

    @Test
    void theNameOfTodayIsPutRightWhileAnotherOneIsPlanned() throws Exception {
        var group = network.group("写错的甲组");
        var today = org.hemei.platform.time.CivilTime.date(clock.instant());
        var day = today.plusDays(40);
        desk.rename(office, group, 0, "乙组", "乙", day, "会议");
        assertThat(page("/bodies/" + group + "/amend")).contains("value=\"写错的甲组\"", "要叫“乙组”", "amend?of=" + day);
        assertThat(page("/bodies/" + group + "/amend?of=" + day)).contains("value=\"乙组\"", "改的是");
        desk.amend(office, group, 1, today, "甲组", "甲", "打错了");
        assertThat(name(group, today)).isEqualTo("甲组");
        assertThat(name(group, Network.LONG_AGO)).isEqualTo("甲组");
        assertThat(name(group, day)).isEqualTo("乙组");
        desk.amend(office, group, 2, day, "丙组", "丙", "批复看错了");
        assertThat(name(group, today)).isEqualTo("甲组");
        assertThat(name(group, day)).isEqualTo("丙组");
        assertThat(fields(() -> desk.amend(office, group, 3, day.plusDays(1), "丁组", "丁", "x")))
                .containsExactly((String) null);
        assertThat(page("/bodies/" + group)).contains("写错的甲组 应为 甲组", "乙组 应为 丙组");
    }
}
