package org.hemei.registry.people;

import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.transfer.ListExport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** 物业专员配备 and the streets' departments: where they are missing, and since when. */
@Controller
class StaffingPages implements ListExport {

    private static final List<String> HEADINGS = List.of("社区", "街道", "全职", "兼职", "情况", "从哪天起");

    private final Staffing staffing;
    private final AreaTrail trail;
    private final Exports exports;
    private final InstantSource clock;

    StaffingPages(Staffing staffing, AreaTrail trail, Exports exports, InstantSource clock) {
        this.staffing = staffing;
        this.trail = trail;
        this.exports = exports;
        this.clock = clock;
    }

    @GetMapping("/staffing")
    String page(Reader reader, @RequestParam Map<String, String> query, Model model) {
        var where = trail.to(PeopleScope.required(reader), query.get("area"));
        var day = PeoplePages.day(query.get("day"), today());
        var here = where.here();
        var state = state(query.get("state"));
        var after = query.getOrDefault("after", "");
        var lines = staffing.lines(here.code(), where.digitsBelow(), day);
        var listed = state != null || here.level().equals("street") || where.community();
        var rows = listed
                ? staffing.communities(here.code(), state, day, after, Staffing.PAGE + 1)
                : List.<Staffing.Community>of();
        model.addAttribute("asked", staffing.asked(here.code(), day));
        model.addAttribute("trail", where);
        model.addAttribute("day", day);
        model.addAttribute("today", today());
        model.addAttribute("state", state);
        model.addAttribute("lines", lines);
        model.addAttribute("listed", listed);
        model.addAttribute("rows", rows.stream().limit(Staffing.PAGE).toList());
        model.addAttribute("after", after);
        model.addAttribute(
                "next",
                rows.size() > Staffing.PAGE ? rows.get(Staffing.PAGE - 1).code() : "");
        model.addAttribute("streets", staffing.streets(here.code(), day));
        return "registry/people/staffing";
    }

    @Override
    public String key() {
        return "staffing";
    }

    @Override
    public String title() {
        return "物业专员";
    }

    @Override
    public List<String> headings() {
        return HEADINGS;
    }

    @Override
    public void admit(Reader reader) {
        PeopleScope.required(reader);
    }

    @Override
    public void write(Reader reader, Map<String, String> query, int most, Rows rows) throws IOException {
        var here = trail.to(PeopleScope.required(reader), query.get("area")).here();
        exports.taken(reader, "staffing.export", here.code());
        var day = PeoplePages.day(query.get("day"), today());
        for (var row : staffing.communities(here.code(), state(query.get("state")), day, "", most)) {
            rows.row(
                    row.name(),
                    row.street(),
                    row.fullTime(),
                    row.partTime(),
                    row.state().words(row.asked()),
                    row.state() == Staffing.State.MET ? null : row.since());
        }
        rows.foot("按 " + CivilTime.day(day) + " 在任的人数。");
    }

    private static Staffing.@Nullable State state(@Nullable String code) {
        return Arrays.stream(Staffing.State.values())
                .filter(state -> state.code().equals(code))
                .findFirst()
                .orElse(null);
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
