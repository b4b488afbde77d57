package org.hemei.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Towns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who the session's look-up says asks is who the accounts say asks, at every moment. */
@HemeiTest
class ReaderRowTest {

    @Autowired
    private Towns towns;

    @Autowired
    private Readers readers;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MovableClock clock;

    @AfterEach
    void back() {
        clock.reset();
    }

    @Test
    void both_ways_find_the_same() {
        var town = towns.make();
        var near = town.near();
        var account = near.communityDesk().account();
        var now = clock.instant();
        grant(account, town.far().communityDesk().account(), now.minusSeconds(60), now.plusSeconds(60));
        grant(account, null, now.plusSeconds(120), null);
        for (var minutes = -2; minutes <= 4; minutes++) {
            clock.reset();
            clock.advance(Duration.ofMinutes(minutes));
            for (var who :
                    List.of(account, near.resident().account(), near.manager().account())) {
                var row = ReaderRow.read(jdbc.sql("select " + ReaderRow.SQL
                                + " from account a join person p on p.id = a.person where a.id = ?")
                        .param(who)
                        .query(String.class)
                        .single());
                var reader = readers.of(who).orElseThrow();
                var found = row.at(clock.instant());
                assertThat(found.grants()).containsExactlyInAnyOrderElementsOf(reader.grants());
                assertThat(new Reader(found.account(), found.person(), found.name(), reader.grants(), found.care()))
                        .isEqualTo(reader);
            }
        }
    }

    private void grant(long account, @Nullable Long lender, Instant since, @Nullable Instant until) {
        jdbc.sql("""
                insert into access_grant (account, role, area, since, until, granted_by)
                select ?, 'COMMUNITY', g.area, ?, ?, ? from access_grant g
                where g.account = ? and g.role = 'COMMUNITY' limit 1
                """)
                .params(
                        account,
                        Timestamp.from(since),
                        until == null ? null : Timestamp.from(until),
                        lender,
                        lender == null ? account : lender)
                .update();
    }
}
