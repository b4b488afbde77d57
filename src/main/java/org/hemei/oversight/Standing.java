package org.hemei.oversight;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who reads 机制体检, where, and what they may change. */
@Component
class Standing {

    private static final Role[] READERS = {
        Role.CITY, Role.ORGANISATION, Role.HOUSING, Role.DISTRICT, Role.STREET, Role.COMMUNITY
    };

    private final Areas areas;
    private final InstantSource clock;

    Standing(Areas areas, InstantSource clock) {
        this.areas = areas;
        this.clock = clock;
    }

    /** In whose name a reader gives a task: a role of theirs, and where they hold it. */
    record Office(Role role, String area) {}

    static boolean reads(Reader reader) {
        return !reader.scope(READERS).isEmpty();
    }

    static Scope scope(Reader reader) {
        return Role.required(reader, READERS);
    }

    /** Thresholds are kept by the city and by organisation departments, each where they are. */
    static boolean sets(Reader reader, String area) {
        return reader.scope(Role.CITY, Role.ORGANISATION).covers(area);
    }

    /** @throws Missing when the area lies outside what the reader oversees */
    Areas.Picker picker(Reader reader, @Nullable String chosen) {
        var scope = scope(reader);
        var asked = chosen == null || chosen.isBlank() ? null : chosen;
        var picker = areas.picker(scope, asked);
        if (asked != null && (picker.here() == null || !picker.here().code().equals(asked))) {
            throw new Missing("没有这个地区，或它不归您看。");
        }
        // several areas and none chosen: begin with the first
        return picker.path().size() > 1 && asked == null
                ? areas.picker(scope, picker.path().getFirst().code())
                : picker;
    }

    static Office office(Reader reader, String area) {
        for (var role : READERS) {
            for (var code : reader.scope(role).areas()) {
                if (area.startsWith(code)) {
                    return new Office(role, code);
                }
            }
        }
        throw new Missing("没有这个地区，或它不归您看。");
    }

    LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    /** A day in the address; today when there is none, or when it is no day that has been. */
    LocalDate day(@Nullable String text) {
        if (text == null || !text.matches("20\\d{2}-\\d{2}-\\d{2}")) {
            return today();
        }
        try {
            var day = LocalDate.parse(text);
            return day.isAfter(today()) ? today() : day;
        } catch (java.time.DateTimeException e) {
            return today();
        }
    }

    static List<String> codes(Areas.Picker picker) {
        var codes = new java.util.ArrayList<String>();
        codes.add(picker.path().getLast().code());
        picker.below().forEach(area -> codes.add(area.code()));
        return codes;
    }
}
