package org.hemei.evaluation.scheme;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hemei.evaluation.Narrowing;
import org.hemei.platform.Scope;
import org.hemei.platform.db.Where;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Schemes as they are kept. */
@Repository
public class Schemes {

    private static final String SELECT = """
            select s.id, s.area, a.name as area_name, s.title, s.basis, s.state, s.version, s.based_on, s.content, s.content_hash,
                   s.made_at, s.published_at
            from evaluation_scheme s join area a on a.code = s.area
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Schemes(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    public Optional<Scheme> find(long id) {
        return jdbc.sql(SELECT + "where s.id = ?").param(id).query(this::scheme).optional();
    }

    Optional<Scheme> lock(long id) {
        return jdbc.sql(SELECT + "where s.id = ? for update of s")
                .param(id)
                .query(this::scheme)
                .optional();
    }

    /** What a list is narrowed to: those that hold in an area, or lie in it; in a state. Null leaves it open. */
    public record Wanted(@Nullable String area, Scheme.@Nullable State state) {

        static Wanted of(Map<String, String> query) {
            var state = query.getOrDefault("state", "");
            return new Wanted(
                    Narrowing.of(query).area(),
                    Arrays.stream(Scheme.State.values())
                            .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(state))
                            .findFirst()
                            .orElse(null));
        }
    }

    /** What everybody may see, and the drafts of those who keep schemes there; the newest first. */
    List<Scheme> list(Scope keepers, Wanted wanted, long before, int most) {
        var where = new Where().and("s.state <> 'draft' or s.area like any(:patterns)", "patterns", keepers.patterns());
        if (wanted.area != null) {
            where.and("starts_with(s.area, :inArea) or starts_with(:inArea, s.area)", "inArea", wanted.area);
        }
        if (wanted.state != null) {
            where.and("s.state = :state", "state", wanted.state.name().toLowerCase(Locale.ROOT));
        }
        if (before != 0) {
            where.and("s.id < :before", "before", before);
        }
        return jdbc.sql(SELECT + "where " + where.sql() + " order by s.id desc limit :most")
                .params(where.params())
                .param("most", most)
                .query(this::scheme)
                .list();
    }

    /** The published schemes that hold in an area: its own and those of the areas above it. */
    public List<Scheme> holding(String area) {
        return jdbc.sql(SELECT + "where s.state = 'published' and :area like s.area || '%' order by s.id desc")
                .param("area", area)
                .query(this::scheme)
                .list();
    }

    long insert(
            String area,
            String title,
            String basis,
            SchemeContent content,
            @Nullable Long basedOn,
            long account,
            Instant now) {
        return jdbc.sql("""
                        insert into evaluation_scheme (area, title, basis, content, based_on, made_by, made_at)
                        values (:area, :title, :basis, cast(:content as jsonb), :basedOn, :account, :now) returning id
                        """)
                .param("area", area)
                .param("title", title)
                .param("basis", basis)
                .param("content", json.writeValueAsString(content))
                .param("basedOn", basedOn)
                .param("account", account)
                .param("now", Timestamp.from(now))
                .query(Long.class)
                .single();
    }

    void update(long id, String area, String title, String basis, SchemeContent content) {
        jdbc.sql("""
                update evaluation_scheme set area = :area, title = :title, basis = :basis, content = cast(:content as jsonb),
                                             version = version + 1
                where id = :id
                """)
                .param("id", id)
                .param("area", area)
                .param("title", title)
                .param("basis", basis)
                .param("content", json.writeValueAsString(content))
                .update();
    }

    void publish(Scheme scheme, long account, Instant now) {
        jdbc.sql("""
                update evaluation_scheme set state = 'published', content_hash = :hash, published_by = :account, published_at = :now,
                                             version = version + 1
                where id = :id
                """)
                .param("id", scheme.id())
                .param("hash", hash(scheme.content()))
                .param("account", account)
                .param("now", Timestamp.from(now))
                .update();
    }

    /** A draft: nothing is made of one. */
    void discard(long id) {
        jdbc.sql("delete from evaluation_scheme where id = ? and state = 'draft'")
                .param(id)
                .update();
    }

    void retire(long id) {
        jdbc.sql("update evaluation_scheme set state = 'retired', version = version + 1 where id = ?")
                .param(id)
                .update();
    }

    /** SHA-256 of the content, its fields in the order of the record. */
    public String hash(SchemeContent content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(json.writeValueAsString(content).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Scheme scheme(ResultSet r, int n) throws SQLException {
        var hash = r.getString("content_hash");
        var published = r.getTimestamp("published_at");
        return new Scheme(
                r.getLong("id"),
                r.getString("area"),
                Areas.plain(r.getString("area_name")),
                r.getString("title"),
                r.getString("basis"),
                Scheme.State.valueOf(r.getString("state").toUpperCase(Locale.ROOT)),
                r.getInt("version"),
                r.getObject("based_on", Long.class),
                json.readValue(r.getString("content"), SchemeContent.class),
                hash == null ? "" : hash,
                r.getTimestamp("made_at").toInstant(),
                published == null ? null : published.toInstant());
    }
}
