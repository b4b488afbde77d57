package org.hemei.registry.contract;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the company that leaves hands to the one that comes (《物业管理条例》第三十八条第二款, 《民法典》第九百四十九条).
 *
 * @param contract the new one, which also names the record
 * @param fromHeir who speaks today for the company that left: itself, or the one it has merged into
 * @param due the day agreed, or the sample one
 */
record Handover(
        long contract,
        long previous,
        long estate,
        String estateName,
        int district,
        String community,
        long from,
        String fromName,
        long to,
        String toName,
        long fromHeir,
        String fromHeirName,
        long toHeir,
        String toHeirName,
        LocalDate changesOn,
        LocalDate due,
        String dueBasis,
        @Nullable LocalDate doneOn,
        List<Item> items,
        @Nullable Word given,
        @Nullable Word taken,
        int version) {

    /** @param state open, given, missing or disputed */
    record Item(String item, String state, String words) {

        static final List<String> STATES = List.of("open", "given", "missing", "disputed");

        String stateWords() {
            return switch (state) {
                case "given" -> "交了";
                case "missing" -> "缺";
                case "disputed" -> "有争议";
                default -> "还没说";
            };
        }
    }

    /** Somebody's confirmation; @param instead why it was not somebody of the company who gave it */
    record Word(String who, Instant at, @Nullable String instead) {}

    enum Side {
        GIVEN("交出方"),
        TAKEN("接收方");

        final String words;

        Side(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }

        static Side of(String text) {
            return text.equals("taken") ? TAKEN : GIVEN;
        }
    }

    long company(Side side) {
        return side == Side.GIVEN ? from : to;
    }

    /** Who speaks for that side today. */
    long speaker(Side side) {
        return side == Side.GIVEN ? fromHeir : toHeir;
    }

    String speakerName(Side side) {
        return side == Side.GIVEN ? fromHeirName : toHeirName;
    }

    /** The two have become one company: nobody hands anything to anybody. */
    boolean one() {
        return fromHeir == toHeir;
    }

    boolean open() {
        return doneOn == null && !one();
    }

    /** Whether another company speaks for that side by now. */
    boolean succeeded(Side side) {
        return speaker(side) != company(side);
    }

    String companyName(Side side) {
        return side == Side.GIVEN ? fromName : toName;
    }

    @Nullable
    Word word(Side side) {
        return side == Side.GIVEN ? given : taken;
    }

    long count(String state) {
        return items.stream().filter(item -> item.state.equals(state)).count();
    }

    boolean late(LocalDate today) {
        return open() && due.isBefore(today);
    }
}
