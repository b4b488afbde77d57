package org.hemei.evaluation.inspection;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.hemei.platform.Chip;
import org.jspecify.annotations.Nullable;

/** One visit of one assessor to one estate. */
public record Inspection(
        long id,
        long campaign,
        String campaignTitle,
        boolean takes,
        long scheme,
        int district,
        long estate,
        String estateName,
        String place,
        String companies,
        int turn,
        long assessor,
        State state,
        int version,
        LocalDate dueOn,
        @Nullable Instant doneAt) {

    /** Replaced: given to another assessor; what was found no longer counts. */
    public enum State {
        OPEN("还没看", "wait", "clock"),
        DONE("看过了", "ok", "check"),
        REPLACED("换了人", "", "swap");

        private final Chip chip;

        State(String words, String tone, String icon) {
            this.chip = new Chip(words, tone, icon);
        }

        public String words() {
            return chip.words();
        }

        public Chip chip() {
            return chip;
        }
    }

    /** What was found of one item. */
    public record Found(String level, String note) {}

    /** How far an item is kept. */
    public enum Level {
        MET("做到"),
        PARTLY("部分做到"),
        NOT("没做到"),
        NA("这里不适用");

        private final String words;

        Level(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Level> of(String code) {
            return Arrays.stream(values())
                    .filter(one -> one.code().equals(code))
                    .findFirst();
        }
    }

    public String path() {
        return "/inspections/" + id;
    }
}
