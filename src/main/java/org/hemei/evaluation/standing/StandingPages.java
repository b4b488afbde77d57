package org.hemei.evaluation.standing;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.evaluation.NarrowingAreas;
import org.hemei.evaluation.campaign.Campaign;
import org.hemei.evaluation.campaign.Campaigns;
import org.hemei.evaluation.scheme.SchemeContent;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.scheme.SchemeContent.Side;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Address;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The lists behind the figures of a campaign, for whoever runs it. */
@Controller
class StandingPages {

    private static final int PAGE = 50;

    private final Campaigns campaigns;
    private final Schemes schemes;
    private final EstateStands estates;
    private final CampaignScores scores;
    private final NarrowingAreas areas;
    private final InstantSource clock;

    StandingPages(
            Campaigns campaigns,
            Schemes schemes,
            EstateStands estates,
            CampaignScores scores,
            NarrowingAreas areas,
            InstantSource clock) {
        this.campaigns = campaigns;
        this.schemes = schemes;
        this.estates = estates;
        this.scores = scores;
        this.areas = areas;
        this.clock = clock;
    }

    @GetMapping("/campaigns/{id:\\d{1,18}}/estates")
    ModelAndView estates(Reader reader, @PathVariable long id, @RequestParam Map<String, String> query) {
        var campaign = mine(reader, id);
        var scheme = content(campaign);
        var wanted = EstateStands.Wanted.of(query);
        var text = query.getOrDefault("after", "");
        var after = text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
        var found = estates.list(campaign, scheme, wanted, after, PAGE + 1);
        var shown = found.stream().limit(PAGE).toList();
        var model = model(campaign, wanted.on(Address.of(campaign.path() + "/estates")), after != 0);
        model.put("wanted", wanted);
        model.put("rows", shown);
        model.put("next", found.size() > PAGE ? String.valueOf(shown.getLast().estate()) : null);
        model.put("byStreet", EstateStands.items(scheme, Side.STREET));
        model.put("byCommunity", EstateStands.items(scheme, Side.COMMUNITY));
        model.put("inspected", !scheme.items(Kind.INSPECTION).isEmpty());
        model.put("least", scheme.leastBallots());
        return new ModelAndView("evaluation/standing/estates", model);
    }

    @GetMapping("/campaigns/{id:\\d{1,18}}/scores")
    ModelAndView scores(Reader reader, @PathVariable long id, @RequestParam Map<String, String> query) {
        var campaign = mine(reader, id);
        var wanted = CampaignScores.Wanted.of(query);
        var after = query.getOrDefault("after", "");
        var found = scores.list(id, content(campaign), wanted, after, PAGE + 1);
        var shown = found.stream().limit(PAGE).toList();
        var model = model(campaign, wanted.on(Address.of(campaign.path() + "/scores")), !after.isEmpty());
        model.put("wanted", wanted);
        model.put("rows", shown);
        model.put("next", found.size() > PAGE ? shown.getLast().key() : null);
        model.put("counts", scores.counts(id));
        return new ModelAndView("evaluation/standing/scores", model);
    }

    private Map<String, Object> model(Campaign campaign, Address self, boolean later) {
        Map<String, Object> model = new HashMap<>();
        model.put("campaign", campaign);
        model.put("self", self);
        model.put("first", !later);
        model.put("areas", areas.below(campaign.area()));
        model.put("today", CivilTime.date(clock.instant()));
        return model;
    }

    private SchemeContent content(Campaign campaign) {
        return schemes.find(campaign.scheme()).orElseThrow().content();
    }

    private Campaign mine(Reader reader, long id) {
        Role.required(reader, Role.CITY, Role.DISTRICT, Role.HOUSING);
        return campaigns
                .find(id)
                .filter(one -> SchemeDesk.keeper(reader).covers(one.area()))
                .orElseThrow(() -> new Missing("没有这次测评，或不归您管。"));
    }
}
