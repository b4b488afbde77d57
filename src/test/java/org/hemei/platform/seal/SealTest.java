package org.hemei.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.hemei.platform.notice.Notices;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Pump;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever changes, deletes, puts in or cuts off what was sealed is found, and the place is named. */
@HemeiTest
class SealTest {

    @Autowired
    Sealing sealing;

    @Autowired
    SealCheck check;

    @Autowired
    SealCommand command;

    @Autowired
    SealDesk desk;

    @Autowired
    Pump pump;

    @Autowired
    Notices notices;

    @Autowired
    Towns towns;

    @Autowired
    Audit audit;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    MovableClock clock;

    @BeforeEach
    void sealed() {
        enter("before");
        sealing.seal();
    }

    @AfterEach
    void clockBack() {
        clock.reset();
    }

    private long enter(String subject) {
        return transaction.execute(status -> {
            audit.record(Reader.VISITOR, 8001, "test.sealed", "test", subject, null, Map.of("n", 1, "a", "甲"));
            return jdbc.sql("select max(id) from audit_entry where subject_kind = 'test' and subject_id = ?")
                    .param(subject)
                    .query(Long.class)
                    .single();
        });
    }

    private List<SealCheck.Break> breaks() {
        return check.run(seal -> {}).breaks();
    }

    /** Does damage, looks at what the check says, and takes the damage back. */
    private List<SealCheck.Break> after(Runnable damage) {
        return transaction.execute(status -> {
            damage.run();
            var found = breaks();
            status.setRollbackOnly();
            return found;
        });
    }

    @Test
    void anUntouchedLogIsWhole() {
        var more = enter("more");
        assertThat(sealing.seal()).isEqualTo(1);
        assertThat(sealing.seal()).isZero();
        var report = check.run(seal -> {});
        assertThat(report.breaks()).isEmpty();
        assertThat(report.whole()).isTrue();
        assertThat(report.entries())
                .isEqualTo(jdbc.sql("select count(*) from audit_entry")
                        .query(Long.class)
                        .single());
        assertThat(jdbc.sql("select count(*) from audit_seal where ids @> cast(? as bigint)")
                        .param(more)
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    @Test
    @Timeout(60)
    void whatOthersEnterWhileItSealsWaitsForTheNextTime() throws InterruptedException {
        var over = new AtomicBoolean();
        var entered = new Semaphore(0);
        var busy = Thread.ofVirtual().start(() -> {
            while (!over.get()) {
                enter("busy");
                entered.release();
            }
        });
        try {
            entered.acquire(5);
            assertThat(sealing.seal()).isOne();
        } finally {
            over.set(true);
            busy.join();
        }
        sealing.seal();
        assertThat(breaks()).isEmpty();
    }

    @Test
    void eachColumnOfAnEntryCounts() {
        var id = enter("each");
        sealing.seal();
        for (var change : List.of(
                "at = at + interval '1 microsecond'",
                "account = 7",
                "action = 'test.other'",
                "subject_kind = 'tes', subject_id = 'teach'",
                "subject_id = 'eac'",
                "area = ''",
                "detail = '{}'",
                "district = 8002")) {
            assertThat(after(() -> jdbc.sql("update audit_entry set " + change + " where id = ?")
                            .param(id)
                            .update()))
                    .as(change)
                    .singleElement()
                    .satisfies(found -> {
                        assertThat(found.entry()).isEqualTo(id);
                        assertThat(found.words()).contains("被改过");
                    });
        }
    }

    @Test
    void deletionAndReorderingAreFound() {
        var one = enter("one");
        var two = enter("two");
        sealing.seal();
        assertThat(after(() -> jdbc.sql("delete from audit_entry where id = ?")
                        .param(one)
                        .update()))
                .singleElement()
                .satisfies(found -> assertThat(found.entry()).isEqualTo(one));
        var swapped = after(() -> {
            jdbc.sql("update audit_entry set id = -1 where id = ?").param(one).update();
            jdbc.sql("update audit_entry set id = ? where id = ?")
                    .params(one, two)
                    .update();
            jdbc.sql("update audit_entry set id = ? where id = -1").param(two).update();
        });
        assertThat(swapped).extracting(SealCheck.Break::entry).containsExactly(one, two);
    }

    @Test
    void anEntryPutInAfterwardsIsFound() {
        var id = enter("late");
        enter("later");
        sealing.seal();
        assertThat(after(() -> jdbc.sql("""
                                insert into audit_entry (district, id, at, action, subject_kind, subject_id)
                                values (8003, ?, now(), 'test.forged', 'test', 'x')
                                """).param(id).update()))
                .singleElement()
                .satisfies(found -> assertThat(found.words()).contains("多出"));
        clock.advance(Duration.ofHours(2));
        // a number that was never given out, among the sealed ones
        assertThat(after(() -> jdbc.sql("""
                                insert into audit_entry (district, id, at, action, subject_kind, subject_id)
                                values (8003, -5, now(), 'test.forged', 'test', 'x')
                                """).update())).singleElement().satisfies(found -> {
            assertThat(found.entry()).isEqualTo(-5);
            assertThat(found.words()).contains("插进来");
        });
    }

    @Test
    void aSealCannotBeMadeToFitWithoutTheKey() {
        var id = enter("fit");
        sealing.seal();
        var seal =
                jdbc.sql("select max(number) from audit_seal").query(Long.class).single();
        assertThat(after(() -> {
                    jdbc.sql("delete from audit_entry where id = ?").param(id).update();
                    jdbc.sql("update audit_seal set content = decode(repeat('00', 32), 'hex') where number = ?")
                            .param(seal)
                            .update();
                }))
                .anySatisfy(found -> {
                    assertThat(found.seal()).isEqualTo(seal);
                    assertThat(found.words()).contains("封条本身被改过");
                });
        assertThat(after(() -> jdbc.sql("delete from audit_seal where number = ?")
                        .param(seal - 1)
                        .update()))
                .anySatisfy(found -> assertThat(found.words()).contains("不见了"));
    }

    @Test
    void cuttingOffTheNewestSealsShows() {
        enter("tail");
        sealing.seal();
        assertThat(after(() -> jdbc.sql("delete from audit_seal where number = (select max(number) from audit_seal)")
                        .update()))
                .anySatisfy(found -> assertThat(found.words()).contains("截掉"));
    }

    @Test
    void lateCommittersAreSealedLaterAndNobodyWaits() {
        transaction.executeWithoutResult(status -> {
            audit.record(Reader.VISITOR, 8001, "test.sealed", "test", "slow", null, Map.of());
            var other = new Thread(() -> {
                enter("quick");
                sealing.seal();
            });
            other.start();
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        sealing.seal();
        assertThat(breaks()).isEmpty();
        assertThat(jdbc.sql("""
                select count(*) from audit_entry e where subject_id in ('slow', 'quick')
                  and not exists (select from audit_seal s where s.ids @> e.id)
                """).query(Integer.class).single()).isZero();
    }

    @Test
    void aCheckThatFindsSomethingIsKeptAndTheAuditorIsTold() {
        var auditor = towns.make().who(Role.AUDIT);
        var id = enter("kept");
        sealing.seal();
        jdbc.sql("update audit_entry set action = 'test.other' where id = ?")
                .param(id)
                .update();
        try {
            desk.nightly();
            var newest = desk.checks(Long.MAX_VALUE).getFirst();
            assertThat(newest.nightly()).isTrue();
            assertThat(desk.breaks(newest.id()))
                    .extracting(SealCheck.Break::entry)
                    .containsExactly(id);
            pump.run();
            assertThat(notices.list(auditor, null, 5))
                    .extracting(notice -> notice.link())
                    .contains("/audit/seals/" + newest.id());
        } finally {
            jdbc.sql("update audit_entry set action = 'test.sealed' where id = ?")
                    .param(id)
                    .update();
        }
    }

    @Test
    void theCommandTellsByItsExitCode() {
        var out = new ByteArrayOutputStream();
        assertThat(command.run(List.of(), new PrintStream(out, true, StandardCharsets.UTF_8)))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("没有改动");
    }
}
