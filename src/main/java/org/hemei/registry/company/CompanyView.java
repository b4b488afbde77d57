package org.hemei.registry.company;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.hemei.registry.body.CoverageMode;
import org.jspecify.annotations.Nullable;

/** One company as its pages show it. Nobody is named here. */
record CompanyView(
        long id,
        String name,
        String shortName,
        String creditCode,
        @Nullable String overrideReason,
        String areaCode,
        String area,
        @Nullable String phone,
        @Nullable String address,
        LocalDate since,
        @Nullable LocalDate until,
        int version) {

    /** @param last the last day of the contract; null while it has no end */
    record Project(
            long contract,
            long estate,
            String name,
            String place,
            boolean inScope,
            LocalDate first,
            @Nullable LocalDate last,
            @Nullable Integer feeFen,
            @Nullable String endedReason) {

        boolean on(LocalDate day) {
            return !first.isAfter(day) && (last == null || !last.isBefore(day));
        }

        boolean ahead(LocalDate day) {
            return first.isAfter(day);
        }

        /** Ends within three months: time to choose again. */
        boolean endsSoon(LocalDate day) {
            return last != null && on(day) && ChronoUnit.DAYS.between(day, last) <= 90;
        }

        @Nullable
        String fee() {
            return feeFen == null ? null : "%d.%02d".formatted(feeFen / 100, feeFen % 100);
        }
    }

    /** @param with the organisation's name or the adviser's masked name */
    record Cover(
            long id,
            CoverageMode mode,
            @Nullable Long organisation,
            String with,
            LocalDate first,
            @Nullable LocalDate last) {

        boolean on(LocalDate day) {
            return !first.isAfter(day) && (last == null || !last.isBefore(day));
        }
    }

    record Branch(
            long id,
            String name,
            String area,
            LocalDate since,
            @Nullable LocalDate until) {}

    /**
     * @param day on which one became part of the other
     * @param heir whether this one took the company over; otherwise it became part of the company
     */
    record Kin(long id, String name, LocalDate day, boolean heir) {}

    record Post(String name, int people) {}

    /** @param codes separated by commas, as the database puts them together; the firmest way first */
    static List<CoverageMode> modes(String codes) {
        return Arrays.stream(CoverageMode.values())
                .filter(mode -> List.of(codes.split(",")).contains(mode.code()))
                .toList();
    }

    boolean at(LocalDate day) {
        return until == null || until.isAfter(day);
    }

    /** The contracts that hold on a day. */
    static List<Project> on(List<Project> projects, LocalDate day) {
        return projects.stream().filter(project -> project.on(day)).toList();
    }
}
