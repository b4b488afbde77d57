package org.hemei.access;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
@EnableSpringHttpSession
class SessionConfig {

    @Bean
    LeanSessions sessionRepository(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        return new LeanSessions(jdbc, transactions);
    }

    /** Out of reach of scripts and of other sites' forms; over HTTPS only as soon as the request came that way. */
    @Bean
    CookieSerializer sessionCookie() {
        var cookie = new DefaultCookieSerializer();
        cookie.setCookieName("hemei");
        cookie.setUseHttpOnlyCookie(true);
        cookie.setSameSite("Lax");
        return cookie;
    }
}
