package org.hemei.platform.web;

import java.util.List;
import java.util.Objects;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/** What is wrong with a form, as its page shows it: next to the field, and all of it at the top. */
public record FormErrors(List<Reason> reasons) {

    public static final FormErrors NONE = new FormErrors(List.of());

    public FormErrors {
        reasons = List.copyOf(reasons);
    }

    public static FormErrors of(Refusal refusal) {
        return new FormErrors(refusal.reasons());
    }

    /** The same, all at the top of the page: for a page that does not show the form now. */
    public FormErrors atTop() {
        return new FormErrors(
                reasons.stream().map(r -> new Reason(null, r.words())).toList());
    }

    public boolean any() {
        return !reasons.isEmpty();
    }

    /** The words for a field; null when it is fine. */
    public @Nullable String of(String field) {
        return reasons.stream()
                .filter(r -> Objects.equals(r.field(), field))
                .map(Reason::words)
                .findFirst()
                .orElse(null);
    }

    /** Whether the top of the page has to speak: for what belongs to no field, or when there are several. */
    public boolean summary() {
        return reasons.size() > 1 || reasons.stream().anyMatch(r -> r.field() == null);
    }
}
