package org.hemei.workorder;

import org.hemei.platform.Reader;
import org.hemei.platform.attachment.AttachmentGate;
import org.springframework.stereotype.Component;

/** An order's photos are for those who have to do with the order; neighbours who joined see the progress, not the photos. */
@Component
class PhotoGate implements AttachmentGate {

    private final WorkOrders orders;
    private final Standings standings;

    PhotoGate(WorkOrders orders, Standings standings) {
        this.orders = orders;
        this.standings = standings;
    }

    @Override
    public String ownerKind() {
        return Photos.OWNER_KIND;
    }

    @Override
    public boolean may(Reader reader, int district, String ownerId) {
        return orders.find(OrderId.valueOf(ownerId))
                .map(order -> standings.of(reader, order))
                .filter(all -> all.stream().anyMatch(standing -> standing != Standing.JOINER))
                .isPresent();
    }
}
