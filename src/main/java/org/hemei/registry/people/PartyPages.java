package org.hemei.registry.people;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.registry.PartyOffices;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 党员队伍: counts for those who oversee an area; names only for the organisation's own officers, who say why they look. */
@Controller
class PartyPages {

    private static final int AT_ONCE = 50;

    private final PartyMemberships memberships;
    private final PartyMoves moves;
    private final PartyCounts counts;
    private final PartyOffices offices;
    private final AreaTrail trail;
    private final Appointments bodies;
    private final Once once;
    private final FieldCipher cipher;
    private final InstantSource clock;

    PartyPages(
            PartyMemberships memberships,
            PartyMoves moves,
            PartyCounts counts,
            PartyOffices offices,
            AreaTrail trail,
            Appointments bodies,
            Once once,
            FieldCipher cipher,
            InstantSource clock) {
        this.memberships = memberships;
        this.moves = moves;
        this.counts = counts;
        this.offices = offices;
        this.trail = trail;
        this.bodies = bodies;
        this.once = once;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** Whoever oversees no area, but is in office somewhere, gets that organisation. */
    @GetMapping("/party-members")
    ModelAndView counts(Reader reader, @RequestParam Map<String, String> query) {
        var own = offices.of(reader);
        if (reader.scope(PeopleScope.LOOK).isEmpty() && !own.isEmpty()) {
            return new ModelAndView("registry/people/party-own", "own", own);
        }
        var where = trail.to(PeopleScope.required(reader), query.get("area"));
        var day = PeoplePages.day(query.get("day"), today());
        var here = where.here().code();
        var model = new ModelAndView("registry/people/party");
        model.addObject("own", own);
        model.addObject("trail", where);
        model.addObject("day", day);
        model.addObject("today", today());
        model.addObject("totals", counts.ofArea(here, day));
        model.addObject("shares", counts.ofCommittees(here, day));
        model.addObject("lines", where.community() ? List.of() : counts.lines(here, where.digitsBelow(), day));
        var after = query.getOrDefault("after", "").matches("\\d{1,18}") ? Long.parseLong(query.get("after")) : 0;
        var organisations = counts.organisations(here, day, after, AT_ONCE + 1);
        boolean more = organisations.size() > AT_ONCE;
        model.addObject("organisations", more ? organisations.subList(0, AT_ONCE) : organisations);
        model.addObject("after", after);
        model.addObject("next", more ? organisations.get(AT_ONCE - 1).id() : 0L);
        return model;
    }

    @GetMapping("/party-members/{organisation:\\d{1,18}}")
    ModelAndView organisation(Reader reader, @PathVariable long organisation) {
        return page(reader, organisation, FormErrors.NONE, HttpStatus.OK);
    }

    /** Shown on the answer to the form and on no address of its own, so that no history or link keeps it. */
    @PostMapping("/party-members/{organisation:\\d{1,18}}/names")
    ModelAndView reveal(
            Reader reader, @PathVariable long organisation, @RequestParam(defaultValue = "") String reason) {
        memberships.kept(reader, organisation);
        try {
            var members = memberships.reveal(reader, organisation, reason);
            var model = page(reader, organisation, FormErrors.NONE, HttpStatus.OK);
            model.addObject("members", members);
            return model;
        } catch (Refusal refusal) {
            return page(reader, organisation, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @PostMapping("/party-members/{organisation:\\d{1,18}}/{membership:\\d{1,18}}/end")
    ModelAndView end(
            Reader reader,
            @PathVariable long organisation,
            @PathVariable long membership,
            @RequestParam MultiValueMap<String, String> typed) {
        var form = Form.of(typed);
        return verb(reader, organisation, () -> {
            var last = form.neededDay("last", "请填最后一天。");
            form.check();
            memberships.end(reader, organisation, membership, last);
        });
    }

    @PostMapping("/party-members/{organisation:\\d{1,18}}/{membership:\\d{1,18}}/move")
    ModelAndView move(
            Reader reader,
            @PathVariable long organisation,
            @PathVariable long membership,
            @RequestParam MultiValueMap<String, String> typed) {
        var form = Form.of(typed);
        return verb(reader, organisation, () -> {
            var day = form.neededDay("day", "请填从哪天起转。");
            var to = form.chosen("to", "请填转到哪个党组织。");
            form.check();
            moves.move(reader, organisation, membership, to, day);
        });
    }

    @PostMapping("/party-members/{organisation:\\d{1,18}}/{membership:\\d{1,18}}/back")
    ModelAndView back(Reader reader, @PathVariable long organisation, @PathVariable long membership) {
        return verb(reader, organisation, () -> moves.back(reader, organisation, membership));
    }

    @PostMapping("/party-members/{organisation:\\d{1,18}}/{membership:\\d{1,18}}/employer")
    ModelAndView employer(
            Reader reader,
            @PathVariable long organisation,
            @PathVariable long membership,
            @RequestParam MultiValueMap<String, String> typed) {
        var form = Form.of(typed);
        return verb(reader, organisation, () -> {
            var day = form.neededDay("day", "请填从哪天起。");
            form.check();
            moves.employed(reader, organisation, membership, day);
        });
    }

    @PostMapping("/party-members/{organisation:\\d{1,18}}/{membership:\\d{1,18}}/correct")
    ModelAndView correct(
            Reader reader,
            @PathVariable long organisation,
            @PathVariable long membership,
            @RequestParam MultiValueMap<String, String> typed) {
        var form = Form.of(typed);
        return verb(reader, organisation, () -> {
            var first = form.neededDay("from", "请填从哪天起。");
            var note = form.words("note", 100).replace("\n", " ");
            var reason = EntryReason.among(EntryReason.ofMembership(), form.get("wrong"));
            if (reason.isEmpty()) {
                form.wrong("wrong", "请选为什么更正。");
            }
            form.check();
            memberships.correct(reader, organisation, membership, first, note, reason.orElseThrow());
        });
    }

    @PostMapping("/party-members/{organisation:\\d{1,18}}/{membership:\\d{1,18}}/take-back")
    ModelAndView takeBack(
            Reader reader,
            @PathVariable long organisation,
            @PathVariable long membership,
            @RequestParam(defaultValue = "") String mistake) {
        return verb(reader, organisation, () -> {
            var reason = EntryReason.among(EntryReason.takingBack(), mistake)
                    .orElseThrow(() -> Refusal.of("mistake", "请选为什么撤回。"));
            memberships.takeBack(reader, organisation, membership, reason);
        });
    }

    private ModelAndView verb(Reader reader, long organisation, Runnable work) {
        memberships.kept(reader, organisation);
        try {
            work.run();
            return FormAnswer.seeOther("/party-members/" + organisation);
        } catch (Refusal refusal) {
            return page(reader, organisation, FormErrors.of(refusal).atTop(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private ModelAndView page(Reader reader, long organisation, FormErrors errors, HttpStatus status) {
        var body = bodies.body(organisation);
        var keeps = memberships.keeps(reader, body);
        if (body.partyKind() == null
                || !keeps && !PeopleScope.sees(reader, body) && !offices.onlyByOwnHand(reader, organisation)) {
            throw new Missing("没有这个党组织，或它不归您看。");
        }
        var model = new ModelAndView("registry/people/party-members", status);
        model.addObject("body", body);
        model.addObject("keeps", keeps);
        model.addObject("ownHand", !keeps && offices.onlyByOwnHand(reader, organisation));
        model.addObject("led", keeps || offices.led(organisation));
        model.addObject("mayAppoint", PeopleScope.mayAppoint(reader, body));
        model.addObject("count", counts.ofOrganisation(organisation, today()));
        model.addObject("others", keeps ? moves.others(body) : List.of());
        model.addObject("today", today());
        model.addObject("errors", errors);
        return model;
    }

    @GetMapping("/party-members/{organisation:\\d{1,18}}/new")
    ModelAndView form(Reader reader, @PathVariable long organisation) {
        return newPage(reader, organisation, Form.with(Map.of("from", today())), FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/party-members/{organisation:\\d{1,18}}/new")
    ModelAndView register(
            Reader reader, @PathVariable long organisation, @RequestParam MultiValueMap<String, String> typed) {
        memberships.kept(reader, organisation);
        var form = Form.of(typed);
        try {
            var name = form.text("name", 40, "请填姓名。");
            var phone = form.text("phone", 20, "请填手机号。认人靠它。");
            var first = form.neededDay("from", "请填从哪天起。");
            var note = form.words("note", 100).replace("\n", " ");
            form.check();
            var wanted = new PartyMemberships.Registration(
                    organisation, form.get("kind"), 0, name, phone, null, first, note);
            // told from a retry by a keyed mark: a plain hash of a name and a number could be guessed
            var mark = HexFormat.of().formatHex(cipher.blindIndex("form:" + form));
            once.run(reader, form.get("_once"), mark, () -> String.valueOf(memberships.register(reader, wanted)));
            return FormAnswer.seeOther("/party-members/" + organisation);
        } catch (Refusal refusal) {
            return newPage(reader, organisation, form, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private ModelAndView newPage(Reader reader, long organisation, Form form, FormErrors errors, HttpStatus status) {
        var model = new ModelAndView("registry/people/party-register", status);
        model.addObject("body", memberships.kept(reader, organisation));
        model.addObject("form", form);
        model.addObject("errors", errors);
        return model;
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
