package org.hemei.registry.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.hemei.oversight.ArticleFigures;
import org.hemei.registry.BodyKind;
import org.junit.jupiter.api.Test;

/** What the pages of the network show of each day. */
class BodyHistoryPagesTest extends BodyCase {

    @Test
    void pagesShowWhoStandsOnTheirDayUnderTheNameOfThatDay() throws Exception {
        var near = town.near();
        var today = org.hemei.platform.time.CivilTime.date(clock.instant());
        var branch = network.branch();
        desk.dissolve(office, branch, 0, today.plusDays(30), "要撤");
        found(office, BodyKind.OWNERS_COMMITTEE, "下月才成立的业委会", "", near.garden(), null, today.plusDays(20));
        assertThat(page("/estates/" + near.garden()))
                .contains(name(branch, today))
                .doesNotContain("下月才成立的业委会");
        var old = name(near.backstop(), today);
        assertThat(figure(ArticleFigures.Kind.BACKSTOP, near.community(), today))
                .isOne();
        founding.found(
                office,
                new FoundingDesk.Founding(
                        BodyKind.BACKSTOP_TEAM,
                        "下月的新队",
                        "下月的新队",
                        near.community(),
                        null,
                        null,
                        List.of(),
                        null,
                        true,
                        today.plusDays(20),
                        "批复"));
        assertThat(page("/estates/" + near.oldYard())).contains(old).doesNotContain("下月的新队");
        jdbc.sql("update body set until = ?, ending = 'dissolved' where id = ?")
                .params(today, near.backstop())
                .update();
        assertThat(figure(ArticleFigures.Kind.BACKSTOP, near.community(), today))
                .as("nobody answers for it")
                .isZero();

        var group = network.add(
                BodyKind.BUILDING_GROUP, "从前的名", near.community(), near.oldYard(), network.branch(near.oldYard()));
        towns.post(towns.person("欧阳组长"), group, "党小组长");
        desk.rename(office, group, 0, "今天的名", "今天的名", today, "会议");
        var list = "/people?area=" + near.community() + "&day=";
        assertThat(page(list + today.minusDays(1))).contains("从前的名").doesNotContain("今天的名");
        assertThat(page(list + today)).contains("今天的名").doesNotContain("从前的名");
    }

    @Test
    void theTreeAndTheChartShowEachDayWhatStoodWhereUnderWhichName() throws Exception {
        var here = town.near().community();
        var branch = network.branch();
        var group = network.group("老组");
        var old = network.committee();
        var next = town.near().street() + "002";
        jdbc.sql("insert into area (code, name, level, parent, kind) values (?, '试邻社区', 'community', ?, 'residents')")
                .params(next, town.near().street())
                .update();
        var committee = network.add(BodyKind.COMMUNITY_COMMITTEE, "试邻社区党委" + next, next, null, network.street());
        jdbc.sql("update estate set community = ? where id = ?")
                .params(next, town.near().garden())
                .update();
        desk.move(office, branch, 0, committee, MARCH, "区划调整");
        desk.rename(office, group, 1, "新名组", "新名组", MARCH.plusDays(10), "批复");
        var young =
                found(office, BodyKind.BUILDING_GROUP, "添的组", "", town.near().garden(), branch, MARCH.plusDays(20));
        desk.dissolve(office, young, 0, MARCH.plusDays(30), "批复");
        var name = name(branch, MARCH);

        var before = MARCH.minusDays(1);
        assertThat(tree("b" + branch, before))
                .containsOnlyOnce("老组")
                .contains(name)
                .doesNotContain("新名组", "添的组");
        assertThat(tree("b" + old, before)).contains(name);
        assertThat(tree(here, before))
                .as("the group stands under its branch only")
                .doesNotContain("老组");
        assertThat(tree(next, before)).doesNotContain(name);
        assertThat(tree(here, MARCH)).doesNotContain(name, "老组");
        assertThat(tree("b" + branch, MARCH)).contains("试邻社区党委").containsOnlyOnce("老组");
        assertThat(tree("b" + branch, MARCH.plusDays(10))).contains("新名组").doesNotContain("老组", "添的组");
        assertThat(tree("b" + branch, MARCH.plusDays(20))).contains("新名组", "添的组");
        assertThat(tree("b" + branch, MARCH.plusDays(29))).contains("添的组");
        assertThat(tree("b" + branch, MARCH.plusDays(30))).doesNotContain("添的组");

        assertThat(chart(old, before)).contains(name, "老组");
        assertThat(chart(committee, before)).doesNotContain(name);
        assertThat(chart(old, MARCH)).doesNotContain(name, "老组");
        assertThat(chart(committee, MARCH)).contains(name, "老组");
        assertThat(chart(committee, MARCH.plusDays(20))).contains("新名组", "添的组").doesNotContain("老组");
        assertThat(chart(committee, MARCH.plusDays(30))).contains("新名组").doesNotContain("添的组");
    }

    @Test
    void anEstateThatMovedWasBackstoppedWhereItStood() {
        var near = town.near();
        var there = town.far().community();
        var today = org.hemei.platform.time.CivilTime.date(clock.instant());
        var moved = today.minusDays(9);
        var others = figure(ArticleFigures.Kind.BACKSTOP, there, today);
        jdbc.sql("update estate set community = ?, street = ?, district = ? where id = ?")
                .params(there, town.far().street(), town.far().district(), near.oldYard())
                .update();
        jdbc.sql("""
                        insert into estate_change (estate, verb, detail, at)
                        values (?, 'moved', jsonb_build_object('community', jsonb_build_array(?::text, ?::text), 'day', ?::date), now())
                        """).params(near.oldYard(), near.community(), there, moved).update();
        assertThat(figure(ArticleFigures.Kind.BACKSTOP, near.community(), moved.minusDays(1)))
                .isOne();
        assertThat(figure(ArticleFigures.Kind.BACKSTOP, there, moved.minusDays(1)))
                .isEqualTo(others);
        assertThat(figure(ArticleFigures.Kind.BACKSTOP, near.community(), moved))
                .isZero();
        assertThat(figure(ArticleFigures.Kind.BACKSTOP, there, moved)).isEqualTo(others + 1);
    }

    private String tree(String at, LocalDate on) throws Exception {
        return page("/bodies/tree?at=" + at + "&on=" + on);
    }

    private String chart(long root, LocalDate on) throws Exception {
        return page("/bodies/chart?root=" + root + "&on=" + on);
    }
}
