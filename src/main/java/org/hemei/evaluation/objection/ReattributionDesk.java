package org.hemei.evaluation.objection;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hemei.evaluation.Interests;
import org.hemei.evaluation.campaign.Campaign;
import org.hemei.evaluation.campaign.CampaignState;
import org.hemei.evaluation.campaign.Campaigns;
import org.hemei.evaluation.campaign.Projects;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.evaluation.score.Gathering.Period;
import org.hemei.evaluation.score.ScoreDesk;
import org.hemei.evaluation.score.Scores;
import org.hemei.evaluation.score.Scores.Score;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.log.LastChange;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Once;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives an estate's year to the company whose it was by the contracts as they are registered now, on a document. Every company that had the
 * score or has it now gets a new version; their years follow, and with them the listings that rest on these.
 */
@Service
class ReattributionDesk {

    /** @param seen what the keeper looked at, as {@link #seen} tells it; evidence: a set of the documents for each new version */
    record Wanted(long estate, String seen, String basis, String why, List<List<UUID>> evidence) {

        /** After the time to object nothing that was published is changed without a document. */
        private Righting.Ground ground(Campaign campaign, LocalDate today) {
            return new Righting.Ground(
                    basis, why, evidence.stream().anyMatch(one -> !one.isEmpty()), !campaign.takesObjections(today));
        }
    }

    private final ContractDifferences differences;
    private final Campaigns campaigns;
    private final Projects projects;
    private final Schemes schemes;
    private final Scores scores;
    private final ScoreDesk desk;
    private final Righting righting;
    private final Interests interests;
    private final InstantSource clock;
    private final LastChange lastChange;

    ReattributionDesk(
            ContractDifferences differences,
            Campaigns campaigns,
            Projects projects,
            Schemes schemes,
            Scores scores,
            ScoreDesk desk,
            Righting righting,
            Interests interests,
            InstantSource clock,
            LastChange lastChange) {
        this.differences = differences;
        this.campaigns = campaigns;
        this.projects = projects;
        this.schemes = schemes;
        this.scores = scores;
        this.desk = desk;
        this.righting = righting;
        this.interests = interests;
        this.clock = clock;
        this.lastChange = lastChange;
    }

    /** Earlier, scores are computed again with the contracts of that day. */
    static boolean takes(Campaign campaign) {
        return campaign.state() == CampaignState.OBJECTION || campaign.state() == CampaignState.FINAL;
    }

    /** What was looked at, so that nobody decides on something else. */
    static String seen(List<Projects.Change> changes) {
        return Once.hash(changes.toString()).substring(0, 16);
    }

    /** @return the new versions */
    @Transactional
    List<Score> correct(Reader reader, long campaignId, Wanted wanted) {
        var campaign = campaigns
                .lock(campaignId)
                .filter(one -> SchemeDesk.keeper(reader).covers(one.area()))
                .orElseThrow(() -> new Missing("没有这次测评，或不归您管。"));
        scores.hold(campaignId, wanted.estate);
        var changes = takes(campaign) ? differences.of(campaign, wanted.estate) : List.<Projects.Change>of();
        if (changes.isEmpty()) {
            throw Refusal.of("这个小区的合同和算分时一样，没有要改的。");
        }
        if (!seen(changes).equals(wanted.seen)) {
            throw lastChange.stale(reader, "estate", wanted.estate, "又改了这个小区的合同", "contract.%");
        }
        var ground = wanted.ground(campaign, CivilTime.date(clock.instant()));
        var reasons = righting.against(reader, campaign.id(), wanted.estate, ground);
        var near = interests.companies(reader);
        if (reasons.stream().noneMatch(one -> one.words().equals(Interests.WORDS))
                && changes.stream().anyMatch(one -> near.contains(one.company()))) {
            // a company that comes in by the corrected contract is not evaluated there yet
            reasons.add(new Reason(null, Interests.WORDS));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        var scheme = schemes.find(campaign.scheme()).orElseThrow();
        projects.settle(campaign, scheme.content(), wanted.estate);
        var made = desk.reattribute(
                reader,
                new Period(campaign.id(), campaign.from(), campaign.until()),
                scheme,
                wanted.estate,
                changes.stream().map(Projects.Change::company).collect(Collectors.toSet()),
                changes.stream()
                        .filter(Projects.Change::bodies)
                        .map(Projects.Change::company)
                        .collect(Collectors.toSet()),
                "合同登记更正，" + ground.reason());
        differences.settled(campaignId, wanted.estate);
        for (int n = 0; n < made.size(); n++) {
            righting.made(reader, made.get(n), n < wanted.evidence.size() ? wanted.evidence.get(n) : List.of());
        }
        return made;
    }
}
