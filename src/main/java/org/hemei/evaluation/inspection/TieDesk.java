package org.hemei.evaluation.inspection;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.evaluation.Interests;
import org.hemei.evaluation.campaign.Assignments;
import org.hemei.evaluation.campaign.Assignments.Moved;
import org.hemei.evaluation.campaign.Campaign;
import org.hemei.evaluation.campaign.CampaignDesk;
import org.hemei.evaluation.campaign.CampaignState;
import org.hemei.evaluation.campaign.Campaigns;
import org.hemei.evaluation.campaign.LookDesk;
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
public class TieDesk {

    private static final int LONGEST = 200;

    private final AssessorTies ties;
    private final Interests interests;
    private final Campaigns campaigns;
    private final CampaignDesk campaignDesk;
    private final Assignments assignments;
    private final LookDesk looks;
    private final LateTieDesk late;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;

    TieDesk(
            AssessorTies ties,
            Interests interests,
            Campaigns campaigns,
            CampaignDesk campaignDesk,
            Assignments assignments,
            LookDesk looks,
            LateTieDesk late,
            Audit audit,
            EventLog events,
            InstantSource clock) {
        this.ties = ties;
        this.interests = interests;
        this.campaigns = campaigns;
        this.campaignDesk = campaignDesk;
        this.assignments = assignments;
        this.looks = looks;
        this.late = late;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** Whether others can still take over, so that an assessor's own word comes in time. */
    static boolean takes(Campaign campaign) {
        return campaign.state().compareTo(CampaignState.REVIEW) <= 0;
    }

    /**
     * Whether what others find can be written down. Before scores are public, somebody else looks again, if need be after the campaign
     * went back to the review; afterwards the assessor is asked first, see {@link LateTieDesk}.
     */
    static boolean finds(Campaign campaign) {
        return campaign.state() != CampaignState.CANCELLED;
    }

    /** The assessor's own word, about a company that they may be given; it holds in each campaign in which others can still take over. */
    @Transactional
    public void declare(Reader reader, long company, String[] areas, String kind) {
        var known = AssessorTies.Kind.of(kind).orElseThrow(() -> Refusal.of("kind", "请选是什么关系。"));
        var written = false;
        for (var campaign : ties.campaigns(reader.account(), areas, company)) {
            var one = campaigns.lock(campaign).filter(TieDesk::takes);
            if (one.isPresent()) {
                write(reader, one.get(), reader.account(), company, known, "");
                written = true;
            }
        }
        if (!written) {
            throw Refusal.of("company", AssessorTies.WHICH);
        }
    }

    /**
     * What the keeper of the campaign found, with the reason, which the assessor reads.
     *
     * @param ground what it rests on; asked for where scores are public and would change
     */
    @Transactional
    void found(
            Reader reader,
            long campaign,
            long assessor,
            long company,
            String kind,
            String why,
            LateTieDesk.Ground ground) {
        var one = campaigns
                .lock(campaign)
                .filter(c -> SchemeDesk.keeper(reader).covers(c.area()))
                .orElseThrow(() -> new Missing("没有这次测评，或不归您管。"));
        var known = AssessorTies.Kind.of(kind);
        List<Reason> reasons = new ArrayList<>();
        if (!finds(one)) {
            reasons.add(new Reason(null, "这次测评取消了，什么也不算。"));
        }
        if (ties.assessors(one, clock.instant()).stream().noneMatch(a -> a.account() == assessor)) {
            reasons.add(new Reason("assessor", "请选是哪位测评员。"));
        }
        if (ties.companies(campaign).stream().noneMatch(c -> c.id() == company)) {
            reasons.add(new Reason("company", AssessorTies.WHICH));
        }
        if (interests.companies(reader).contains(company)) {
            reasons.add(new Reason(null, Interests.WORDS));
        }
        if (known.isEmpty()) {
            reasons.add(new Reason("kind", "请选是什么关系。"));
        }
        if (why.isBlank() || why.length() > LONGEST) {
            reasons.add(new Reason("why", "请写怎么查出来的，200 字以内，测评员本人看得到。"));
        }
        var asks = late.asks(one, assessor, company);
        if (asks) {
            reasons.addAll(late.against(reader, one, assessor, company, ground));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        if (asks) {
            insert(reader, one, assessor, company, known.orElseThrow(), why);
            late.ask(reader, one, assessor, company, ground);
            return;
        }
        write(reader, one, assessor, company, known.orElseThrow(), why);
    }

    /** Whether looks can be given to somebody else: they were given out, and nobody has computed scores yet. */
    static boolean hands(Campaign campaign) {
        return switch (campaign.state()) {
            case SEALED, COLLECTING, REVIEW -> true;
            default -> false;
        };
    }

    /** An assessor is ill, away, or does not come: what they did not do goes to others. What they saw counts. */
    @Transactional
    void handOver(Reader reader, long campaign, long assessor, String why) {
        var one = campaigns
                .lock(campaign)
                .filter(c -> SchemeDesk.keeper(reader).covers(c.area()))
                .orElseThrow(() -> new Missing("没有这次测评，或不归您管。"));
        List<Reason> reasons = new ArrayList<>();
        if (!hands(one)) {
            reasons.add(new Reason(null, "样本锁定以后、算初评以前，才能换人。"));
        }
        if (ties.assessors(one, clock.instant()).stream().noneMatch(a -> a.account() == assessor)) {
            reasons.add(new Reason("from", "请选换下哪位测评员。"));
        }
        if (why.isBlank() || why.length() > LONGEST) {
            reasons.add(new Reason("reason", "请写为什么换，200 字以内。"));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        var now = clock.instant();
        var handed = assignments.handOver(one, assessor, now);
        if (handed.given().isEmpty()) {
            throw Refusal.of("from", handed.open() == 0 ? "他没有还没看的小区。" : "没有别的测评员能看他的小区。请先增加测评员。");
        }
        ties.handed(campaign, assessor, handed.count(), why.strip(), reader.account(), now);
        audit.record(
                reader,
                0,
                "evaluation_inspection.hand_over",
                "evaluation_campaign",
                campaign,
                one.area(),
                Map.of("assessor", assessor, "open", handed.open(), "given", handed.count()));
        events.announce(
                0,
                "evaluation.inspection.handed",
                campaign,
                Map.of("campaign", campaign, "assessor", assessor, "count", handed.count(), "actor", reader.account()));
        looks.given(one, handed.given());
    }

    private void write(
            Reader reader, Campaign campaign, long assessor, long company, AssessorTies.Kind kind, String why) {
        insert(reader, campaign, assessor, company, kind, why);
        var moved = follow(reader, campaign, assessor, company);
        looks.tied(reader, campaign, assessor, company, assessor != reader.account(), moved);
    }

    private void insert(
            Reader reader, Campaign campaign, long assessor, long company, AssessorTies.Kind kind, String why) {
        var found = assessor != reader.account();
        if (!ties.insert(campaign.id(), assessor, company, kind, found, why, reader.account(), clock.instant())) {
            throw Refusal.of("company", "这一家已经登记过了。");
        }
    }

    /** What becomes of what the assessor saw, by how far the campaign is. */
    private Moved follow(Reader reader, Campaign campaign, long assessor, long company) {
        return switch (campaign.state()) {
            case PLANNED, CANCELLED -> Moved.NOTHING;
            case DRAWN, SEALED, COLLECTING, REVIEW -> assignments.replace(campaign, assessor, company, clock.instant());
            case PRELIMINARY -> {
                var moved = assignments.replace(campaign, assessor, company, clock.instant());
                if (moved.lost() > 0) {
                    campaignDesk.recall(reader, campaign, "测评员要回避，" + moved.lost() + " 次检查不算，换人再看");
                }
                yield moved;
            }
            case OBJECTION, FINAL -> Moved.NOTHING; // nothing they saw counts there, see LateTieDesk
        };
    }
}
