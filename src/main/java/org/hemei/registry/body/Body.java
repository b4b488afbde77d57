package org.hemei.registry.body;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.BodyKind;
import org.jspecify.annotations.Nullable;

/**
 * A body with all it was called, where it stood and under whom. Changes come in the order of the days from which they
 * hold, at most {@value #AHEAD} months ahead; a day that was entered wrongly is put right by {@link #correct}.
 */
final class Body {

    static final int AHEAD = 12;

    record Name(String full, String brief) {}

    enum Ending {
        DISSOLVED,
        MERGED
    }

    private final long id;
    private final BodyKind kind;
    private final @Nullable Long estate;
    private final int version;
    private final Timeline<Name> names;
    private final Timeline<String> areas;
    private final Timeline<Long> parents;
    private LocalDate since;
    private @Nullable LocalDate until;
    private @Nullable Ending ending;
    private @Nullable Long successor;

    @SuppressWarnings("TooManyParameters") // as it is stored
    Body(
            long id,
            BodyKind kind,
            @Nullable Long estate,
            int version,
            Timeline<Name> names,
            Timeline<String> areas,
            Timeline<Long> parents,
            LocalDate since,
            @Nullable LocalDate until,
            @Nullable Ending ending,
            @Nullable Long successor) {
        this.id = id;
        this.kind = kind;
        this.estate = estate;
        this.version = version;
        this.names = names;
        this.areas = areas;
        this.parents = parents;
        this.since = since;
        this.until = until;
        this.ending = ending;
        this.successor = successor;
    }

    void rename(Name name, LocalDate day, LocalDate today) {
        var reasons = new ArrayList<Reason>();
        fits(day, names.lastStart(), today, reasons);
        if (name.equals(lastName())) {
            reasons.add(new Reason("name", "和现在的名称一样。请填新名称。"));
        }
        refuse(reasons);
        names.change(day, name);
    }

    /** Under another body, in the area where its estate lies then; the rule has been asked about both. */
    void move(@Nullable Long parent, String area, LocalDate day, LocalDate today, List<Reason> ruled) {
        var reasons = new ArrayList<>(ruled);
        fits(day, later(parents.lastStart(), areas.lastStart()), today, reasons);
        var before =
                parents.spans().isEmpty() ? null : parents.spans().getLast().value();
        if (java.util.Objects.equals(parent, before) && area.equals(lastArea())) {
            reasons.add(new Reason("parent", "它现在就归这个上级。请选另一个。"));
        }
        refuse(reasons);
        if (!java.util.Objects.equals(parent, before) && parent != null) {
            parents.change(day, parent);
        }
        if (!area.equals(lastArea())) {
            areas.change(day, area);
        }
    }

    /** A company's seat: where it is registered from that day on. */
    void seat(String area, LocalDate day, LocalDate today, List<Reason> ruled) {
        var reasons = new ArrayList<>(ruled);
        fits(day, areas.lastStart(), today, reasons);
        if (area.equals(lastArea())) {
            reasons.add(new Reason("area", "它现在就登记在这里。请选别处。"));
        }
        refuse(reasons);
        areas.change(day, area);
    }

    /**
     * A name was written wrongly, from the day on which it began to hold.
     *
     * @param day on which it holds: today, or the first one of a name that is still to come
     */
    void amend(Name name, LocalDate day) {
        if (name.equals(nameOn(day))) {
            throw Refusal.of("name", "和登记的名称一样。请填对的名称。");
        }
        names.replace(day, name);
    }

    /**
     * It never ended: what ended with it goes on.
     *
     * @return the first day on which it was no more
     */
    LocalDate restore() {
        var day = until;
        if (day == null) {
            throw Refusal.of("它还在，没有撤销。");
        }
        if (ending == Ending.MERGED) {
            throw Refusal.of("它并入了别的，手里的都转过去了，不能恢复。");
        }
        names.reopen(day);
        areas.reopen(day);
        parents.reopen(day);
        until = null;
        ending = null;
        return day;
    }

    /** To another area, along with what it stands under. */
    void relocate(String area, LocalDate day) {
        var last = areas.spans().getLast().from();
        if (!day.isAfter(last)) {
            throw Refusal.of("day", "下级“" + nameNow().brief() + "”" + CivilTime.day(last) + "才成立或换的地方。请填更晚的日子。");
        }
        areas.change(day, area);
    }

    /** The parent merged into another: this one stands under the successor from that day. */
    void follow(long parent, LocalDate day) {
        var last = parents.lastStart();
        if (last != null && !day.isAfter(last)) {
            throw Refusal.of("day", "下级“" + nameNow().brief() + "”" + CivilTime.day(last) + "才换的上级。请填更晚的日子。");
        }
        parents.change(day, parent);
    }

    void dissolve(LocalDate day, LocalDate today, Running running) {
        var reasons = new ArrayList<Reason>();
        fits(day, lastStart(), today, reasons);
        running.againstDissolving(reasons);
        refuse(reasons);
        end(day, Ending.DISSOLVED, null);
    }

    /** Into another of the same kind. What it had goes along; that is the desk's business. */
    void mergeInto(Body other, LocalDate day, LocalDate today, Running running) {
        var reasons = new ArrayList<Reason>();
        fits(day, lastStart(), today, reasons);
        running.againstMerging(reasons);
        if (other.id == id) {
            reasons.add(new Reason("into", "不能并入自己。请选另一个。"));
        } else if (other.kind != kind) {
            reasons.add(new Reason("into", "只能并入另一个" + kind.words() + "。请重新选。"));
        }
        if (other.until != null || other.since.isAfter(day)) {
            reasons.add(new Reason("into", "那一天对方不在。请换一个，或换个日子。"));
        }
        refuse(reasons);
        end(day, Ending.MERGED, other.id);
    }

    /** Puts a change on the day it really took effect; the change itself stays as it is. */
    void correct(String verb, LocalDate from, LocalDate to, LocalDate today) {
        var reasons = new ArrayList<Reason>();
        if (to.equals(from)) {
            reasons.add(new Reason("day", "和登记的日子一样。请填对的日子。"));
        }
        ahead(to, today, reasons);
        var moved = switch (verb) {
            case "renamed" -> List.<Timeline<?>>of(names);
            case "moved" -> List.of(areas, parents);
            default -> List.of(names, areas, parents);
        };
        var ends = verb.equals("dissolved") || verb.equals("merged");
        var tooLate = verb.equals("founded") && until != null && !to.isBefore(until);
        var tooEarly = !verb.equals("founded") && !to.isAfter(since);
        if (tooLate || tooEarly || !moved.stream().allMatch(line -> line.canShift(from, to))) {
            reasons.add(new Reason("day", "这样会和前后的变动颠倒。请对照下面的沿革重新填。"));
        }
        refuse(reasons);
        moved.forEach(line -> line.shift(from, to));
        if (verb.equals("founded")) {
            since = to;
        }
        if (ends) {
            until = to;
        }
    }

    private void end(LocalDate day, Ending how, @Nullable Long into) {
        names.end(day);
        areas.end(day);
        parents.end(day);
        until = day;
        ending = how;
        successor = into;
    }

    private static @Nullable LocalDate later(@Nullable LocalDate one, @Nullable LocalDate other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }

    /** The last day on which anything of this body changed. */
    private LocalDate lastStart() {
        var latest = since;
        for (var line : List.of(names, areas, parents)) {
            var start = line.lastStart();
            if (start != null && start.isAfter(latest)) {
                latest = start;
            }
        }
        return latest;
    }

    private void fits(LocalDate day, @Nullable LocalDate after, LocalDate today, List<Reason> reasons) {
        if (until != null) {
            reasons.add(new Reason(null, "它" + CivilTime.day(until) + "起已经不在了，不能再变。"));
        }
        if (after != null && !day.isAfter(after)) {
            reasons.add(new Reason("day", "要晚于上一次变动（" + CivilTime.day(after) + "）。以前填错的日子用“更正日期”改。"));
        }
        ahead(day, today, reasons);
    }

    static void ahead(LocalDate day, LocalDate today, List<Reason> reasons) {
        if (day.isAfter(today.plusMonths(AHEAD))) {
            reasons.add(new Reason("day", "最多提前一年登记。请填近一点的日子。"));
        }
    }

    private static void refuse(List<Reason> reasons) {
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
    }

    private Name lastName() {
        return names.spans().getLast().value();
    }

    String lastArea() {
        return areas.spans().getLast().value();
    }

    Name nameNow() {
        return lastName();
    }

    /** Or the nearest to that day. */
    Name nameOn(LocalDate day) {
        return java.util.Objects.requireNonNull(names.nearest(day));
    }

    long id() {
        return id;
    }

    BodyKind kind() {
        return kind;
    }

    @Nullable
    Long estate() {
        return estate;
    }

    int version() {
        return version;
    }

    Timeline<Name> names() {
        return names;
    }

    Timeline<String> areas() {
        return areas;
    }

    Timeline<Long> parents() {
        return parents;
    }

    LocalDate since() {
        return since;
    }

    @Nullable
    LocalDate until() {
        return until;
    }

    @Nullable
    Ending ending() {
        return ending;
    }

    @Nullable
    Long successor() {
        return successor;
    }
}
