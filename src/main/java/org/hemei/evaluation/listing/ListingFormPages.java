package org.hemei.evaluation.listing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.UUID;
import org.hemei.evaluation.listing.ListingPages.Act;
import org.hemei.platform.Reader;
import org.hemei.platform.web.Form;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The forms on the page of a case. */
@Controller
class ListingFormPages {

    private static final String ONE = "/listings/{id:\\d{1,18}}/";

    private final ListingForms forms;
    private final ListingDesk desk;
    private final DecisionDesk decisions;
    private final RepairDesk repairs;

    ListingFormPages(ListingForms forms, ListingDesk desk, DecisionDesk decisions, RepairDesk repairs) {
        this.forms = forms;
        this.desk = desk;
        this.decisions = decisions;
        this.repairs = repairs;
    }

    @PostMapping(ONE + "notice")
    ModelAndView notice(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            Evidence.Sent sent) {
        return forms.shown(reader, id, Act.NOTIFY, values, sent, (form, chosen) -> {
            var basis = form.get("basis");
            desk.notify(
                    reader,
                    id,
                    ListingForms.version(form),
                    Weight.named(form.get("weight")),
                    basis.matches("\\d{1,18}") ? Long.valueOf(basis) : null,
                    form.get("words"),
                    chosen);
        });
    }

    @PostMapping(ONE + "delivery")
    ModelAndView delivery(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            Evidence.Sent sent) {
        return served(reader, id, Act.DELIVER, values, sent, desk::deliver);
    }

    /** Something reached the company: on which day and how, with what proves it. */
    private interface Service {

        void record(
                Reader reader, long id, int version, @Nullable LocalDate servedOn, String how, Collection<UUID> files);
    }

    private ModelAndView served(
            Reader reader,
            long id,
            Act act,
            MultiValueMap<String, String> values,
            Evidence.Sent sent,
            Service service) {
        return forms.shown(reader, id, act, values, sent, (form, chosen) -> {
            var day = form.day("servedOn");
            form.check();
            service.record(reader, id, ListingForms.version(form), day, form.get("words"), chosen);
        });
    }

    @PostMapping(ONE + "confirmation")
    ModelAndView confirmation(
            Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        return forms.verb(
                reader,
                id,
                Act.CONFIRM,
                values,
                form -> decisions.confirm(
                        reader, id, ListingForms.version(form), ListingForms.yes(form, "agreed"), form.get("remark")));
    }

    @PostMapping(ONE + "statement")
    ModelAndView statement(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            Evidence.Sent sent) {
        return forms.shown(
                reader,
                id,
                Act.STATE,
                values,
                sent,
                (form, chosen) -> desk.state(reader, id, ListingForms.version(form), form.get("words"), chosen));
    }

    @PostMapping(ONE + "decision")
    ModelAndView decision(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            Evidence.Sent sent) {
        return forms.shown(
                reader,
                id,
                Act.DECIDE,
                values,
                sent,
                (form, chosen) -> decisions.decide(
                        reader, id, ListingForms.version(form), votes(form, values), form.get("words"), chosen));
    }

    /** A field for each member who took part: vote-ACCOUNT, and why-ACCOUNT for whoever withdrew. */
    private static Votes votes(Form form, MultiValueMap<String, String> values) {
        var members = new ArrayList<Votes.Vote>();
        values.keySet().stream()
                .filter(name -> name.matches("vote-\\d{1,18}"))
                .sorted()
                .forEach(name -> {
                    var choice = Votes.Choice.named(form.get(name));
                    var account = name.substring("vote-".length());
                    if (choice != null) {
                        var why = choice == Votes.Choice.RECUSED ? form.words("why-" + account, 200) : "";
                        members.add(new Votes.Vote(Long.parseLong(account), choice, why));
                    }
                });
        form.check();
        return new Votes(members);
    }

    @PostMapping(ONE + "service")
    ModelAndView service(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            Evidence.Sent sent) {
        return served(reader, id, Act.SERVE, values, sent, desk::serve);
    }

    @PostMapping(ONE + "objection")
    ModelAndView objection(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            Evidence.Sent sent) {
        return forms.shown(
                reader,
                id,
                Act.OBJECT,
                values,
                sent,
                (form, chosen) -> desk.object(reader, id, ListingForms.version(form), form.get("words"), chosen));
    }

    @PostMapping(ONE + "answer")
    ModelAndView answer(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            Evidence.Sent sent) {
        return forms.shown(
                reader,
                id,
                Act.ANSWER,
                values,
                sent,
                (form, chosen) -> desk.answer(
                        reader,
                        id,
                        ListingForms.version(form),
                        ListingForms.yes(form, "upheld"),
                        form.get("words"),
                        chosen));
    }

    @PostMapping(ONE + "repair")
    ModelAndView repair(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            Evidence.Sent sent) {
        return forms.shown(
                reader,
                id,
                Act.REPAIR,
                values,
                sent,
                (form, chosen) -> repairs.apply(reader, id, ListingForms.version(form), form.get("words"), chosen));
    }

    @PostMapping(ONE + "withdrawal")
    ModelAndView withdrawal(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        return forms.verb(
                reader,
                id,
                Act.WITHDRAW,
                values,
                form -> repairs.withdraw(reader, id, ListingForms.version(form), form.get("words")));
    }

    @PostMapping(ONE + "verification")
    ModelAndView verification(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            Evidence.Sent sent) {
        return forms.shown(
                reader,
                id,
                Act.VERIFY,
                values,
                sent,
                (form, chosen) -> repairs.verify(
                        reader,
                        id,
                        ListingForms.version(form),
                        ListingForms.yes(form, "mended"),
                        form.get("words"),
                        chosen));
    }

    @PostMapping(ONE + "conclusion")
    ModelAndView conclusion(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            Evidence.Sent sent) {
        return forms.shown(
                reader,
                id,
                Act.CONCLUDE,
                values,
                sent,
                (form, chosen) -> repairs.conclude(
                        reader,
                        id,
                        ListingForms.version(form),
                        ListingForms.yes(form, "agreed"),
                        form.get("words"),
                        chosen));
    }
}
