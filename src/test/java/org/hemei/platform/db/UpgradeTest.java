package org.hemei.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.flywaydb.core.Flyway;
import org.hemei.testing.Database;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database of each released version becomes one of today, with what was in it. */
class UpgradeTest {

    private static JdbcClient migrated(String url, String target) {
        Flyway.configure()
                .dataSource(url, "postgres", "")
                .locations("classpath:db/migration")
                .target(target)
                .load()
                .migrate();
        return JdbcClient.create(new DriverManagerDataSource(url, "postgres", ""));
    }

    /** 0.1.0 had V1 to V4: one kind of administrator, no network of organisations. */
    @Test
    void fromTheFirstVersion() {
        var url = Database.empty("from_0_1_0");
        var jdbc = migrated(url, "4");
        for (var row : List.of(
                "insert into area (code, name, level, parent, kind) values ('8999', '旧城', 'city', null, 'ordinary')",
                "insert into person (id, name_cipher, masked_name) values (1, '\\x00', '王**')",
                "insert into person (id, name_cipher, masked_name) values (2, '\\x00', '李**')",
                "insert into account (id, person, username, password_hash, created_at) values (1, 1, 'admin', 'x', now())",
                "insert into account (id, person, username, password_hash, created_at) values (2, 2, 'hefei', 'x', now())",
                "insert into access_grant (account, role, area, since) values (1, 'ADMIN', '8999', now())",
                "insert into access_grant (account, role, area, since) values (2, 'CITY', '8999', now())",
                "insert into body (id, kind, name, short_name, area, since)"
                        + " values (1, 'residents_committee', '旧社区居委会', '旧社区', '8999', '2015-01-01')",
                "insert into appointment (person, body, post, during) values (2, 1, '物业专员', '[2020-01-01,)')",
                "insert into audit_entry (district, id, at, action, subject_kind, subject_id)"
                        + " values (0, 1, now(), 'old.thing', 'test', '1')")) {
            jdbc.sql(row).update();
        }

        jdbc = migrated(url, "latest");

        assertThat(jdbc.sql("select role from access_grant where until is null or until > now() order by account")
                        .query(String.class)
                        .list())
                .containsExactly("SYSTEM", "CITY");
        assertThat(jdbc.sql("select name from body").query(String.class).single())
                .isEqualTo("旧社区居委会");
        assertThat(jdbc.sql("select post from appointment").query(String.class).single())
                .isEqualTo("物业专员");
        assertThat(jdbc.sql("select action from audit_entry")
                        .query(String.class)
                        .single())
                .isEqualTo("old.thing");
    }
}
