package org.hemei.access.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.time.CivilTime;
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
import org.springframework.transaction.support.TransactionTemplate;

/** Handing over at the edges: the last day and the first moment after it, sixty days and sixty-one, colleagues and others. */
@HemeiTest
class DelegationTest {

    @Autowired
    Towns towns;

    @Autowired
    DelegationDesk desk;

    @Autowired
    Delegations delegations;

    @Autowired
    Audit audit;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MovableClock clock;

    Town town;
    Reader giver; // manages the garden for the company
    Reader taker; // works for the same company, at another estate

    @BeforeEach
    void people() {
        town = towns.make();
        var near = town.near();
        giver = near.manager();
        taker = towns.account(Role.STAFF, null, near.oldYard(), near.company(), null);
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    private List<Long> all(Reader reader) {
        return delegations.own(reader).stream().map(Delegations.Own::id).toList();
    }

    private long give(LocalDate from, LocalDate until) {
        return desk.give(giver, all(giver), taker.account(), from, until, "年假");
    }

    private boolean manages(Reader reader) {
        return towns.reader(reader.account())
                .scope(Role.MANAGER)
                .covers(town.near().company(), town.near().garden());
    }

    private void refused(String words, @Nullable LocalDate from, @Nullable LocalDate until, String reason) {
        assertThatThrownBy(() -> desk.give(giver, all(giver), taker.account(), from, until, reason))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(words);
    }

    @Test
    void itHoldsThroughTheLastDayAndNotAMomentLonger() {
        var last = today().plusDays(3);
        give(today(), last);
        assertThat(manages(taker)).isTrue();
        clock.set(CivilTime.startOf(last.plusDays(1)).minusSeconds(5));
        assertThat(manages(taker)).as("the last seconds of the last day").isTrue();
        clock.set(CivilTime.startOf(last.plusDays(1)));
        assertThat(manages(taker)).as("midnight").isFalse();
        assertThat(manages(giver)).isTrue();
    }

    @Test
    void itBeginsOnItsDay() {
        var first = today().plusDays(2);
        give(first, first);
        assertThat(manages(taker)).isFalse();
        clock.set(CivilTime.startOf(first).plusSeconds(1));
        assertThat(manages(taker)).isTrue();
    }

    @Test
    void sixtyDaysAndNoMore() {
        refused("最长 60 天", today(), today().plusDays(61), "年假");
        refused("不能早于第一天", today().plusDays(2), today().plusDays(1), "年假");
        refused("最早从今天起", today().minusDays(1), today(), "年假");
        refused("为什么", today(), today(), "");
        refused("到哪天", today(), null, "年假");
        give(today(), today().plusDays(60));
        assertThat(manages(taker)).isTrue();
    }

    @Test
    void onlyToAColleagueAndNeverToAnAdministrator() {
        for (var other :
                List.of(town.near().helper(), town.far().manager(), town.near().communityDesk(), town.audit(), giver)) {
            assertThatThrownBy(() -> desk.give(giver, all(giver), other.account(), today(), today().plusDays(1), "年假"))
                    .isInstanceOf(Refusal.class);
        }
        assertThat(delegations.colleagues(giver))
                .extracting(Delegations.Colleague::account)
                .contains(taker.account())
                .doesNotContain(town.near().helper().account(), town.audit().account());
        // a seat in the district, or on a committee for somebody else, makes nobody a colleague of those who govern
        // there
        var near = town.near();
        for (var seat : java.util.Map.of(near.company(), "物业员工", near.committee(), "居委会兼职委员")
                .entrySet()) {
            var seated = towns.reader(towns.account());
            towns.post(seated.person(), seat.getKey(), seat.getValue());
            assertThat(delegations.colleagues(near.housingDesk()))
                    .extracting(Delegations.Colleague::account)
                    .doesNotContain(seated.account());
            assertThat(delegations.colleagues(near.communityDesk()))
                    .extracting(Delegations.Colleague::account)
                    .doesNotContain(seated.account());
        }
        var worker = towns.reader(towns.account());
        towns.post(worker.person(), near.committee(), "物业专员");
        assertThat(delegations.colleagues(near.communityDesk()))
                .extracting(Delegations.Colleague::account)
                .contains(worker.account());
        // of the three administrators nothing can be handed over
        assertThat(delegations.own(town.system())).isEmpty();
        assertThatThrownBy(() -> desk.give(
                        town.system(), List.of(grantOf(town.system())), taker.account(), today(), today(), "年假"))
                .isInstanceOf(Refusal.class);
    }

    private long grantOf(Reader reader) {
        return jdbc.sql("select id from access_grant where account = ?")
                .param(reader.account())
                .query(Long.class)
                .single();
    }

    @Test
    void whatWasHandedOverIsNotPassedOn() {
        give(today(), today().plusDays(5));
        var third = towns.account(
                Role.STAFF, null, town.near().oldYard(), town.near().company(), null);
        var lent = jdbc.sql("select id from access_grant where account = ? and delegation is not null")
                .param(taker.account())
                .query(Long.class)
                .single();
        assertThat(delegations.own(taker)).extracting(Delegations.Own::id).doesNotContain(lent);
        assertThatThrownBy(() -> desk.give(taker, List.of(lent), third.account(), today(), today(), "年假"))
                .isInstanceOf(Refusal.class);
        // nor handed over twice
        assertThatThrownBy(() -> give(today(), today().plusDays(1)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("已经有");
    }

    @Test
    void eitherEndsItAndBothAreTold() {
        var id = give(today(), today().plusDays(5));
        assertThat(told(giver)).isOne();
        assertThat(told(taker)).isOne();
        assertThatThrownBy(() -> desk.end(town.near().helper(), id)).isInstanceOf(Missing.class);
        desk.end(taker, id);
        assertThat(manages(taker)).isFalse();
        assertThat(told(giver)).isEqualTo(2);
        assertThat(told(taker)).isEqualTo(2);
        assertThatThrownBy(() -> desk.end(giver, id)).isInstanceOf(Missing.class);
    }

    @Test
    void whenItsDateHasPassedBothAreToldOnce() {
        give(today(), today());
        desk.tellOfThoseThatAreOver();
        assertThat(told(taker)).isOne();
        clock.advance(Duration.ofDays(1));
        desk.tellOfThoseThatAreOver();
        desk.tellOfThoseThatAreOver();
        assertThat(told(taker)).isEqualTo(2);
        assertThat(told(giver)).isEqualTo(2);
    }

    private int told(Reader reader) {
        return jdbc.sql("select count(*) from notice where account = ? and link = '/me/delegation'")
                .param(reader.account())
                .query(Integer.class)
                .single();
    }

    @Test
    void anAssessorHandsOverNothingAndTakesNothing() {
        var assessor = town.near().assessor();
        assertThat(all(assessor)).isEmpty();
        var colleague = towns.account(Role.HOUSING, String.valueOf(town.near().district()), null, null, null);
        var own = jdbc.sql("select id from access_grant where account = ?")
                .param(assessor.account())
                .query(Long.class)
                .list();
        assertThatThrownBy(() -> desk.give(assessor, own, colleague.account(), today(), today().plusDays(2), "年假"))
                .hasMessageContaining("只能选自己的");
        assertThatThrownBy(() ->
                        desk.give(colleague, all(colleague), assessor.account(), today(), today().plusDays(2), "年假"))
                .hasMessageContaining("测评员不行");
    }

    @Test
    void itEndsWithTheGrantItCameFrom() {
        give(today(), today().plusDays(5));
        jdbc.sql("update access_grant set until = now() where account = ? and delegation is null")
                .param(giver.account())
                .update();
        assertThat(manages(taker)).isFalse();
    }

    @Test
    void whoStandsInSignsForBoth() {
        give(today(), today().plusDays(5));
        var near = town.near();
        var reader = towns.reader(taker.account());
        assertThat(signed(reader, near.community())).isEqualTo("[" + giver.account() + "]");
        assertThat(signed(reader, null)).as("of no place").isNull();
        assertThat(signed(towns.reader(giver.account()), near.community())).isNull();
        // own of the same kind, everywhere: nobody is stood in for
        towns.grant(taker.account(), Role.MANAGER, null, null, near.company(), null);
        assertThat(signed(towns.reader(taker.account()), near.community())).isNull();
    }

    private @Nullable String signed(Reader reader, @Nullable String area) {
        var subject = java.util.UUID.randomUUID().toString();
        transaction.executeWithoutResult(
                status -> audit.record(reader, 0, "test.act", "test", subject, area, Map.of()));
        return jdbc.sql("select coalesce(detail ->> 'on_behalf_of', '') from audit_entry where subject_id = ?")
                .param(subject)
                .query(String.class)
                .optional()
                .filter(text -> !text.isEmpty())
                .orElse(null);
    }
}
