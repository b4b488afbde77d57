package org.hemei.workorder.filing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal.Reason;
import org.hemei.workorder.DeadlineBook;
import org.hemei.workorder.Deadlines;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.Said;
import org.hemei.workorder.SubmissionDesk;
import org.hemei.workorder.Urgency;
import org.hemei.workorder.filing.FilingView.Promise;
import org.hemei.workorder.incident.IncidentQueries;
import org.hemei.workorder.resident.ResidentQueries;
import org.springframework.stereotype.Component;

/** Leads a resident through the four steps: what each step shows, and what it needs before the next one. */
@Component
class Filing {

    static final int WHERE = 1;
    static final int WHAT = 2;
    static final int MORE = 3;
    static final int CHECK = 4;

    private final ResidentQueries residents;
    private final FilingQueries queries;
    private final IncidentQueries incidents;
    private final DeadlineBook deadlines;

    Filing(ResidentQueries residents, FilingQueries queries, IncidentQueries incidents, DeadlineBook deadlines) {
        this.residents = residents;
        this.queries = queries;
        this.incidents = incidents;
        this.deadlines = deadlines;
    }

    FilingView view(Reader reader, int step, FilingDraft draft, String once) {
        var homes = residents.homes(reader);
        var categories = queries.categories();
        var placed = placed(draft, homes);
        var filled = branched(placed, categories);
        var estate = filled.estate();
        var suggestion = FilingQueries.suggest(categories, filled.words(), filled.declined())
                .filter(leaf -> !leaf.code().equals(filled.category()))
                .orElse(null);
        var similar = step == MORE && estate != null
                ? queries.similar(reader, estate, filled.branch(), filled.category(), filled.words())
                : List.<FilingQueries.Similar>of();
        var buildings = estate == null ? List.<FilingQueries.Place>of() : queries.buildings(estate);
        var others = new LinkedHashMap<Long, List<FilingQueries.Place>>();
        if (step == WHERE) {
            homes.forEach(home -> others.computeIfAbsent(home.estate(), queries::buildings));
        }
        return new FilingView(
                step,
                filled,
                once,
                homes,
                buildings,
                others,
                categories,
                suggestion,
                similar,
                step == MORE && estate != null
                        ? incidents.running(reader, estate, filled.building(), filled.branch(), filled.category())
                        : List.of(),
                step == CHECK ? promise(filled, categories) : null);
    }

    /** A resident with a home starts there. */
    private static FilingDraft placed(FilingDraft draft, List<ResidentQueries.Home> homes) {
        if (!draft.spot().isEmpty() || homes.isEmpty()) {
            return draft;
        }
        var home = homes.getFirst();
        return draft.at(home.estate() + "-" + home.building() + "-" + home.unit());
    }

    /** A leaf knows its branch; a leaf of another branch than the chosen picture is dropped. */
    private static FilingDraft branched(FilingDraft draft, List<FilingQueries.Category> categories) {
        var leaf = categories.stream()
                .filter(c -> c.code().equals(draft.category()) && c.parent() != null)
                .findFirst();
        if (leaf.isEmpty()) {
            return draft.leaf(draft.branch(), "");
        }
        var parent = String.valueOf(leaf.get().parent());
        return draft.branch().isEmpty() || draft.branch().equals(parent)
                ? draft.leaf(parent, draft.category())
                : draft.leaf(draft.branch(), "");
    }

    private @org.jspecify.annotations.Nullable Promise promise(
            FilingDraft draft, List<FilingQueries.Category> categories) {
        return categories.stream()
                .filter(c -> c.code().equals(draft.category()))
                .findFirst()
                .map(leaf -> {
                    var rules = deadlines.current();
                    var about = new Deadlines.About(leaf.code(), leaf.urgency());
                    return new Promise(
                            rules.rule(about, Timer.ACCEPT).words(),
                            rules.rule(about, Timer.CONTACT).words(),
                            rules.rule(about, Timer.RESOLVE).words(),
                            leaf.urgency() == Urgency.URGENT);
                })
                .orElse(null);
    }

    /** What is missing on a step; the desk checks everything again when the order is filed. */
    List<Reason> missing(FilingView view) {
        var draft = view.draft();
        var reasons = new ArrayList<Reason>();
        if (view.step() == WHERE) {
            if (draft.estate() == null) {
                reasons.add(new Reason("spot", "请选在哪儿。"));
            } else if (draft.spot().contains("-other-") && draft.building() == null) {
                reasons.add(new Reason("other", "请选是哪幢楼。"));
            } else if (draft.spot().contains("-other-") && !view.fits()) {
                reasons.add(new Reason("other", "这幢楼在另一个小区。请选和上面同一个小区的。"));
            }
            if (draft.unit() == null
                    && draft.building() == null
                    && draft.place().isBlank()) {
                reasons.add(new Reason("place", "请写具体地点，比如“东门”“地库 B 区”。"));
            }
            if (draft.place().strip().length() > 60) {
                reasons.add(new Reason("place", "地点请写在 60 字以内。"));
            }
        }
        if (view.step() == WHAT) {
            whatIsMissing(draft, reasons);
        }
        return reasons;
    }

    private static void whatIsMissing(FilingDraft draft, List<Reason> reasons) {
        var length = draft.words().strip().length();
        if (length < SubmissionDesk.MIN_WORDS) {
            reasons.add(new Reason("words", "说得再具体一点，至少 " + SubmissionDesk.MIN_WORDS + " 个字。"));
        } else if (length > Said.MAX_WORDS) {
            reasons.add(new Reason("words", "太长了，请缩到 " + Said.MAX_WORDS + " 字以内。"));
        }
        if (draft.category().isEmpty()) {
            reasons.add(new Reason("category", draft.branch().isEmpty() ? "请选是哪类事，点一张图。" : "再选一下，具体是哪一种。"));
        }
    }

    /** The step on whose page a field stands. */
    static int stepOf(List<Reason> reasons) {
        return reasons.stream()
                .mapToInt(reason -> switch (reason.field()) {
                    case "estate", "building", "unit", "place" -> WHERE;
                    case "category", "words" -> WHAT;
                    case "photos" -> MORE;
                    case null, default -> CHECK;
                })
                .min()
                .orElse(CHECK);
    }
}
