package org.hemei.registry.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.Bodies;
import org.hemei.registry.BodyKind;
import org.hemei.registry.PartyOffices;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Bodies that are dissolved or merge, and what goes over to whom. */
class BodyEndsTest extends BodyCase {

    @Autowired
    PartyOffices offices;

    @Test
    void dissolvedMidMonthItIsThereOnlyUntilThen() {
        var group = network.group("要撤的组");
        var head = towns.post(towns.person("周组长"), group, "党小组长");
        var day = MARCH.plusDays(14);
        desk.dissolve(office, group, 0, day, "合并楼栋");
        assertThat(bodies.find(group, day.minusDays(1)).orElseThrow().standsOn(day.minusDays(1)))
                .isTrue();
        assertThat(bodies.find(group, day).orElseThrow().standsOn(day)).isFalse();
        assertThat(bodies.children(network.branch(), day.minusDays(1)))
                .extracting(Bodies.Body::id)
                .contains(group);
        assertThat(bodies.children(network.branch(), day))
                .extracting(Bodies.Body::id)
                .doesNotContain(group);
        assertThat(jdbc.sql("select upper(during) from appointment where id = ?")
                        .param(head)
                        .query(LocalDate.class)
                        .single())
                .isEqualTo(day);
        assertThat(fields(() -> desk.rename(office, group, 1, "晚了", "晚了", day.plusDays(1), "x")))
                .containsExactly((String) null);
    }

    @Test
    void whoEndsABodySeesHowManyPostsEndWithIt() throws Exception {
        var group = network.branch();
        for (var n = 0; n < 24; n++) {
            towns.post(towns.person("周组员"), group, "支部委员");
        }
        towns.post(
                towns.person("还没来"),
                group,
                "支部委员",
                CivilTime.date(clock.instant()).plusDays(9),
                null);
        for (var verb : List.of("dissolve", "merge")) {
            assertThat(page("/bodies/" + group + "/" + verb)).contains("25 个任职到那天为止");
        }
        assertThat(page("/bodies/" + group + "/dissolve").split("周\\*\\*", -1)).hasSize(21);
    }

    @Test
    void whatStillHasSomethingIsNotDissolved() {
        network.group("还在的组");
        var branch = network.branch();
        member(branch, "one" + branch, "full");
        assertThat(fields(() -> desk.dissolve(office, branch, 0, MARCH, "x"))).hasSize(2);
        var organisation = network.organisation("有覆盖的");
        network.coverage(network.company("被覆盖的"), organisation, "single", Network.LONG_AGO);
        assertThat(fields(() -> desk.dissolve(office, organisation, 0, MARCH, "x")))
                .hasSize(1);
        assertThat(fields(() -> desk.dissolve(office, town.near().backstop(), 0, MARCH, "x")))
                .isNotEmpty();
    }

    @Test
    void mergedItHandsOverChildrenAndMembersAndStaysInHistory() {
        var from = network.branch();
        var to = network.branch(town.near().oldYard());
        var group = network.group("带走的组");
        member(from, "both" + from, "full");
        member(to, "both" + from, "joined");
        member(from, "only" + from, "full");
        desk.merge(office, from, 0, to, MARCH, "支部合并");
        assertThat(bodies.children(to, MARCH)).extracting(Bodies.Body::id).contains(group);
        assertThat(bodies.children(from, MARCH.minusDays(1)))
                .extracting(Bodies.Body::id)
                .contains(group);
        assertThat(members(to, "full", MARCH)).isEqualTo(2);
        assertThat(members(to, "joined", MARCH)).isZero();
        assertThat(members(from, "full", MARCH)).isZero();
        assertThat(members(from, "full", MARCH.minusDays(1))).isEqualTo(2);
        assertThat(jdbc.sql("select ending || successor from body where id = ?")
                        .param(from)
                        .query(String.class)
                        .single())
                .isEqualTo("merged" + to);
        assertThat(verbs(to)).contains("merged");
        assertThat(name(from, MARCH.plusDays(9))).isNotEmpty();
    }

    @Test
    void twoOrganisationsOfOneCompanyBecomeOneOfTwo() {
        var from = network.organisation("单建一");
        var to = network.organisation("单建二");
        var first = network.company("企业一");
        network.coverage(first, from, "single", Network.LONG_AGO);
        var second = network.company("企业二");
        network.coverage(second, to, "single", Network.LONG_AGO);
        desk.merge(office, from, 0, to, MARCH, "联建");
        assertThat(covered(to, MARCH)).containsExactlyInAnyOrder(first + " joint", second + " joint");
        assertThat(covered(to, MARCH.minusDays(1))).containsExactly(second + " single");
        assertThat(covered(from, MARCH.minusDays(1))).containsExactly(first + " single");
        assertThat(covered(from, MARCH)).isEmpty();
        var day = MARCH.plusDays(6);
        desk.correct(office, from, 1, last(from), day, "看错了");
        assertThat(covered(to, day)).containsExactlyInAnyOrder(first + " joint", second + " joint");
        assertThat(covered(to, MARCH)).containsExactly(second + " single");
        assertThat(covered(from, day.minusDays(1))).containsExactly(first + " single");
    }

    @Test
    void whatAnOrganisationCoveredUntilADayOrFromADayGoesOverForJustThoseDays() {
        var from = network.organisation("并走的");
        var to = network.organisation("接着的");
        var third = network.organisation("第三家");
        var leaving = network.company("快到期的");
        var coming = network.company("还没开始的");
        var end = MARCH.plusDays(90);
        network.coverage(leaving, from, "joint", Network.LONG_AGO);
        jdbc.sql("update company_coverage set during = daterange(lower(during), ?) where company = ?")
                .params(end, leaving)
                .update();
        network.coverage(leaving, third, "single", end);
        network.coverage(coming, from, "joint", MARCH.plusDays(30));
        desk.merge(office, from, 0, to, MARCH, "联建");
        assertThat(covered(to, MARCH)).containsExactly(leaving + " joint");
        assertThat(covered(to, MARCH.plusDays(30))).containsExactlyInAnyOrder(leaving + " joint", coming + " joint");
        assertThat(covered(to, end)).as("one company, one organisation").containsExactly(coming + " joint");
        assertThat(covered(third, end)).containsExactly(leaving + " single");
    }

    @Test
    void aCommunitysEstatesAreNeverWithoutATeam() {
        var near = town.near();
        var old = near.backstop();
        var other = network.add(BodyKind.BACKSTOP_TEAM, "邻队", nextCommunity(), null, null);
        assertThat(fields(() -> desk.merge(office, old, 0, other, MARCH, "并过去")))
                .containsExactly((String) null);
        var head = towns.post(towns.person("老队长"), old, "队长");
        var heir = founding.found(
                office,
                new FoundingDesk.Founding(
                        BodyKind.BACKSTOP_TEAM,
                        "新队",
                        "新队",
                        near.community(),
                        null,
                        null,
                        List.of(),
                        null,
                        true,
                        MARCH,
                        "批复"));
        assertThat(holder(near.oldYard(), MARCH.minusDays(1))).isEqualTo(old);
        assertThat(holder(near.oldYard(), MARCH)).isEqualTo(heir);
        assertThat(ending(head)).isEqualTo(MARCH);
        assertThat(catchThrowableOfType(Refusal.class, () -> desk.restore(office, old, version(old), "接替错了")))
                .as("says a way that is open")
                .hasMessageContaining("再成立一个服务队，选“接替”");
        assertThat(fields(() -> desk.correct(office, heir, 0, last(heir), MARCH.minusDays(9), "x")))
                .as("on the page of the one that it relieved")
                .containsExactly("day");
        var entry = last(old);
        for (var day : List.of(MARCH.minusDays(9), MARCH.plusDays(9))) {
            desk.correct(office, old, version(old), entry, day, "看错了");
            assertThat(holder(near.oldYard(), day.minusDays(1))).isEqualTo(old);
            assertThat(holder(near.oldYard(), day)).isEqualTo(heir);
            assertThat(ending(head)).isEqualTo(day);
            jdbc.sql("delete from body_change where verb = 'corrected' and body in (?, ?)")
                    .params(old, heir)
                    .update();
            jdbc.sql("update body_change set day = ? where body in (?, ?)")
                    .params(day, old, heir)
                    .update();
        }
    }

    @Test
    void whatWasDissolvedByMistakeIsThereAgainWithItsPosts() throws Exception {
        var group = network.group("撤错的组");
        var head = towns.post(towns.person("周组长"), group, "党小组长");
        var house = building(town.near().garden(), "丙楼");
        desk.buildings(office, group, 0, List.of(house), MARCH.minusDays(9), "会议");
        desk.dissolve(office, group, 1, MARCH, "看错了行");
        assertThat(ending(head)).isEqualTo(MARCH);
        assertThat(reasons(head)).containsExactly("body_ended");
        desk.restore(office, group, 2, "撤的是另一个");
        assertThat(bodies.find(group, MARCH).orElseThrow().standsOn(MARCH)).isTrue();
        assertThat(bodies.children(network.branch(), MARCH))
                .extracting(Bodies.Body::id)
                .contains(group);
        assertThat(ending(head)).isNull();
        assertThat(held(group, MARCH)).containsExactly("丙楼");
        assertThat(page("/bodies/" + group)).contains("登记错了，已恢复", "撤的是另一个");
        assertThat(fields(() -> desk.restore(office, group, 3, "再来"))).containsExactly((String) null);
        desk.amend(office, group, 3, org.hemei.platform.time.CivilTime.date(clock.instant()), "写对的组", "写对的组", "打错了");
        assertThat(name(group, Network.LONG_AGO)).isEqualTo("写对的组");
        assertThat(verbs(group)).containsExactly("buildings", "dissolved", "restored", "name_corrected");
    }

    @Test
    void whoRestoresABodySaysNothingAboutWhoIsInOffice() {
        var clerk = towns.account(org.hemei.access.Role.ORGANISATION, town.city(), null, null, null);
        var own = network.group("自己任自己的组");
        var given = network.group("别人任命的组");
        in(own, clerk, clerk);
        in(given, clerk, office);
        for (var group : List.of(own, given)) {
            var by = group == own ? office : clerk;
            desk.dissolve(by, group, 0, MARCH, "看错了行");
            desk.restore(by, group, 1, "撤的是另一个");
        }
        assertThat(offices.holds(clerk, own)).as("a colleague restored it").isFalse();
        assertThat(offices.holds(clerk, given))
                .as("they restored what they were given")
                .isTrue();
    }

    private void in(long group, Reader holder, Reader by) {
        var post = towns.post(holder.person(), group, "党小组长");
        jdbc.sql(
                        "insert into appointment_change (appointment, verb, day, account, at) values (?, 'appointed', ?, ?, now())")
                .params(post, MARCH.minusYears(1), by.account())
                .update();
    }

    @Test
    void aBranchOfACompanyThatIsToMergeGoesOverWhenTheDayHasCome() {
        var from = network.company("要并走的");
        var to = network.company("接手的");
        var branch =
                network.add(BodyKind.COMPANY, "先当企业", String.valueOf(town.near().district()), null, null);
        jdbc.sql("update body set kind = 'company_branch', company = ? where id = ?")
                .params(from, branch)
                .update();
        var day = org.hemei.platform.time.CivilTime.date(clock.instant()).plusDays(3);
        desk.merge(town.near().housingDesk(), from, 0, to, day, "吸收合并");
        var of = "select company from body where id = ?";
        assertThat(jdbc.sql(of).param(branch).query(Long.class).single()).isEqualTo(from);
        clock.advance(java.time.Duration.ofDays(4));
        upkeep.bringUpToDate();
        assertThat(jdbc.sql(of).param(branch).query(Long.class).single()).isEqualTo(to);
    }

    private String nextCommunity() {
        var next = town.near().street() + "003";
        jdbc.sql("insert into area (code, name, level, parent, kind) values (?, '试隔壁社区', 'community', ?, 'residents')")
                .params(next, town.near().street())
                .update();
        return next;
    }

    private long holder(long estate, LocalDate on) {
        return jdbc.sql("select default_holder(?, cast(? as date))")
                .params(estate, on)
                .query(Long.class)
                .single();
    }

    private int version(long body) {
        return jdbc.sql("select version from body where id = ?")
                .param(body)
                .query(Integer.class)
                .single();
    }

    private @Nullable LocalDate ending(long appointment) {
        return jdbc.sql("select upper(during) from appointment where id = ?")
                .param(appointment)
                .query((r, n) -> java.util.Optional.ofNullable(r.getObject(1, LocalDate.class)))
                .single()
                .orElse(null);
    }

    private List<String> covered(long id, LocalDate on) {
        return jdbc.sql(
                        "select company || ' ' || mode from company_coverage where organisation = ? and during @> cast(? as date) order by company")
                .params(id, on)
                .query(String.class)
                .list();
    }
}
