package org.hemei.evaluation.inspection;

import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.AttachmentGate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Photos of an inspection are for its assessor and for those who run the campaign. */
@Component
class InspectionGate implements AttachmentGate {

    private final JdbcClient jdbc;

    InspectionGate(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String ownerKind() {
        return InspectionDesk.KIND;
    }

    @Override
    public boolean may(Reader reader, int district, String ownerId) {
        return jdbc.sql("""
                        select exists (select from evaluation_inspection i join evaluation_campaign c on c.id = i.campaign
                                       where i.id = :id and (i.assessor = :me or c.area like any(:patterns)))
                        """)
                .param("id", Long.parseLong(ownerId))
                .param("me", reader.account())
                .param("patterns", SchemeDesk.keeper(reader).patterns())
                .query(Boolean.class)
                .single();
    }
}
