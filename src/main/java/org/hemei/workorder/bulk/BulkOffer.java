package org.hemei.workorder.bulk;

import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.workorder.list.ListAct;
import org.springframework.stereotype.Component;

/** Offers the acts on the list of orders. */
@Component
class BulkOffer implements ListAct {

    @Override
    public List<Offer> offers(Reader reader) {
        return BulkAct.of(reader).stream()
                .map(act -> new Offer(act.code(), act.words()))
                .toList();
    }
}
