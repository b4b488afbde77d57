package org.hemei.platform;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule of the mechanism: in which words, on what basis, how it is computed, and how it stands on any day. A room offers
 * each of its rules as a bean; pages, monthly snapshots, exports and tasks follow from that. A check tells where the
 * mechanism does not run; it never decides about a person.
 */
public interface MechanismCheck {

    /** The share of the whole that has to be reached, in percent. Every rule has it. */
    String TARGET = "target";

    /** How many percentage points below the target still read as near. Every rule has it. */
    String NEAR = "near";

    /** The three systems of the article. */
    enum Part {
        LEADERSHIP("领导机制"),
        NETWORK("组织体系"),
        OPERATION("运行体系");

        private final String words;

        Part(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** How an area stands. Always said by word and colour. */
    enum State {
        NOT_MET("未达", "late", "cross"),
        NEAR("接近", "wait", "near"),
        MET("达标", "ok", "check"),
        NONE("不适用", "", "minus");

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

        /** In whole numbers: exactly the target is met, nothing to count is not applicable. */
        public static State of(long part, long whole, int target, int near) {
            if (whole == 0) {
                return NONE;
            }
            if (part * 100 >= whole * target) {
                return MET;
            }
            return part * 100 >= whole * (target - near) ? State.NEAR : NOT_MET;
        }
    }

    /**
     * @param name the document, as it is called
     * @param quote what it says, word for word
     */
    record Basis(String name, String quote) {}

    /**
     * A number the rule works with. What holds where and when is kept as data, with its basis; the value here holds where
     * nobody has set another.
     *
     * @param name {@link #TARGET}, {@link #NEAR}, or one of the rule's own
     * @param unit as read after the value: %, 个百分点, 人
     */
    record Threshold(String name, String label, String unit, int value, int least, int most, String basis) {}

    /**
     * @param code never changes: figures, thresholds and tasks are kept under it; lower-case words with dashes
     * @param title at most 16 characters
     * @param words the rule in one plain sentence
     * @param computed what is counted in part and whole, in plain words
     * @param unit what one thing is, read after the whole: 个小区
     * @param lacking what those who fall short are called: 没人管的小区
     * @param aim true for something aimed at and never demanded: no tasks are made of it
     */
    record Rule(
            String code,
            Part part,
            String title,
            String words,
            Basis basis,
            String computed,
            String unit,
            String lacking,
            List<Threshold> thresholds,
            boolean aim) {

        public Threshold threshold(String name) {
            return thresholds.stream()
                    .filter(t -> t.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(code + " has no threshold " + name));
        }
    }

    /**
     * The count of one area, at the level where the rule lives and nowhere else: those above are sums of parts and of
     * wholes. An area without anything to count has no figure.
     *
     * @param notice how many are within the rule, yet worth a look
     */
    record Figure(String area, int part, int whole, int notice) {}

    /**
     * Who falls short.
     *
     * @param key never changes for the same subject and sorts the list; begins with the code of the area
     * @param link the subject's page; null when it has none
     * @param missing what is missing, as a short clause
     * @param body the subject when it is a body that can be given a task itself
     * @param notice within the rule, yet worth a look
     */
    record Shortfall(
            String key,
            String area,
            String name,
            @Nullable String link,
            String missing,
            @Nullable Long body,
            boolean notice) {}

    Rule rule();

    /**
     * Whether the number behind the area in a key is of the subject alone: then one that has come under another area keeps the task it
     * had. False where one number stands under several areas, such as a campaign of the whole city in each district.
     */
    default boolean follows() {
        return true;
    }

    /** The whole of the data as it stood at the end of this day, in few statements over everything. */
    List<Figure> measure(LocalDate on);

    /**
     * Those who fall short in this area and below, in the order of their keys; what is only worth a look comes along.
     *
     * @param after the last key of the page before; empty for the first page
     */
    List<Shortfall> shortfalls(String area, LocalDate on, String after, int most);
}
