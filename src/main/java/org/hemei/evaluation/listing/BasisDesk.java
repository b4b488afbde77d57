package org.hemei.evaluation.listing;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Adds a basis that listings can rest on. A listing informs by default; it keeps somebody out of tenders, or is shared, only
 * where a law or a State Council document says so (domain.md §3; 国办发〔2020〕49号: 直接援引法律、法规或者党中央、国务院政策文件为依据):
 * such a basis names one of the policy documents of kind law.
 */
@Service
public class BasisDesk {

    /** A law among the policy documents. */
    record Law(long id, String title) {}

    /** @param policy the law that allows more than informing; null when it only informs */
    public record Draft(
            String area,
            String name,
            String article,
            String quote,
            @Nullable Long policy,
            boolean excludes,
            boolean shares,
            LocalDate since) {}

    private final JdbcClient jdbc;
    private final Audit audit;
    private final InstantSource clock;

    BasisDesk(JdbcClient jdbc, Audit audit, InstantSource clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    List<Law> laws(String area) {
        return jdbc.sql("""
                select id, title from policy
                where kind = 'law' and starts_with(:area, area) and (valid_until is null or valid_until > :today) order by issued_on desc, id limit 100
                """)
                .param("area", area)
                .param("today", CivilTime.date(clock.instant()))
                .query(Law.class)
                .list();
    }

    /** The area that the reader sets bases for: the widest their bureau answers for; null for everybody else. */
    static @Nullable String sets(Reader reader) {
        return reader.scope(Role.HOUSING).areas().stream()
                .min(java.util.Comparator.comparingInt(String::length).thenComparing(area -> area))
                .orElse(null);
    }

    @Transactional
    public long add(Reader reader, Draft draft) {
        if (!reader.scope(Role.HOUSING).covers(draft.area)) {
            throw new Missing("这里的依据不归您定。");
        }
        var wrong = new ArrayList<Refusal.Reason>();
        var more = draft.excludes || draft.shares;
        if (more
                && laws(draft.area).stream()
                        .noneMatch(law -> Long.valueOf(law.id).equals(draft.policy))) {
            wrong.add(new Refusal.Reason("policy", "要限制投标或共享，请选一部法律、法规或者党中央、国务院文件。没有的，先到“政策文件”里加。"));
        }
        if (draft.since.isBefore(CivilTime.date(clock.instant()))) {
            wrong.add(new Refusal.Reason("since", "从今天或以后哪天起算。"));
        }
        if (!wrong.isEmpty()) {
            throw new Refusal(wrong);
        }
        long id = jdbc.sql("""
                insert into listing_basis (area, name, article, quote, policy, excludes, shares, during, set_by, set_at)
                values (:area, :name, :article, :quote, :policy, :excludes, :shares, daterange(:since, null), :by, :at) returning id
                """)
                .param("area", draft.area)
                .param("name", draft.name)
                .param("article", draft.article)
                .param("quote", draft.quote)
                .param("policy", draft.policy)
                .param("excludes", draft.excludes)
                .param("shares", draft.shares)
                .param("since", draft.since)
                .param("by", reader.account())
                .param("at", Timestamp.from(clock.instant()))
                .query(Long.class)
                .single();
        audit.record(
                reader,
                ListingDesk.district(draft.area),
                "listing_basis.add",
                "listing_basis",
                id,
                draft.area,
                Map.of("excludes", draft.excludes, "shares", draft.shares));
        return id;
    }
}
