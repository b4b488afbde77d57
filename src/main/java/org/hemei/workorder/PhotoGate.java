package org.hemei.workorder;

import org.hemei.platform.Reader;
import org.hemei.platform.attachment.AttachmentGate;
import org.hemei.workorder.archive.PastYears;
import org.springframework.stereotype.Component;

/** An order's photos are for those who have to do with the order; neighbours who joined see the progress, not the photos. */
@Component
class PhotoGate implements AttachmentGate {

    private final WorkOrders orders;
    private final Standings standings;
    private final PastYears past;

    PhotoGate(WorkOrders orders, Standings standings, PastYears past) {
        this.past = past;
        this.orders = orders;
        this.standings = standings;
    }

    @Override
    public String ownerKind() {
        return Photos.OWNER_KIND;
    }

    @Override
    public boolean may(Reader reader, int district, String ownerId) {
        var id = OrderId.valueOf(ownerId);
        return orders.find(id).isPresent() ? may(reader, id) : past.read(() -> may(reader, id));
    }

    private boolean may(Reader reader, OrderId id) {
        return orders.find(id)
                .map(order -> standings.of(reader, order))
                .filter(all -> all.stream().anyMatch(standing -> standing != Standing.JOINER))
                .isPresent();
    }
}
