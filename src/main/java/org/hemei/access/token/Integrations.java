package org.hemei.access.token;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.hemei.platform.Chip;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.platform.web.ApiScopes;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What there is of integrations: for the administrators of their area, and for the people who keep their tokens. */
@Component
public class Integrations {

    static final int PAGE = 50;

    /**
     * @param keeper masked name and account of whoever draws its tokens
     * @param until the first moment at which no token works any longer
     * @param live how many tokens work now
     * @param calls of the last seven days
     */
    public record Row(
            long id,
            long account,
            String name,
            String purpose,
            long ownerId,
            String owner,
            String area,
            String areaName,
            long keeperId,
            String keeper,
            List<String> scopes,
            int perMinute,
            Instant until,
            int version,
            Instant openedAt,
            @Nullable Instant approvedAt,
            @Nullable Instant endedAt,
            int live,
            @Nullable Instant lastUsed,
            long calls,
            String grants) {

        /** How it stands, as on its chip. */
        public State state(Instant now) {
            if (endedAt != null) {
                return State.ENDED;
            }
            if (!until.isAfter(now)) {
                return State.OVER;
            }
            if (approvedAt == null) {
                return State.WAITING;
            }
            return live == 0 ? State.EMPTY : State.RUNNING;
        }
    }

    /** How an integration stands. */
    public enum State {
        WAITING("等核准", "wait", "clock"),
        EMPTY("等领令牌", "wait", "key"),
        RUNNING("在用", "ok", "check"),
        OVER("到期", "", "dash"),
        ENDED("停用", "", "lock");

        private final Chip chip;

        State(String words, String tone, String icon) {
            this.chip = new Chip(words, tone, icon);
        }

        public String words() {
            return chip.words();
        }

        public Chip chip() {
            return chip;
        }
    }

    /** @param works whether it can be used now, as far as the token itself goes */
    public record Token(
            long id,
            String hint,
            String madeBy,
            Instant madeAt,
            Instant expiresAt,
            @Nullable Instant lastUsed,
            @Nullable String lastFrom,
            @Nullable Instant revokedAt,
            boolean works) {}

    private static final String SELECT = """
            select i.*, b.name as owner_name, ar.name as area_name, p.masked_name || coalesce(' ' || k.username, '') as keeper_name,
                   (select count(*) from api_token t
                    where t.integration = i.id and t.revoked_at is null and t.expires_at > :now) as live,
                   (select max(t.last_used_at) from api_token t where t.integration = i.id) as last_used,
                   (select coalesce(sum(c.calls), 0) from api_call c join api_token t on t.id = c.token
                    where t.integration = i.id and c.minute > :week) as calls,
                   coalesce((select string_agg(g.role, ',' order by g.role) from access_grant g
                             where g.account = i.account and g.since <= :now and (g.until is null or g.until > :now)), '') as roles
            from integration i
                     join body b on b.id = i.owner
                     join area ar on ar.code = i.area
                     join account k on k.id = i.keeper
                     join person p on p.id = k.person
            """;

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final List<ApiScopes> rooms;

    Integrations(JdbcClient jdbc, InstantSource clock, List<ApiScopes> rooms) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.rooms = rooms;
    }

    /** Everything that tokens can be good for. */
    public List<ApiScopes.Scope> offered() {
        return rooms.stream().flatMap(room -> room.scopes().stream()).toList();
    }

    /** @param after last id of the page before; at most so many */
    List<Row> list(Scope scope, long after, int most) {
        return select("where i.area like any(:patterns) and i.id > :id order by i.id limit " + most)
                .param("patterns", scope.patterns())
                .param("id", after)
                .query(this::row)
                .list();
    }

    Row one(Scope scope, long id) {
        return select("where i.area like any(:patterns) and i.id = :id")
                .param("patterns", scope.patterns())
                .param("id", id)
                .query(this::row)
                .optional()
                .orElseThrow(() -> new Missing("没有这个对接程序。"));
    }

    /** Those whose tokens the reader keeps. */
    List<Row> kept(Reader reader) {
        return select("where i.keeper = :keeper and i.ended_at is null order by i.id limit " + PAGE)
                .param("keeper", reader.account())
                .query(this::row)
                .list();
    }

    Row kept(Reader reader, long id) {
        return select("where i.keeper = :keeper and i.id = :id")
                .param("keeper", reader.account())
                .param("id", id)
                .query(this::row)
                .optional()
                .orElseThrow(() -> new Missing("没有归您保管的这个对接程序。"));
    }

    private JdbcClient.StatementSpec select(String rest) {
        var now = clock.instant();
        return jdbc.sql(SELECT + rest)
                .param("now", Timestamp.from(now))
                .param("week", Timestamp.from(now.minus(java.time.Duration.ofDays(7))));
    }

    private Row row(ResultSet r, int n) throws SQLException {
        return new Row(
                r.getLong("id"),
                r.getLong("account"),
                r.getString("name"),
                r.getString("purpose"),
                r.getLong("owner"),
                r.getString("owner_name"),
                r.getString("area"),
                r.getString("area_name"),
                r.getLong("keeper"),
                r.getString("keeper_name"),
                List.of((String[]) r.getArray("scopes").getArray()),
                r.getInt("per_minute"),
                r.getTimestamp("until").toInstant(),
                r.getInt("version"),
                r.getTimestamp("opened_at").toInstant(),
                instant(r, "approved_at"),
                instant(r, "ended_at"),
                r.getInt("live"),
                instant(r, "last_used"),
                r.getLong("calls"),
                r.getString("roles"));
    }

    /** The newest first. */
    List<Token> tokens(long integration) {
        var now = clock.instant();
        return jdbc.sql("""
                select t.*, p.masked_name from api_token t
                         join account a on a.id = t.made_by join person p on p.id = a.person
                where t.integration = ? order by t.id desc limit 20
                """)
                .param(integration)
                .query((r, n) -> {
                    var revoked = instant(r, "revoked_at");
                    var expires = r.getTimestamp("expires_at").toInstant();
                    return new Token(
                            r.getLong("id"),
                            r.getString("hint"),
                            r.getString("masked_name"),
                            r.getTimestamp("made_at").toInstant(),
                            expires,
                            instant(r, "last_used_at"),
                            r.getString("last_used_from"),
                            revoked,
                            revoked == null && expires.isAfter(now));
                })
                .list();
    }

    private static @Nullable Instant instant(ResultSet r, String column) throws SQLException {
        var at = r.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
