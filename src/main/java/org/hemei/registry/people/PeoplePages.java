package org.hemei.registry.people;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.registry.Persons;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 人员任职: who holds which post in the reader's area, now or on a day of the past. */
@Controller
class PeoplePages {

    private final PeopleQueries queries;
    private final People people;
    private final Persons persons;
    private final AreaTrail trail;
    private final Appointments bodies;
    private final PostHistory history;
    private final InstantSource clock;

    PeoplePages(
            PeopleQueries queries,
            People people,
            Persons persons,
            AreaTrail trail,
            Appointments bodies,
            PostHistory history,
            InstantSource clock) {
        this.queries = queries;
        this.people = people;
        this.persons = persons;
        this.trail = trail;
        this.bodies = bodies;
        this.history = history;
        this.clock = clock;
    }

    @GetMapping("/people")
    ModelAndView list(Reader reader, @RequestParam Map<String, String> query) {
        return list(reader, query, FormErrors.NONE, HttpStatus.OK);
    }

    /** A phone is looked for in a form and not in an address, because addresses are kept in logs and histories. */
    @PostMapping("/people/find")
    ModelAndView find(Reader reader, @RequestParam(defaultValue = "") String phone) {
        PeopleScope.required(reader);
        var found = persons.byPhone(phone);
        if (found != 0 && people.visible(reader, found)) {
            return FormAnswer.seeOther("/people/" + found);
        }
        var wrong = FormErrors.of(Refusal.of("phone", "您这里没有用这个号码的任职人员。请核对 11 位手机号。"));
        return list(reader, Map.of(), wrong, HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private ModelAndView list(Reader reader, Map<String, String> query, FormErrors errors, HttpStatus status) {
        var body = body(reader, query);
        var where = body == null ? trail.to(PeopleScope.required(reader), query.get("area")) : null;
        var filter = filter(where == null ? "" : where.here().code(), body == null ? 0 : body.id(), query, today());
        var page = queries.list(reader, filter);
        var model = new ModelAndView("registry/people/people", status);
        model.addObject("trail", where);
        model.addObject("body", body);
        model.addObject("bodyPath", body == null ? null : PeopleQueries.path(reader, body));
        model.addObject("own", PeopleScope.looks(reader) ? List.of() : bodies.bodies(PeopleScope.managed(reader)));
        model.addObject("may", body != null && body.until() == null && PeopleScope.mayAppoint(reader, body));
        model.addObject("gone", body == null ? List.of() : history.goneFrom(body.id()));
        model.addObject("filter", filter);
        model.addObject("kinds", PeopleScope.KINDS);
        model.addObject("posts", bodies.postNames(kinds(body)));
        model.addObject("rows", page.people());
        model.addObject("next", page.next());
        model.addObject("today", today());
        model.addObject("errors", errors);
        return model;
    }

    /** Whose people are asked for, where it is one body's; whoever oversees no area has those of the bodies they run. */
    private @Nullable BodyInOffice body(Reader reader, Map<String, String> query) {
        var own = PeopleScope.managed(reader);
        var wanted = number(query.get("body"));
        if (wanted == 0 && !PeopleScope.looks(reader) && own.length > 0) {
            wanted = bodies.bodies(own).getFirst().id();
        }
        if (wanted == 0) {
            return null;
        }
        if (own.length == 0) {
            PeopleScope.required(reader);
        }
        var body = bodies.body(wanted);
        if (!PeopleScope.sees(reader, body)) {
            throw new Missing("没有这个单位，或它不归您管。");
        }
        return body;
    }

    private static List<String> kinds(@Nullable BodyInOffice body) {
        return body == null
                ? List.of()
                : body.kind().equals("company") ? List.of("company", "company_branch") : List.of(body.postKind());
    }

    @GetMapping("/people/{id:\\d{1,18}}")
    ModelAndView one(Reader reader, @PathVariable long id) {
        PeopleScopeGate.appointers(reader);
        var model = new ModelAndView("registry/people/person");
        model.addObject("person", queries.one(reader, id, today()));
        model.addObject("today", today());
        return model;
    }

    /** What the address narrows the list to. */
    static PeopleQueries.Filter filter(String area, long body, Map<String, String> query, LocalDate today) {
        return new PeopleQueries.Filter(
                area,
                body,
                PeopleScope.KINDS.stream()
                        .map(PeopleScope.Kind::code)
                        .filter(code -> code.equals(query.get("kind")))
                        .findFirst()
                        .orElse(""),
                query.getOrDefault("post", "").strip(),
                surname(query.getOrDefault("surname", "")),
                day(query.get("day"), today),
                PeopleQueries.After.of(query.get("after")));
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    /** The first character only: full names are not searched for. */
    private static String surname(String typed) {
        var text = typed.strip();
        return text.isEmpty() || !Character.isLetter(text.codePointAt(0))
                ? ""
                : text.substring(0, text.offsetByCodePoints(0, 1));
    }

    static LocalDate day(@Nullable String text, LocalDate otherwise) {
        try {
            var day = text == null || text.isBlank() ? otherwise : LocalDate.parse(text.strip());
            return day.getYear() < 1949 || day.getYear() > 2199 ? otherwise : day;
        } catch (java.time.DateTimeException e) {
            return otherwise;
        }
    }

    static long number(@Nullable String text) {
        return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }
}
