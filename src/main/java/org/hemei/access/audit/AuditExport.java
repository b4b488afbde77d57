package org.hemei.access.audit;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.platform.log.Audit;
import org.hemei.platform.table.ExcelTable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** A part of the log as a table; that somebody took it is an entry of its own. */
@Service
class AuditExport {

    private final AuditTrail trail;
    private final Audit audit;

    AuditExport(AuditTrail trail, Audit audit) {
        this.trail = trail;
        this.audit = audit;
    }

    @Transactional
    public void write(Reader reader, Scope scope, AuditFilter filter, HttpServletResponse response) throws IOException {
        audit.record(reader, 0, "audit.exported", "audit", reader.account(), null, Map.of("filter", filter.query()));
        try (var table = ExcelTable.open(
                        response, "audit", "审计记录", List.of("谁", "什么时候", "做了什么", "哪一类", "哪一个", "地方", "细节", "编号"));
                var rows = trail.stream(scope, filter, ExcelTable.MOST)) {
            for (var each = rows.iterator(); each.hasNext(); ) {
                var row = each.next();
                table.row(
                        row.who(), row.at(), row.action(), row.kind(), row.thing(), row.area(), row.detail(), row.id());
            }
            if (table.rows() == ExcelTable.MOST) {
                table.foot("只导出了最新的 " + ExcelTable.MOST + " 条，请缩短时间再导。");
            }
        }
    }
}
