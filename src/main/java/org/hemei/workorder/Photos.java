package org.hemei.workorder;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.Attachments;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Gives uploaded photos to an order, in the transaction of the step they belong to. */
@Component
class Photos {

    /** The kind under which the files of orders are kept. */
    static final String OWNER_KIND = "work_order";

    /** What a photo shows; kept as the purpose of the file. */
    enum Use {
        REPORT,
        REMARK,
        BEFORE,
        AFTER,
        ASSIST
    }

    private final Attachments attachments;
    private final JdbcClient jdbc;

    Photos(Attachments attachments, JdbcClient jdbc) {
        this.attachments = attachments;
        this.jdbc = jdbc;
    }

    void attach(Reader reader, OrderId id, List<UUID> photos, Use use) {
        if (photos.isEmpty()) {
            return;
        }
        attachments.attach(id.district(), photos, OWNER_KIND, id.toString(), reader);
        jdbc.sql("update attachment set purpose = ? where district = ? and id = any (?) and owner_id = ?")
                .params(use.name().toLowerCase(Locale.ROOT), id.district(), photos.toArray(UUID[]::new), id.toString())
                .update();
    }
}
