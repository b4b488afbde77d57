package org.hemei.ballot;

import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Face to face: ballots that households fill in on the screen of whoever came to their door. */
@Service
class DoorDesk {

    private static final String WHAT = "ballot.at_the_door";

    private final PollStore store;
    private final BallotBox box;
    private final Keyers keyers;
    private final Audit audit;
    private final EventLog events;

    DoorDesk(PollStore store, BallotBox box, Keyers keyers, Audit audit, EventLog events) {
        this.events = events;
        this.store = store;
        this.box = box;
        this.keyers = keyers;
        this.audit = audit;
    }

    /** Has a ballot signed that a household filled in on the assessor's screen. It says who was there, not what was chosen. */
    @Transactional
    byte[] sign(Reader reader, long poll, long estate, long unit, byte[] blinded) {
        var place = keyers.place(reader, poll, estate);
        var entry = store.entry(poll, unit)
                .filter(one -> one.estate() == estate)
                .orElseThrow(() -> Refusal.of("名册上没有这一户。"));
        var signature = box.sign(reader, poll, unit, BallotBox.Channel.FACE, blinded);
        audit.record(reader, place.district(), WHAT, "poll", poll, place.community(), Map.of("unit", unit));
        if (entry.channel() == null) {
            // asked again after a broken line, it was told already
            events.announce(place.district(), WHAT, poll, Map.of("estate", estate, "unit", unit));
        }
        return signature;
    }
}
