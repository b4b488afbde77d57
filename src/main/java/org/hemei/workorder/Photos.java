package org.hemei.workorder;

import java.util.List;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gives uploaded photos to an order, in the transaction of the step they belong to. */
@Component
class Photos {

    private final JdbcClient jdbc;

    Photos(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void attach(Reader reader, int district, List<UUID> ids, String ownerKind, String ownerId, String purpose) {
        if (ids.isEmpty()) {
            return;
        }
        var taken = jdbc.sql("""
                update attachment set owner_kind = ?, owner_id = ?, purpose = ?
                where district = ? and id = any (?) and uploaded_by = ? and owner_id is null
                """)
                .params(ownerKind, ownerId, purpose, district, ids.toArray(UUID[]::new), reader.account())
                .update();
        if (taken != ids.size()) {
            throw Refusal.of("photos", "有照片没传好。请重新传。");
        }
    }
}
