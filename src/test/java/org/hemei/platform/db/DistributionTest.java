package org.hemei.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.hemei.outside.Sql;
import org.hemei.testing.Database;
import org.junit.jupiter.api.Test;

/**
 * How the schema spreads itself over a Citus cluster, told to functions of the same names that only write down what they are
 * asked: what is distributed and what is copied, in which order, and that no foreign key stands in the way or is lost.
 */
class DistributionTest {

    /** Stands in for the extension. A table with a foreign key to one that is not spread is refused, as Citus does. */
    private static final String STUB = """
            create schema stub;
            create table stub.pg_dist_partition (logicalrelid oid, how text, n serial);
            create function stub.note(t text, how text) returns void language plpgsql as $$
            begin
                if exists (select from pg_constraint c where c.contype = 'f' and cast(t as regclass) in (c.conrelid, c.confrelid)) then
                    raise exception 'a foreign key stands in the way of %', t;
                end if;
                insert into stub.pg_dist_partition (logicalrelid, how) values (cast(cast(t as regclass) as oid), how);
            end $$;
            create function stub.create_distributed_table(t text, c text) returns void language sql as $$ select stub.note(t, c) $$;
            create function stub.create_reference_table(t text) returns void language sql as $$ select stub.note(t, 'copied') $$;
            """;

    private static final String KEYS = """
            select cast(cast(conrelid as regclass) as text) || ' ' || conname || ' ' || pg_get_constraintdef(oid)
            from pg_constraint where contype = 'f' order by 1
            """;

    private static void migrate(String url) {
        Flyway.configure().dataSource(url, "postgres", "").load().migrate();
    }

    private static Sql open(String url) throws Exception {
        return new Sql(DriverManager.getConnection(url, "postgres", ""));
    }

    private static void run(Connection connection, String sql) throws Exception {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void theSchemaSpreadsItselfByDistrictAndKeepsItsKeys() throws Exception {
        var plain = Database.empty("not_spread");
        migrate(plain);
        var spread = Database.empty("spread");
        try (var sql = open(spread)) {
            run(sql.connection(), STUB + "alter database spread set search_path = public, stub");
        }
        migrate(spread);
        List<String> keys;
        try (var sql = open(plain)) {
            keys = sql.list(KEYS);
            assertThat(sql.list("select cast(distribute_over_nodes() as text)")).containsExactly("0");
        }
        try (var sql = open(spread)) {
            assertThat(sql.list(KEYS)).isEqualTo(keys);
            var byDistrict = sql.list(
                    "select relname from stub.pg_dist_partition join pg_class on oid = logicalrelid where how = 'district'");
            assertThat(byDistrict)
                    .contains(
                            "work_order",
                            "work_order_words",
                            "work_order_step",
                            "event_log",
                            "audit_entry",
                            "attachment",
                            "notice")
                    .doesNotContain("estate", "area", "account", "flyway_schema_history");
            assertThat(
                            sql.list(
                                    "select relname from stub.pg_dist_partition join pg_class on oid = logicalrelid where how = 'copied'"))
                    .contains("estate", "area", "body", "account", "category")
                    .doesNotContain("spring_session", "scheduled_tasks");
            assertThat(
                            sql.number(
                                    "select count(*) from (select logicalrelid from stub.pg_dist_partition group by 1 having count(*) > 1) twice"))
                    .isZero();
            assertThat(sql.number("""
                    select count(*) from stub.pg_dist_partition a join stub.pg_dist_partition b on b.n < a.n
                    where a.how = 'copied' and b.how = 'district'
                    """)).as("copied ones come first").isZero();
            assertThat(sql.list("""
                    select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
                    join stub.pg_dist_partition p on p.logicalrelid = c.oid
                    where p.how = 'district' and a.attidentity <> ''
                    """))
                    .as("no identity columns on distributed tables")
                    .isEmpty();
            // a table that comes later is spread at its migration
            run(sql.connection(), """
                    create table later (district int, id bigint, order_id bigint, primary key (district, id),
                                        foreign key (district, order_id) references work_order (district, id))""");
        }
        migrate(spread);
        try (var sql = open(spread)) {
            assertThat(sql.list(
                            "select how from stub.pg_dist_partition where logicalrelid = cast('later' as regclass)"))
                    .containsExactly("district");
        }
    }
}
