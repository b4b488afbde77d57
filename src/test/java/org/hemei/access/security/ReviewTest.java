package org.hemei.access.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.hemei.access.AccountDesk;
import org.hemei.access.Role;
import org.hemei.access.delegation.DelegationDesk;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Scope;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.people.AppointmentDesk;
import org.hemei.registry.people.EndReason;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.TakenLists;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Each finding at its edge, and what is done about it. */
@HemeiTest
class ReviewTest {

    @Autowired
    TakenLists taken;

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    Review review;

    @Autowired
    ReviewDesk desk;

    @Autowired
    DelegationDesk delegations;

    @Autowired
    AccountDesk accounts;

    @Autowired
    AppointmentDesk appointments;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MovableClock clock;

    Town town;
    Scope scope;

    @BeforeEach
    void people() {
        town = towns.make();
        scope = town.security().scope(Role.SECURITY);
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    private List<Long> found(Finding finding) {
        return review.rows(scope, finding, 0, 1000).stream()
                .map(Review.Row::account)
                .toList();
    }

    private long grant(Reader reader) {
        return jdbc.sql("select max(id) from access_grant where account = ?")
                .param(reader.account())
                .query(Long.class)
                .single();
    }

    private void seen(Reader reader, Duration ago) {
        var at = Timestamp.from(clock.instant().minus(ago));
        jdbc.sql("update account set last_seen = ?, created_at = least(created_at, ?) where id = ?")
                .params(at, at, reader.account())
                .update();
        jdbc.sql("update access_grant set since = least(since, ?) where account = ?")
                .params(Timestamp.from(clock.instant().minus(Duration.ofDays(400))), reader.account())
                .update();
    }

    private void post(Reader reader, long body, String post, Long estate, LocalDate from, LocalDate until) {
        jdbc.sql("insert into appointment (person, body, post, estate, during) values (?, ?, ?, ?, daterange(?, ?))")
                .params(reader.person(), body, post, estate, from, until)
                .update();
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    @Test
    void ninetyDaysWithoutASignIn() {
        var desk = town.near().communityDesk();
        seen(desk, Review.IDLE.minusMinutes(1));
        assertThat(found(Finding.UNUSED)).doesNotContain(desk.account());
        seen(desk, Review.IDLE.plusMinutes(1));
        assertThat(found(Finding.UNUSED)).contains(desk.account());
        assertThat(review.rows(towns.make().security().scope(Role.SECURITY), Finding.UNUSED, 0, 1000))
                .as("of another city")
                .extracting(Review.Row::account)
                .doesNotContain(desk.account());
    }

    @Test
    void whoLeftTheirPost() {
        var near = town.near();
        var manager = near.manager();
        post(manager, near.company(), "项目经理", near.garden(), today().minusDays(300), today());
        assertThat(found(Finding.LEFT)).as("its last day was yesterday").contains(manager.account());
        var other = near.communityDesk();
        post(other, near.committee(), "物业专员", null, today().minusDays(300), today().plusDays(1));
        assertThat(found(Finding.LEFT)).as("its last day is today").doesNotContain(other.account());
        post(manager, near.company(), "客服管家", null, today(), today().plusDays(300));
        assertThat(found(Finding.LEFT)).as("another post there").doesNotContain(manager.account());
    }

    @Test
    void anAccountOfThePageIsThePersonWhoIsAppointedByPhone() {
        var phone = towns.phone();
        var account = accounts.open(town.system(), "钱小七", phone, "left" + town.city(), "Ta-De-Mi-1");
        var near = town.near();
        accounts.grant(town.security(), account, Role.COMMUNITY, near.community(), null, null);
        var post = appointments.appoint(
                near.communityDesk(),
                new AppointmentDesk.Appointing(
                        0, "钱小七", phone, near.committee(), "居委会委员", null, true, today().minusDays(9), null));
        assertThat(found(Finding.LEFT)).doesNotContain(account);
        appointments.end(near.communityDesk(), post, 0, today().minusDays(1), EndReason.RESIGNED);
        assertThat(found(Finding.LEFT)).contains(account);
    }

    @Test
    void whoeverIsGrantedMoreThanTheirPost() {
        var near = town.near();
        var wide = towns.account(Role.MANAGER, null, null, near.company(), null);
        assertThat(found(Finding.BROADER)).doesNotContain(wide.account());
        post(wide, near.company(), "项目经理", near.garden(), today().minusDays(3), today().plusDays(300));
        assertThat(found(Finding.BROADER)).contains(wide.account());
        var street = near.streetDesk();
        post(street, near.committee(), "物业专员", null, today().minusDays(3), today().plusDays(300));
        assertThat(found(Finding.BROADER)).as("the post is in one community").contains(street.account());
    }

    @Test
    void whatAnotherGrantHoldsAlready() {
        var near = town.near();
        var street = near.streetDesk();
        towns.grant(street.account(), Role.STREET, near.street(), null, null, null);
        assertThat(review.rows(scope, Finding.DUPLICATE, 0, 1000).stream()
                        .filter(row -> row.account() == street.account()))
                .as("one of the two, not both")
                .hasSize(1);
        var manager = near.manager();
        towns.grant(manager.account(), Role.MANAGER, null, null, near.company(), null);
        assertThat(review.rows(scope, Finding.DUPLICATE, 0, 1000).stream()
                        .filter(row -> row.account() == manager.account())
                        .map(Review.Row::grant))
                .as("the narrow one")
                .containsExactly(jdbc.sql("select min(id) from access_grant where account = ?")
                        .param(manager.account())
                        .query(Long.class)
                        .single());
    }

    @Test
    void oneIsEndedAnotherConfirmedForHalfAYear() {
        var first = town.near().communityDesk();
        var second = town.far().communityDesk();
        seen(first, Review.IDLE.plusDays(1));
        seen(second, Review.IDLE.plusDays(1));
        assertThatThrownBy(() -> desk.end(town.security(), Finding.UNUSED, grant(first), ""))
                .isInstanceOf(Refusal.class);
        desk.end(town.security(), Finding.UNUSED, grant(first), "调走了");
        assertThat(towns.reader(first.account()).grants()).isEmpty();
        desk.confirm(town.security(), Finding.UNUSED, grant(second), "每年用一次");
        assertThat(found(Finding.UNUSED)).doesNotContain(first.account(), second.account());
        clock.set(CivilTime.startOf(today().plusMonths(6)));
        assertThat(found(Finding.UNUSED)).doesNotContain(second.account());
        clock.advance(Duration.ofDays(2));
        assertThat(found(Finding.UNUSED)).contains(second.account());
        assertThatThrownBy(() -> desk.end(town.security(), Finding.LEFT, grant(second), "不在这一类里"))
                .isInstanceOf(Missing.class);
    }

    @Test
    void nobodyConfirmsTheirOwn() {
        seen(town.security(), Review.IDLE.plusDays(1));
        assertThatThrownBy(() -> desk.confirm(town.security(), Finding.UNUSED, grant(town.security()), "我还要"))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void aDelegationIsSeenAndEnded() throws Exception {
        var near = town.near();
        var taker = towns.account(Role.STAFF, null, near.oldYard(), near.company(), null);
        var id = delegations.give(
                near.manager(), List.of(grant(near.manager())), taker.account(), today(), today().plusDays(3), "年假");
        assertThat(mvc.perform(get("/security/review?finding=delegations").with(as(town.security())))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains("年假", "物业项目经理");
        jdbc.sql("""
                        with later as (
                            insert into delegation (giver, taker, reason, since, until, made_at)
                            select giver, taker, reason, since, until + interval '1 day', made_at
                            from delegation, generate_series(1, 200) where id = :id returning id)
                        insert into access_grant (account, role, area, estate, body, since, until, granted_by, delegation, source)
                        select g.account, g.role, g.area, g.estate, g.body, g.since, g.until, g.granted_by, l.id, g.source
                        from access_grant g, later l where g.delegation = :id
                        """).param("id", id).update();
        assertThat(review.running(scope)).as("more than the list shows").hasSize(200);
        desk.endDelegation(town.security(), id, "人回来了");
        jdbc.sql("delete from access_grant where delegation > ? and account = ?")
                .params(id, taker.account())
                .update();
        assertThat(towns.reader(taker.account()).has(Role.MANAGER)).isFalse();
        assertThat(taken.taken(mvc, town.security(), "grant-review")).startsWith('P', 'K');
    }
}
