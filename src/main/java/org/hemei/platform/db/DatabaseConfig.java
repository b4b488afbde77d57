package org.hemei.platform.db;

import java.nio.file.Path;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Without an address of a database, this process brings its own. The pool closes before the server stops. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("'${hemei.db.url}'.isBlank()")
class DatabaseConfig {

    @Bean
    EmbeddedDatabase embeddedDatabase(@Value("${hemei.data}") Path data, ObjectProvider<DatabaseAhead.Begun> begun) {
        var ahead = begun.getIfAvailable();
        return ahead == null ? EmbeddedDatabase.start(folder(data)) : ahead.handOver();
    }

    static Path folder(Path data) {
        return data.toAbsolutePath().normalize();
    }

    @Bean
    JdbcConnectionDetails connectionDetails(EmbeddedDatabase database) {
        return new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return "postgres";
            }

            @Override
            public String getPassword() {
                return "";
            }

            @Override
            public String getJdbcUrl() {
                return database.url();
            }
        };
    }
}
