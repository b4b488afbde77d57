package org.hemei.workorder.bulk;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Transitions;
import org.hemei.workorder.Verb;

/** What can be done with many orders at once. Whether it can with this one is the order's own business. */
public enum BulkAct {
    ACCEPT(Verb.ACCEPT, null),
    DISPATCH(Verb.DISPATCH, "派给谁"),
    TAKE(Verb.TAKE, null),
    ASSIGN(Verb.ASSIGN, "交给谁"),
    URGE(Verb.URGE, null),
    /** After an estate came under another community: that one is offered what is still open. */
    HAND_ON(Verb.OFFER_TRANSFER, null),
    /** What others offer, on the list of transfers. */
    TAKE_TRANSFER(Verb.TAKE_TRANSFER, null);

    private final Verb verb;
    private final @org.jspecify.annotations.Nullable String asks;

    BulkAct(Verb verb, @org.jspecify.annotations.Nullable String asks) {
        this.verb = verb;
        this.asks = asks;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    String words() {
        return switch (this) {
            case HAND_ON -> "转给新社区";
            case TAKE_TRANSFER -> "接下";
            default -> verb.words();
        };
    }

    /** The list that it is chosen on. */
    String list() {
        return this == TAKE_TRANSFER ? "移交" : "工单";
    }

    /** The question that has to be answered first; null when there is none. */
    @org.jspecify.annotations.Nullable
    String asks() {
        return asks;
    }

    static Optional<BulkAct> find(String code) {
        return Arrays.stream(values()).filter(act -> act.code().equals(code)).findFirst();
    }

    /** Those that some duty of the reader's can ever do, by the one table of transitions. */
    static List<BulkAct> of(Reader reader) {
        var standings = standings(reader);
        return Arrays.stream(values())
                .filter(act -> Transitions.rows().stream()
                        .anyMatch(row ->
                                row.verb() == act.verb && row.who().stream().anyMatch(standings::contains)))
                .toList();
    }

    private static Set<Standing> standings(Reader reader) {
        var standings = EnumSet.noneOf(Standing.class);
        if (reader.has(Role.COMMUNITY)) {
            standings.add(Standing.COMMUNITY);
        }
        if (reader.has(Role.STREET)) {
            standings.add(Standing.STREET);
        }
        if (reader.has(Role.COMMUNITY) || reader.has(Role.STREET)) {
            standings.add(Standing.RECEIVER);
        }
        if (reader.has(Role.MANAGER)) {
            standings.add(Standing.MANAGER);
        }
        if (reader.has(Role.STAFF)) {
            standings.add(Standing.STAFF);
        }
        if (reader.has(Role.DISTRICT) || reader.has(Role.CITY)) {
            standings.add(Standing.OVERSEER);
        }
        return standings;
    }
}
