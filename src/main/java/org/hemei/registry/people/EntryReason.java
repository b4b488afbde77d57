package org.hemei.registry.people;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Why an entry is put right or taken back (decision 71); a code, because the history holds no words of people. */
public enum EntryReason {
    WRONG_DAY("日期登记错了"),
    EXTENDED("任期延长"),
    WORKING_TIME("全职兼职登记错了"),
    CHECKED("核对过，没有错"),
    NOTE("备注登记错了"),
    WRONG_PERSON("人登记错了"),
    WRONG_POST("单位或职务登记错了"),
    TWICE("登记了两次"),
    NEVER("没有这回事"),
    OTHER("其他");

    private final String words;

    EntryReason(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** What an appointment is put right for. */
    public static List<EntryReason> correcting() {
        return List.of(WRONG_DAY, EXTENDED, WORKING_TIME, CHECKED, OTHER);
    }

    /** What an appointment, or a membership, is taken back for. */
    public static List<EntryReason> takingBack() {
        return List.of(WRONG_PERSON, WRONG_POST, TWICE, NEVER, OTHER);
    }

    /** What a membership is put right for. */
    public static List<EntryReason> ofMembership() {
        return List.of(WRONG_DAY, NOTE, OTHER);
    }

    static Optional<EntryReason> of(String code) {
        return Arrays.stream(values()).filter(r -> r.code().equals(code)).findFirst();
    }

    /** One of these, or nothing. */
    static Optional<EntryReason> among(List<EntryReason> some, String code) {
        return of(code).filter(some::contains);
    }
}
