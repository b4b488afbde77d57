package org.hemei.workorder.list;

import java.util.List;
import org.hemei.platform.Reader;

/** What can be done with the orders chosen on a list; the list does not know what stands behind it. */
public interface ListAct {

    /** @param code the value that /orders/bulk takes as {@code act} */
    record Offer(String code, String words) {}

    List<Offer> offers(Reader reader);
}
