package org.hemei.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.hemei.platform.Reader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;

/** Gives accounts of a test town a password, and signs them in through the page. */
record Staff(MockMvc mvc, JdbcClient jdbc, PasswordEncoder passwords) {

    static final String PASSWORD = "Ban-Deng-2021";

    String username(Reader reader) {
        var username = "user" + reader.account();
        jdbc.sql("update account set username = ?, password_hash = ? where id = ?")
                .params(username, passwords.encode(PASSWORD), reader.account())
                .update();
        return username;
    }

    Visit signIn(Reader reader) throws Exception {
        return signIn(username(reader), PASSWORD, "10.8.0." + reader.account() % 250);
    }

    Visit signIn(String username, String password, String ip) throws Exception {
        var visit = new Visit(mvc, ip);
        visit.open("/sign-in");
        assertThat(visit.submit("/sign-in", "username", username, "password", password)
                        .getStatus())
                .isEqualTo(303);
        return visit;
    }
}
