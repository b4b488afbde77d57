package org.hemei.access.security;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hemei.access.AccountGrants;
import org.hemei.access.Readers;
import org.hemei.platform.AccessReason;
import org.hemei.platform.AccessReason.Answer;
import org.hemei.platform.AccessReason.Kind;
import org.hemei.platform.Grant;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** 为什么能看: which of somebody's grants let them to a thing, found by asking the room with each grant alone. */
@Service
public class Why {

    /** @param as what this one grant makes of the person; empty: it does not let them in */
    public record OneGrant(AccountGrants.Held held, List<String> as) {}

    /**
     * @param thing what it is called
     * @param as what the person is to it, all grants together
     * @param without what they are to it with no grant at all, such as the one who filed an order
     * @param closed the account is closed, so nothing is open to it
     */
    public record Found(String thing, List<String> as, List<String> without, List<OneGrant> grants, boolean closed) {

        public boolean open() {
            return !as.isEmpty();
        }

        public List<OneGrant> counting() {
            return grants.stream().filter(one -> !one.as.isEmpty()).toList();
        }
    }

    private final List<AccessReason> rooms;
    private final Readers readers;
    private final AccountGrants grants;
    private final Audit audit;
    private final TransactionTemplate transaction;

    Why(List<AccessReason> rooms, Readers readers, AccountGrants grants, Audit audit, TransactionTemplate transaction) {
        this.rooms = rooms;
        this.readers = readers;
        this.grants = grants;
        this.audit = audit;
        this.transaction = transaction;
    }

    List<Kind> kinds() {
        return rooms.stream()
                .flatMap(room -> room.kinds().stream())
                .sorted(Comparator.comparing(Kind::code))
                .toList();
    }

    /** That it was asked is on the audit trail. @return empty when there is no such thing */
    public Optional<Found> explain(Reader asking, long account, String kind, String id) {
        var room = room(kind);
        if (room == null || id.isBlank()) {
            return Optional.empty();
        }
        Map<String, String> what = Map.of("kind", kind, "thing", id.strip());
        transaction.executeWithoutResult(
                status -> audit.record(asking, 0, "access.explained", "account", account, null, what));
        var whole = readers.of(account).orElse(null);
        var nobody = whole == null ? new Reader(account, 0, "", List.of(), false) : bare(whole);
        var without = room.ask(kind, id.strip(), nobody).orElse(null);
        if (without == null) {
            return Optional.empty();
        }
        List<OneGrant> each = new ArrayList<>();
        for (var held : grants.of(account)) {
            each.add(new OneGrant(
                    held,
                    whole == null || !held.inForce()
                            ? List.of()
                            : more(room, kind, id, whole.only(held.grant()), without)));
        }
        var as = whole == null ? List.<String>of() : ask(room, kind, id, whole);
        return Optional.of(
                new Found(without.thing(), as, whole == null ? List.of() : without.as(), each, whole == null));
    }

    private static Reader bare(Reader whole) {
        return new Reader(whole.account(), whole.person(), whole.name(), List.<Grant>of(), whole.care());
    }

    /** What the one grant adds to what the person is without any. */
    private static List<String> more(AccessReason room, String kind, String id, Reader one, Answer without) {
        return ask(room, kind, id, one).stream()
                .filter(as -> !without.as().contains(as))
                .toList();
    }

    private static List<String> ask(AccessReason room, String kind, String id, Reader reader) {
        return room.ask(kind, id.strip(), reader).map(Answer::as).orElse(List.of());
    }

    private @Nullable AccessReason room(String kind) {
        return rooms.stream()
                .filter(room -> room.kinds().stream().anyMatch(one -> Objects.equals(one.code(), kind)))
                .findFirst()
                .orElse(null);
    }
}
