package org.hemei.evaluation.objection;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
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
import org.hemei.platform.Stale;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.web.Once;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives an estate's year to the company whose it was by the contracts as they are registered now, on a document. Every company that had the
 * score or has it now gets a new version; their years follow, and with them the listings that rest on these.
 */
@Service
class ReattributionDesk {

    private static final int LONGEST_BASIS = 100;
    private static final int LONGEST_WHY = 180;

    /** @param seen what the keeper looked at, as {@link #seen} tells it; evidence: a set of the documents for each new version */
    record Wanted(long estate, String seen, String basis, String why, List<List<UUID>> evidence) {}

    private final ContractDifferences differences;
    private final Campaigns campaigns;
    private final Projects projects;
    private final Objections objections;
    private final Schemes schemes;
    private final Scores scores;
    private final ScoreDesk desk;
    private final Attachments attachments;
    private final EventLog events;
    private final InstantSource clock;

    ReattributionDesk(
            ContractDifferences differences,
            Campaigns campaigns,
            Projects projects,
            Objections objections,
            Schemes schemes,
            Scores scores,
            ScoreDesk desk,
            Attachments attachments,
            EventLog events,
            InstantSource clock) {
        this.differences = differences;
        this.campaigns = campaigns;
        this.projects = projects;
        this.objections = objections;
        this.schemes = schemes;
        this.scores = scores;
        this.desk = desk;
        this.attachments = attachments;
        this.events = events;
        this.clock = clock;
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
        var changes = takes(campaign) ? differences.of(campaign, wanted.estate) : List.<Projects.Change>of();
        if (changes.isEmpty()) {
            throw Refusal.of("这个小区的合同和算分时一样，没有要改的。");
        }
        if (!seen(changes).equals(wanted.seen)) {
            throw new Stale("登记合同的同事", "又改了这个小区的合同", clock.instant());
        }
        check(reader, campaign, wanted);
        var scheme = schemes.find(campaign.scheme()).orElseThrow();
        projects.settle(campaign, scheme.content(), wanted.estate);
        var made = desk.reattribute(
                reader,
                new Period(campaign.id(), campaign.from(), campaign.until()),
                scheme,
                wanted.estate,
                changes.stream().map(Projects.Change::company).collect(Collectors.toSet()),
                "合同登记更正，依据" + wanted.basis + "：" + wanted.why);
        differences.settled(campaignId, wanted.estate);
        for (int n = 0; n < made.size(); n++) {
            var score = made.get(n);
            if (n < wanted.evidence.size()) {
                attachments.attach(
                        score.district(),
                        wanted.evidence.get(n),
                        CorrectionDesk.KIND,
                        String.valueOf(score.id()),
                        reader);
            }
            events.announce(
                    score.district(),
                    "evaluation.score.corrected",
                    score.id(),
                    Map.of("score", score.id(), "actor", reader.account()));
        }
        return made;
    }

    private void check(Reader reader, Campaign campaign, Wanted wanted) {
        List<Reason> reasons = new ArrayList<>();
        if (objections.scored(reader.account(), campaign.id(), wanted.estate)) {
            reasons.add(new Reason(null, "您给这个小区打过分，不能再来更正。请换没打过分的同事。"));
        }
        if (objections.running(campaign.id(), wanted.estate)) {
            reasons.add(new Reason(null, "这个小区有一件异议在等答复。先答复异议。"));
        }
        if (wanted.basis.isBlank() || wanted.basis.length() > LONGEST_BASIS) {
            reasons.add(new Reason("basis", "请写依据，100 字以内：哪份合同、哪份文件。"));
        }
        if (wanted.why.isBlank() || wanted.why.length() > LONGEST_WHY) {
            reasons.add(new Reason("why", "请写原来登记错在哪里，180 字以内，谁都看得到。"));
        }
        if (campaign.state() == CampaignState.FINAL && wanted.evidence.stream().allMatch(List::isEmpty)) {
            reasons.add(new Reason("documents", "终评以后的更正，要附合同或认定文件（PDF）。"));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
    }
}
