package org.hemei.registry.contract;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.hemei.platform.transfer.ListExport;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The handovers as an Excel table: what is still missing or disputed, by name. */
@Component
class HandoverExport implements ListExport {

    private final Handovers handovers;
    private final Audit audit;

    HandoverExport(Handovers handovers, Audit audit) {
        this.handovers = handovers;
        this.audit = audit;
    }

    @Override
    public String key() {
        return "handovers";
    }

    @Override
    public String title() {
        return "物业交接";
    }

    @Override
    public List<String> headings() {
        return List.of("小区", "交出的企业", "接收的企业", "换企业的日子", "约定交清", "办完", "交清几项", "共几项", "缺的", "有争议的");
    }

    @Override
    public void admit(Reader reader) {
        HandoverPages.readers(reader);
    }

    @Override
    @Transactional
    public void write(Reader reader, Map<String, String> query, int most, Rows rows) throws IOException {
        audit.record(reader, 0, "contract_handover.export", "contract_handover_list", reader.account(), null, Map.of());
        for (var one : handovers.list(reader, "1".equals(query.get("done")), query.getOrDefault("area", ""), 0, most)) {
            rows.row(
                    one.estateName(),
                    one.fromName(),
                    one.toName(),
                    one.changesOn(),
                    one.due(),
                    one.doneOn(),
                    one.items().stream()
                            .filter(item -> item.state().equals("given"))
                            .count(),
                    one.items().size(),
                    named(one, "missing"),
                    named(one, "disputed"));
        }
    }

    private static String named(Handover handover, String state) {
        return String.join(
                "、",
                handover.items().stream()
                        .filter(item -> item.state().equals(state))
                        .map(Handover.Item::item)
                        .toList());
    }
}
