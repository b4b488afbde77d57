package org.hemei.registry.estate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.platform.web.Form;
import org.jspecify.annotations.Nullable;

/** An estate's facts as somebody writes them. @param floorArea in cm² */
record EstateDraft(
        String name,
        @Nullable String alias,
        List<String> kinds,
        int households,
        int buildings,
        @Nullable Integer builtYear,
        @Nullable Long floorArea,
        @Nullable String phone) {

    private static final int MOST_SQUARE_METRES = 50_000_000;

    static EstateDraft read(Form form, int thisYear) {
        var name = form.text("name", 40, "请填小区名。");
        var kinds = EstateView.KINDS.stream()
                .filter(kind -> form.has("kinds", kind))
                .toList();
        if (kinds.isEmpty()) {
            form.wrong("kinds", "请至少选一种类型，可以选几种。");
        }
        var households = form.needed("households", 1, 100_000, "请填户数。");
        var buildings = form.needed("buildings", 1, 1_000, "请填幢数。");
        var year = form.number("built_year", 1949, thisYear + 5);
        var metres = form.number("floor_area", 1, MOST_SQUARE_METRES);
        return new EstateDraft(
                name,
                form.optional("alias", 40),
                kinds,
                households,
                buildings,
                year,
                metres == null ? null : metres * EstateView.CM2,
                phone(form, "phone"));
    }

    static @Nullable String phone(Form form, String field) {
        var phone = form.optional(field, 30);
        if (phone != null && !phone.matches("[0-9][0-9 -]{2,29}")) {
            form.wrong(field, "只填数字和横线，例如 0551-6220 0000。");
        }
        return phone;
    }

    static EstateDraft of(EstateView estate) {
        return new EstateDraft(
                estate.name(),
                estate.alias(),
                estate.kinds(),
                estate.households(),
                estate.buildings(),
                estate.builtYear(),
                estate.floorArea(),
                estate.phone());
    }

    private Map<String, Object> fields() {
        var fields = new HashMap<String, Object>();
        fields.put("name", name);
        fields.put("alias", String.valueOf(alias));
        fields.put("kinds", kinds);
        fields.put("households", households);
        fields.put("buildings", buildings);
        fields.put("built_year", String.valueOf(builtYear));
        fields.put("floor_area", String.valueOf(floorArea));
        fields.put("phone", String.valueOf(phone));
        return fields;
    }

    /** Field by field what was and what is now; only what differs. */
    Map<String, Object> changesFrom(EstateDraft before) {
        var was = before.fields();
        var changes = new HashMap<String, Object>();
        fields().forEach((name, value) -> {
            if (!Objects.equals(was.get(name), value)) {
                changes.put(name, List.of(Objects.requireNonNull(was.get(name)), value));
            }
        });
        return changes;
    }

    Map<String, Object> typed() {
        var typed = new HashMap<String, Object>();
        typed.put("name", name);
        typed.put("alias", alias == null ? "" : alias);
        typed.put("kinds", kinds);
        typed.put("households", households);
        typed.put("buildings", buildings);
        typed.put("built_year", builtYear == null ? "" : builtYear);
        typed.put("floor_area", floorArea == null ? "" : floorArea / EstateView.CM2);
        typed.put("phone", phone == null ? "" : phone);
        return typed;
    }
}
