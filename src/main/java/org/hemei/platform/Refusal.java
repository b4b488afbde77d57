package org.hemei.platform;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule says no: all the reasons at once, in words for the person who asked. The transaction rolls back. */
public class Refusal extends RuntimeException {

    /**
     * @param field the form field the reason belongs to; null when it concerns the whole request
     * @param words a plain Chinese sentence that says what to do
     */
    public record Reason(@Nullable String field, String words) {}

    private final transient List<Reason> reasons;

    public Refusal(List<Reason> reasons) {
        super(String.join(" ", reasons.stream().map(Reason::words).toList()), null, false, false);
        this.reasons = List.copyOf(reasons);
    }

    public static Refusal of(String words) {
        return new Refusal(List.of(new Reason(null, words)));
    }

    public static Refusal of(String field, String words) {
        return new Refusal(List.of(new Reason(field, words)));
    }

    public List<Reason> reasons() {
        return reasons;
    }

    @Override
    public String getMessage() {
        return java.util.Objects.requireNonNullElse(super.getMessage(), "");
    }
}
