package org.hemei.evaluation.inspection;

import java.util.Arrays;
import org.hemei.access.Role;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.AttachmentGate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Photos of an inspection are for its assessor and for those who run the campaign; once the scores are published, also for those who read what
 * was found: the administration of the place, and the companies whose score it is part of.
 */
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
                        select i.assessor, c.area, e.community, e.id as estate, c.state in ('objection', 'final') as published,
                               array(select p.company from evaluation_project p where p.campaign = c.id and p.estate = e.id) as companies
                        from evaluation_inspection i join evaluation_campaign c on c.id = i.campaign join estate e on e.id = i.estate
                        where i.id = ?
                        """)
                .param(Long.parseLong(ownerId))
                .query((r, n) -> r.getLong("assessor") == reader.account()
                        || SchemeDesk.keeper(reader).covers(r.getString("area"))
                        || r.getBoolean("published")
                                && reads(reader, r.getString("community"), r.getLong("estate"), (Long[])
                                        r.getArray("companies").getArray()))
                .optional()
                .orElse(false);
    }

    private static boolean reads(Reader reader, String community, long estate, Long[] companies) {
        return reader.scope(Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY, Role.HOUSING)
                        .covers(community)
                || Arrays.stream(companies)
                        .anyMatch(company -> reader.scope(Role.MANAGER).covers(company, estate));
    }
}
