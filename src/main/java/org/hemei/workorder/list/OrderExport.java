package org.hemei.workorder.list;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.hemei.workorder.OrderId;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * A list of orders as an Excel table: rows are written while they are read, through a cursor, so memory stays flat. No names, no
 * phones, no units, and long numbers in titles are masked, because a file goes where no scope follows it. That somebody took it
 * is on record.
 */
@Service
class OrderExport implements ListExport {

    private static final Pattern ORDER = Pattern.compile("\\d{6}-\\d{1,18}");
    private static final List<String> HEADINGS = List.of(
            "单号", "标题", "小区", "楼栋", "类别", "缓急", "来源", "状态", "处理单位", "点单时间", "到期时间", "联系时间", "报处理好", "办结时间", "解决",
            "满意（1—5）", "也遇到", "催办");

    private final OrderListQueries queries;
    private final Audit audit;

    OrderExport(OrderListQueries queries, Audit audit) {
        this.queries = queries;
        this.audit = audit;
    }

    @Override
    public String key() {
        return "orders";
    }

    @Override
    public String title() {
        return "工单";
    }

    @Override
    public List<String> headings() {
        return HEADINGS;
    }

    @Override
    public void admit(Reader reader) {
        Role.required(
                reader, Role.COMMUNITY, Role.MANAGER, Role.STAFF, Role.HELPER, Role.STREET, Role.DISTRICT, Role.CITY);
    }

    /** Sent by the button for the ticked ones alone. */
    private static boolean onlyTicked(Map<String, String> query) {
        return "ticked".equals(query.get("rows")) && !"1".equals(query.get("all"));
    }

    @Override
    public void check(Map<String, String> query) {
        if (onlyTicked(query) && ticked(query).isEmpty()) {
            throw Refusal.of("pick", "没有选中工单。请回名单先勾选，或勾“筛出的全部”，再导出。");
        }
    }

    private static List<OrderId> ticked(Map<String, String> query) {
        var ids = new ArrayList<OrderId>();
        for (var text : query.getOrDefault("pick", "").split(",")) {
            if (ORDER.matcher(text).matches()) {
                ids.add(OrderId.valueOf(text));
            }
        }
        return ids;
    }

    @Override
    @Transactional
    public void write(Reader reader, Map<String, String> query, int most, Rows rows) throws IOException {
        var filter = OrderFilter.of(query);
        audit.record(
                reader,
                0,
                "work_order.export",
                "work_order_list",
                reader.account(),
                null,
                Map.of("filter", filter.on("").without("q").query()));
        try (var found = onlyTicked(query)
                ? queries.chosen(reader, filter.past(), ticked(query)).stream()
                : queries.stream(reader, filter, most)) {
            for (var each = found.iterator(); each.hasNext(); ) {
                write(rows, each.next());
            }
        }
    }

    private static void write(Rows rows, OrderRow row) throws IOException {
        var solved = row.solved();
        rows.row(
                row.number(),
                ListSheets.masked(row.title()),
                row.estate(),
                row.building(),
                row.category(),
                row.urgency().words(),
                row.channel().words(),
                row.state().words(),
                row.holder(),
                row.submittedAt(),
                row.clockRuns() ? row.dueAt() : null,
                row.contactedAt(),
                row.resolvedAt(),
                row.closedAt(),
                solved == null ? "" : solved ? "解决了" : "没解决",
                row.satisfied(),
                row.joined(),
                row.urged());
    }
}
