package org.hemei.workorder;

import java.util.List;
import org.hemei.platform.Reader;

/**
 * Another room or place that can take an order over: mediation, a key project, an emergency, another estate. A room offers
 * itself by having a bean of this type; only those present are offered, and the order stays open until the other side takes it.
 */
public interface TransferTarget {

    /**
     * To whom exactly the order can be offered.
     *
     * @param key what the target knows it by
     * @param area code of the area whose desk decides
     */
    record Place(String key, String name, String area) {}

    /** A name that never changes; stored with each transfer. */
    String code();

    /** What it is, as an option of the form. */
    String words();

    /** The places this order can be offered to, by words in their names; none when this target does not fit the order. */
    List<Place> places(WorkOrder order, String q);

    /** Whether this reader decides for the place. */
    boolean decides(Reader reader, String area);

    /**
     * Takes the order over, in the transaction in which it ends here.
     *
     * @return the address of what it has become
     */
    String take(Reader reader, WorkOrder order, String place);
}
