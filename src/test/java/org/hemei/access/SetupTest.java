package org.hemei.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.hemei.Hemei;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.testing.Database;
import org.hemei.testing.Orders;
import org.hemei.testing.TestSettings;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.MockMvc;

/** An empty system, in a database of its own: three tokens of the log make three administrators, each once. */
@SpringBootTest(classes = Hemei.class)
@AutoConfigureMockMvc
@ContextConfiguration(initializers = SetupTest.EmptyDatabase.class)
@Import({Towns.class, Orders.class})
@DirtiesContext
class SetupTest {

    static final class EmptyDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            new TestSettings().initialize(context);
            TestPropertyValues.of("hemei.db.url=" + Database.empty("setup")).applyTo(context);
        }
    }

    @Autowired
    MockMvc mvc;

    @Autowired
    FirstAdministrator first;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    FieldCipher cipher;

    @Test
    void eachTokenMakesOneAdministratorOnce() throws Exception {
        var kept = jdbc.sql("select value from installation where name like 'setup-token-%'")
                .query(String.class)
                .list();
        assertThat(kept).as("made at the start, kept as hashes").hasSize(3).allMatch(hash -> hash.length() == 64);
        var token = first.newToken(Role.SYSTEM);
        var visit = new Visit(mvc, "10.5.0.1");
        assertThat(visit.open("/setup?token=wrong").getStatus()).isEqualTo(404);
        assertThat(visit.open("/setup").getStatus()).isEqualTo(404);
        assertThat(visit.open("/setup?token=" + token).getStatus()).isEqualTo(200);
        var weak = visit.submit("/setup", "token", token, "name", "孙", "username", "a b", "password", "12345678");
        assertThat(weak.getStatus()).isEqualTo(422);
        var made = visit.submit("/setup", "token", token, "name", "孙小九", "username", "root", "password", "Guan-Li-1");
        assertThat(made.getRedirectedUrl()).isEqualTo("/admin/accounts");
        assertThat(visit.open("/admin/accounts").getRedirectedUrl())
                .as("the second factor comes before anything else")
                .isEqualTo("/me/second-factor");
        new Factor(mvc, jdbc, cipher).setUp(visit, "root");
        assertThat(visit.open("/admin/accounts").getContentAsString()).contains("root");

        var second = new Visit(mvc, "10.5.0.2");
        assertThat(second.open("/setup?token=" + token).getStatus()).isEqualTo(404);
        // not even with a fresh token, now that there is one
        var fresh = first.newToken(Role.SYSTEM);
        assertThat(second.open("/setup?token=" + fresh).getStatus()).isEqualTo(404);
        second.open("/sign-in");
        assertThat(second.submit("/setup", "token", fresh, "name", "孙小十", "username", "root2", "password", "Guan-Li-1")
                        .getStatus())
                .isEqualTo(404);
        others();
    }

    private void others() throws Exception {
        var accounts = new java.util.TreeSet<Long>();
        for (var role : new Role[] {Role.SECURITY, Role.AUDIT}) {
            var token = first.newToken(role);
            var visit = new Visit(mvc, "10.5.1." + role.ordinal());
            assertThat(visit.open("/setup?token=" + token).getContentAsString()).contains("第一位" + role.words());
            var made = visit.submit(
                    "/setup",
                    "token",
                    token,
                    "name",
                    "孙小十",
                    "username",
                    "guan" + role.ordinal(),
                    "password",
                    "An-Quan-1");
            assertThat(made.getRedirectedUrl()).isEqualTo(role == Role.AUDIT ? "/audit" : "/admin/accounts");
            accounts.add(jdbc.sql("select account from access_grant where role = ?")
                    .param(role.name())
                    .query(Long.class)
                    .single());
            assertThat(new Visit(mvc, "10.5.2.1").open("/setup?token=" + token).getStatus())
                    .isEqualTo(404);
        }
        assertThat(accounts).as("three people").hasSize(2);
        // a start now has nothing to offer; one without its auditor offers that one
        jdbc.sql("delete from installation where name like 'setup-token-%'").update();
        first.offer();
        assertThat(offered()).isEmpty();
        jdbc.sql(
                        "update account set disabled_at = now() where id = (select account from access_grant where role = 'AUDIT')")
                .update();
        first.offer();
        assertThat(offered()).containsExactly(FirstAdministrator.kept(Role.AUDIT));
    }

    private java.util.List<String> offered() {
        return jdbc.sql("select name from installation where name like 'setup-token-%'")
                .query(String.class)
                .list();
    }
}
