package org.hemei.registry.people;

import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.transfer.ListExport;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** 交叉任职: by area down to the people of one community. */
@Controller
class CrossAppointmentPages implements ListExport {

    private static final List<String> HEADINGS = List.of("社区", "区划代码", "两类单位都有", "有交叉任职", "交叉任职人数");

    record Someone(long id, String name, List<String> posts) {}

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
        model.addAttribute("people", where.community() ? people(reader, here.code(), pair, day) : List.<Someone>of());
        return "registry/people/cross";
    }

    private List<Someone> people(Reader reader, String community, CrossAppointments.Pair pair, LocalDate day) {
        var full = PeopleScope.mayAppoint(reader, "residents_committee", community, null);
        return cross.people(community, pair, day).stream()
                .map(person -> new Someone(
                        person.person(), full ? cipher.decrypt(person.cipher()) : person.name(), person.posts()))
                .toList();
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
