package org.hemei.access;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
@EnableSpringHttpSession
class SessionConfig {

    @Bean
    LeanSessions sessionRepository(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        return new LeanSessions(jdbc, transactions);
    }
}
