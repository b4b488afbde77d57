package org.hemei.evaluation.campaign;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.evaluation.Narrowing;
import org.hemei.evaluation.NarrowingAreas;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Stale;
import org.hemei.platform.time.CivilTime;
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
import org.springframework.web.servlet.ModelAndView;

/** 测评: everybody follows a campaign; who keeps the schemes there runs it. */
@Controller
class CampaignPages {

    private static final int PAGE = 30;

    private final Campaigns campaigns;
    private final SampleDesk samples;
    private final CampaignDesk desk;
    private final Progress progress;
    private final Schemes schemes;
    private final Agreement agreement;
    private final Reach reach;
    private final NarrowingAreas places;
    private final InstantSource clock;

    CampaignPages(
            Campaigns campaigns,
            SampleDesk samples,
            CampaignDesk desk,
            Progress progress,
            Schemes schemes,
            Agreement agreement,
            Reach reach,
            NarrowingAreas places,
            InstantSource clock) {
        this.campaigns = campaigns;
        this.samples = samples;
        this.desk = desk;
        this.progress = progress;
        this.schemes = schemes;
        this.agreement = agreement;
        this.reach = reach;
        this.places = places;
        this.clock = clock;
    }

    @GetMapping("/campaigns")
    ModelAndView list(Reader reader, @RequestParam Map<String, String> query) {
        var after = query.getOrDefault("after", "");
        var before = after.matches("\\d{1,18}") ? Long.parseLong(after) : 0;
        var wanted = wanted(query);
        var found = campaigns.list(wanted, before, PAGE + 1);
        var shown = found.stream().limit(PAGE).toList();
        var asking = new HashSet<>(campaigns.differing());
        asking.addAll(reach.asking());
        var page = new ModelAndView("evaluation/campaign/list");
        page.addObject("wanted", wanted);
        page.addObject("years", campaigns.years());
        page.addObject("places", places.all());
        page.addObject("campaigns", shown);
        page.addObject("next", found.size() > PAGE ? shown.getLast().id() : null);
        page.addObject("first", before == 0);
        page.addObject("keeps", !SchemeDesk.keeper(reader).isEmpty());
        page.addObject(
                "asks",
                shown.stream()
                        .filter(one -> (one.asks(today()) || asking.contains(one.id()))
                                && SchemeDesk.keeper(reader).covers(one.area()))
                        .map(Campaign::id)
                        .toList());
        page.addObject("staff", Role.isStaff(reader));
        page.addObject("today", today());
        return page;
    }

    static Campaigns.Wanted wanted(Map<String, String> query) {
        var year = query.getOrDefault("year", "");
        var state = query.getOrDefault("state", "");
        return new Campaigns.Wanted(
                Narrowing.of(query).area(),
                year.matches("2\\d{3}") ? Integer.valueOf(year) : null,
                Arrays.stream(CampaignState.values())
                        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(state))
                        .findFirst()
                        .orElse(null));
    }

    @GetMapping("/campaigns/{id:\\d{1,18}}")
    ModelAndView campaign(Reader reader, @PathVariable long id) {
        return campaign(reader, find(id), Form.empty(), FormErrors.NONE, null);
    }

    private ModelAndView campaign(
            Reader reader, Campaign campaign, Form form, FormErrors errors, @Nullable Stale stale) {
        var scheme = schemes.find(campaign.scheme()).orElseThrow();
        var model = new HashMap<String, Object>();
        model.put("campaign", campaign);
        model.put("scheme", scheme);
        model.put("data", progress.of(campaign, scheme.content()));
        model.put("days", scheme.content().collectDays());
        model.put("agreement", agreement.of(campaign.id()));
        model.put("steps", campaigns.steps(campaign.id()));
        var keeps = SchemeDesk.keeper(reader).covers(campaign.area());
        model.put("keeps", keeps);
        var told = campaign.state() == CampaignState.PRELIMINARY || campaign.state() == CampaignState.OBJECTION;
        model.put("unreached", keeps && told ? reach.without(campaign.id()) : List.of());
        model.put("asked", keeps ? reach.asked(reader, campaign.id()) : List.of());
        model.put("hearings", keeps ? reach.hearings(campaign.id()) : List.of());
        model.put("staff", Role.isStaff(reader));
        model.put("today", today());
        model.put("form", form);
        model.put("errors", errors);
        model.put("stale", stale);
        return new ModelAndView("evaluation/campaign/campaign", model);
    }

    /** One verb of its keeper. */
    @PostMapping("/campaigns/{id:\\d{1,18}}/{verb:[a-z]{2,9}}")
    ModelAndView verb(
            Reader reader,
            @PathVariable long id,
            @PathVariable String verb,
            @RequestParam MultiValueMap<String, String> values) {
        Role.required(reader, Role.CITY, Role.DISTRICT, Role.HOUSING);
        var campaign = find(id);
        var form = Form.of(values);
        return FormAnswer.of(
                () -> campaign.path() + "?done="
                        + act(reader, id, CampaignVerb.of(verb).orElseThrow(() -> new Missing("没有这一步。")), form),
                errors -> campaign(reader, campaign, form, errors, null),
                stale -> campaign(reader, campaign, form, FormErrors.NONE, stale));
    }

    /** @return what was done, for the page to say */
    private String act(Reader reader, long id, CampaignVerb verb, Form form) {
        var text = form.get("version");
        var version = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
        switch (verb) {
            case REFRAME -> {
                var source = form.text("seedSource", 100, "请写新的种子从哪里来。");
                var on = form.neededDay("seedOn", "请填新的种子哪天出来。");
                form.check();
                samples.reframe(reader, id, version, source, on);
            }
            case DRAW -> samples.draw(reader, id, version, form.get("seed"));
            case REDRAW -> samples.redraw(reader, id, version, form.get("seed"), form.get("wrong"));
            case SEAL -> samples.seal(reader, id, version);
            case COMPUTE -> {
                return switch (desk.compute(reader, id, version)) {
                    case SCORES -> verb.code();
                    case LOOKS -> "looks";
                    case TALLY -> "tally";
                };
            }
            case AGAIN -> {
                var from = form.neededDay("from", "请填哪天开始投。");
                form.check();
                desk.again(reader, id, version, from);
            }
            case PUBLISH -> {
                return desk.publish(reader, id, version) ? verb.code() : "tally";
            }
            case CANCEL -> desk.cancel(reader, id, version, form.get("reason"));
            case OPEN, CLOSE, RECALL, CONCLUDE -> throw new Missing("这一步不用人点，到时候自己走。");
        }
        return verb.code();
    }

    private Campaign find(long id) {
        return campaigns.find(id).orElseThrow(() -> new Missing("没有这次测评。"));
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
