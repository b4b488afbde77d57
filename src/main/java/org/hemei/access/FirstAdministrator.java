package org.hemei.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hemei.platform.DemoMode;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.web.Once;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * An empty system has no administrator who could add one: whoever reads the server's log is trusted once for each of the three,
 * by tokens in it, one a role. A start makes new ones for those that are missing; making the administrator ends its token.
 */
@Component
class FirstAdministrator {

    static final List<Role> THREE =
            Arrays.stream(Role.values()).filter(Role::administers).toList();

    private static final Logger LOG = LoggerFactory.getLogger(FirstAdministrator.class);
    private static final String KEPT = "setup-token-";

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
            DemoMode demo) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.audit = audit;
        this.clock = clock;
        this.environment = environment;
        this.demo = demo.on();
    }

    /** The demo city brings its own administrators. */
    @EventListener(ApplicationReadyEvent.class)
    @Transactional
    public void offer() {
        for (var role : THREE) {
            if (!demo && !isHeld(role)) {
                LOG.info(
                        "No {} administrator ({}) yet. Make the first one here, once: http://localhost:{}/setup?token={}",
                        role.name().toLowerCase(Locale.ROOT),
                        role.words(),
                        environment.getProperty("local.server.port", environment.getProperty("server.port", "8080")),
                        newToken(role));
            }
        }
    }

    String newToken(Role role) {
        var bytes = new byte[20];
        new SecureRandom().nextBytes(bytes);
        var token = HexFormat.of().formatHex(bytes);
        jdbc.sql(
                        "insert into installation (name, value) values (?, ?) on conflict (name) do update set value = excluded.value")
                .params(kept(role), Once.hash(token))
                .update();
        return token;
    }

    static String kept(Role role) {
        return KEPT + role.name().toLowerCase(Locale.ROOT);
    }

    private boolean isHeld(Role role) {
        return jdbc.sql("""
                        select exists(select from access_grant g join account a on a.id = g.account
                                      where g.role = ? and (g.until is null or g.until > ?) and a.disabled_at is null)
                        """)
                .params(role.name(), Timestamp.from(clock.instant()))
                .query(Boolean.class)
                .single();
    }

    /**
     * @return which of the three the token is for
     * @throws Missing for a wrong token, a used one, or when there is such an administrator
     */
    Role check(String token) {
        var hash = Once.hash(token).getBytes(StandardCharsets.US_ASCII);
        return THREE.stream()
                .filter(role -> MessageDigest.isEqual(value(role).getBytes(StandardCharsets.US_ASCII), hash))
                .filter(role -> !isHeld(role))
                .findFirst()
                .orElseThrow(() -> new Missing("这个链接用过了，或者不完整。请看服务器日志里最新的一条。"));
    }

    private String value(Role role) {
        return jdbc.sql("select value from installation where name = ?")
                .param(kept(role))
                .query(String.class)
                .optional()
                .orElse("");
    }

    /** @return the account, one of the three administrators of the whole city and nothing else */
    @Transactional
    public long create(String token, String name, String username, String hash) {
        var role = check(token);
        var mine = jdbc.sql("delete from installation where name = ? and value = ?")
                .params(kept(role), Once.hash(token))
                .update();
        if (mine == 0 || isHeld(role)) {
            throw new Missing("这个链接用过了。请用建好的账号登录。");
        }
        var city = jdbc.sql("select code from area where level = 'city' order by code limit 1")
                .query(String.class)
                .optional()
                .orElseThrow(() -> Refusal.of("还没有载入行政区划，请看服务器日志。"));
        var account = accounts.open(name, username, hash);
        jdbc.sql("insert into access_grant (account, role, area, since) values (?, ?, ?, ?)")
                .params(account, role.name(), city, Timestamp.from(clock.instant()))
                .update();
        audit.record(
                Reader.VISITOR,
                0,
                "account.first_administrator",
                "account",
                account,
                city,
                Map.of("role", role.name()));
        return account;
    }
}
