package org.hemei.ballot;

import org.hemei.platform.Reader;
import org.hemei.platform.attachment.AttachmentGate;
import org.springframework.stereotype.Component;

/** A scan of a sheet is for those who key the sheets of its estate. */
@Component
class SheetGate implements AttachmentGate {

    private final DeskQueries queries;

    SheetGate(DeskQueries queries) {
        this.queries = queries;
    }

    @Override
    public String ownerKind() {
        return SheetDesk.OWNER_KIND;
    }

    @Override
    public boolean may(Reader reader, int district, String ownerId) {
        var dash = ownerId.indexOf('-');
        return queries.community(district, Long.parseLong(ownerId.substring(0, dash)), ownerId.substring(dash + 1))
                .filter(community -> reader.scope(DeskPages.KEYERS).covers(community))
                .isPresent();
    }
}
