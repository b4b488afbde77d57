package org.hemei.access.audit;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.transfer.ListExport;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** A part of the log as a table; that somebody took it is an entry of its own. */
@Service
class AuditExport implements ListExport {

    private static final List<String> HEADINGS = List.of("谁", "什么时候", "做了什么", "哪一类", "哪一个", "地方", "细节", "编号");

    private final AuditTrail trail;
    private final Audit audit;
    private final InstantSource clock;

    AuditExport(AuditTrail trail, Audit audit, InstantSource clock) {
        this.trail = trail;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public String key() {
        return "audit";
    }

    @Override
    public String title() {
        return "审计记录";
    }

    @Override
    public List<String> headings() {
        return HEADINGS;
    }

    @Override
    public void admit(Reader reader) {
        Role.required(reader, Role.AUDIT);
    }

    @Override
    @Transactional
    public void write(Reader reader, Map<String, String> query, int most, Rows rows) throws IOException {
        var scope = Role.required(reader, Role.AUDIT);
        var filter = AuditFilter.of(query, CivilTime.date(clock.instant()));
        audit.record(reader, 0, "audit.exported", "audit", reader.account(), null, Map.of("filter", filter.query()));
        try (var found = trail.stream(scope, filter, most)) {
            for (var each = found.iterator(); each.hasNext(); ) {
                var row = each.next();
                rows.row(
                        row.who(), row.at(), row.action(), row.kind(), row.thing(), row.area(), row.detail(), row.id());
            }
        }
    }
}
