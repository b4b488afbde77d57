package org.hemei.evaluation.inspection;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.evaluation.campaign.Assignments;
import org.hemei.evaluation.campaign.Campaign;
import org.hemei.evaluation.campaign.CampaignState;
import org.hemei.evaluation.campaign.Campaigns;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * An assessor is tied to a company, as they say themselves or as somebody else found: none of its estates is theirs any longer, what
 * they saw there counts no longer, and others take over.
 */
@Service
class TieDesk {

    private static final int LONGEST = 200;

    private final AssessorTies ties;
    private final Campaigns campaigns;
    private final Assignments assignments;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;

    TieDesk(
            AssessorTies ties,
            Campaigns campaigns,
            Assignments assignments,
            Audit audit,
            EventLog events,
            InstantSource clock) {
        this.ties = ties;
        this.campaigns = campaigns;
        this.assignments = assignments;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** Whether others can still take over: once preliminary scores are made, nobody looks again. */
    static boolean takes(Campaign campaign) {
        return campaign.state().compareTo(CampaignState.REVIEW) <= 0;
    }

    /** The assessor's own word. The caller has checked that the company is one of those that the assessor may be given. */
    @Transactional
    void declare(Reader reader, long campaign, long company, String kind) {
        var one = campaigns.lock(campaign).filter(TieDesk::takes).orElseThrow(() -> Refusal.of("company", "请选企业。"));
        var known = AssessorTies.Kind.of(kind).orElseThrow(() -> Refusal.of("kind", "请选是什么关系。"));
        write(reader, one, reader.account(), company, known, "");
    }

    /** What the keeper of the campaign found, with the reason, which the assessor reads. */
    @Transactional
    void found(Reader reader, long campaign, long assessor, long company, String kind, String why) {
        var one = campaigns
                .lock(campaign)
                .filter(c -> SchemeDesk.keeper(reader).covers(c.area()))
                .orElseThrow(() -> new Missing("没有这次测评，或不归您管。"));
        var known = AssessorTies.Kind.of(kind);
        List<Reason> reasons = new ArrayList<>();
        if (!takes(one)) {
            reasons.add(new Reason(null, "初评已经算了，换人也来不及再看。请在得分页更正有问题的那几项。"));
        }
        if (ties.assessors(one, clock.instant()).stream().noneMatch(a -> a.account() == assessor)) {
            reasons.add(new Reason("assessor", "请选是哪位测评员。"));
        }
        if (ties.companies(campaign).stream().noneMatch(c -> c.id() == company)) {
            reasons.add(new Reason("company", "请选企业。"));
        }
        if (known.isEmpty()) {
            reasons.add(new Reason("kind", "请选是什么关系。"));
        }
        if (why.isBlank() || why.length() > LONGEST) {
            reasons.add(new Reason("why", "请写怎么查出来的，200 字以内，测评员本人看得到。"));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        write(reader, one, assessor, company, known.orElseThrow(), why);
    }

    private void write(
            Reader reader, Campaign campaign, long assessor, long company, AssessorTies.Kind kind, String why) {
        var found = assessor != reader.account();
        var now = clock.instant();
        if (!ties.insert(campaign.id(), assessor, company, kind, found, why, reader.account(), now)) {
            throw Refusal.of("company", "这一家已经登记过了。");
        }
        var moved = campaign.seed() == null
                ? Assignments.Moved.NOTHING
                : assignments.replace(campaign, assessor, company, now);
        audit.record(
                reader,
                0,
                "evaluation_conflict." + (found ? "found" : "declare"),
                "evaluation_campaign",
                campaign.id(),
                campaign.area(),
                Map.of("assessor", assessor, "company", company, "lost", moved.lost(), "given", moved.given()));
        events.announce(
                0,
                "evaluation.conflict." + (found ? "found" : "declared"),
                campaign.id(),
                Map.of(
                        "campaign", campaign.id(),
                        "assessor", assessor,
                        "company", company,
                        "lost", moved.lost(),
                        "without", moved.lost() - moved.given(),
                        "to", moved.to(),
                        "actor", reader.account()));
    }
}
