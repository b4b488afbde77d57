package org.hemei.workorder.filing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a resident has said so far on the way to an order; it travels in the form, so the four steps need no session.
 *
 * @param spot the chosen place as estate-building-unit with gaps for what is common ground: 12-40-881, 12-40-, 12--
 * @param other a building of the estate chosen from the list, when the spot says so (12-other-)
 * @param branch top of the category tree, chosen by its picture
 * @param category leaf of the tree
 * @param declined a suggestion the resident said no to
 */
record FilingDraft(
        String spot,
        @Nullable Long other,
        String place,
        String branch,
        String category,
        String declined,
        String words,
        Boolean anonymous,
        List<UUID> photos) {

    static final FilingDraft EMPTY = new FilingDraft("", null, "", "", "", "", "", false, List.of());

    /** A form that leaves a field out binds null. */
    FilingDraft {
        spot = Objects.requireNonNullElse(spot, "");
        place = Objects.requireNonNullElse(place, "");
        branch = Objects.requireNonNullElse(branch, "");
        category = Objects.requireNonNullElse(category, "");
        declined = Objects.requireNonNullElse(declined, "");
        words = Objects.requireNonNullElse(words, "");
        anonymous = Objects.requireNonNullElse(anonymous, false);
        photos = Objects.requireNonNullElse(photos, List.<UUID>of()).stream()
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    FilingDraft at(String where) {
        return new FilingDraft(where, null, place, branch, category, declined, words, anonymous, photos);
    }

    FilingDraft leaf(String branchCode, String leafCode) {
        return new FilingDraft(spot, other, place, branchCode, leafCode, declined, words, anonymous, photos);
    }

    FilingDraft decline(String code) {
        return new FilingDraft(spot, other, place, branch, category, code, words, anonymous, photos);
    }

    FilingDraft with(UUID photo) {
        var more = new ArrayList<>(photos);
        more.add(photo);
        return new FilingDraft(spot, other, place, branch, category, declined, words, anonymous, more);
    }

    FilingDraft without(UUID photo) {
        var rest = photos.stream().filter(p -> !p.equals(photo)).toList();
        return new FilingDraft(spot, other, place, branch, category, declined, words, anonymous, rest);
    }

    List<String> photoIds() {
        return photos.stream().map(UUID::toString).toList();
    }

    @Nullable
    Long estate() {
        return part(0);
    }

    @Nullable
    Long building() {
        return spot.contains("-other-") ? other : part(1);
    }

    @Nullable
    Long unit() {
        return part(2);
    }

    private @Nullable Long part(int n) {
        var parts = spot.split("-", -1);
        return parts.length == 3 && parts[n].matches("\\d{1,18}") ? Long.valueOf(parts[n]) : null;
    }
}
