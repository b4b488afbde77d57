package org.hemei.workorder.incident;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.Stale;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.desk.Typed;
import org.hemei.workorder.list.AreaQueries;
import org.hemei.workorder.list.OrderFilter;
import org.hemei.workorder.list.OrderListQueries;
import org.hemei.workorder.list.Span;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 群体通知: the list, the form, one of them before those who write it and before those it is told to. */
@Controller
class IncidentPages implements NavEntry {

    static final Role[] READERS = {Role.COMMUNITY, Role.MANAGER, Role.STAFF, Role.STREET, Role.DISTRICT, Role.CITY};
    static final Role[] WRITERS = {Role.COMMUNITY, Role.MANAGER};

    private final IncidentQueries queries;
    private final IncidentPlaces places;
    private final AreaQueries areas;
    private final IncidentAccess access;
    private final IncidentDesk desk;
    private final IncidentOrders orders;
    private final IncidentSettling settling;
    private final Once once;
    private final InstantSource clock;

    IncidentPages(
            IncidentQueries queries,
            IncidentPlaces places,
            AreaQueries areas,
            IncidentAccess access,
            IncidentDesk desk,
            IncidentOrders orders,
            IncidentSettling settling,
            Once once,
            InstantSource clock) {
        this.queries = queries;
        this.places = places;
        this.areas = areas;
        this.access = access;
        this.desk = desk;
        this.orders = orders;
        this.settling = settling;
        this.once = once;
        this.clock = clock;
    }

    @Override
    public List<Item> items(Reader reader) {
        return reader.scope(READERS).isEmpty()
                ? List.of()
                : List.of(new Item("办事", 33, "/incidents", "群体通知", "mega", null));
    }

    static void admit(Reader reader) {
        Role.required(reader, READERS);
    }

    @GetMapping("/incidents")
    String list(Reader reader, @RequestParam Map<String, String> query, Model model) {
        admit(reader);
        var all = "all".equals(query.get("state"));
        var q = OrderFilter.search(query.get("q"));
        var after = OrderListQueries.Key.of(query.get("after"));
        var span = Span.of(query);
        var found = queries.list(reader, all, q, span, after, IncidentQueries.PAGE + 1);
        var more = found.size() > IncidentQueries.PAGE ? found.get(IncidentQueries.PAGE - 1) : null;
        model.addAttribute(
                "incidents", found.stream().limit(IncidentQueries.PAGE).toList());
        model.addAttribute("all", all);
        model.addAttribute("q", q);
        model.addAttribute("span", span);
        model.addAttribute("picker", areas.picker(reader, span.area()));
        model.addAttribute("first", after == null);
        model.addAttribute(
                "next",
                more == null
                        ? null
                        : new OrderListQueries.Key(more.publishedAt(), more.id().id()).toString());
        model.addAttribute("writes", !reader.scope(WRITERS).isEmpty());
        model.addAttribute("now", clock.instant());
        return "workorder/incident/incidents";
    }

    @GetMapping("/incidents/new")
    ModelAndView form(Reader reader) {
        Role.required(reader, WRITERS);
        return form(reader, Typed.fresh(), FormErrors.NONE);
    }

    @PostMapping("/incidents/new")
    ModelAndView publish(Reader reader, @RequestParam MultiValueMap<String, String> values) {
        Role.required(reader, WRITERS);
        var typed = Typed.of(values);
        return FormAnswer.of(
                () -> {
                    var draft = draft(typed);
                    var id = once.run(
                            reader,
                            typed.get("_once"),
                            draft,
                            () -> desk.publish(reader, draft).toString());
                    return "/incidents/" + id + "?done=published";
                },
                errors -> form(reader, typed, errors));
    }

    /** The place comes as c:community, e:estate or b:estate:building. */
    private static IncidentDesk.Draft draft(Typed typed) {
        var place = typed.get("place").split(":", -1);
        return new IncidentDesk.Draft(
                place[0].equals("c") && place.length == 2 ? place[1] : "",
                place.length > 1 && !place[0].equals("c") ? number(place[1]) : null,
                place.length == 3 ? number(place[2]) : null,
                typed.get("category"),
                typed.get("title"),
                typed.get("words"),
                when(typed.get("end")));
    }

    private static Long number(String text) {
        return text.matches("\\d{1,18}") ? Long.valueOf(text) : Long.valueOf(0);
    }

    private static @Nullable Instant when(String text) {
        try {
            return text.length() < 16 || text.length() > 19
                    ? null
                    : LocalDateTime.parse(text).atZone(CivilTime.ZONE).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private ModelAndView form(Reader reader, Typed typed, FormErrors errors) {
        var page = new ModelAndView("workorder/incident/incident-form");
        page.addObject("typed", typed);
        page.addObject("errors", errors);
        page.addObject("places", places.of(reader));
        page.addObject("categories", places.categories());
        page.addObject("once", typed.get("_once").isEmpty() ? UUID.randomUUID().toString() : typed.get("_once"));
        return page;
    }

    @GetMapping("/incidents/{id:\\d{6}-\\d{1,18}}")
    ModelAndView show(Reader reader, @PathVariable IncidentId id) {
        return show(reader, id, Typed.fresh(), FormErrors.NONE, null);
    }

    private ModelAndView show(Reader reader, IncidentId id, Typed typed, FormErrors errors, @Nullable Stale stale) {
        var incident =
                queries.find(id).filter(one -> access.reads(reader, one)).orElseThrow(() -> new Missing("没有这个通知。"));
        var onDuty = access.onDuty(reader, incident);
        var page = new ModelAndView(onDuty ? "workorder/incident/incident" : "workorder/incident/told");
        page.addObject("incident", incident);
        page.addObject("notes", queries.notes(id));
        page.addObject("now", clock.instant());
        page.addObject("errors", errors);
        if (onDuty) {
            page.addObject("writes", access.writes(reader, incident));
            page.addObject("settled", settling.preview(reader, id));
            page.addObject("fitting", incident.running() ? queries.fitting(incident) : List.of());
            page.addObject("typed", typed);
            page.addObject("stale", stale);
        } else {
            page.addObject("follows", queries.follows(reader, id));
        }
        return page;
    }

    @PostMapping("/incidents/{id:\\d{6}-\\d{1,18}}/note")
    ModelAndView note(Reader reader, @PathVariable IncidentId id, @RequestParam MultiValueMap<String, String> values) {
        return act(
                reader,
                id,
                values,
                "noted",
                typed -> desk.note(reader, id, typed.version(), typed.get("words"), when(typed.get("end"))));
    }

    /** Open orders of the same place and kind, each with a box: what is ticked is attached. */
    @GetMapping("/incidents/{id:\\d{6}-\\d{1,18}}/attach")
    ModelAndView attachForm(Reader reader, @PathVariable IncidentId id) {
        var incident =
                queries.find(id).filter(one -> access.onDuty(reader, one)).orElseThrow(() -> new Missing("没有这个通知。"));
        if (!access.writes(reader, incident)) {
            throw new AccessDeniedException("another publishes this incident");
        }
        if (!incident.running()) {
            return FormAnswer.seeOther(id.path());
        }
        return attachPage(incident, FormErrors.NONE, HttpStatus.OK);
    }

    private ModelAndView attachPage(Incident incident, FormErrors errors, HttpStatus status) {
        var page = new ModelAndView("workorder/incident/attach");
        page.addObject("incident", incident);
        page.addObject("fitting", queries.fitting(incident));
        page.addObject("errors", errors);
        page.addObject("now", clock.instant());
        return page;
    }

    @PostMapping("/incidents/{id:\\d{6}-\\d{1,18}}/attach")
    ModelAndView attach(
            Reader reader, @PathVariable IncidentId id, @RequestParam MultiValueMap<String, String> values) {
        return act(
                reader,
                id,
                values,
                "attached",
                typed -> orders.attach(reader, id, typed.version(), ticked(typed, "order")));
    }

    /** What is ticked on the list of attached orders goes its own way again. */
    @PostMapping("/incidents/{id:\\d{6}-\\d{1,18}}/detach")
    ModelAndView detach(
            Reader reader, @PathVariable IncidentId id, @RequestParam MultiValueMap<String, String> values) {
        return act(
                reader,
                id,
                values,
                "detached",
                typed -> orders.detach(reader, id, typed.version(), ticked(typed, "detach"), typed.get("why")));
    }

    private static List<OrderId> ticked(Typed typed, String name) {
        return typed.all(name).stream()
                .filter(text -> text.matches("\\d{6}-\\d{1,18}"))
                .map(OrderId::valueOf)
                .toList();
    }

    /** The orders that are to be settled; null where the form had no boxes to tick. */
    private static @Nullable List<OrderId> chosen(Typed typed) {
        return typed.get("choose").isEmpty() ? null : ticked(typed, "settle");
    }

    @PostMapping("/incidents/{id:\\d{6}-\\d{1,18}}/end")
    ModelAndView end(Reader reader, @PathVariable IncidentId id, @RequestParam MultiValueMap<String, String> values) {
        return act(
                reader,
                id,
                values,
                "ended",
                typed -> settling.end(reader, id, typed.version(), typed.get("last"), chosen(typed)));
    }

    @PostMapping("/incidents/{id:\\d{6}-\\d{1,18}}/settle")
    ModelAndView settle(
            Reader reader, @PathVariable IncidentId id, @RequestParam MultiValueMap<String, String> values) {
        return act(
                reader, id, values, "settled", typed -> settling.settle(reader, id, typed.get("words"), chosen(typed)));
    }

    private interface Act {
        void on(Typed typed);
    }

    private ModelAndView act(Reader reader, IncidentId id, MultiValueMap<String, String> values, String done, Act act) {
        var typed = Typed.of(values);
        return FormAnswer.of(
                () -> {
                    act.on(typed);
                    return id.path() + "?done=" + done;
                },
                errors -> show(reader, id, typed, errors, null),
                stale -> show(reader, id, typed, FormErrors.NONE, stale));
    }

    /** 我也受影响: from the page itself, or instead of filing. */
    @PostMapping("/incidents/{id:\\d{6}-\\d{1,18}}/join")
    ModelAndView join(Reader reader, @PathVariable IncidentId id) {
        return FormAnswer.of(
                () -> {
                    desk.join(reader, id);
                    return id.path() + "?done=joined";
                },
                errors -> show(reader, id, Typed.fresh(), errors, null));
    }
}
