package org.hemei.access;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hemei.platform.Missing;
import org.hemei.platform.Scope;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.web.Address;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What an administrator sees of accounts: those with a grant inside their area, and those that were granted nothing yet.
 */
@Component
public class Accounts {

    static final int PAGE = 50;

    /** Whether account a is within :patterns. */
    private static final String VISIBLE = """
            (not exists(select from access_grant g where g.account = a.id and g.role <> 'RESIDENT') and a.username is not null
             or exists(select from access_grant g
                                left join body b on b.id = g.body
                                left join estate e on e.id = g.estate
                       where g.account = a.id and coalesce(g.area, e.community, b.area) like any(:patterns))
             or exists(select from integration i where i.account = a.id and i.area like any(:patterns)))
            """;

    /** @param locked too many wrong passwords, for a while; @param closed by an administrator */
    public record Row(long id, String name, @Nullable String username, String roles, boolean locked, boolean closed) {}

    /**
     * What the list is narrowed to; read from the address, so what makes no sense is left out.
     *
     * @param role held now; null for any
     * @param state open, closed, idle (nobody came yet) or bare (granted nothing); empty for all
     */
    record Filter(String q, @Nullable Role role, String state) {

        static final Map<String, String> STATES =
                Map.of("open", "在用", "closed", "停用", "idle", "从没登录过", "bare", "还没有授权");

        static Filter of(String q, String role, String state) {
            return new Filter(
                    q.strip(),
                    Arrays.stream(Role.values())
                            .filter(one -> one.name().equals(role))
                            .findFirst()
                            .orElse(null),
                    STATES.containsKey(state) ? state : "");
        }

        boolean narrows() {
            return !q.isEmpty() || role != null || !state.isEmpty();
        }

        Address at() {
            return Address.of("/admin/accounts")
                    .with("q", q)
                    .with("role", role == null ? null : role.name())
                    .with("state", state);
        }

        private String condition() {
            return switch (state) {
                case "open" -> " and a.disabled_at is null";
                case "closed" -> " and a.disabled_at is not null";
                case "idle" -> " and a.last_seen is null";
                case "bare" -> " and not exists (select from access_grant x where x.account = a.id and " + NOW + ")";
                default -> "";
            };
        }
    }

    private static final String NOW = "x.since <= :now and (x.until is null or x.until > :now)";

    record OneGrant(
            long id,
            Role role,
            String place,
            Instant since,
            @Nullable Instant until,
            boolean inForce) {}

    record Area(String code, String name, String level) {}

    public record Body(long id, String name) {}

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final InstantSource clock;

    Accounts(JdbcClient jdbc, FieldCipher cipher, InstantSource clock) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** @param q a part of the account's name or of the masked name, or a whole phone number; @param after last id of the page before */
    public List<Row> list(Scope scope, String q, long after) {
        return list(scope, new Filter(q.strip(), null, ""), after);
    }

    List<Row> list(Scope scope, Filter filter, long after) {
        return rows(scope, """
                a.id > :after
                and (case when :q = '' then a.username is not null
                          else a.username ilike :part or p.masked_name like :part or p.phone_index = :phone end)
                and (cast(:role as text) is null or exists (select from access_grant x where x.account = a.id and x.role = :role and %s))
                """.formatted(NOW) + filter.condition(), filter, after);
    }

    public Row one(Scope scope, long id) {
        return rows(scope, "a.id = :after", new Filter("", null, ""), id).stream()
                .findFirst()
                .orElseThrow(() -> new Missing("没有找到这个账号。"));
    }

    private List<Row> rows(Scope scope, String where, Filter filter, long key) {
        var q = filter.q;
        return jdbc.sql("""
                        select a.id, p.masked_name as name, a.username,
                               coalesce((select string_agg(distinct g.role, ',') from access_grant g
                                         where g.account = a.id and g.since <= :now and (g.until is null or g.until > :now)), '') as roles,
                               coalesce(a.locked_until > :now, false) as locked, a.disabled_at is not null as closed
                        from account a join person p on p.id = a.person
                        where %s and %s
                        order by a.id limit :most
                        """.formatted(where, VISIBLE))
                .param("after", key)
                .param("q", q)
                .param("role", filter.role == null ? null : filter.role.name())
                .param("part", "%" + q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%")
                .param("phone", cipher.blindIndex(q))
                .param("patterns", scope.patterns())
                .param("now", Timestamp.from(clock.instant()))
                .param("most", PAGE + 1)
                .query((r, n) -> new Row(
                        r.getLong(1),
                        r.getString(2),
                        r.getString(3),
                        words(r.getString(4)),
                        r.getBoolean(5),
                        r.getBoolean(6)))
                .list();
    }

    private static String words(String roles) {
        return roles.isEmpty()
                ? "还没有授权"
                : String.join(
                        "、",
                        List.of(roles.split(",")).stream()
                                .map(Role::valueOf)
                                .map(Role::words)
                                .toList());
    }

    /** Roles held now or from some day on, for what may not be held at the same time. */
    Set<Role> rolesInForce(long account) {
        return jdbc
                .sql("select distinct role from access_grant where account = ? and (until is null or until > ?)")
                .params(account, Timestamp.from(clock.instant()))
                .query(String.class)
                .list()
                .stream()
                .map(Role::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Where the grants of a program's account have to stay; empty for a person's. */
    Optional<String> boundary(long account) {
        return jdbc.sql("select area from integration where account = ?")
                .param(account)
                .query(String.class)
                .optional();
    }

    /** The area a body stands in. */
    String areaOf(long body) {
        return jdbc.sql("select area from body where id = ?")
                .param(body)
                .query(String.class)
                .single();
    }

    List<OneGrant> grants(long account) {
        var now = clock.instant();
        return jdbc.sql("""
                        select g.id, g.role, concat_ws(' · ', b.name, e.name, ar.name, case when g.delegation is not null then '代办' end), g.since, g.until
                        from access_grant g
                                 left join area ar on ar.code = g.area
                                 left join estate e on e.id = g.estate
                                 left join body b on b.id = g.body
                        where g.account = ? order by g.until nulls first, g.id
                        """)
                .param(account)
                .query((r, n) -> {
                    var until =
                            r.getTimestamp(5) == null ? null : r.getTimestamp(5).toInstant();
                    return new OneGrant(
                            r.getLong(1),
                            Role.valueOf(r.getString(2)),
                            r.getString(3),
                            r.getTimestamp(4).toInstant(),
                            until,
                            until == null || until.isAfter(now));
                })
                .list();
    }

    Optional<Area> area(Scope scope, String code) {
        return jdbc.sql("select code, name, level from area where code = :code and code like any(:patterns)")
                .param("code", code)
                .param("patterns", scope.patterns())
                .query(Area.class)
                .optional();
    }

    /** The areas one step below; the administrator's own ones to begin with. */
    List<Area> below(Scope scope, @Nullable Area area) {
        return jdbc.sql("""
                        select code, name, level from area
                        where code like any(:patterns) and case when :code = '' then code = any(:own) else parent = :code end
                        order by code
                        """)
                .param("patterns", scope.patterns())
                .param("own", scope.areas().toArray(String[]::new))
                .param("code", area == null ? "" : area.code())
                .query(Area.class)
                .list();
    }

    public List<Body> bodies(Scope scope, String name) {
        if (name.isBlank()) {
            return List.of();
        }
        return jdbc.sql("""
                        select id, name from body
                        where name like :part and (until is null or until > :today) and area like any(:patterns) order by name limit 20
                        """)
                .param(
                        "part",
                        "%"
                                + name.strip()
                                        .replace("\\", "\\\\")
                                        .replace("%", "\\%")
                                        .replace("_", "\\_") + "%")
                .param("today", org.hemei.platform.time.CivilTime.date(clock.instant()))
                .param("patterns", scope.patterns())
                .query(Body.class)
                .list();
    }

    public Optional<Body> body(Scope scope, long id) {
        return jdbc.sql("select id, name from body where id = :id and area like any(:patterns)")
                .param("id", id)
                .param("patterns", scope.patterns())
                .query(Body.class)
                .optional();
    }

    /** The estates a company has under contract today. */
    List<Bindings.Place> estatesOf(long body) {
        return jdbc.sql("""
                        select e.id, e.name from contract c join estate e on e.id = c.estate
                        where c.company = ? and c.during @> ? order by e.name limit 300
                        """)
                .params(body, org.hemei.platform.time.CivilTime.date(clock.instant()))
                .query(Bindings.Place.class)
                .list();
    }
}
