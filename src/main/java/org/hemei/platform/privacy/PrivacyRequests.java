package org.hemei.platform.privacy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.crypto.FieldCipher;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The requests about personal data: of one person, or those that an area's staff answer. */
@Component
class PrivacyRequests {

    static final int PAGE = 50;

    /** Who answers: the community and the street of the person, and the system administrator. */
    enum Answerer {
        COMMUNITY,
        STREET,
        SYSTEM
    }

    private static final String ROW = """
            select r.id, r.account, r.person, p.masked_name, r.kind, r.area, r.words_cipher, r.asked_at, r.due_at, r.state, r.ground,
                   r.answered_at, r.answer_cipher, r.version
            from privacy_request r join person p on p.id = r.person
            """;

    /** Whoever answers nobody's area answers for people without one. */
    private static final String ANSWERED_BY = """
             (r.area like any(:patterns) or r.area is null and :system) and r.account <> :me
            """;

    private final JdbcClient jdbc;
    private final FieldCipher cipher;

    PrivacyRequests(JdbcClient jdbc, FieldCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    static boolean answers(Reader reader) {
        return !reader.scope(Answerer.values()).isEmpty();
    }

    List<PrivacyRequest> own(Reader reader) {
        return jdbc.sql(ROW + "where r.account = ? order by r.id desc limit 50")
                .param(reader.account())
                .query(this::row)
                .list();
    }

    /** @param open those that wait, soonest first; else those answered, newest first */
    List<PrivacyRequest> waiting(Reader reader, boolean open, long after, int most) {
        return asked(
                        reader,
                        ROW + "where" + ANSWERED_BY
                                + (open
                                        ? "and r.state = 'open' and (:after = 0 or (r.due_at, r.id) > (select x.due_at, x.id from privacy_request x where x.id = :after)) order by r.due_at, r.id"
                                        : "and r.state <> 'open' and (:after = 0 or r.id < :after) order by r.id desc")
                                + " limit " + most)
                .param("after", after)
                .query(this::row)
                .list();
    }

    int open(Reader reader) {
        return asked(reader, "select count(*) from privacy_request r where r.state = 'open' and" + ANSWERED_BY)
                .query(Integer.class)
                .single();
    }

    PrivacyRequest one(Reader reader, long id, boolean lock) {
        return asked(reader, ROW + "where r.id = :id and" + ANSWERED_BY + (lock ? "for update of r" : ""))
                .param("id", id)
                .query(this::row)
                .optional()
                .orElseThrow(() -> new Missing("没有这个请求，或它不归您答复。"));
    }

    private JdbcClient.StatementSpec asked(Reader reader, String sql) {
        return jdbc.sql(sql)
                .param("patterns", reader.scope(Answerer.values()).patterns())
                .param("system", !reader.scope(Answerer.SYSTEM).isEmpty())
                .param("me", reader.account());
    }

    long insert(
            Reader reader, PrivacyRequest.Kind kind, @Nullable String area, String words, Instant now, Instant due) {
        return jdbc.sql("""
                        insert into privacy_request (account, person, kind, area, words_cipher, asked_at, due_at)
                        values (:account, :person, :kind, :area, :words, :now, :due) returning id
                        """)
                .param("account", reader.account())
                .param("person", reader.person())
                .param("kind", kind.code())
                .param("area", area)
                .param("words", words.isEmpty() ? null : cipher.encrypt(words), java.sql.Types.BINARY)
                .param("now", Timestamp.from(now))
                .param("due", Timestamp.from(due))
                .query(Long.class)
                .single();
    }

    /** @return whether it was still open at this version */
    boolean answer(
            long id,
            int version,
            PrivacyRequest.State state,
            @Nullable Ground ground,
            long by,
            String answer,
            Instant now) {
        return jdbc.sql("""
                        update privacy_request
                        set state = :state, ground = :ground, answered_by = :by, answered_at = :now, answer_cipher = :answer,
                            version = version + 1
                        where id = :id and version = :version and state = 'open'
                        """)
                        .param("state", state.name().toLowerCase(Locale.ROOT))
                        .param("ground", ground == null ? null : ground.code())
                        .param("by", by)
                        .param("now", Timestamp.from(now))
                        .param("answer", cipher.encrypt(answer))
                        .param("id", id)
                        .param("version", version)
                        .update()
                == 1;
    }

    private PrivacyRequest row(ResultSet r, int n) throws SQLException {
        var ground = r.getString("ground");
        var answered = r.getTimestamp("answered_at");
        return new PrivacyRequest(
                r.getLong("id"),
                r.getLong("account"),
                r.getLong("person"),
                r.getString("masked_name"),
                PrivacyRequest.Kind.valueOf(r.getString("kind").toUpperCase(Locale.ROOT)),
                r.getString("area"),
                clear(r.getBytes("words_cipher")),
                r.getTimestamp("asked_at").toInstant(),
                r.getTimestamp("due_at").toInstant(),
                PrivacyRequest.State.valueOf(r.getString("state").toUpperCase(Locale.ROOT)),
                ground == null ? null : Ground.valueOf(ground.toUpperCase(Locale.ROOT)),
                answered == null ? null : answered.toInstant(),
                clear(r.getBytes("answer_cipher")),
                r.getInt("version"));
    }

    private String clear(byte @Nullable [] sealed) {
        return sealed == null ? "" : cipher.decrypt(sealed);
    }
}
