package org.hemei.ballot;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who deals with paper and stands at the doors of an estate. The property company never does. */
@Component
class Keyers {

    static final Role[] ROLES = {Role.COMMUNITY, Role.STREET, Role.ASSESSOR};

    private final PaperSheets sheets;
    private final PollStore store;
    private final List<PollHands> hands;

    Keyers(PaperSheets sheets, PollStore store, List<PollHands> hands) {
        this.sheets = sheets;
        this.store = store;
        this.hands = hands;
    }

    /** @throws Missing when the reader's roles do not reach there, or the room whose poll it is says no */
    PaperSheets.Place place(Reader reader, long poll, long estate) {
        var place = reaches(reader, poll, estate).orElseThrow(() -> new Missing("没有这次投票，或它不归您管。"));
        var against = against(reader, poll, estate);
        if (against != null) {
            throw new Missing(against);
        }
        return place;
    }

    boolean may(Reader reader, long poll, long estate) {
        return reaches(reader, poll, estate).isPresent() && against(reader, poll, estate) == null;
    }

    private Optional<PaperSheets.Place> reaches(Reader reader, long poll, long estate) {
        return sheets.place(poll, estate).filter(place -> reader.scope(ROLES).covers(place.community()));
    }

    /** Where nothing waits for this reader, though their role reaches there. */
    List<PollHands.Place> barred(Reader reader) {
        return hands.stream().flatMap(hand -> hand.barred(reader).stream()).toList();
    }

    /** What is against this reader, in words; null for nothing. */
    @Nullable
    String against(Reader reader, long poll, long estate) {
        var one = store.find(poll).orElseThrow(BallotBox::none);
        return hands.stream()
                .map(hand -> hand.against(reader, one, estate))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
