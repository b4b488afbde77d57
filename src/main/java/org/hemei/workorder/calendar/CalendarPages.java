package org.hemei.workorder.calendar;

import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.WorkCalendars;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.workorder.desk.Typed;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 工作日历: which days count for deadlines. Everybody on duty may look, city and administrators keep it. */
@Controller
class CalendarPages {

    /** One day that differs from Monday to Friday. */
    record Day(LocalDate day, String kind, String name, String basis) {

        boolean holiday() {
            return kind.equals("holiday");
        }
    }

    /** Days in a row that are alike. */
    record Run(LocalDate first, LocalDate last, Day day) {

        String words() {
            var from = CivilTime.day(first);
            return first.equals(last) ? from : from + "—" + CivilTime.day(last).substring(5);
        }
    }

    static List<Run> runs(List<Day> days) {
        var runs = new ArrayList<Run>();
        for (var day : days) {
            var before = runs.isEmpty() ? null : runs.getLast();
            if (before != null
                    && before.last.plusDays(1).equals(day.day)
                    && before.day.kind.equals(day.kind)
                    && before.day.name.equals(day.name)
                    && before.day.basis.equals(day.basis)) {
                runs.set(runs.size() - 1, new Run(before.first, day.day, before.day));
            } else {
                runs.add(new Run(day.day, day.day, day));
            }
        }
        return runs;
    }

    /** A day in the year's picture; blank before the first of a month. */
    record Cell(@Nullable LocalDate day, String css, String words) {}

    private final JdbcClient jdbc;
    private final CalendarDesk desk;
    private final WorkCalendars calendars;
    private final InstantSource clock;

    CalendarPages(JdbcClient jdbc, CalendarDesk desk, WorkCalendars calendars, InstantSource clock) {
        this.jdbc = jdbc;
        this.desk = desk;
        this.calendars = calendars;
        this.clock = clock;
    }

    static void admit(Reader reader) {
        Role.required(
                reader,
                Arrays.stream(Role.values()).filter(r -> r != Role.RESIDENT).toArray(Role[]::new));
    }

    private static void keepers(Reader reader) {
        Role.required(reader, Role.CITY, Role.SYSTEM);
    }

    @GetMapping("/calendar")
    ModelAndView calendar(Reader reader, @RequestParam Map<String, String> query) {
        admit(reader);
        var page = page(reader, year(query.get("year")), Typed.fresh(), FormErrors.NONE);
        page.addObject("saved", "1".equals(query.get("saved")));
        return page;
    }

    int year(@Nullable String text) {
        var today = CivilTime.date(clock.instant());
        return text != null && text.matches("20[2-9]\\d") ? Integer.parseInt(text) : today.getYear();
    }

    @PostMapping("/calendar")
    ModelAndView set(Reader reader, @RequestParam MultiValueMap<String, String> form) {
        keepers(reader);
        var typed = Typed.of(form);
        try {
            var first = day(typed.get("first"), "first", "请选第一天。");
            var last = typed.get("last").isEmpty() ? first : day(typed.get("last"), "last", "请选最后一天，或者不填。");
            desk.set(reader, first, last, typed.get("kind"), typed.get("name"), typed.get("basis"));
            return FormAnswer.seeOther("/calendar?saved=1&year=" + first.getYear());
        } catch (Refusal refused) {
            var page = page(reader, year(typed.get("year")), typed, FormErrors.of(refused));
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        }
    }

    @PostMapping("/calendar/clear")
    ModelAndView clear(
            Reader reader,
            @RequestParam(defaultValue = "") String first,
            @RequestParam(defaultValue = "") String last) {
        keepers(reader);
        var from = day(first, "first", "请选第一天。");
        desk.clear(reader, from, day(last, "last", "请选最后一天。"));
        return FormAnswer.seeOther("/calendar?saved=1&year=" + from.getYear());
    }

    private static LocalDate day(String text, String field, String otherwise) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw Refusal.of(field, otherwise);
        }
    }

    private ModelAndView page(Reader reader, int year, Typed typed, FormErrors errors) {
        var days = days(year);
        var page = new ModelAndView("workorder/calendar/calendar");
        page.addObject("year", year);
        page.addObject("runs", runs(days));
        page.addObject(
                "months",
                IntStream.rangeClosed(1, 12).mapToObj(m -> month(year, m, days)).toList());
        page.addObject(
                "known", !LocalDate.of(year, 12, 31).isAfter(calendars.current().knownUntil()));
        page.addObject("keeper", reader.has(Role.CITY) || reader.has(Role.SYSTEM));
        page.addObject("typed", typed);
        page.addObject("errors", errors);
        return page;
    }

    List<Day> days(int year) {
        return jdbc.sql("select day, kind, name, basis from calendar_day where day >= ? and day < ? order by day")
                .params(LocalDate.of(year, 1, 1), LocalDate.of(year + 1, 1, 1))
                .query(Day.class)
                .list();
    }

    private List<Cell> month(int year, int month, List<Day> days) {
        var first = LocalDate.of(year, month, 1);
        var blanks = first.getDayOfWeek().getValue() - 1;
        var today = CivilTime.date(clock.instant());
        return IntStream.range(0, blanks + first.lengthOfMonth())
                .mapToObj(i -> i < blanks ? new Cell(null, "", "") : cell(first.plusDays(i - blanks), days, today))
                .toList();
    }

    private static Cell cell(LocalDate day, List<Day> days, LocalDate today) {
        var special = days.stream().filter(d -> d.day.equals(day)).findFirst();
        var weekend = day.getDayOfWeek().getValue() > 5;
        var css = special.map(d -> d.holiday() ? "c-off" : "c-on").orElse(weekend ? "c-end" : "");
        var words = special.map(d -> d.holiday() ? "休" : "班").orElse("");
        return new Cell(day, day.equals(today) ? css + " c-now" : css, words);
    }
}
