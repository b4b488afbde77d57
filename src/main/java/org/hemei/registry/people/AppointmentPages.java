package org.hemei.registry.people;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 任命、结束任职、更正、撤回: the forms around one appointment. */
@Controller
class AppointmentPages {

    private final Appointments appointments;
    private final AppointmentDesk desk;
    private final PeopleQueries queries;
    private final People people;
    private final PostHistory history;
    private final Once once;
    private final InstantSource clock;

    AppointmentPages(
            Appointments appointments,
            AppointmentDesk desk,
            PeopleQueries queries,
            People people,
            PostHistory history,
            Once once,
            InstantSource clock) {
        this.appointments = appointments;
        this.desk = desk;
        this.queries = queries;
        this.people = people;
        this.history = history;
        this.once = once;
        this.clock = clock;
    }

    @GetMapping("/appointments/new")
    ModelAndView form(
            Reader reader, @RequestParam(defaultValue = "0") long body, @RequestParam(defaultValue = "0") long person) {
        var first = Form.with(Map.of("body", body, "person", person, "from", today(), "full_time", "yes"));
        return newPage(reader, first, FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/appointments")
    ModelAndView appoint(Reader reader, @RequestParam MultiValueMap<String, String> typed) {
        var form = Form.of(typed);
        own(reader, PeoplePages.number(form.get("body")));
        try {
            var wanted = wanted(form);
            var id = once.run(reader, form.get("_once"), form, () -> String.valueOf(desk.appoint(reader, wanted)));
            return FormAnswer.seeOther("/appointments/" + id);
        } catch (Refusal refusal) {
            return newPage(reader, form, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private static AppointmentDesk.Appointing wanted(Form form) {
        var person = PeoplePages.number(form.get("person"));
        var name = person == 0 ? form.text("name", 40, "请填姓名。") : "";
        var phone = person == 0 ? form.text("phone", 20, "请填手机号。认人靠它。") : "";
        var post = form.text("post", 40, "请选职务。");
        var estate = PeoplePages.number(form.get("estate"));
        var from = form.neededDay("from", "请填从哪天起在任。");
        var to = form.day("to");
        form.check();
        return new AppointmentDesk.Appointing(
                person,
                name,
                phone,
                PeoplePages.number(form.get("body")),
                post,
                estate == 0 ? null : estate,
                !form.get("full_time").equals("no"),
                from,
                to);
    }

    private BodyInOffice own(Reader reader, long id) {
        PeopleScopeGate.appointers(reader);
        var body = appointments.body(id);
        if (!PeopleScope.mayAppoint(reader, body)) {
            throw new Missing("没有这个单位，或它不归您管。");
        }
        return body;
    }

    private ModelAndView newPage(Reader reader, Form form, FormErrors errors, HttpStatus status) {
        var body = own(reader, PeoplePages.number(form.get("body")));
        var person = PeoplePages.number(form.get("person"));
        if (person != 0 && !people.visible(reader, person)) {
            throw new Missing("没有这个人，或他不归您管。");
        }
        var model = new ModelAndView("registry/people/appoint", status);
        model.addObject("body", body);
        model.addObject("bodyPath", PeopleQueries.path(reader, body));
        model.addObject("posts", appointments.posts(body.postKind()));
        model.addObject(
                "estates",
                body.company() == null ? java.util.List.of() : appointments.estatesOf(body.company(), today()));
        model.addObject(
                "known", person == 0 ? "" : queries.one(reader, person, today()).name());
        model.addObject("form", form);
        model.addObject("errors", errors);
        return model;
    }

    @GetMapping("/appointments/{id:\\d{1,18}}")
    ModelAndView show(Reader reader, @PathVariable long id) {
        PeopleScopeGate.appointers(reader);
        var gone = appointments.find(id).isPresent() ? Optional.<PostHistory.Gone>empty() : history.gone(id);
        return gone.isEmpty() ? page(reader, id, null, FormErrors.NONE, HttpStatus.OK) : gonePage(reader, gone.get());
    }

    /** What was taken back has a page and nothing else: what it said, and who took it back why. */
    private ModelAndView gonePage(Reader reader, PostHistory.Gone gone) {
        var body = appointments.body(gone.body());
        if (!PeopleScope.sees(reader, body)) {
            throw new Missing("没有这条任职，或它不归您管。");
        }
        var model = new ModelAndView("registry/people/appointment-gone");
        model.addObject("gone", gone);
        // whoever it is holds nothing there that would open the name
        model.addObject("name", gone.name());
        model.addObject("bodyName", body.name());
        model.addObject("bodyPath", PeopleQueries.path(reader, body));
        model.addObject("changes", history.changes(gone.id()));
        model.addObject("today", today());
        return model;
    }

    @PostMapping("/appointments/{id:\\d{1,18}}/end")
    ModelAndView end(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var form = Form.of(typed);
        return verb(reader, id, form, () -> {
            var last = form.neededDay("last", "请填最后一天。");
            var reason = EndReason.of(form.get("reason")).orElse(EndReason.BODY_ENDED);
            if (!EndReason.chosen().contains(reason)) {
                form.wrong("reason", "请选任职为什么结束。");
            }
            form.check();
            desk.end(reader, id, version(form), last, reason);
        });
    }

    @PostMapping("/appointments/{id:\\d{1,18}}/correct")
    ModelAndView correct(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var form = Form.of(typed);
        return verb(reader, id, form, () -> {
            var from = form.neededDay("from", "请填从哪天起在任。");
            var to = form.day("to");
            var reason = EntryReason.among(EntryReason.correcting(), form.get("wrong"));
            if (reason.isEmpty()) {
                form.wrong("wrong", "请选为什么更正。");
            }
            form.check();
            desk.correct(
                    reader, id, version(form), !form.get("full_time").equals("no"), from, to, reason.orElseThrow());
        });
    }

    @PostMapping("/appointments/{id:\\d{1,18}}/take-back")
    ModelAndView takeBack(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var form = Form.of(typed);
        return verb(reader, id, form, () -> {
            var reason = EntryReason.among(EntryReason.takingBack(), form.get("mistake"));
            if (reason.isEmpty()) {
                form.wrong("mistake", "请选为什么撤回。");
            }
            form.check();
            desk.takeBack(reader, id, version(form), reason.orElseThrow());
        });
    }

    private static int version(Form form) {
        var version = form.get("version");
        return version.matches("\\d{1,9}") ? Integer.parseInt(version) : -1;
    }

    private ModelAndView verb(Reader reader, long id, Form form, Runnable work) {
        PeopleScopeGate.appointers(reader);
        if (!PeopleScope.mayAppoint(reader, appointments.one(id).body())) {
            throw new Missing("没有这条任职，或它不归您管。");
        }
        try {
            work.run();
            return FormAnswer.seeOther("/appointments/" + id);
        } catch (Refusal refusal) {
            return page(reader, id, form, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private ModelAndView page(Reader reader, long id, @Nullable Form typed, FormErrors errors, HttpStatus status) {
        PeopleScopeGate.appointers(reader);
        var row = appointments.one(id);
        if (!PeopleScope.sees(reader, row.body())) {
            throw new Missing("没有这条任职，或它不归您管。");
        }
        var may = PeopleScope.mayAppoint(reader, row.body());
        var values = new HashMap<String, Object>();
        values.put("from", row.tenure().first());
        values.put("to", row.tenure().last() instanceof LocalDate last ? last : "");
        values.put("full_time", row.fullTime() ? "yes" : "no");
        values.put("last", today());
        var model = new ModelAndView("registry/people/appointment", status);
        model.addObject("row", row);
        model.addObject("name", appointments.name(row.person(), may));
        model.addObject("may", may);
        model.addObject("bodyPath", PeopleQueries.path(reader, row.body()));
        model.addObject("changes", history.changes(id));
        model.addObject(
                "form", typed == null ? Form.with(values) : Form.with(values).under(typed));
        model.addObject("errors", errors);
        model.addObject("today", today());
        return model;
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
