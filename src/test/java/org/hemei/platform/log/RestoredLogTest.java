package org.hemei.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.testing.HemeiTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** A database restored from a dump into a younger PostgreSQL: no event is lost, none comes twice. */
@HemeiTest
class RestoredLogTest {

    @Autowired
    EventLog log;

    @Autowired
    RestoredLog restored;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JsonMapper json;

    @Autowired
    HikariDataSource pool;

    private static final class Follower implements EventConsumer {
        private final String name;
        private final List<String> heard = new ArrayList<>();

        Follower(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void handle(List<Event> events) {
            events.stream()
                    .filter(event -> event.kind().equals("test.restored"))
                    .map(Event::subject)
                    .forEach(heard::add);
        }
    }

    private void announce(String subject) {
        transaction.executeWithoutResult(status -> log.announce(8001, "test.restored", subject, Map.of()));
    }

    private void pump(Follower... followers) {
        new EventPump(List.of(followers), jdbc, transaction, json, pool).run();
    }

    @Test
    void everyFollowerGoesOnWhereItStood() {
        var quick = new Follower("restored-quick");
        var slow = new Follower("restored-slow");
        var late = new Follower("restored-late");
        announce("one");
        pump(quick, slow);
        announce("two");
        pump(quick);
        announce("three");

        // as if all this had happened on a server far ahead of this one
        jdbc.sql("update event_log set tx = cast(cast(cast(tx as text) as bigint) + 1000000 as text)::xid8")
                .update();
        jdbc.sql("update event_cursor set tx = cast(cast(cast(tx as text) as bigint) + 1000000 as text)::xid8")
                .update();
        restored.adopt();
        announce("four");
        pump(quick, slow, late);

        assertThat(quick.heard).containsExactly("one", "two", "three", "four");
        assertThat(slow.heard).containsExactly("one", "two", "three", "four");
        assertThat(late.heard).containsExactly("one", "two", "three", "four");

        restored.adopt();
        pump(quick, slow, late);
        assertThat(quick.heard).hasSize(4);
        jdbc.sql("delete from event_cursor where consumer like 'restored-%'").update();
    }
}
