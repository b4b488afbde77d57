package org.hemei.evaluation.tender;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hemei.evaluation.Narrowing;
import org.hemei.platform.db.Where;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reports as they are kept: appended, never changed. */
@Repository
class TenderReferences {

    static final int PAGE = 50;

    private static final String SELECT = """
            select r.id, r.number, r.code, r.area, r.tender, r.content, r.sm3, r.signature, r.public_key, r.made_at,
                   v.reason as void_reason, v.at as void_at
            from tender_reference r left join tender_reference_void v on v.reference = r.id
            """;

    private final JdbcClient jdbc;

    TenderReferences(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<TenderReference> find(long id) {
        return jdbc.sql(SELECT + "where r.id = ?")
                .param(id)
                .query(TenderReference.class)
                .optional();
    }

    /** By its number, as it stands on the paper, or by the code of its QR picture. */
    Optional<TenderReference> named(String q) {
        return jdbc.sql(SELECT + "where r.number = :q or r.code = :q")
                .param("q", q)
                .query(TenderReference.class)
                .optional();
    }

    /** The latest first. */
    List<TenderReference> list(String[] patterns, Narrowing narrowing, @Nullable Long after, int most) {
        var where = narrowing.limit(
                new Where().and("r.area like any(:patterns)", "patterns", patterns), "r.area", "r.made_at");
        if (after != null) {
            where.and("r.id < :after", "after", after);
        }
        return jdbc.sql(SELECT + "where " + where.sql() + " order by r.id desc limit :most")
                .params(where.params())
                .param("most", most)
                .query(TenderReference.class)
                .list();
    }

    /** The next number, taken before the row is there: 和美投参〔2026〕12号. */
    long next() {
        return jdbc.sql("select nextval(pg_get_serial_sequence('tender_reference', 'id'))")
                .query(Long.class)
                .single();
    }

    /** @return false where it was void already */
    boolean annul(long id, String reason, Instant at, long by) {
        return jdbc.sql(
                                "insert into tender_reference_void (reference, reason, at, by) values (?, ?, ?, ?) on conflict do nothing")
                        .params(id, reason, java.sql.Timestamp.from(at), by)
                        .update()
                == 1;
    }

    void insert(TenderReference made, long by) {
        jdbc.sql("""
                insert into tender_reference (id, number, code, area, tender, content, sm3, signature, public_key, made_at, made_by)
                values (:id, :number, :code, :area, :tender, :content, :sm3, :signature, :key, :at, :by)
                """)
                .param("id", made.id())
                .param("number", made.number())
                .param("code", made.code())
                .param("area", made.area())
                .param("tender", made.tender())
                .param("content", made.content())
                .param("sm3", made.sm3())
                .param("signature", made.signature())
                .param("key", made.publicKey())
                .param("at", java.sql.Timestamp.from(made.madeAt()))
                .param("by", by)
                .update();
    }
}
