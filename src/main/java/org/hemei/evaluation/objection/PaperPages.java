package org.hemei.evaluation.objection;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.evaluation.campaign.Campaigns;
import org.hemei.evaluation.score.Hearings;
import org.hemei.evaluation.score.Scores.Score;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** 书面往来: what whoever runs a campaign serves on a company about a score, and what the company hands in. */
@Controller
class PaperPages {

    private static final String PATH = "/scores/{id:\\d{1,18}}/";

    private final HearingDesk desk;
    private final FilingDesk filing;
    private final Campaigns campaigns;
    private final Once once;
    private final Hearings hearings;
    private final Documents documents;
    private final InstantSource clock;

    PaperPages(
            HearingDesk desk,
            FilingDesk filing,
            Campaigns campaigns,
            Once once,
            Hearings hearings,
            Documents documents,
            InstantSource clock) {
        this.filing = filing;
        this.campaigns = campaigns;
        this.once = once;
        this.desk = desk;
        this.hearings = hearings;
        this.documents = documents;
        this.clock = clock;
    }

    @GetMapping(PATH + "paper")
    ModelAndView paper(Reader reader, @PathVariable long id) {
        return page(mine(reader, id), Form.empty(), FormErrors.NONE);
    }

    @PostMapping(PATH + "service")
    ModelAndView served(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            @RequestParam(name = "receipts", required = false) @Nullable List<MultipartFile> files) {
        var score = mine(reader, id);
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    if (hearing(score) == null) {
                        throw Refusal.of("这一版没有给新的异议期，或后来改回去了，不用单独送达。");
                    }
                    var day = form.day("servedOn");
                    form.check();
                    desk.served(reader, id, day, documents.store(reader, score.district(), files, "receipts"));
                    return score.path() + "/paper?done=served";
                },
                errors -> page(score, form, errors));
    }

    @PostMapping(PATH + "paper")
    ModelAndView entered(
            Reader reader,
            @PathVariable long id,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam MultiValueMap<String, String> values,
            @RequestParam(required = false) @Nullable List<MultipartFile> files,
            @RequestParam(name = "documents", required = false) @Nullable List<MultipartFile> scans) {
        var score = mine(reader, id);
        var kept = new LinkedMultiValueMap<>(values);
        if (Documents.drops(kept)) {
            return page(score, Form.of(kept), FormErrors.NONE);
        }
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    documents.take(reader, score.district(), files, scans, kept);
                    return once.run(reader, key, form, () -> {
                        var day = form.day("receivedOn");
                        form.check();
                        var claim = new FilingDesk.Claim(
                                form.get("dimension"), form.get("words"), Documents.chosen(kept), day);
                        return "/objections/" + filing.enter(reader, score, claim) + "?done=1";
                    });
                },
                errors -> page(score, Form.of(kept), errors));
    }

    private ModelAndView page(Score score, Form form, FormErrors errors) {
        var model = new HashMap<String, Object>();
        model.put("score", score);
        model.put("parts", filing.parts(campaigns.find(score.campaign()).orElseThrow()));
        model.put("hearing", hearing(score));
        model.put("today", CivilTime.date(clock.instant()));
        model.put("form", form);
        model.put("errors", errors);
        return new ModelAndView("evaluation/objection/received", model);
    }

    private Hearings.@Nullable Hearing hearing(Score score) {
        return hearings.running(score.campaign()).stream()
                .filter(one -> one.score() == score.id())
                .findFirst()
                .orElse(null);
    }

    private Score mine(Reader reader, long id) {
        Role.required(reader, Role.CITY, Role.DISTRICT, Role.HOUSING);
        return desk.mine(reader, id);
    }
}
