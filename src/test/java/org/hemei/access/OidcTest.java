package org.hemei.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Objects;
import org.hemei.access.oidc.Identities;
import org.hemei.access.oidc.RealProvider;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;

/** Against a provider that really runs: who is linked comes in, who is not does not, and nobody is linked by themselves. */
@HemeiTest
@DirtiesContext
class OidcTest {

    private static final RealProvider PROVIDER = RealProvider.start();

    @DynamicPropertySource
    static void provider(DynamicPropertyRegistry settings) {
        settings.add("hemei.oidc.issuer", PROVIDER::issuer);
        settings.add("hemei.oidc.client-id", () -> RealProvider.CLIENT);
        settings.add("hemei.oidc.client-secret", () -> RealProvider.SECRET);
        settings.add("hemei.oidc.redirect", () -> RealProvider.BACK);
        settings.add("hemei.oidc.second-factor", () -> "mfa");
    }

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    FieldCipher cipher;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    Identities identities;

    @Autowired
    AccountDesk desk;

    @Autowired
    AccountPhoneDesk phones;

    Town town;
    Staff staff;

    @BeforeEach
    void people() {
        town = towns.make();
        staff = new Staff(mvc, jdbc, passwords);
        jdbc.sql("delete from external_identity").update();
    }

    /** From our button to the provider, in there as the user, and back with what it sends along. */
    private MockHttpServletResponse through(Visit visit, String from, String user) throws Exception {
        var there = visit.open(from);
        assertThat(there.getStatus()).isEqualTo(303);
        var back = PROVIDER.visit(Objects.requireNonNull(there.getRedirectedUrl()), user);
        assertThat(back.getQuery())
                .as("sent back with a code")
                .contains("code=")
                .contains("state=");
        return visit.open(path(back));
    }

    private static String path(URI back) {
        return back.getRawPath() + "?" + back.getRawQuery();
    }

    @Test
    void whoIsLinkedComesIn() throws Exception {
        var reader = town.near().communityDesk();
        assertThat(new Visit(mvc, "10.7.0.1").open("/sign-in").getContentAsString())
                .contains("/sign-in/oidc");
        // linked by the person, while signed in
        var own = staff.signIn(reader);
        assertThat(through(own, "/me/identity/link", "anna").getRedirectedUrl()).isEqualTo("/me");
        assertThat(own.open("/me").getContentAsString()).contains("取消关联");
        var visit = new Visit(mvc, "10.7.0.2");
        assertThat(through(visit, "/sign-in/oidc?to=/todo%3Fq=1", "anna").getRedirectedUrl())
                .isEqualTo("/todo?q=1");
        assertThat(visit.open("/todo").getStatus()).isEqualTo(200);
        // cut again
        own.open("/me");
        assertThat(own.submit("/me/identity/end").getStatus()).isEqualTo(303);
        assertThat(through(new Visit(mvc, "10.7.0.3"), "/sign-in/oidc", "anna").getStatus())
                .isEqualTo(422);
    }

    /** A phone that somebody else registers is shown by its holder first: the provider has not seen it. */
    @Test
    void theLinkEndsWhenAPhoneIsRegisteredForTheAccount() throws Exception {
        var clerk = town.near().communityDesk();
        jdbc.sql("update person set name_cipher = ?, phone_cipher = null, phone_index = null where id = ?")
                .params(cipher.encrypt("周小明"), clerk.person())
                .update();
        identities.link(town.system(), clerk.account(), PROVIDER.issuer(), "anna");
        phones.register(town.system(), clerk.account(), "周小明", towns.phone());
        assertThat(through(new Visit(mvc, "10.7.0.9"), "/sign-in/oidc", "anna").getStatus())
                .isEqualTo(422);
        assertThat(jdbc.sql(
                                "select count(*) from audit_entry where action = 'account.identity_unlinked' and subject_id = ?")
                        .param(String.valueOf(clerk.account()))
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whoIsNotLinkedDoesNotAndGetsNoAccount() throws Exception {
        var before = jdbc.sql("select count(*) from account").query(Long.class).single();
        var visit = new Visit(mvc, "10.7.1.1");
        var answer = through(visit, "/sign-in/oidc", "stranger");
        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(answer.getContentAsString()).contains("还没有关联账号");
        assertThat(visit.open("/me").getRedirectedUrl()).startsWith("/sign-in");
        assertThat(jdbc.sql("select count(*) from account").query(Long.class).single())
                .isEqualTo(before);
        assertThat(jdbc.sql("select count(*) from audit_entry where action = 'sign_in.oidc_unknown'")
                        .query(Integer.class)
                        .single())
                .isPositive();
    }

    @Test
    void anAnswerIsGoodOnceAndForTheBrowserThatAsked() throws Exception {
        identities.link(town.system(), town.near().communityDesk().account(), PROVIDER.issuer(), "anna");
        var visit = new Visit(mvc, "10.7.2.1");
        var back = PROVIDER.visit(
                Objects.requireNonNull(visit.open("/sign-in/oidc").getRedirectedUrl()), "anna");
        assertThat(new Visit(mvc, "10.7.2.2").open(path(back)).getStatus())
                .as("another browser")
                .isEqualTo(422);
        assertThat(visit.open(path(back) + "x").getStatus()).as("another state").isEqualTo(422);
        assertThat(visit.open(path(back)).getStatus()).as("used up by that").isEqualTo(422);
        assertThat(visit.open("/sign-in/oidc/back?error=access_denied").getStatus())
                .isEqualTo(422);
    }

    @Test
    void theSecondFactorIsAskedForUnlessTheProviderSawIt() throws Exception {
        var auditor = town.audit();
        identities.link(town.system(), auditor.account(), PROVIDER.issuer(), "anna");
        var visit = new Visit(mvc, "10.7.3.1");
        through(visit, "/sign-in/oidc", "anna");
        assertThat(visit.open("/audit").getRedirectedUrl()).isEqualTo("/me/second-factor");
        new Factor(mvc, jdbc, cipher).setUp(staff.signIn(auditor), "user" + auditor.account());
        assertThat(through(new Visit(mvc, "10.7.3.2"), "/sign-in/oidc", "anna").getRedirectedUrl())
                .startsWith("/sign-in/second");
        identities.unlink(town.system(), auditor.account(), PROVIDER.issuer());
        identities.link(town.system(), auditor.account(), PROVIDER.issuer(), "bo");
        var trusted = new Visit(mvc, "10.7.3.3");
        assertThat(through(trusted, "/sign-in/oidc", "bo").getRedirectedUrl()).isEqualTo("/audit");
        assertThat(trusted.open("/audit").getStatus()).isEqualTo(200);
    }

    @Test
    void aClosedAccountIsNone() throws Exception {
        var reader = town.near().streetDesk();
        identities.link(town.system(), reader.account(), PROVIDER.issuer(), "anna");
        jdbc.sql("update account set disabled_at = now(), disabled_reason = '离职了' where id = ?")
                .param(reader.account())
                .update();
        var answer = through(new Visit(mvc, "10.7.4.1"), "/sign-in/oidc", "anna");
        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(answer.getContentAsString()).contains("这个账号停用了，原因：离职了。").doesNotContain("还没有关联账号");
    }

    @Test
    void theSystemAdministratorLinksStaffButNoAdministrator() {
        Reader person = town.near().communityDesk();
        desk.linkIdentity(town.system(), person.account(), PROVIDER.issuer(), "anna");
        assertThatThrownBy(() -> desk.linkIdentity(town.system(), person.account(), PROVIDER.issuer(), "bo"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("已经关联");
        assertThatThrownBy(() -> desk.linkIdentity(town.system(), town.audit().account(), PROVIDER.issuer(), "bo"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("本人");
        assertThatThrownBy(() -> desk.linkIdentity(town.system(), town.system().account(), PROVIDER.issuer(), "bo"))
                .isInstanceOf(Refusal.class);
        desk.unlinkIdentity(town.system(), person.account(), PROVIDER.issuer());
        assertThat(identities.of(person.account(), PROVIDER.issuer())).isEmpty();
    }
}
