package org.hemei.evaluation.listing;

import java.time.InstantSource;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The bureau enters once what all its papers name: itself, its address, who reviews its decisions and the court (Law on Administrative
 * Penalties art. 59 (5), (6), which this procedure follows). Nothing of it is guessed: which court it is differs from place to place.
 */
@Service
public class OfficeDesk {

    /** @param area for it and all below it that has none of its own */
    public record Draft(String area, String name, String address, String reviewBody, String court) {}

    private final Offices offices;
    private final Audit audit;
    private final InstantSource clock;

    OfficeDesk(Offices offices, Audit audit, InstantSource clock) {
        this.offices = offices;
        this.audit = audit;
        this.clock = clock;
    }

    /** From now on; papers that were served before keep what they named. */
    @Transactional
    public void set(Reader reader, Draft draft) {
        if (!reader.scope(Role.HOUSING).covers(draft.area)) {
            throw new Missing("这里的主管部门不归您填。");
        }
        var id = offices.insert(draft, reader.account(), clock.instant());
        audit.record(
                reader,
                ListingDesk.district(draft.area),
                "listing_office.set",
                "listing_office",
                id,
                draft.area,
                Map.of(
                        "name", draft.name,
                        "address", draft.address,
                        "review_body", draft.reviewBody,
                        "court", draft.court));
    }
}
