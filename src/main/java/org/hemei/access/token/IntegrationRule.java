package org.hemei.access.token;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.Scope;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.ApiScopes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What an integration has to be: within the administrator's area, kept by somebody who administers nothing, good for what
 * there is, and not for longer than a year, so that somebody looks at it again (等保三级: 权限定期复核).
 */
@Component
class IntegrationRule {

    static final int MOST_DAYS = 366;
    static final int MOST_PER_MINUTE = 6000;

    /** @param area where the owner stands: its account's grants stay within */
    record Checked(String area, long keeper, Instant until) {}

    private final JdbcClient jdbc;
    private final Integrations integrations;
    private final InstantSource clock;

    IntegrationRule(JdbcClient jdbc, Integrations integrations, InstantSource clock) {
        this.jdbc = jdbc;
        this.integrations = integrations;
        this.clock = clock;
    }

    /** @throws Refusal with all that is wrong */
    Checked check(Reader reader, Scope scope, Wish wish) {
        List<Reason> reasons = new ArrayList<>();
        length(reasons, "name", wish.name(), 40, "请填程序的名称，2 到 40 个字。");
        length(reasons, "purpose", wish.purpose(), 200, "请写它拿来做什么，2 到 200 个字。");
        var area = area(scope, wish.owner()).orElse(null);
        if (area == null) {
            reasons.add(new Reason("owner", "请选是哪家单位的程序。"));
        }
        var keeper = keeper(wish.keeper());
        if (keeper == null || keeper == reader.account()) {
            reasons.add(new Reason("keeper", "请填保管人的登录账号：一位工作人员，不能是管理员，也不能是您自己。"));
        }
        var known = integrations.offered().stream().map(ApiScopes.Scope::code).toList();
        if (wish.scopes().isEmpty() || !known.containsAll(wish.scopes())) {
            reasons.add(new Reason("scopes", "请勾选它能办什么。"));
        }
        if (wish.perMinute() < 1 || wish.perMinute() > MOST_PER_MINUTE) {
            reasons.add(new Reason("perMinute", "请填 1 到 " + MOST_PER_MINUTE + " 的整数。"));
        }
        var today = CivilTime.date(clock.instant());
        var last = wish.last();
        if (last == null || last.isBefore(today) || last.isAfter(today.plusDays(MOST_DAYS))) {
            reasons.add(new Reason("last", "请填今天起一年以内的日子。到期前可以再续。"));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        return new Checked(
                Objects.requireNonNull(area),
                Objects.requireNonNull(keeper),
                IntegrationDesk.endOf(Objects.requireNonNull(last)));
    }

    private static void length(List<Reason> reasons, String field, String text, int most, String words) {
        var length = text.codePointCount(0, text.length());
        if (length < 2 || length > most) {
            reasons.add(new Reason(field, words));
        }
    }

    private Optional<String> area(Scope scope, long owner) {
        return jdbc.sql(
                        "select area from body where id = :id and (until is null or until > :today) and area like any(:patterns)")
                .param("id", owner)
                .param("today", CivilTime.date(clock.instant()))
                .param("patterns", scope.patterns())
                .query(String.class)
                .optional();
    }

    /** The account of a member of staff who can sign in and is none of the three administrators. */
    private @Nullable Long keeper(String username) {
        return jdbc.sql("""
                select a.id from account a
                where lower(a.username) = lower(:name) and a.disabled_at is null
                  and exists(select from access_grant g where g.account = a.id and g.role <> 'RESIDENT'
                             and g.since <= :now and (g.until is null or g.until > :now))
                  and not exists(select from access_grant g where g.account = a.id and g.role = any(:three)
                                 and (g.until is null or g.until > :now))
                """)
                .param("name", username.strip())
                .param("now", Timestamp.from(clock.instant()))
                .param("three", new String[] {Role.SYSTEM.name(), Role.SECURITY.name(), Role.AUDIT.name()})
                .query(Long.class)
                .optional()
                .orElse(null);
    }
}
