package org.hemei.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.web.Once;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * An empty system has no administrator who could add one: whoever reads the server's log is trusted once, by a token in
 * it. A start makes a new one; making the administrator ends it.
 */
@Component
class FirstAdministrator {

    private static final Logger LOG = LoggerFactory.getLogger(FirstAdministrator.class);
    private static final String KEPT = "setup-token";

    private final JdbcClient jdbc;
    private final StaffAccounts accounts;
    private final Audit audit;
    private final InstantSource clock;
    private final Environment environment;
    private final boolean demo;

    FirstAdministrator(
            JdbcClient jdbc,
            StaffAccounts accounts,
            Audit audit,
            InstantSource clock,
            Environment environment,
            @Value("${hemei.demo}") String demo) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.audit = audit;
        this.clock = clock;
        this.environment = environment;
        this.demo = demo.equals("on") || demo.equals("true");
    }

    /** The demo city brings its own administrator. */
    @EventListener(ApplicationReadyEvent.class)
    @Transactional
    public void offer() {
        if (!demo && !hasAdministrator()) {
            LOG.info(
                    "No administrator yet. Make the first one here, once: http://localhost:{}/setup?token={}",
                    environment.getProperty("local.server.port", environment.getProperty("server.port", "8080")),
                    newToken());
        }
    }

    String newToken() {
        var bytes = new byte[20];
        new SecureRandom().nextBytes(bytes);
        var token = HexFormat.of().formatHex(bytes);
        jdbc.sql(
                        "insert into installation (name, value) values (?, ?) on conflict (name) do update set value = excluded.value")
                .params(KEPT, Once.hash(token))
                .update();
        return token;
    }

    private boolean hasAdministrator() {
        return jdbc.sql("select exists(select from access_grant where role = 'ADMIN')")
                .query(Boolean.class)
                .single();
    }

    /** @throws Missing for a wrong token, a used one, or when there is an administrator */
    void check(String token) {
        var kept = jdbc.sql("select value from installation where name = ?")
                .param(KEPT)
                .query(String.class)
                .optional()
                .orElse("");
        var right = MessageDigest.isEqual(
                kept.getBytes(StandardCharsets.US_ASCII), Once.hash(token).getBytes(StandardCharsets.US_ASCII));
        if (!right || hasAdministrator()) {
            throw new Missing("这个链接用过了，或者不完整。请看服务器日志里最新的一条。");
        }
    }

    /** @return the account, administrator of the whole city */
    @Transactional
    public long create(String token, String name, String username, String hash) {
        var mine = jdbc.sql("delete from installation where name = ? and value = ?")
                .params(KEPT, Once.hash(token))
                .update();
        if (mine == 0 || hasAdministrator()) {
            throw new Missing("这个链接用过了。请用建好的账号登录。");
        }
        var city = jdbc.sql("select code from area where level = 'city' order by code limit 1")
                .query(String.class)
                .optional()
                .orElseThrow(() -> Refusal.of("还没有载入行政区划，请看服务器日志。"));
        var account = accounts.open(name, username, hash, false);
        jdbc.sql("insert into access_grant (account, role, area, since) values (?, 'ADMIN', ?, ?)")
                .params(account, city, Timestamp.from(clock.instant()))
                .update();
        audit.record(Reader.VISITOR, 0, "account.first_administrator", "account", account, city, Map.of());
        return account;
    }
}
