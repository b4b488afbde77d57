package org.hemei.evaluation.listing;

import java.util.Collection;
import java.util.UUID;
import org.hemei.evaluation.listing.ListingPages.Act;
import org.hemei.platform.Reader;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What the bureau enters for others, and what it puts right, on the page of a case. */
@Controller
class ListingClericalPages {

    private static final String ONE = "/listings/{id:\\d{1,18}}/";

    private final ListingForms forms;
    private final PaperDesk papers;
    private final ServiceDesk services;
    private final OverturnDesk overturns;
    private final SelfCorrectionDesk corrections;
    private final SuspensionDesk suspensions;
    private final DeclineDesk declines;

    ListingClericalPages(
            ListingForms forms,
            PaperDesk papers,
            ServiceDesk services,
            OverturnDesk overturns,
            SelfCorrectionDesk corrections,
            SuspensionDesk suspensions,
            DeclineDesk declines) {
        this.forms = forms;
        this.papers = papers;
        this.services = services;
        this.overturns = overturns;
        this.corrections = corrections;
        this.suspensions = suspensions;
        this.declines = declines;
    }

    @PostMapping(ONE + "paper")
    ModelAndView paper(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            Evidence.Sent sent) {
        return forms.shown(reader, id, Act.PAPER, values, sent, (form, chosen) -> {
            var day = form.day("receivedOn");
            form.check();
            papers.enter(
                    reader,
                    id,
                    ListingForms.version(form),
                    PaperDesk.What.named(form.get("what")),
                    day,
                    form.get("words"),
                    chosen);
        });
    }

    @PostMapping(ONE + "service-day")
    ModelAndView serviceDay(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            Evidence.Sent sent) {
        return forms.shown(reader, id, Act.REDATE, values, sent, (form, chosen) -> {
            var day = form.day("servedOn");
            form.check();
            services.correct(reader, id, ListingForms.version(form), day, form.get("words"), chosen);
        });
    }

    @PostMapping(ONE + "revocation")
    ModelAndView revocation(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            Evidence.Sent sent) {
        return forms.shown(
                reader,
                id,
                Act.OVERTURN,
                values,
                sent,
                (form, chosen) -> overturns.revoke(
                        reader,
                        id,
                        ListingForms.version(form),
                        OverturnDesk.Cause.named(form.get("cause")),
                        form.get("anew").equals("yes"),
                        form.get("words"),
                        chosen));
    }

    @PostMapping(ONE + "self-correction")
    ModelAndView selfCorrection(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            Evidence.Sent sent) {
        return written(reader, id, Act.ASK_OVERTURN, values, sent, corrections::ask);
    }

    @PostMapping(ONE + "no-correction")
    ModelAndView noCorrection(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            Evidence.Sent sent) {
        return written(reader, id, Act.DENY_OVERTURN, values, sent, corrections::deny);
    }

    @PostMapping(ONE + "suspension")
    ModelAndView suspension(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            Evidence.Sent sent) {
        return written(reader, id, Act.SUSPEND, values, sent, suspensions::suspend);
    }

    @PostMapping(ONE + "resumption")
    ModelAndView resumption(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            Evidence.Sent sent) {
        return written(reader, id, Act.RESUME, values, sent, suspensions::resume);
    }

    /** A step that is words and their document. */
    private interface Work {

        void apply(Reader reader, long id, int version, String words, Collection<UUID> files);
    }

    private ModelAndView written(
            Reader reader, long id, Act act, MultiValueMap<String, String> values, Evidence.Sent sent, Work work) {
        return forms.shown(
                reader,
                id,
                act,
                values,
                sent,
                (form, chosen) -> work.apply(reader, id, ListingForms.version(form), form.get("words"), chosen));
    }

    @PostMapping(ONE + "appeal")
    ModelAndView appeal(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            Evidence.Sent sent) {
        return forms.shown(
                reader,
                id,
                Act.APPEAL,
                values,
                sent,
                (form, chosen) -> overturns.appeal(
                        reader,
                        id,
                        ListingForms.version(form),
                        Appeal.named(form.get("kind")),
                        form.get("words"),
                        chosen));
    }

    @PostMapping(ONE + "appeal-over")
    ModelAndView appealOver(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            Evidence.Sent sent) {
        return forms.shown(
                reader,
                id,
                Act.APPEAL_OVER,
                values,
                sent,
                (form, chosen) -> overturns.over(reader, id, ListingForms.version(form), form.get("words"), chosen));
    }

    @PostMapping(ONE + "declining")
    ModelAndView declining(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            Evidence.Sent sent) {
        return forms.shown(
                reader,
                id,
                Act.ASK_DECLINE,
                values,
                sent,
                (form, chosen) -> declines.ask(reader, id, ListingForms.version(form), form.get("words"), chosen));
    }

    @PostMapping(ONE + "declined")
    ModelAndView declined(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        return forms.verb(
                reader,
                id,
                Act.DECLINE,
                values,
                form -> declines.agree(reader, id, ListingForms.version(form), form.get("words")));
    }
}
