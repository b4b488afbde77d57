package org.hemei.access;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import org.hemei.platform.Refusal;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who guesses from one address, over many accounts or phones, is stopped for a while. Counted in the database, so for all copies. */
@Component
class SignInLimits {

    static final int FAILURES_PER_IP = 30;
    static final Duration WINDOW = Duration.ofMinutes(15);

    private static final Duration KEPT = Duration.ofDays(1);

    /** Answered with 429. */
    static final class TooMany extends Refusal {
        TooMany(String words) {
            super(java.util.List.of(new Reason(null, words)));
        }
    }

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final int perAddress;

    SignInLimits(
            JdbcClient jdbc,
            InstantSource clock,
            @Value("${hemei.limits.failures-per-address:" + FAILURES_PER_IP + "}") int perAddress) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.perAddress = perAddress;
    }

    void check(String ip) {
        var failures = jdbc.sql("select count(*) from sign_in_failure where from_ip = ? and at > ?")
                .params(ip, Timestamp.from(clock.instant().minus(WINDOW)))
                .query(Integer.class)
                .single();
        if (failures >= perAddress) {
            throw new TooMany("从这里试错的次数太多了。请 15 分钟后再试。");
        }
    }

    @Transactional
    void failed(String ip) {
        jdbc.sql("insert into sign_in_failure (from_ip, at) values (?, ?)")
                .params(ip, Timestamp.from(clock.instant()))
                .update();
        jdbc.sql("delete from sign_in_failure where from_ip = ? and at < ?")
                .params(ip, Timestamp.from(clock.instant().minus(KEPT)))
                .update();
    }
}
