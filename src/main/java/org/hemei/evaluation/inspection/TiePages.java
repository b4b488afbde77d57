package org.hemei.evaluation.inspection;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.evaluation.campaign.Campaign;
import org.hemei.evaluation.campaign.Campaigns;
import org.hemei.evaluation.objection.Documents;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** 测评员和企业的关系, for whoever runs a campaign: what assessors said, and what was found without their saying. */
@Controller
class TiePages {

    private static final String PATH = "/campaigns/{id:\\d{1,18}}/ties";

    private final AssessorTies ties;
    private final TieDesk desk;
    private final Campaigns campaigns;
    private final LateTieDesk late;
    private final Documents documents;
    private final InstantSource clock;

    TiePages(
            AssessorTies ties,
            TieDesk desk,
            Campaigns campaigns,
            LateTieDesk late,
            Documents documents,
            InstantSource clock) {
        this.late = late;
        this.documents = documents;
        this.ties = ties;
        this.desk = desk;
        this.campaigns = campaigns;
        this.clock = clock;
    }

    @GetMapping(PATH)
    ModelAndView ties(Reader reader, @PathVariable long id) {
        return page(reader, mine(reader, id), Form.empty(), FormErrors.NONE);
    }

    @PostMapping(PATH)
    ModelAndView found(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            @RequestParam(name = "documents", required = false) @Nullable List<MultipartFile> files) {
        var campaign = mine(reader, id);
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    var stored = documents.store(reader, late.district(id), files);
                    desk.found(
                            reader,
                            id,
                            number(form.get("assessor")),
                            ties.company(id, form.get("company")),
                            form.get("kind"),
                            form.get("why"),
                            new LateTieDesk.Ground(form.get("basis"), stored));
                    return campaign.path() + "/ties?done=" + noted(campaign, form);
                },
                errors -> {
                    var page = page(
                            reader,
                            campaign,
                            form,
                            shown(campaign, TieDesk.finds(campaign) && asks(campaign, errors), errors));
                    return page.addObject("found", form);
                });
    }

    /** Whether the assessor is asked first; nobody is where they saw nothing of this company. */
    private String noted(Campaign campaign, Form form) {
        if (!campaign.published()) {
            return "found";
        }
        return ties.find(campaign.id(), number(form.get("assessor")), ties.company(campaign.id(), form.get("company")))
                .filter(one -> one.answerBy() != null)
                .map(one -> "asked")
                .orElse("unseen");
    }

    /** After the assessor was heard. */
    @PostMapping(PATH + "/settle")
    ModelAndView settle(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        var campaign = mine(reader, id);
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    var struck = form.get("struck");
                    if (!struck.matches("yes|no")) {
                        throw Refusal.of("请选看过的算不算。");
                    }
                    late.settle(
                            reader,
                            id,
                            number(form.get("assessor")),
                            number(form.get("company")),
                            form.get("read"),
                            struck.equals("yes"),
                            form.get("decided"));
                    return campaign.path() + "/ties?done=settled";
                },
                errors -> page(reader, campaign, form, errors));
    }

    /** What an assessor who cannot sign in says on paper. */
    @PostMapping(PATH + "/answer")
    ModelAndView answered(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            @RequestParam(name = "papers", required = false) @Nullable List<MultipartFile> files) {
        var campaign = mine(reader, id);
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    var day = form.day("receivedOn");
                    form.check();
                    var scans = documents.store(reader, late.district(id), files, "papers");
                    late.enter(
                            reader,
                            id,
                            number(form.get("assessor")),
                            number(form.get("company")),
                            new LateTieDesk.Sheet(day, form.get("answer"), scans));
                    return campaign.path() + "/ties?done=answered";
                },
                errors -> page(reader, campaign, form, waits(reader, campaign, form) ? errors : errors.atTop()));
    }

    @PostMapping("/campaigns/{id:\\d{1,18}}/handover")
    ModelAndView handOver(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        var campaign = mine(reader, id);
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    desk.handOver(reader, id, number(form.get("from")), form.get("reason"));
                    return campaign.path() + "/ties?done=handed";
                },
                errors -> page(reader, campaign, form, shown(campaign, TieDesk.hands(campaign), errors)));
    }

    /** Whether the tie has a form for its answer on the page. */
    private boolean waits(Reader reader, Campaign campaign, Form form) {
        return ties.of(campaign.id()).stream()
                .filter(one -> one.answers() && one.finder() != reader.account())
                .anyMatch(one -> one.account() == number(form.get("assessor"))
                        && one.companyId() == number(form.get("company")));
    }

    /** Before scores are public nobody is asked for a document. */
    private static boolean asks(Campaign campaign, FormErrors errors) {
        return campaign.published() || errors.of("documents") == null;
    }

    /** Where the form is not on the page, none of its fields is. */
    private FormErrors shown(Campaign campaign, boolean form, FormErrors errors) {
        return form && !ties.assessors(campaign, clock.instant()).isEmpty() ? errors : errors.atTop();
    }

    private static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    private ModelAndView page(Reader reader, Campaign campaign, Form form, FormErrors errors) {
        var model = new HashMap<String, Object>();
        model.put("campaign", campaign);
        model.put("me", reader.account());
        model.put("finds", TieDesk.finds(campaign));
        model.put("hands", TieDesk.hands(campaign));
        model.put("handovers", ties.handovers(campaign.id()));
        var known = ties.of(campaign.id());
        model.put("ties", known);
        model.put("files", late.files(known));
        model.put("today", late.today());
        model.put("assessors", ties.assessors(campaign, clock.instant()));
        model.put("companies", ties.companies(campaign.id()));
        model.put("form", form);
        // what was typed about one of the listed ties is not for the form below them
        model.put("found", Form.empty());
        model.put("errors", errors);
        return new ModelAndView("evaluation/inspection/ties", model);
    }

    private Campaign mine(Reader reader, long id) {
        Role.required(reader, Role.CITY, Role.DISTRICT, Role.HOUSING);
        return campaigns
                .find(id)
                .filter(one -> SchemeDesk.keeper(reader).covers(one.area()))
                .orElseThrow(() -> new Missing("没有这次测评，或不归您管。"));
    }
}
