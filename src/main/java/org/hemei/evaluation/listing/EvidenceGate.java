package org.hemei.evaluation.listing;

import org.hemei.platform.Reader;
import org.hemei.platform.attachment.AttachmentGate;
import org.springframework.stereotype.Component;

/** What was attached in a case is for those who may read the case, and never for the public; minutes, which tell
 * how each member voted, for those inside the administration who have no interest in the company. */
@Component
class EvidenceGate implements AttachmentGate {

    private final Listings listings;
    private final ListingAccess access;

    EvidenceGate(Listings listings, ListingAccess access) {
        this.listings = listings;
        this.access = access;
    }

    @Override
    public String ownerKind() {
        return Evidence.OWNER_KIND;
    }

    @Override
    public boolean may(Reader reader, int district, String ownerId) {
        return listings.find(Evidence.listing(ownerId))
                .filter(listing -> access.mayRead(reader, listing))
                .filter(listing ->
                        access.minutes(reader, listing) || !listings.minutes(listing.id, Evidence.seq(ownerId)))
                .isPresent();
    }
}
