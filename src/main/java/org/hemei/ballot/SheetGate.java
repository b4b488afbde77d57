package org.hemei.ballot;

import org.hemei.platform.Reader;
import org.hemei.platform.attachment.AttachmentGate;
import org.springframework.stereotype.Component;

/** A scan of a sheet is for those who key the sheets of its estate, as long as there is something to key. */
@Component
class SheetGate implements AttachmentGate {

    private final DeskQueries queries;
    private final Keyers keyers;

    SheetGate(DeskQueries queries, Keyers keyers) {
        this.queries = queries;
        this.keyers = keyers;
    }

    @Override
    public String ownerKind() {
        return Scans.OWNER_KIND;
    }

    @Override
    public boolean may(Reader reader, int district, String ownerId) {
        var dash = ownerId.indexOf('-');
        var poll = Long.parseLong(ownerId.substring(0, dash));
        return queries.estate(district, poll, ownerId.substring(dash + 1))
                .filter(estate -> keyers.may(reader, poll, estate))
                .isPresent();
    }
}
