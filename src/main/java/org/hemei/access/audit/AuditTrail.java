package org.hemei.access.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hemei.platform.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads the audit log, newest first, within the auditor's areas; what belongs to no area is theirs too. */
@Component
public class AuditTrail {

    static final int PAGE = 50;

    /** @param detail name and value, as they were recorded */
    public record Entry(
            long id,
            Instant at,
            @Nullable Long account,
            String who,
            String action,
            String kind,
            String thing,
            String area,
            String detail) {

        /** What the next page begins after. */
        public String place() {
            return (at.getEpochSecond() * 1_000_000 + at.getNano() / 1000) + "-" + id;
        }
    }

    private final JdbcClient jdbc;
    private final JsonMapper json;

    AuditTrail(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    List<Entry> page(Scope scope, AuditFilter filter) {
        return query(scope, filter, PAGE + 1).query(this::entry).list();
    }

    /** Read through a cursor; the caller's transaction keeps it open. */
    Stream<Entry> stream(Scope scope, AuditFilter filter, int most) {
        return query(scope, filter, most).query(this::entry).stream();
    }

    private JdbcClient.StatementSpec query(Scope scope, AuditFilter filter, int most) {
        List<String> conditions = new ArrayList<>();
        Map<String, Object> values = new HashMap<>();
        conditions.add("e.at >= :from and e.at < :to and (e.area is null or e.area like any(:patterns))");
        values.put("from", Timestamp.from(filter.start()));
        values.put("to", Timestamp.from(filter.end()));
        values.put("patterns", scope.patterns());
        values.put("most", most);
        if (!filter.who().isEmpty()) {
            conditions.add("e.account = any(:accounts)");
            values.put("accounts", accounts(filter.who()));
        }
        equal(conditions, values, "subject_kind", filter.kind());
        equal(conditions, values, "subject_id", filter.thing());
        equal(conditions, values, "action", filter.action());
        if (!filter.area().isEmpty()) {
            conditions.add("starts_with(e.area, :area)");
            values.put("area", filter.area());
        }
        var before = filter.before();
        if (before != null) {
            conditions.add("(e.at, e.id) < (:beforeAt, :beforeId)");
            values.put("beforeAt", Timestamp.from(before.at()));
            values.put("beforeId", before.id());
        }
        return jdbc.sql("""
                        select e.id, e.at, e.account, coalesce(a.username, '') as username, coalesce(p.masked_name, '') as name,
                               e.action, e.subject_kind, e.subject_id, coalesce(ar.name, e.area, '') as area, e.detail::text as detail
                        from audit_entry e
                                 left join account a on a.id = e.account
                                 left join person p on p.id = a.person
                                 left join area ar on ar.code = e.area
                        where %s
                        order by e.at desc, e.id desc limit :most
                        """.formatted(String.join(" and ", conditions))).params(values);
    }

    private static void equal(List<String> conditions, Map<String, Object> values, String column, String value) {
        if (!value.isEmpty()) {
            conditions.add("e." + column + " = :" + column);
            values.put(column, value);
        }
    }

    private Long[] accounts(String who) {
        return jdbc.sql("select id from account where lower(username) = lower(:who) or cast(id as text) = :who")
                .param("who", who)
                .query(Long.class)
                .list()
                .toArray(Long[]::new);
    }

    private Entry entry(ResultSet r, int row) throws SQLException {
        var account = r.getLong("account");
        var nobody = r.wasNull();
        var username = r.getString("username");
        return new Entry(
                r.getLong("id"),
                r.getTimestamp("at").toInstant(),
                nobody ? null : account,
                nobody ? "系统或访客" : r.getString("name") + " " + (username.isEmpty() ? "#" + account : username),
                AuditWords.action(r.getString("action")),
                AuditWords.kind(r.getString("subject_kind")),
                r.getString("subject_id"),
                r.getString("area"),
                detail(r.getString("detail")));
    }

    private String detail(String text) {
        var map = Objects.requireNonNull(json.readValue(text, Map.class));
        return ((Map<?, ?>) map)
                .entrySet().stream()
                        .filter(one -> one.getValue() != null)
                        .map(one -> AuditWords.detail(String.valueOf(one.getKey()), one.getValue()))
                        .collect(Collectors.joining("，"));
    }
}
