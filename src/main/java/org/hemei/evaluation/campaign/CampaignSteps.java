package org.hemei.evaluation.campaign;

import java.time.InstantSource;
import java.util.Map;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.log.LastChange;
import org.springframework.stereotype.Component;

/** Who may take the next step of a campaign, and what is written down of each. */
@Component
class CampaignSteps {

    private static final String CALENDAR = "日程";

    private final Campaigns campaigns;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;
    private final LastChange lastChange;

    CampaignSteps(Campaigns campaigns, Audit audit, EventLog events, InstantSource clock, LastChange lastChange) {
        this.campaigns = campaigns;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.lastChange = lastChange;
    }

    /** The campaign, locked, where its keeper read it as it is and it can take this step. */
    Campaign take(Reader reader, long id, int version, CampaignVerb verb) {
        var campaign = campaigns
                .lock(id)
                .filter(one -> SchemeDesk.keeper(reader).covers(one.area()))
                .orElseThrow(() -> new Missing("没有这次测评，或不归您管。"));
        if (verb.after(campaign.state()).isEmpty()) {
            throw Refusal.of("这次测评现在是“" + campaign.state().words() + "”，不能" + verb.words() + "。");
        }
        if (campaign.version() != version) {
            var steps = campaigns.steps(id);
            throw steps.isEmpty()
                    ? lastChange.stale(reader, CampaignDesk.KIND, id, "改过这次测评")
                    : new Stale(
                            steps.getLast().actorAs(),
                            steps.getLast().verb(),
                            steps.getLast().at());
        }
        return campaign;
    }

    void move(Reader reader, Campaign campaign, CampaignVerb verb, String remark) {
        var to = verb.after(campaign.state()).orElseThrow();
        var as = reader.signedIn() ? campaign.areaName() : CALENDAR;
        campaigns.move(campaign, verb, to, reader.account(), as, remark, clock.instant());
        audit.record(
                reader,
                0,
                CampaignDesk.KIND + "." + verb.code(),
                CampaignDesk.KIND,
                campaign.id(),
                campaign.area(),
                Map.of());
        events.announce(
                0,
                "evaluation.campaign." + verb.code(),
                campaign.id(),
                Map.of("campaign", campaign.id(), "actor", reader.account()));
    }
}
