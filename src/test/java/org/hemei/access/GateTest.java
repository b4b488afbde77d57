package org.hemei.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.hemei.testing.HemeiTest;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Who is let in, who is sent to sign in, and what every answer's headers say. */
@HemeiTest
class GateTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    Readers readers;

    @Autowired
    JdbcClient jdbc;

    @Test
    void aVisitorIsSentToSignInAndTheWantedPageIsKept() throws Exception {
        mvc.perform(get("/my/orders?page=2")).andExpect(redirectedUrl("/sign-in?to=%2Fmy%2Forders%3Fpage%3D2"));
    }

    @Test
    void anApiCallGetsAProblemAndHtmxARedirectOfTheWholePage() throws Exception {
        mvc.perform(get("/api/v1/orders"))
                .andExpect(status().isUnauthorized())
                .andExpect(header().string("Content-Type", "application/problem+json"));
        mvc.perform(get("/todo").header("HX-Request", "true")).andExpect(header().string("HX-Redirect", "/sign-in"));
    }

    @Test
    void everyAnswerCarriesTheSecurityHeaders() throws Exception {
        mvc.perform(get("/actuator/health"))
                .andExpect(header().string(
                                "Content-Security-Policy",
                                "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; "
                                        + "frame-ancestors 'none'; base-uri 'self'; form-action 'self'"))
                .andExpect(header().string("X-Content-Type-Options", "nosniff"))
                .andExpect(header().string("Referrer-Policy", "same-origin"))
                .andExpect(header().doesNotExist("Strict-Transport-Security"));
        mvc.perform(get("/actuator/health").secure(true)).andExpect(header().exists("Strict-Transport-Security"));
    }

    @Test
    void aFormWithoutItsTokenIsRefused() throws Exception {
        mvc.perform(post("/sign-in").param("username", "x").param("password", "y"))
                .andExpect(status().isForbidden());
    }

    @Test
    void aGrantThatEndsEndsAtOnce() {
        var town = towns.make();
        var desk = town.near().communityDesk();
        assertThat(desk.scope(Role.COMMUNITY).covers(town.near().community())).isTrue();
        assertThat(desk.scope(Role.COMMUNITY).covers(town.far().community())).isFalse();
        jdbc.sql("update access_grant set until = since where account = ?")
                .param(desk.account())
                .update();
        assertThat(readers.of(desk.account()).orElseThrow().grants()).isEmpty();
        jdbc.sql("update account set disabled_at = now() where id = ?")
                .param(desk.account())
                .update();
        assertThat(readers.of(desk.account())).isEmpty();
    }
}
