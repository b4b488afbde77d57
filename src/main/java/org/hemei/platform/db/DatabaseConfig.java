package org.hemei.platform.db;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The database that is named, or else one that this process brings itself. Asked at each start, not by a condition: what
 * parts the system has is settled when it is packaged.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfig {

    /** The pool is made from it, so the pool closes before our own server stops. */
    @Bean
    JdbcConnectionDetails database(
            @Value("${hemei.db.url}") String url,
            @Value("${hemei.data}") Path data,
            DataSourceProperties named,
            ObjectProvider<DatabaseAhead.Begun> begun) {
        if (!url.isBlank()) {
            return new Named(url, named);
        }
        var ahead = begun.getIfAvailable();
        return new Own(ahead == null ? EmbeddedDatabase.start(folder(data), false) : ahead.handOver());
    }

    static Path folder(Path data) {
        return data.toAbsolutePath().normalize();
    }

    private record Named(String getJdbcUrl, DataSourceProperties settings) implements JdbcConnectionDetails {
        @Override
        public @Nullable String getUsername() {
            return settings.determineUsername();
        }

        @Override
        public @Nullable String getPassword() {
            return settings.determinePassword();
        }
    }

    private record Own(EmbeddedDatabase server) implements JdbcConnectionDetails, AutoCloseable {
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
            return server.url();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
