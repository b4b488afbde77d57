package org.hemei.registry.company;

import java.util.List;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.TodoSource;
import org.hemei.registry.Areas;
import org.hemei.registry.Office;
import org.springframework.stereotype.Component;

/** 物业企业 in the menu, with the credit codes that wait for a second look. */
@Component
class CompanyMenu implements NavEntry, TodoSource {

    private final Proposals proposals;

    CompanyMenu(Proposals proposals) {
        this.proposals = proposals;
    }

    @Override
    public List<Item> items(Reader reader) {
        if (Areas.seen(reader).isEmpty()) {
            return List.of();
        }
        var waiting = waiting(reader);
        return List.of(new Item("底数", 260, "/companies", "物业企业", "firm", waiting == 0 ? null : waiting));
    }

    @Override
    public int waiting(Reader reader) {
        return proposals.waitingFor(reader.scope(Office.HOUSING), reader.account());
    }
}
