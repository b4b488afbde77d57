package org.hemei.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.hemei.Hemei;
import org.hemei.testing.Database;
import org.hemei.testing.TestSettings;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.MockMvc;

/** An empty system, in a database of its own: the token of the log makes one administrator, once. */
@SpringBootTest(classes = Hemei.class)
@AutoConfigureMockMvc
@ContextConfiguration(initializers = SetupTest.EmptyDatabase.class)
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

    @Test
    void theTokenMakesOneAdministratorOnce() throws Exception {
        var kept = jdbc.sql("select value from installation where name = 'setup-token'")
                .query(String.class)
                .single();
        assertThat(kept).as("made at the start, kept as a hash").hasSize(64);
        var token = first.newToken();
        var visit = new Visit(mvc, "10.5.0.1");
        assertThat(visit.open("/setup?token=wrong").getStatus()).isEqualTo(404);
        assertThat(visit.open("/setup").getStatus()).isEqualTo(404);
        assertThat(visit.open("/setup?token=" + token).getStatus()).isEqualTo(200);
        var weak = visit.submit("/setup", "token", token, "name", "孙", "username", "a b", "password", "12345678");
        assertThat(weak.getStatus()).isEqualTo(422);
        var made = visit.submit("/setup", "token", token, "name", "孙小九", "username", "root", "password", "Guan-Li-1");
        assertThat(made.getRedirectedUrl()).isEqualTo("/admin/accounts");
        assertThat(visit.open("/admin/accounts").getContentAsString()).contains("root");

        var second = new Visit(mvc, "10.5.0.2");
        assertThat(second.open("/setup?token=" + token).getStatus()).isEqualTo(404);
        // not even with a fresh token, now that there is an administrator
        var fresh = first.newToken();
        assertThat(second.open("/setup?token=" + fresh).getStatus()).isEqualTo(404);
        second.open("/sign-in");
        assertThat(second.submit("/setup", "token", fresh, "name", "孙小十", "username", "root2", "password", "Guan-Li-1")
                        .getStatus())
                .isEqualTo(404);
    }
}
