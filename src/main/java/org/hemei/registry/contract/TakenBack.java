package org.hemei.registry.contract;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.AttachmentGate;
import org.hemei.registry.Areas;
import org.hemei.registry.Office;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Contracts that were taken back before they began: gone from every list, and their story and papers stay with the estate. */
@Component
public class TakenBack implements AttachmentGate {

    static final String OWNER_KIND = "contract_taken_back";

    private static final int RECENT = 20;

    /** @param first null where the file that entered it was undone, which keeps its days itself */
    public record Gone(
            long id,
            long estate,
            String estateName,
            int district,
            String community,
            long company,
            String companyName,
            @Nullable LocalDate first,
            @Nullable LocalDate last,
            @Nullable Integer feeFen,
            Instant at,
            String reason) {

        /** Its days and its fee, as far as they are known; empty where they are not. */
        public String said() {
            if (first == null) {
                return "";
            }
            var said = new Contract(id, estate, "", district, "", company, "", first, last, feeFen, null, 0);
            return said.days() + (said.fee() == null ? "" : "，每平米每月 " + said.fee() + " 元");
        }
    }

    private static final String SELECT = """
            select c.contract as id, c.estate, e.name as estate_name, e.district, e.community, c.company, b.name as company_name,
                   (c.detail ->> 'first')::date as first, nullif(c.detail ->> 'last', 'null')::date as last,
                   (c.detail ->> 'fee_fen')::int as fee_fen, c.at, coalesce(c.reason, '') as reason
            from contract_change c join estate e on e.id = c.estate join body b on b.id = c.company
            where c.verb = 'taken_back' and not exists (select from contract k where k.id = c.contract)
            """;

    private final JdbcClient jdbc;

    TakenBack(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static Gone row(ResultSet r, int n) throws SQLException {
        return new Gone(
                r.getLong("id"),
                r.getLong("estate"),
                r.getString("estate_name"),
                r.getInt("district"),
                r.getString("community"),
                r.getLong("company"),
                r.getString("company_name"),
                r.getObject("first", LocalDate.class),
                r.getObject("last", LocalDate.class),
                r.getObject("fee_fen", Integer.class),
                r.getTimestamp("at").toInstant(),
                r.getString("reason"));
    }

    /** The latest first. */
    public List<Gone> of(long estate) {
        return jdbc.sql(SELECT + " and c.estate = :estate order by c.id desc limit " + RECENT)
                .param("estate", estate)
                .query(TakenBack::row)
                .list();
    }

    /** For those who could read it while it stood. */
    Optional<Gone> find(Reader reader, long contract) {
        return jdbc.sql(SELECT + " and c.contract = :contract order by c.id desc limit 1")
                .param("contract", contract)
                .query(TakenBack::row)
                .optional()
                .filter(gone -> Areas.seen(reader).covers(gone.community)
                        || reader.scope(Office.MANAGER).covers(gone.company, gone.estate));
    }

    @Override
    public String ownerKind() {
        return OWNER_KIND;
    }

    @Override
    public boolean may(Reader reader, int district, String ownerId) {
        return find(reader, Long.parseLong(ownerId)).isPresent();
    }
}
