package org.hemei.evaluation.campaign;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.hemei.evaluation.scheme.Scheme;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Stale;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.registry.Areas;
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
    private final CampaignDesk desk;
    private final Frames frames;
    private final Progress progress;
    private final Schemes schemes;
    private final Agreement agreement;
    private final Reach reach;
    private final Areas areas;
    private final NarrowingAreas places;
    private final Once once;
    private final InstantSource clock;

    CampaignPages(
            Campaigns campaigns,
            CampaignDesk desk,
            Frames frames,
            Progress progress,
            Schemes schemes,
            Agreement agreement,
            Reach reach,
            Areas areas,
            NarrowingAreas places,
            Once once,
            InstantSource clock) {
        this.campaigns = campaigns;
        this.desk = desk;
        this.frames = frames;
        this.progress = progress;
        this.schemes = schemes;
        this.agreement = agreement;
        this.reach = reach;
        this.areas = areas;
        this.places = places;
        this.once = once;
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

    @GetMapping("/campaigns/new")
    ModelAndView form(Reader reader) {
        var area = required(reader);
        var begin = today().plusDays(14);
        // in the first half of a year it is the last one that can be judged
        var year = begin.getMonthValue() <= 6 ? begin.getYear() - 1 : begin.getYear();
        return edit(
                reader,
                Form.with(Map.of(
                        "area",
                        area,
                        "year",
                        year,
                        "seedOn",
                        begin.minusDays(4),
                        "collectFrom",
                        begin,
                        "title",
                        year + " 年物业服务测评")),
                FormErrors.NONE);
    }

    @PostMapping("/campaigns")
    ModelAndView plan(
            Reader reader,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam MultiValueMap<String, String> values) {
        required(reader);
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    var plan = new CampaignDesk.Plan(
                            form.text("area", 12, "请选测评哪里。"),
                            form.needed("year", 2000, 2100, "请填测评哪一年。"),
                            form.chosen("scheme", "请选方案。"),
                            form.text("title", 60, "请填名称。"),
                            form.text("seedSource", 100, "请写种子从哪里来。"),
                            form.neededDay("seedOn", "请填种子哪天出来。"),
                            form.neededDay("collectFrom", "请填哪天开始测评。"));
                    form.check();
                    return once.run(reader, key, form, () -> "/campaigns/" + desk.plan(reader, plan) + "?done=planned");
                },
                errors -> edit(reader, form, errors));
    }

    private ModelAndView edit(Reader reader, Form form, FormErrors errors) {
        var scope = SchemeDesk.keeper(reader);
        var model = new HashMap<String, Object>();
        model.put("form", form);
        model.put("errors", errors);
        model.put("areas", areas.seats(scope));
        model.put("schemes", holding(scope.areas()));
        return new ModelAndView("evaluation/campaign/new", model);
    }

    private List<Scheme> holding(List<String> codes) {
        return codes.stream()
                .flatMap(code -> schemes.holding(code).stream())
                .distinct()
                .toList();
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
        required(reader);
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
                desk.reframe(reader, id, version, source, on);
            }
            case DRAW -> desk.draw(reader, id, version, form.get("seed"));
            case REDRAW -> desk.redraw(reader, id, version, form.get("seed"), form.get("wrong"));
            case SEAL -> desk.seal(reader, id, version);
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

    /** How the sample came about, and whether drawing once more gives the same. */
    @GetMapping("/campaigns/{id:\\d{1,18}}/sample")
    ModelAndView sample(Reader reader, @PathVariable long id, @RequestParam(defaultValue = "") String after) {
        var campaign = find(id);
        var scheme = schemes.find(campaign.scheme()).orElseThrow();
        var from = after.matches("\\d{1,18}") ? Long.parseLong(after) : 0;
        var found = frames.frames(id, from, PAGE + 1);
        var shown = found.stream().limit(PAGE).toList();
        var model = new HashMap<String, Object>();
        model.put("campaign", campaign);
        model.put("most", scheme.content().sampleUnits());
        model.put(
                "check",
                campaign.seed() == null
                        ? null
                        : frames.again(campaign, shown, scheme.content().sampleUnits()));
        model.put("frames", shown);
        model.put("next", found.size() > PAGE ? shown.getLast().estate() : null);
        model.put("first", from == 0);
        model.put("staff", Role.isStaff(reader));
        return new ModelAndView("evaluation/campaign/sample", model);
    }

    /** Units by their numbers, which tell nobody the door; who was drawn is shown when nobody can be pressed for it any longer. */
    @GetMapping("/campaigns/{id:\\d{1,18}}/sample.csv")
    void list(@PathVariable long id, HttpServletResponse response) throws IOException {
        var campaign = find(id);
        if (campaign.state() != CampaignState.FINAL) {
            throw new Missing("测评没有结束，抽到谁还不公布，免得有人上门打招呼。");
        }
        response.setContentType("text/csv");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Content-Disposition", "attachment; filename=\"sample-" + id + ".csv\"");
        var out = response.getWriter();
        out.write("estate,unit,place\n");
        frames.write(id, line -> out.write(line + "\n"));
    }

    private static String required(Reader reader) {
        return Role.required(reader, Role.CITY, Role.DISTRICT, Role.HOUSING)
                .areas()
                .getFirst();
    }

    private Campaign find(long id) {
        return campaigns.find(id).orElseThrow(() -> new Missing("没有这次测评。"));
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
