package org.hemei.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.hemei.access.AccountDesk;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** A program's whole life: set up, approved, granted, its token drawn, used, changed, revoked, ended; by three people. */
@HemeiTest
class IntegrationTest {

    private static final String ORDERS = "/api/v1/orders";
    private static final Pattern TOKEN = Pattern.compile("hemei_[A-Za-z0-9_-]{43}");

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    IntegrationDesk desk;

    @Autowired
    KeeperDesk keeping;

    @Autowired
    Integrations integrations;

    @Autowired
    AccountDesk accounts;

    @Autowired
    TokenThings things;

    @Autowired
    TokenUpkeep upkeep;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    Town town;
    Reader keeper;

    @BeforeEach
    void build() {
        town = towns.make();
        keeper = town.near().communityDesk();
    }

    @AfterEach
    void putBack() {
        clock.reset();
    }

    private Wish wish(String... scopes) {
        var today = CivilTime.date(clock.instant());
        return new Wish(
                "12345 平台",
                "把热线的事转进来",
                town.near().committee(),
                things.named(keeper),
                List.of(scopes),
                60,
                today.plusDays(30));
    }

    private long approved(String... scopes) {
        var id = desk.open(town.system(), wish(scopes));
        desk.approve(town.security(), id, 1);
        var account = integrations.kept(keeper, id).account();
        accounts.grant(town.security(), account, Role.COMMUNITY, town.near().community(), null, null);
        return id;
    }

    private MvcTestResult get(String token, String path) {
        return mvc.get().uri(path).header("Authorization", "Bearer " + token).exchange();
    }

    @Test
    void threePeopleHaveToActBeforeATokenOpensAnything() {
        orders.file(town.near().resident(), town.near().garden(), "水管漏水，请来看看。");
        var id = desk.open(town.system(), wish("orders:read"));
        assertThatThrownBy(() -> keeping.draw(keeper, id))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("还没核准");
        assertThatThrownBy(() -> desk.approve(town.system(), id, 1)).isInstanceOf(AccessDeniedException.class);
        desk.approve(town.security(), id, 1);
        assertThatThrownBy(() -> keeping.draw(town.system(), id)).isInstanceOf(Missing.class);

        var token = keeping.draw(keeper, id);
        assertThat(get(token, ORDERS))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.orders")
                .asArray()
                .isEmpty();
        var account = integrations.kept(keeper, id).account();
        accounts.grant(town.security(), account, Role.COMMUNITY, town.near().community(), null, null);
        assertThat(get(token, ORDERS))
                .bodyJson()
                .extractingPath("$.orders")
                .asArray()
                .hasSize(1);
        assertThat(jdbc.sql("select title from notice where account = ? order by id desc limit 1")
                        .param(keeper.account())
                        .query(String.class)
                        .single())
                .isEqualTo("可以领令牌了");
    }

    @Test
    void theTokenIsShownOnceAndOnlyItsHashIsKept() throws Exception {
        var id = approved("orders:read");
        var drawn = mvc.post()
                .uri("/me/integrations/" + id + "/tokens")
                .with(as(keeper))
                .with(csrf())
                .exchange();
        assertThat(drawn).hasStatus(HttpStatus.SEE_OTHER).hasHeader("Location", "/me/integrations/token");
        var session = drawn.getResponse().getCookie("hemei");
        var page = mvc.get()
                .uri("/me/integrations/token")
                .cookie(session)
                .with(as(keeper))
                .exchange();
        var match = TOKEN.matcher(page.getResponse().getContentAsString());
        assertThat(match.find()).isTrue();
        assertThat(mvc.get()
                        .uri("/me/integrations/token")
                        .cookie(session)
                        .with(as(keeper))
                        .exchange())
                .hasStatus(HttpStatus.SEE_OTHER);

        assertThat(get(match.group(), ORDERS)).hasStatusOk();
        var row = jdbc.sql("select cast(t as text) from api_token t where integration = ?")
                .param(id)
                .query(String.class)
                .single();
        assertThat(row).doesNotContain(match.group()).contains(match.group().substring(45));
    }

    @Test
    void aScopeOpensWhatItSaysAndNothingElse() {
        var token = keeping.draw(keeper, approved("orders:read"));
        var order = orders.file(town.near().resident(), town.near().garden(), "水管漏水，请来看看。");
        assertThat(get(token, ORDERS + "/" + order)).hasStatusOk();
        var verb = mvc.post()
                .uri(ORDERS + "/" + order + "/accept")
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", "a-key-of-mine")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"version\":1}")
                .exchange();
        assertThat(verb)
                .hasStatus(HttpStatus.FORBIDDEN)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                .hasHeader("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"orders:write\"");
        assertThat(verb).bodyJson().extractingPath("$.type").isEqualTo("urn:hemei:problem:scope");
        assertThat(orders.state(order)).isEqualTo("submitted");
        // a token is for the interface of programs; on pages it is nothing
        assertThat(get(token, "/todo")).hasStatus(HttpStatus.FOUND);
    }

    @Test
    void aTokenActsAsItsProgramAndStaysInItsArea() {
        var token = keeping.draw(keeper, approved("orders:read", "orders:write"));
        var far = orders.file(town.far().resident(), town.far().garden(), "别处的事，不归这里管。");
        assertThat(get(token, ORDERS + "/" + far)).hasStatus(HttpStatus.NOT_FOUND);
        var near = orders.file(town.near().resident(), town.near().garden(), "水管漏水，请来看看。");
        assertThat(mvc.post()
                        .uri(ORDERS + "/" + near + "/accept")
                        .header("Authorization", "bearer " + token)
                        .header("Idempotency-Key", "a-key-of-mine")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"version\":1}")
                        .exchange())
                .hasStatusOk();
        assertThat(jdbc.sql("""
                select p.masked_name from audit_entry e join account a on a.id = e.account join person p on p.id = a.person
                where e.action = 'work_order.accept' and e.subject_id = ?
                """).param(near.toString()).query(String.class).single())
                .isEqualTo("12345 平台");
    }

    @Test
    void whatItIsGrantedStaysWithItsOwner() {
        var id = desk.open(town.system(), wish("orders:read"));
        var account = integrations.kept(keeper, id).account();
        assertThatThrownBy(() -> accounts.grant(
                        town.security(), account, Role.COMMUNITY, town.far().community(), null, null))
                .hasMessageContaining("那一片");
        assertThatThrownBy(() -> accounts.grant(
                        town.security(), account, Role.MANAGER, "", town.far().company(), null))
                .hasMessageContaining("那一片");
        assertThatThrownBy(() -> accounts.grant(town.security(), account, Role.AUDIT, town.city(), null, null))
                .hasMessageContaining("不能当管理员");
        assertThat(mvc.get()
                        .uri("/admin/accounts/" + account)
                        .with(as(town.security()))
                        .exchange())
                .hasStatusOk();
    }

    @Test
    void aBadTokenIsToldSoAndNoSessionComesOfAGoodOne() {
        for (var bad : List.of("x", "hemei_" + "a".repeat(43), "")) {
            assertThat(get(bad, ORDERS))
                    .hasStatus(HttpStatus.UNAUTHORIZED)
                    .hasContentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .hasHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        }
        var token = keeping.draw(keeper, approved("orders:read"));
        var answer = get(token, ORDERS);
        assertThat(answer.getRequest().getSession(false)).isNull();
        assertThat(answer.getResponse().getCookies()).isEmpty();
    }

    @Test
    void changingATokenLeavesAWeekToPutTheNewOneInPlace() {
        var id = approved("orders:read");
        var first = keeping.draw(keeper, id);
        var second = keeping.draw(keeper, id);
        assertThatThrownBy(() -> keeping.draw(keeper, id)).hasMessageContaining("两个令牌");
        assertThat(get(first, ORDERS)).hasStatusOk();
        clock.advance(KeeperDesk.OVERLAP);
        assertThat(get(first, ORDERS)).hasStatus(HttpStatus.UNAUTHORIZED);
        assertThat(get(second, ORDERS)).hasStatusOk();
        clock.advance(Duration.ofDays(24));
        assertThat(get(second, ORDERS)).hasStatus(HttpStatus.UNAUTHORIZED);
        assertThatThrownBy(() -> keeping.draw(keeper, id)).hasMessageContaining("到期");
    }

    @Test
    void revokingChangingLockingAndEndingStopATokenAtOnce() {
        var id = approved("orders:read");
        var account = integrations.kept(keeper, id).account();
        var token = keeping.draw(keeper, id);
        accounts.lock(town.security(), account, "先停用");
        assertThat(get(token, ORDERS)).hasStatus(HttpStatus.UNAUTHORIZED);
        accounts.unlock(town.security(), account);
        assertThat(get(token, ORDERS)).hasStatusOk();

        desk.change(town.system(), id, 2, wish("orders:read", "orders:write"));
        assertThat(get(token, ORDERS)).hasStatus(HttpStatus.UNAUTHORIZED);
        assertThatThrownBy(() -> desk.approve(town.security(), id, 2)).hasMessageContaining("有人改过");
        desk.approve(town.security(), id, 3);
        assertThat(get(token, ORDERS)).hasStatusOk();

        keeping.revoke(keeper, id, integrations.tokens(id).getFirst().id());
        assertThat(get(token, ORDERS)).hasStatus(HttpStatus.UNAUTHORIZED);
        var other = keeping.draw(keeper, id);
        desk.end(town.security(), id);
        assertThat(get(other, ORDERS)).hasStatus(HttpStatus.UNAUTHORIZED);
        assertThatThrownBy(() -> keeping.draw(keeper, id)).hasMessageContaining("停用");
    }

    @Test
    void anotherKeeperNeedsAnotherToken() {
        var id = approved("orders:read");
        var token = keeping.draw(keeper, id);
        keeper = town.near().streetDesk();
        desk.change(town.system(), id, 2, wish("orders:read"));
        desk.approve(town.security(), id, 3);
        assertThat(get(token, ORDERS)).hasStatus(HttpStatus.UNAUTHORIZED);
        assertThat(get(keeping.draw(keeper, id), ORDERS)).hasStatusOk();
    }

    @Test
    void everythingWrongWithAWishIsSaid() {
        var nobody = new Wish(
                "x", "", town.far().resident().account(), "nobody", List.of("all"), 0, LocalDate.of(2099, 1, 1));
        assertThatThrownBy(() -> desk.open(town.system(), nobody))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.reasons())
                                .extracting(Refusal.Reason::field)
                                .contains("name", "purpose", "keeper", "scopes", "perMinute", "last"));
        keeper = town.audit();
        assertThatThrownBy(() -> desk.open(town.system(), wish("orders:read")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("保管人");
    }

    @Test
    void aTokenThatIsUsedTooOftenIsToldWhenToComeBack() {
        var token = keeping.draw(keeper, approved("orders:read"));
        jdbc.sql("update integration set per_minute = 3 where id = (select max(id) from integration)")
                .update();
        clock.set(clock.instant()
                .truncatedTo(java.time.temporal.ChronoUnit.MINUTES)
                .plusSeconds(61));
        for (int left = 2; left >= 0; left--) {
            assertThat(get(token, ORDERS)).hasStatusOk().hasHeader("RateLimit-Remaining", String.valueOf(left));
        }
        var late = get(token, ORDERS);
        assertThat(late).hasStatus(HttpStatus.TOO_MANY_REQUESTS).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(Integer.parseInt(String.valueOf(late.getResponse().getHeader("Retry-After"))))
                .isBetween(1, 60);
        clock.advance(Duration.ofMinutes(1));
        assertThat(get(token, ORDERS)).hasStatusOk();

        clock.advance(TokenUpkeep.KEPT.plusMinutes(1));
        upkeep.run();
        assertThat(jdbc.sql("""
                select count(*) from api_call c join api_token t on t.id = c.token where t.hash = ?
                """)
                        .param(new Secret(token).hash())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void whoIsAProgramCannotBeHandedDutiesAndIsSeenAsUsed() {
        var id = approved("orders:read");
        var account = integrations.kept(keeper, id).account();
        get(keeping.draw(keeper, id), ORDERS);
        assertThat(jdbc.sql("select last_seen is not null from account where id = ?")
                        .param(account)
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(mvc.get().uri("/me/delegation").with(as(keeper)).exchange())
                .bodyText()
                .doesNotContain("12345 平台");
        assertThat(integrations.kept(keeper, id).state(clock.instant())).isEqualTo(Integrations.State.RUNNING);
    }
}
