package org.hemei.demo;

import java.io.ByteArrayInputStream;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.attachment.Attachments.Purpose;
import org.hemei.workorder.OrderId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gives the latest orders of the showcase community pictures, through the same door as people's photos. */
@Component
class DemoPhotos {

    private static final int MOST = 30;

    private final Attachments attachments;
    private final JdbcClient jdbc;

    DemoPhotos(Attachments attachments, JdbcClient jdbc) {
        this.attachments = attachments;
        this.jdbc = jdbc;
    }

    /** @param orders the latest last */
    void add(List<Order> orders) {
        var pictures = new Pictures();
        int made = 0;
        for (var order : orders.reversed()) {
            if (made >= MOST) {
                return;
            }
            made += put(pictures, order, order.filedBy, order.submittedAt, "report", made);
            var by = order.resolvedBy;
            var at = order.resolvedAt;
            if (by != null && at != null) {
                made += put(pictures, order, by, at, "before", made);
                made += put(pictures, order, by, at, "after", made);
            }
        }
    }

    private int put(Pictures pictures, Order order, long account, Instant at, String use, int variation) {
        var picture = pictures.draw(order.topic.code(), use.equals("after"), variation);
        if (picture.isEmpty()) {
            return 0;
        }
        var uploader = new Reader(account, 0, "", List.of(), false);
        var id = new OrderId(order.estate.district(), order.id);
        var photo = attachments.store(
                uploader, id.district(), new ByteArrayInputStream(picture.get()), "示例.jpg", Purpose.PHOTO);
        attachments.attach(id.district(), List.of(photo), "work_order", id.toString(), uploader);
        jdbc.sql("update attachment set purpose = ?, uploaded_at = ? where district = ? and id = ?")
                .params(use, Timestamp.from(at), id.district(), photo)
                .update();
        return 1;
    }
}
