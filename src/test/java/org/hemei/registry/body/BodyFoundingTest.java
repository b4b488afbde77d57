package org.hemei.registry.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.hemei.platform.Missing;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.registry.Bodies;
import org.hemei.registry.BodyKind;
import org.junit.jupiter.api.Test;

/** Founding bodies, their names and their parents, each from its day. */
class BodyFoundingTest extends BodyCase {

    @Test
    void aBranchIsFoundedByItsCommunityAndKnownFromItsDay() {
        var branch = found(
                town.near().communityDesk(),
                BodyKind.ESTATE_BRANCH,
                "试支部",
                "",
                town.near().garden(),
                network.committee(),
                MARCH);
        assertThat(bodies.children(network.committee(), MARCH.minusDays(1)))
                .extracting(Bodies.Body::id)
                .doesNotContain(branch);
        assertThat(bodies.children(network.committee(), MARCH))
                .extracting(Bodies.Body::id)
                .contains(branch);
        assertThat(bodies.path(branch, MARCH))
                .extracting(Bodies.Body::kind)
                .containsExactly(
                        BodyKind.CITY_PARTY_COMMITTEE,
                        BodyKind.DISTRICT_PARTY_COMMITTEE,
                        BodyKind.STREET_WORKING_COMMITTEE,
                        BodyKind.COMMUNITY_COMMITTEE,
                        BodyKind.ESTATE_BRANCH);
        assertThat(verbs(branch)).containsExactly("founded");
        assertThat(jdbc.sql("select count(*) from event_log where kind = 'body.founded' and subject = ?")
                        .param(String.valueOf(branch))
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    @Test
    void anOwnersCommitteesPartyOrganisationStandsUnderItsBranchOrItsCommunityAndOnlyOnce() {
        var near = town.near();
        var branch = network.branch();
        var kind = BodyKind.OWNERS_COMMITTEE_ORGANISATION;
        var own = found(office, kind, "试业委会支部", "", near.garden(), branch, MARCH);
        assertThat(bodies.children(branch, MARCH))
                .extracting(Bodies.Body::id, Bodies.Body::kind)
                .contains(tuple(own, kind));
        assertThat(verbs(own)).containsExactly("founded");
        assertThat(fields(() -> found(office, kind, "第二个", "", near.garden(), branch, MARCH)))
                .hasSize(1);
        assertThat(fields(() -> found(office, kind, "挂错了", "", near.oldYard(), network.industry(), MARCH)))
                .containsExactly("parent");
        var other = found(office, kind, "试老院业委会支部", "", near.oldYard(), network.committee(), MARCH);
        assertThat(bodies.children(network.committee(), MARCH))
                .extracting(Bodies.Body::id)
                .contains(other);
    }

    @Test
    void allReasonsAreSaidAtOnce() {
        network.branch();
        assertThat(fields(() -> found(
                        office,
                        BodyKind.ESTATE_BRANCH,
                        "第二个",
                        "",
                        town.near().garden(),
                        network.industry(),
                        LocalDate.now().plusYears(3))))
                .containsExactlyInAnyOrder("parent", "day", null);
    }

    @Test
    void aStreetHasOneDepartmentWhateverIsPlanned() {
        var street = town.near().street();
        var first = found(office, BodyKind.STREET_DEPARTMENT, "试城管部", street, null, null, MARCH);
        assertThat(fields(
                        () -> found(office, BodyKind.STREET_DEPARTMENT, "第二个", street, null, null, MARCH.plusDays(1))))
                .containsExactly((String) null);
        desk.dissolve(office, first, 0, MARCH.plusMonths(2), "机构改革");
        assertThat(fields(() -> found(
                        office,
                        BodyKind.STREET_DEPARTMENT,
                        "早一天",
                        street,
                        null,
                        null,
                        MARCH.plusMonths(2).minusDays(1))))
                .containsExactly((String) null);
        found(office, BodyKind.STREET_DEPARTMENT, "接着的", street, null, null, MARCH.plusMonths(2));
    }

    @Test
    void ofManyWhoFoundTheSameOneWins() throws Exception {
        var street = town.near().street();
        var work = new ArrayList<Callable<Boolean>>();
        for (int n = 0; n < 8; n++) {
            var name = "并发城管部" + n;
            work.add(() -> {
                try {
                    found(office, BodyKind.STREET_DEPARTMENT, name, street, null, null, MARCH);
                    return true;
                } catch (Refusal refused) {
                    return false;
                }
            });
        }
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var won = 0;
            for (var one : pool.invokeAll(work)) {
                won += one.get() ? 1 : 0;
            }
            assertThat(won).isOne();
        }
    }

    @Test
    void renamedTwiceItHasEachNameOnItsDays() {
        var group = network.group("甲组");
        desk.rename(office, group, 0, "乙组", "乙组", MARCH, "会议");
        desk.rename(office, group, 1, "丙组", "丙组", MARCH.plusDays(10), "会议");
        assertThat(name(group, MARCH.minusDays(1))).isEqualTo("甲组");
        assertThat(name(group, MARCH)).isEqualTo("乙组");
        assertThat(name(group, MARCH.plusDays(9))).isEqualTo("乙组");
        assertThat(name(group, MARCH.plusDays(10))).isEqualTo("丙组");
        assertThat(fields(() -> desk.rename(office, group, 2, "丁组", "丁组", MARCH.plusDays(10), "同一天")))
                .containsExactly("day");
        assertThat(catchThrowableOfType(
                        Stale.class, () -> desk.rename(office, group, 0, "戊组", "戊组", MARCH.plusDays(20), "旧页面")))
                .isNotNull();
    }

    @Test
    void aNameEnteredAheadHoldsWhenItsDayHasCome() {
        var group = network.group("今名");
        var day = org.hemei.platform.time.CivilTime.date(clock.instant()).plusDays(3);
        desk.rename(office, group, 0, "明名", "明名", day, "会议");
        assertThat(current(group)).isEqualTo("今名");
        clock.advance(java.time.Duration.ofDays(4));
        upkeep.bringUpToDate();
        assertThat(current(group)).isEqualTo("明名");
    }

    @Test
    void movedItHasEachParentOnItsDays() {
        var other = network.branch(town.near().oldYard());
        var group = network.group("要挪的组");
        desk.move(office, group, 0, other, MARCH, "调整");
        assertThat(bodies.children(network.branch(), MARCH.minusDays(1)))
                .extracting(Bodies.Body::id)
                .contains(group);
        assertThat(bodies.children(network.branch(), MARCH))
                .extracting(Bodies.Body::id)
                .doesNotContain(group);
        assertThat(bodies.children(other, MARCH)).extracting(Bodies.Body::id).contains(group);
        assertThat(fields(() -> desk.move(office, group, 1, other, MARCH.plusDays(5), "又一次")))
                .containsExactly("parent");
        assertThat(fields(() -> desk.move(office, group, 1, network.committee(), MARCH.plusDays(5), "跳级")))
                .containsExactly("parent");
    }

    @Test
    void whoDoesNotKeepItFindsNothing() {
        var group = network.group("近处的组");
        for (var who : List.of(
                town.far().organisationDesk(),
                town.far().communityDesk(),
                town.near().housingDesk())) {
            assertThat(catchThrowableOfType(Missing.class, () -> desk.dissolve(who, group, 0, MARCH, "x")))
                    .isNotNull();
        }
        assertThat(catchThrowableOfType(
                        Missing.class,
                        () -> desk.dissolve(town.near().communityDesk(), network.branch(), 0, MARCH, "x")))
                .isNotNull();
    }

    @Test
    void aGroupLooksAfterOtherBuildingsFromADayOn() {
        var garden = town.near().garden();
        var first = building(garden, "甲楼");
        var second = building(garden, "乙楼");
        var group = network.group("管楼的组");
        var keeper = town.near().communityDesk();
        desk.buildings(keeper, group, 0, List.of(first), MARCH, "会议");
        desk.buildings(keeper, group, 1, List.of(second), MARCH.plusDays(9), "会议");
        assertThat(held(group, MARCH.plusDays(8))).containsExactly("甲楼");
        assertThat(held(group, MARCH.plusDays(9))).containsExactly("乙楼");
        assertThat(fields(() -> desk.buildings(keeper, group, 2, List.of(first), MARCH, "倒着来")))
                .contains("day");
        var other = network.group("别的组");
        assertThat(fields(() -> desk.buildings(keeper, other, 0, List.of(second), MARCH.plusDays(9), "占了")))
                .containsExactly("buildings");
        desk.buildings(keeper, other, 0, List.of(first), MARCH.plusDays(9), "让出来的");
        desk.merge(office, other, 1, group, MARCH.plusDays(20), "合并");
        assertThat(held(group, MARCH.plusDays(20))).containsExactlyInAnyOrder("甲楼", "乙楼");
        assertThat(held(other, MARCH.plusDays(19))).containsExactly("甲楼");
        assertThat(held(other, MARCH.plusDays(20))).isEmpty();
    }

    @Test
    void aBranchFollowsItsEstateIntoAnotherCommunityWithItsGroupsAndTheOwnersCommitteeOnItsOwn() {
        var branch = network.branch();
        var group = network.group("跟着走的组");
        var owners = network.add(
                BodyKind.OWNERS_COMMITTEE,
                "试业委会",
                town.near().community(),
                town.near().garden(),
                null);
        var next = town.near().street() + "002";
        jdbc.sql("insert into area (code, name, level, parent, kind) values (?, '试邻社区', 'community', ?, 'residents')")
                .params(next, town.near().street())
                .update();
        var committee = network.add(BodyKind.COMMUNITY_COMMITTEE, "试邻社区党委" + next, next, null, network.street());
        jdbc.sql("update estate set community = ? where id = ?")
                .params(next, town.near().garden())
                .update();
        desk.move(office, branch, 0, committee, MARCH, "区划调整");
        assertThat(bodies.find(branch, MARCH.minusDays(1)).orElseThrow().area())
                .isEqualTo(town.near().community());
        assertThat(bodies.find(branch, MARCH).orElseThrow().area()).isEqualTo(next);
        assertThat(counted(town.near().community(), MARCH.minusDays(1))).isOne();
        assertThat(counted(town.near().community(), MARCH)).isZero();
        assertThat(counted(next, MARCH)).isOne();
        assertThat(bodies.find(group, MARCH.minusDays(1)).orElseThrow().area())
                .isEqualTo(town.near().community());
        assertThat(bodies.find(group, MARCH).orElseThrow().area())
                .as("a group goes with its branch")
                .isEqualTo(next);
        assertThat(bodies.path(group, MARCH)).extracting(Bodies.Body::id).contains(branch, committee);
        assertThat(bodies.find(owners, MARCH).orElseThrow().area())
                .as("it stands under nobody and goes by an act of its own")
                .isEqualTo(town.near().community());
        desk.move(office, owners, 0, null, MARCH.plusDays(3), "区划调整");
        assertThat(bodies.find(owners, MARCH.plusDays(2)).orElseThrow().area())
                .isEqualTo(town.near().community());
        assertThat(bodies.find(owners, MARCH.plusDays(3)).orElseThrow().area()).isEqualTo(next);
        assertThat(fields(() -> desk.move(office, owners, 1, null, MARCH.plusDays(9), "再来一次")))
                .containsExactly("parent");

        var entry = jdbc.sql("select id from body_change where body = ? and verb = 'moved'")
                .param(branch)
                .query(Long.class)
                .single();
        desk.correct(office, branch, 1, entry, MARCH.plusDays(5), "批复的日子");
        for (var body : List.of(branch, group)) {
            assertThat(bodies.find(body, MARCH.plusDays(4)).orElseThrow().area())
                    .isEqualTo(town.near().community());
            assertThat(bodies.find(body, MARCH.plusDays(5)).orElseThrow().area())
                    .isEqualTo(next);
        }
    }

    private String current(long id) {
        return jdbc.sql("select name from body where id = ?")
                .param(id)
                .query(String.class)
                .single();
    }
}
