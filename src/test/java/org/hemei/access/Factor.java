package org.hemei.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.hemei.access.secondfactor.Totp;
import org.hemei.platform.crypto.FieldCipher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** A phone with an authenticator, as tests hold it. */
record Factor(MockMvc mvc, JdbcClient jdbc, FieldCipher cipher) {

    private static final Pattern RECOVERY = Pattern.compile("<code>([a-z0-9]{5}-[a-z0-9]{5})</code>");

    /** Through the pages. @return the recovery codes */
    List<String> setUp(Visit visit, String username) throws Exception {
        visit.open("/me/second-factor");
        assertThat(visit.submit("/me/second-factor/begin").getRedirectedUrl()).isEqualTo("/me/second-factor");
        assertThat(visit.open("/me/second-factor").getContentAsString()).contains("扫一扫");
        assertThat(visit.open("/me/second-factor/qr.svg").getContentAsString()).startsWith("<svg");
        var answer = visit.submit("/me/second-factor/confirm", "code", code(username, Instant.now()));
        assertThat(answer.getRedirectedUrl()).isEqualTo("/me/second-factor/codes");
        var page = visit.open("/me/second-factor/codes").getContentAsString();
        return RECOVERY.matcher(page).results().map(found -> found.group(1)).toList();
    }

    String code(String username, Instant at) {
        var secret = jdbc.sql(
                        "select f.secret_cipher from second_factor f join account a on a.id = f.account where a.username = ?")
                .param(username)
                .query(byte[].class)
                .single();
        return Totp.code(cipher.decrypt(secret), at);
    }
}
