package org.hemei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Every page, feed and list of the route table beside 20,000 orders of four years and as many matters of the hotline, as one of those it is for, and the desks
 * as all of them: none reads a table of orders from end to end. PostgreSQL itself counts what a transaction reads.
 */
@HemeiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HotPagesTest {

    private static final int ORDERS = 20_000;

    /** Rows a page may read from one end of a table on: far more than it shows, far less than there are. */
    private static final int MOST = 5_000;

    /** What everybody opens all day, and what looks otherwise for each. */
    private static final Set<String> DESKS = Set.of("/", "/home", "/todo", "/orders", "/board", "/cockpit");

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    RouteThings things;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private Town town;

    @BeforeAll
    void fill() {
        town = towns.make();
        var near = town.near();
        jdbc.sql("""
                insert into work_order (district, id, version, state, community, estate, category, urgency, channel, filed_by, holder,
                                        submitted_at, closed_at, solved, due_at)
                select :district, 8000000000000 + n, 1, case when n > :orders - 40 then 'in_progress' else 'closed' end, :community,
                       case when n % 40 = 0 then :garden else :yard end, case n % 7 when 0 then 'facility.lift' else 'facility.light' end, 'ordinary', 'patrol', :account, :company,
                       now() - interval '4 years' + n * interval '52 minutes',
                       case when n > :orders - 40 then null else now() - interval '4 years' + n * interval '53 minutes' end,
                       case when n > :orders - 40 then null else true end, now() - interval '4 years' + n * interval '54 minutes'
                from generate_series(1, :orders) n;
                insert into work_order_words (district, order_id, title, words, grams)
                select district, id, '路灯不亮', '路灯不亮了', array['路灯', '灯不', '不亮', '亮了']
                from work_order where district = :district and id > 8000000000000;
                insert into work_order_step (district, order_id, seq, at, verb, to_state, actor, actor_as)
                select district, id, 1, submitted_at, 'submit', 'submitted', filed_by, 'community'
                from work_order where district = :district and id > 8000000000000;
                insert into order_fact (district, order_id, community, estate, topic, holder, filed, closed, facts, parts)
                select district, id, community, estate, 'facility', holder, cast(submitted_at as date), cast(closed_at as date), 4,
                       1 | (cast(1 as bigint) << 8) | (cast(1 as bigint) << 36)
                from work_order where district = :district and id > 8000000000000;
                insert into hotline_case (number, received_on, area, waits, returned_at, returned_reason)
                select 'HP-' || n, date '2026-11-20', :community, false, now(), '归市政管' from generate_series(1, :orders) n;
                analyze work_order; analyze work_order_words; analyze work_order_step; analyze order_fact; analyze hotline_case
                """)
                .param("district", near.district())
                .param("community", near.community())
                .param("garden", near.garden())
                .param("yard", near.oldYard())
                .param("account", near.communityDesk().account())
                .param("company", near.company())
                .param("orders", ORDERS)
                .update();
    }

    @AfterAll
    void empty() {
        jdbc.sql("""
                delete from hotline_case where number like 'HP-%';
                delete from order_fact where district = :district and order_id > 8000000000000;
                delete from work_order_step where district = :district and order_id > 8000000000000;
                delete from work_order_words where district = :district and order_id > 8000000000000;
                delete from work_order where district = :district and id > 8000000000000
                """).param("district", town.near().district()).update();
        // the tables are as small again as they were: other tests look at plans too
        for (var table : List.of("hotline_case", "order_fact", "work_order_step", "work_order_words", "work_order")) {
            jdbc.sql("vacuum (full, analyze) " + table).update();
        }
    }

    @Test
    void noPageReadsATableOfOrdersFromEndToEnd() {
        var wrong = new TreeMap<String, String>();
        for (var line : RouteTable.read().lines()) {
            if (!line.method().equals("GET") || line.gone()) {
                continue;
            }
            for (var reader : readers(line)) {
                var read = read(line, reader);
                if (!read.isEmpty()) {
                    wrong.put(line.route(), String.join(", ", read));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private List<Reader> readers(RouteTable.Line line) {
        var readers = line.roles().stream().sorted().map(town::who).distinct().toList();
        if (readers.isEmpty()) {
            return List.of(Reader.VISITOR);
        }
        return DESKS.contains(line.path())
                ? readers
                : List.of(readers.get(Math.floorMod(line.path().hashCode(), readers.size())));
    }

    /** The tables that a call reads more of than it should, in words. */
    private List<String> read(RouteTable.Line line, Reader reader) {
        var address = line.address(things.made(town, reader)::value);
        return transaction.execute(status -> {
            status.setRollbackOnly();
            // what the same connection read a moment ago may not have been added up yet
            var before = readSoFar();
            var request = MockMvcRequestBuilders.get(address.path());
            address.params().forEach(request::param);
            try {
                mvc.perform(request.with(as(reader))).andReturn();
            } catch (Exception e) {
                throw new IllegalStateException(line.route(), e);
            }
            return readSoFar().entrySet().stream()
                    .filter(table -> table.getValue() - before.getOrDefault(table.getKey(), 0L) > MOST)
                    .map(table -> table.getKey() + ": " + (table.getValue() - before.getOrDefault(table.getKey(), 0L)))
                    .toList();
        });
    }

    /** Rows of the tables of orders that this connection read from end to end. */
    private Map<String, Long> readSoFar() {
        var read = new TreeMap<String, Long>();
        jdbc.sql("""
                        select relname, seq_tup_read from pg_stat_xact_user_tables
                        where relname in ('work_order', 'work_order_words', 'work_order_step', 'order_fact', 'hotline_case')
                        """).query((RowCallbackHandler) row -> read.put(row.getString(1), row.getLong(2)));
        return read;
    }
}
