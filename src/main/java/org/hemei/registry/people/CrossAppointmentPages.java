package org.hemei.registry.people;

import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.hemei.platform.Reader;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.transfer.ListExport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** 交叉任职: by area down to the people of one community. */
@Controller
class CrossAppointmentPages implements ListExport {

    private static final List<String> HEADINGS = List.of("社区", "区划代码", "两类单位都有", "有交叉任职", "交叉任职人数");

    private static final int PAGE = 50;

    private static final Pattern KEY = Pattern.compile("(\\d{12})(?:\\.(\\d{1,18}))?");

    /** Which of the three numbers is opened. */
    public enum Show {
        BOTH("两类单位都有的社区"),
        CROSSED("有交叉任职的社区"),
        PEOPLE("交叉任职的人");

        private final String words;

        Show(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    record Someone(long id, String name, String community, String place, String street, List<String> posts) {}

    /** The rows behind a number. @param next where the next page begins; null on the last one */
    record Opened(
            Show show,
            List<CrossAppointments.Place> places,
            List<Someone> people,
            boolean first,
            @Nullable String next) {

        boolean isEmpty() {
            return places.isEmpty() && people.isEmpty();
        }
    }

    private final CrossAppointments cross;
    private final AreaTrail trail;
    private final FieldCipher cipher;
    private final Exports exports;
    private final InstantSource clock;

    CrossAppointmentPages(
            CrossAppointments cross, AreaTrail trail, FieldCipher cipher, Exports exports, InstantSource clock) {
        this.cross = cross;
        this.trail = trail;
        this.cipher = cipher;
        this.exports = exports;
        this.clock = clock;
    }

    @GetMapping("/cross-appointments")
    String page(Reader reader, @RequestParam Map<String, String> query, Model model) {
        var where = trail.to(PeopleScope.required(reader), query.get("area"));
        var here = where.here();
        var pair = CrossAppointments.Pair.of(query.get("pair"));
        var day = PeoplePages.day(query.get("day"), today());
        var lines = cross.lines(here.code(), where.digitsBelow(), pair, day);
        model.addAttribute("trail", where);
        model.addAttribute("pair", pair);
        model.addAttribute("pairs", CrossAppointments.Pair.values());
        model.addAttribute("day", day);
        model.addAttribute("today", today());
        model.addAttribute("lines", lines);
        model.addAttribute("opened", opened(reader, query, where, pair, day));
        return "registry/people/cross";
    }

    /** A community's own page has its people without being asked. */
    private @Nullable Opened opened(
            Reader reader,
            Map<String, String> query,
            AreaTrail.Trail where,
            CrossAppointments.Pair pair,
            LocalDate day) {
        var show = Arrays.stream(Show.values())
                .filter(one -> one.code().equals(query.get("show")))
                .findFirst()
                .orElse(where.community() ? Show.PEOPLE : null);
        if (show == null) {
            return null;
        }
        var key = KEY.matcher(query.getOrDefault("after", ""));
        var after = key.matches() ? key.group(1) : "";
        var here = where.here().code();
        if (show != Show.PEOPLE) {
            var found = cross.places(here, pair, day, show == Show.CROSSED, after, PAGE + 1);
            var rows = found.stream().limit(PAGE).toList();
            var next = found.size() > PAGE ? rows.getLast().code() : null;
            return new Opened(show, rows, List.of(), after.isEmpty(), next);
        }
        var person = key.matches() && key.group(2) != null ? Long.parseLong(key.group(2)) : 0;
        var found = cross.people(here, pair, day, after, person, PAGE + 1);
        var rows = found.stream().limit(PAGE).map(one -> someone(reader, one)).toList();
        var last = rows.isEmpty() ? null : rows.getLast();
        var next = found.size() > PAGE && last != null ? last.community() + "." + last.id() : null;
        return new Opened(show, List.of(), rows, after.isEmpty(), next);
    }

    private Someone someone(Reader reader, CrossAppointments.Person one) {
        var full = PeopleScope.mayAppoint(reader, "residents_committee", one.community(), null);
        var name = full ? cipher.decrypt(one.cipher()) : one.name();
        return new Someone(one.person(), name, one.community(), one.place(), one.street(), one.posts());
    }

    @Override
    public String key() {
        return "cross-appointments";
    }

    @Override
    public String title() {
        return "交叉任职";
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
        exports.taken(reader, "cross_appointments.export", here.code());
        var day = PeoplePages.day(query.get("day"), today());
        for (var line : cross.lines(here.code(), 12, CrossAppointments.Pair.of(query.get("pair")), day)) {
            rows.row(
                    line.name(),
                    line.code(),
                    line.both() > 0 ? "是" : "否",
                    line.crossed() > 0 ? "是" : "否",
                    line.people());
        }
        rows.foot("按 " + CivilTime.day(day) + " 在任。");
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
