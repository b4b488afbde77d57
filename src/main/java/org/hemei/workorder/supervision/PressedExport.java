package org.hemei.workorder.supervision;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.hemei.platform.transfer.ListExport;
import org.hemei.workorder.list.OrderListQueries;
import org.springframework.transaction.support.TransactionTemplate;

/** One of the four lists of 争议和督办 as an Excel table; long numbers in words are masked. */
class PressedExport implements ListExport {

    private final PressedKind kind;
    private final PressedQueries queries;
    private final Audit audit;
    private final TransactionTemplate transaction;

    PressedExport(PressedKind kind, PressedQueries queries, Audit audit, TransactionTemplate transaction) {
        this.kind = kind;
        this.queries = queries;
        this.audit = audit;
        this.transaction = transaction;
    }

    @Override
    public String key() {
        return kind.path().substring(1);
    }

    @Override
    public String title() {
        return kind.words();
    }

    @Override
    public List<String> headings() {
        return List.of("单号", "标题", "哪里", "单位", "因为什么", "说明", "现在", "什么时候", "到期时间");
    }

    @Override
    public void admit(Reader reader) {
        Role.required(reader, PressedPages.READERS);
    }

    @Override
    public void write(Reader reader, Map<String, String> query, int most, Rows rows) throws IOException {
        transaction.executeWithoutResult(status -> audit.record(
                reader, 0, "work_order.export", "work_order_list", reader.account(), null, Map.of("list", key())));
        for (var one : queries.all(reader, PressedQueries.Filter.of(kind, query), most)) {
            rows.row(
                    one.number(),
                    OrderListQueries.masked(one.title()),
                    one.where(),
                    one.holder(),
                    one.about(),
                    OrderListQueries.masked(one.said()),
                    one.state(),
                    one.at(),
                    one.running() ? one.dueAt() : null);
        }
    }
}
