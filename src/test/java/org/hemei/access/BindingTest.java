package org.hemei.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;

/** A resident and their home: by the community's word, or by its code. */
@HemeiTest
class BindingTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    MovableClock clock;

    Town town;
    Reader newcomer;

    @BeforeEach
    void people() {
        town = towns.make();
        newcomer = towns.reader(towns.account());
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    private MockHttpServletResponse send(Reader reader, String path, String... fields) throws Exception {
        // an address of its own: other tests fail to sign in on purpose, and that counts
        var request = post(path).with(as(reader)).with(csrf()).with(r -> {
            r.setRemoteAddr("10.6.0." + town.city());
            return r;
        });
        for (var i = 0; i < fields.length; i += 2) {
            request.param(fields[i], fields[i + 1]);
        }
        return mvc.perform(request).andReturn().getResponse();
    }

    private String page(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader))).andReturn().getResponse().getContentAsString();
    }

    private long ask(Reader reader, long unit) throws Exception {
        var once = UUID.randomUUID().toString();
        var fields = new String[] {"_once", once, "unit", "" + unit, "relation", "family", "words", "房本姓钱七七"};
        assertThat(send(reader, "/me/bind", fields).getStatus()).isEqualTo(303);
        // a double tap asks once
        assertThat(send(reader, "/me/bind", fields).getStatus()).isEqualTo(303);
        return jdbc.sql("select id from binding_request where account = ? and unit = ? and status = 'waiting'")
                .params(reader.account(), unit)
                .query(Long.class)
                .single();
    }

    private Reader now(Reader reader) {
        return towns.reader(reader.account());
    }

    @Test
    void theFormLeadsFromEstateToBuildingToUnit() throws Exception {
        var here = town.near();
        assertThat(page(newcomer, "/me/bind?q=试和美花园" + town.city() + "-1"))
                .contains("/me/bind?estate=" + here.garden());
        assertThat(page(newcomer, "/me/bind?estate=" + here.garden()))
                .contains("/me/bind?estate=" + here.garden() + "&building=" + here.building());
        assertThat(page(newcomer, "/me/bind?estate=" + here.garden() + "&building=" + here.building()))
                .contains("1单元301");
    }

    @Test
    void theCommunitysWordBindsHouseholdAndGrantTogether() throws Exception {
        var here = town.near();
        var id = ask(newcomer, here.emptyUnit());
        assertThat(page(here.communityDesk(), "/community/bindings"))
                .contains("1单元301")
                .contains("房本姓钱七七");
        assertThat(page(town.far().communityDesk(), "/community/bindings")).doesNotContain("房本姓钱七七");
        assertThat(now(newcomer).has(Role.RESIDENT)).isFalse();
        assertThat(send(here.communityDesk(), "/community/bindings/" + id + "/approve")
                        .getStatus())
                .isEqualTo(303);
        assertThat(now(newcomer).grants()).singleElement().satisfies(grant -> {
            assertThat(grant.unit()).isEqualTo(here.emptyUnit());
            assertThat(grant.estate()).isEqualTo(here.garden());
        });
        assertThat(jdbc.sql("select relation from household_member where unit = ? and person = ?")
                        .params(here.emptyUnit(), newcomer.person())
                        .query(String.class)
                        .single())
                .isEqualTo("family");
        assertThat(jdbc.sql("select count(*) from audit_entry where action = 'binding.approved' and subject_id = ?")
                        .param(String.valueOf(id))
                        .query(Integer.class)
                        .single())
                .isOne();
        // what was told for checking is gone with the decision
        assertThat(jdbc.sql("select words_cipher is null from binding_request where id = ?")
                        .param(id)
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(send(here.communityDesk(), "/community/bindings/" + id + "/approve")
                        .getStatus())
                .isEqualTo(422);
    }

    @Test
    void aRefusalNeedsAReasonWhichTheResidentSees() throws Exception {
        var here = town.near();
        var id = ask(newcomer, here.emptyUnit());
        assertThat(send(here.communityDesk(), "/community/bindings/" + id + "/refuse", "reason", " ")
                        .getStatus())
                .isEqualTo(422);
        assertThat(send(here.communityDesk(), "/community/bindings/" + id + "/refuse", "reason", "<b>姓名对不上</b>")
                        .getStatus())
                .isEqualTo(303);
        assertThat(page(newcomer, "/me")).contains("没通过").contains("姓名对不上").doesNotContain("<b>姓名");
        assertThat(now(newcomer).grants()).isEmpty();
        ask(newcomer, here.emptyUnit());
    }

    @Test
    void onlyTheCommunityOfTheEstateDecides() throws Exception {
        var id = ask(newcomer, town.near().emptyUnit());
        var foreign = town.far().communityDesk();
        assertThat(send(foreign, "/community/bindings/" + id + "/approve").getStatus())
                .isEqualTo(404);
        assertThat(send(foreign, "/community/bindings/" + id + "/refuse", "reason", "x")
                        .getStatus())
                .isEqualTo(404);
        assertThat(send(town.near().manager(), "/community/bindings/" + id + "/approve")
                        .getStatus())
                .isEqualTo(403);
        assertThat(send(newcomer, "/community/bindings/" + id + "/approve").getStatus())
                .isEqualTo(403);
        assertThat(now(newcomer).grants()).isEmpty();
    }

    @Test
    void ofManyClerksWhoDecideAtOnceOneDoes() throws Exception {
        var here = town.near();
        var id = ask(newcomer, here.emptyUnit());
        try (var pool = Executors.newFixedThreadPool(8)) {
            var answers = IntStream.range(0, 8)
                    .mapToObj(i -> pool.submit(() -> send(
                                    here.communityDesk(),
                                    "/community/bindings/" + id + (i % 2 == 0 ? "/approve" : "/refuse"),
                                    "reason",
                                    "x")
                            .getStatus()))
                    .toList();
            var won = 0;
            for (var answer : answers) {
                won += answer.get() == 303 ? 1 : 0;
            }
            assertThat(won).isOne();
        }
        assertThat(jdbc.sql("select count(*) from household_member where unit = ?")
                        .param(here.emptyUnit())
                        .query(Integer.class)
                        .single())
                .isLessThanOrEqualTo(1);
    }

    private String code(long unit) throws Exception {
        var staff = new Staff(mvc, jdbc, passwords);
        var visit = staff.signIn(town.near().communityDesk());
        visit.open("/community/binding-codes?estate=" + town.near().garden() + "&building="
                + town.near().building());
        var made = visit.submit(
                "/community/binding-codes",
                "_once",
                UUID.randomUUID().toString(),
                "unit",
                "" + unit,
                "relation",
                "tenant");
        assertThat(made.getRedirectedUrl()).isEqualTo("/community/binding-codes/slip");
        var found = Pattern.compile(">([A-Z0-9]{4}-[A-Z0-9]{4})<")
                .matcher(visit.open("/community/binding-codes/slip").getContentAsString());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    @Test
    void aCodeBindsOnceWithinThirtyDays() throws Exception {
        var unit = town.near().emptyUnit();
        var code = code(unit);
        assertThat(jdbc.sql("select count(*) from binding_code where code_hash like ?")
                        .param("%" + code.replace("-", "") + "%")
                        .query(Integer.class)
                        .single())
                .isZero();
        var typed = " " + code.toLowerCase(java.util.Locale.ROOT).replace("-", " ");
        assertThat(send(newcomer, "/me/bind/code", "code", typed).getStatus()).isEqualTo(303);
        assertThat(now(newcomer).has(Role.RESIDENT)).isTrue();
        var second = towns.reader(towns.account());
        assertThat(send(second, "/me/bind/code", "code", code).getStatus()).isEqualTo(422);
        var late = code(unit);
        clock.advance(Duration.ofDays(30).plusSeconds(1));
        assertThat(send(second, "/me/bind/code", "code", late).getStatus()).isEqualTo(422);
        assertThat(now(second).grants()).isEmpty();
    }

    @Test
    void aCodeThatComesTooLateForItsHolderIsNotUsedUp() throws Exception {
        var code = code(town.near().emptyUnit());
        assertThat(send(newcomer, "/me/bind/code", "code", code).getStatus()).isEqualTo(303);
        var again = code(town.near().emptyUnit());
        assertThat(send(newcomer, "/me/bind/code", "code", again).getContentAsString())
                .contains("已经绑定");
        assertThat(send(towns.reader(towns.account()), "/me/bind/code", "code", again)
                        .getStatus())
                .isEqualTo(303);
    }

    @Test
    void codesAreMadeForTheOwnCommunityOnly() throws Exception {
        assertThat(send(
                                town.near().communityDesk(),
                                "/community/binding-codes",
                                "_once",
                                UUID.randomUUID().toString(),
                                "unit",
                                "" + town.far().unit(),
                                "relation",
                                "owner")
                        .getStatus())
                .isEqualTo(404);
    }

    @Test
    void hostileInputIsAnsweredWithWords() throws Exception {
        for (var bad : new String[] {"", "' or 1=1", "<script>", "A".repeat(3000), "\uD83D\uDE00"}) {
            var answer = send(newcomer, "/me/bind/code", "code", bad);
            assertThat(answer.getStatus()).isEqualTo(422);
            assertThat(answer.getContentAsString()).doesNotContain("<script>A");
            assertThat(send(newcomer, "/me/bind", "_once", "12345678" + bad.length(), "relation", bad, "words", bad)
                            .getStatus())
                    .isEqualTo(422);
            assertThat(mvc.perform(get("/me/bind").param("q", bad).with(as(newcomer)))
                            .andReturn()
                            .getResponse()
                            .getStatus())
                    .isEqualTo(200);
        }
        assertThat(send(newcomer, "/me/bind", "unit", "x").getStatus()).isEqualTo(400);
        assertThat(send(newcomer, "/me/bind", "unit", "1", "relation", "owner").getStatus())
                .isEqualTo(422);
    }
}
