package org.hemei.registry.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.hemei.oversight.ArticleFigures;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.Stale;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.registry.Bodies;
import org.hemei.registry.BodyKind;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** The verbs of bodies at their edges, and what the network looked like on any day. */
@HemeiTest
class BodyDeskTest {

    private static final LocalDate MARCH = LocalDate.of(2026, 3, 1);

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    FoundingDesk founding;

    @Autowired
    BodyDesk desk;

    @Autowired
    Bodies bodies;

    @Autowired
    BodyUpkeep upkeep;

    @Autowired
    ArticleFigures figures;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    FieldCipher cipher;

    Town town;
    Network network;
    Reader office;

    @BeforeEach
    void build() {
        town = towns.make();
        network = new Network(jdbc, town);
        office = towns.account(org.hemei.access.Role.ORGANISATION, town.city(), null, null, null);
    }

    @AfterEach
    void back() {
        clock.reset();
    }

    private void member(long organisation, String holder, String kind) {
        network.member(organisation, holder, cipher.encrypt(holder), kind);
    }

    private long found(
            Reader who,
            BodyKind kind,
            String name,
            String area,
            @Nullable Long estate,
            @Nullable Long parent,
            LocalDate day) {
        return founding.found(
                who,
                new FoundingDesk.Founding(kind, name, name, area, estate, parent, List.of(), null, false, day, "批复"));
    }

    private static List<@Nullable String> fields(Runnable work) {
        var refusal = catchThrowableOfType(Refusal.class, work::run);
        assertThat(refusal).as("refused").isNotNull();
        return refusal.reasons().stream().map(Reason::field).toList();
    }

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

    private long last(long body) {
        return jdbc.sql("select max(id) from body_change where body = ?")
                .param(body)
                .query(Long.class)
                .single();
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
        desk.amend(office, group, 3, "写对的组", "写对的组", "打错了");
        assertThat(name(group, Network.LONG_AGO)).isEqualTo("写对的组");
        assertThat(verbs(group)).containsExactly("buildings", "dissolved", "restored", "name_corrected");
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

    private long counted(String area, LocalDate on) {
        return figure(ArticleFigures.Kind.BRANCHES, area, on);
    }

    private long figure(ArticleFigures.Kind kind, String area, LocalDate on) {
        return figures.of(area, on).stream()
                .filter(figure -> figure.kind() == kind)
                .findFirst()
                .orElseThrow()
                .counted();
    }

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

    private String nextCommunity() {
        var next = town.near().street() + "003";
        jdbc.sql("insert into area (code, name, level, parent, kind) values (?, '试隔壁社区', 'community', ?, 'residents')")
                .params(next, town.near().street())
                .update();
        return next;
    }

    private long building(long estate, String name) {
        return jdbc.sql("insert into building (estate, name, floors, position) values (?, ?, 6, 90) returning id")
                .params(estate, name)
                .query(Long.class)
                .single();
    }

    private long post(long body, LocalDate from) {
        return jdbc.sql(
                        "insert into appointment (person, body, post, during) values (?, ?, '负责人', daterange(?, null)) returning id")
                .params(towns.person("管事的"), body, from)
                .query(Long.class)
                .single();
    }

    private List<String> held(long group, LocalDate on) {
        return jdbc.sql(
                        "select u.name from body_building m join building u on u.id = m.building where m.body = ? and m.during @> cast(? as date)")
                .params(group, on)
                .query(String.class)
                .list();
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

    private List<String> reasons(long appointment) {
        return jdbc.sql("select reason from appointment_change where appointment = ? and verb = 'ended'")
                .param(appointment)
                .query(String.class)
                .list();
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

    private String tree(String at, LocalDate on) throws Exception {
        return page("/bodies/tree?at=" + at + "&on=" + on);
    }

    private String chart(long root, LocalDate on) throws Exception {
        return page("/bodies/chart?root=" + root + "&on=" + on);
    }

    private String page(String path) throws Exception {
        return mvc.perform(get(path).with(as(office)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
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

    private String name(long id, LocalDate on) {
        return bodies.find(id, on).orElseThrow().name();
    }

    private String current(long id) {
        return jdbc.sql("select name from body where id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    private List<String> verbs(long id) {
        return jdbc.sql("select verb from body_change where body = ? order by id")
                .param(id)
                .query(String.class)
                .list();
    }

    private int members(long id, String kind, LocalDate on) {
        return jdbc.sql(
                        "select count(*) from party_membership where organisation = ? and kind = ? and during @> cast(? as date)")
                .params(id, kind, on)
                .query(Integer.class)
                .single();
    }

    private List<String> covered(long id, LocalDate on) {
        return jdbc.sql(
                        "select company || ' ' || mode from company_coverage where organisation = ? and during @> cast(? as date) order by company")
                .params(id, on)
                .query(String.class)
                .list();
    }
}
