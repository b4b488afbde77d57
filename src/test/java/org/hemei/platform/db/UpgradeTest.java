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

    /** Before V80 a serial stood beside the answers, in lists that were published so, and readings were clear text. */
    @Test
    void fromPollsWithSheetsInClearText() {
        var url = Database.empty("from_v62");
        var jdbc = migrated(url, "62");
        var group = "insert into poll_group (district, poll, estate, eligible, root) values (899901, ";
        var sheet = "insert into ballot_sheet (district, poll, serial, estate, state, answers) values (899901, ";
        for (var row : List.of(
                "insert into area (code, name, level, parent, kind) values ('8999', '旧城', 'city', null, 'ordinary'),"
                        + " ('899901', '旧区', 'district', '8999', 'ordinary'), ('899901001', '旧街', 'street', '899901', 'ordinary'),"
                        + " ('899901001001', '旧社区', 'community', '899901001', 'ordinary')",
                "insert into estate (id, name, district, street, community, kinds, households, buildings)"
                        + " values (1, '旧园', 899901, '899901001', '899901001001', '{商品房}', 9, 1)",
                "insert into person (id, name_cipher, masked_name) values (1, '\\x00', '王**')",
                "insert into account (id, person, username, password_hash, created_at) values (1, 1, 'laowang', 'x', now())",
                "insert into poll (id, purpose, title, about, area, state, opens_at, closes_at, count_by, minimum, root)"
                        + " values (1, 'a', 'a', 'a', '8999', 'counted', '2020-01-01', '2020-01-02', '2020-01-03', 5, sha256('')),"
                        + " (2, 'evaluation:1', 'b', 'b', '8999', 'closed', '2020-01-01', '2020-01-02', '2020-01-03', 5, null)",
                group + "1, 1, 2, sha256('')), (899901, 2, 1, 2, null)",
                sheet + "1, '0000000000AA', 1, 'settled', '5y'), (899901, 2, '0000000000BB', 1, 'settled', '4y')",
                "insert into ballot_keying (district, poll, serial, look, keyed_by, answers) values (899901, 2, '0000000000BB', 1, 1, '4y')",
                "insert into ballot (district, poll, estate, commitment, secret, serial, answers)"
                        + " values (899901, 1, 1, sha256('a'), sha256('s'), '0000000000AA', '5y'), (899901, 1, 1, sha256('b'), sha256('t'), null, '1n')",
                "insert into attachment (district, id, owner_kind, owner_id, purpose, media_type, byte_size, sha256, file_name, uploaded_by, uploaded_at)"
                        + " select 899901, gen_random_uuid(), 'ballot_sheet', owner, 'photo', 'image/png', 1, repeat('0', 64), 'a', 1, now()"
                        + " from unnest(array['1-0000000000AA', '2-0000000000BB']) owner")) {
            jdbc.sql(row).update();
        }

        jdbc = migrated(url, "latest");

        // the list stays as it was sealed, and no answer is left beside it
        assertThat(jdbc.sql("select line from ballot_line where poll = 1 order by line")
                        .query(String.class)
                        .list())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("0000000000AA:"));
        assertThat(jdbc.sql("select count(*) from ballot").query(Integer.class).single())
                .isZero();
        assertThat(jdbc.sql("select owner_id from attachment")
                        .query(String.class)
                        .list())
                .containsExactly("2-0000000000BB");
        // an evaluation that is not counted yet tells its answers with the scores
        assertThat(jdbc.sql("select withheld from poll order by id")
                        .query(Boolean.class)
                        .list())
                .containsExactly(false, true);
        // what was read before is read again, and the poll waits for it
        assertThat(jdbc.sql("select state from ballot_sheet order by poll")
                        .query(String.class)
                        .list())
                .containsExactly("settled", "printed");
        assertThat(jdbc.sql("select count_by > now() from poll where id = 2")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    /**
     * Before V186 an order that waited for another holder carried the miss of the last one, and nobody's figure had it afterwards. V216
     * carries those of orders that were answered or merged meanwhile, where the step says that this end was missed.
     */
    @Test
    void fromOrdersThatCarriedAnotherHoldersMiss() {
        var url = Database.empty("from_v175");
        var jdbc = migrated(url, "175");
        jdbc.sql("""
                set session_replication_role = replica;
                insert into work_order (district, id, version, state, community, estate, category, urgency, channel, filed_by, submitted_at,
                                        contact_due, kept)
                select 899901, n, 5, state, '899901001001', 1, 'facility.light', 'ordinary', 'phone', 1, '2026-11-02', cast(due as timestamptz), kept
                from (values (1, 'awaiting_dispatch', '2026-11-03T00:00:00Z', null), (2, 'awaiting_dispatch', null, null),
                             (3, 'answered', '2026-11-04T00:00:00Z', null), (4, 'merged', '2026-11-04T00:00:00Z', 1),
                             (5, 'answered', '2026-11-04T00:00:00Z', null)) as x (n, state, due, kept);
                update work_order set contacted_at = '2026-11-05T00:00:00Z' where id = 4;
                insert into work_order_step (district, order_id, seq, at, verb, from_state, to_state, actor_as, body, detail)
                values (899901, 1, 5, '2026-11-05', 'grant_return', 'return_requested', 'awaiting_dispatch', 'community', 7,
                        '{"missed_contact": "2026-11-03T00:00:00Z"}'),
                       (899901, 2, 5, '2026-11-05', 'grant_return', 'return_requested', 'awaiting_dispatch', 'community', 7, '{}'),
                       (899901, 3, 5, '2026-11-05', 'grant_return', 'return_requested', 'awaiting_dispatch', 'community', 8,
                        '{"missed_contact": "2026-11-04T00:00:00Z"}'),
                       (899901, 3, 6, '2026-11-06', 'answer', 'awaiting_dispatch', 'answered', 'community', null, '{}'),
                       (899901, 4, 5, '2026-11-06', 'grant_return', 'return_requested', 'awaiting_dispatch', 'community', 8,
                        '{"missed_contact": "2026-11-04T00:00:00Z"}'),
                       (899901, 4, 6, '2026-11-06', 'merge', 'awaiting_dispatch', 'merged', 'community', null, '{}'),
                       -- a step from before it was said: nobody knows whose it was
                       (899901, 5, 5, '2026-11-05', 'grant_return', 'return_requested', 'awaiting_dispatch', 'community', 8, '{}'),
                       (899901, 5, 6, '2026-11-06', 'answer', 'awaiting_dispatch', 'answered', 'community', null, '{}');
                insert into order_fact (district, order_id, community, estate, topic, filed, facts)
                select 899901, n, '899901001001', 1, 'facility', '2026-11-02', 0 from generate_series(1, 5) n
                """).update();

        jdbc = migrated(url, "latest");

        assertThat(jdbc.sql(
                                "select order_id || ' ' || holder || ' ' || to_char(contact_due at time zone 'UTC', 'DD')"
                                        + " || coalesce(' ' || to_char(contacted_at at time zone 'UTC', 'DD'), '') from held_before order by order_id")
                        .query(String.class)
                        .list())
                .containsExactly("1 7 03", "3 8 04", "4 8 04 05");
        assertThat(jdbc.sql("select contact_due is null from work_order order by id")
                        .query(Boolean.class)
                        .list())
                .containsExactly(true, true, true, true, false);
        assertThat(jdbc.sql("select turns_at is not null from order_fact order by order_id")
                        .query(Boolean.class)
                        .list())
                .as("the one is looked at again")
                .containsExactly(true, false, true, true, false);
    }
}
