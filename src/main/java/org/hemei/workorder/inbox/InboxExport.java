package org.hemei.workorder.inbox;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.hemei.platform.transfer.ListExport;
import org.hemei.workorder.list.OrderListQueries;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What waits for somebody as an Excel table, under the filters of the page, shortest time left first. */
@Service
class InboxExport implements ListExport {

    private final InboxFinder finder;
    private final Audit audit;

    InboxExport(InboxFinder finder, Audit audit) {
        this.finder = finder;
        this.audit = audit;
    }

    @Override
    public String key() {
        return "inbox";
    }

    @Override
    public String title() {
        return "待办";
    }

    @Override
    public List<String> headings() {
        return List.of("单号", "标题", "小区", "楼栋", "类别", "状态", "要办什么", "到期时间", "处理单位", "点单时间");
    }

    @Override
    public void admit(Reader reader) {
        Role.required(
                reader, Role.COMMUNITY, Role.STREET, Role.MANAGER, Role.STAFF, Role.HELPER, Role.DISTRICT, Role.CITY);
    }

    @Override
    @Transactional
    public void write(Reader reader, Map<String, String> query, int most, Rows rows) throws IOException {
        audit.record(
                reader, 0, "work_order.export", "work_order_list", reader.account(), null, Map.of("list", "inbox"));
        for (var row : finder.all(reader, Inbox.Filter.of(query), most)) {
            rows.row(
                    row.number(),
                    OrderListQueries.masked(row.title()),
                    row.estate(),
                    row.building(),
                    row.category(),
                    row.state().words(),
                    row.needWords(),
                    row.due(),
                    row.holder(),
                    row.submittedAt());
        }
    }
}
