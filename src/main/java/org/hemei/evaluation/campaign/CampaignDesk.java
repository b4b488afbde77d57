package org.hemei.evaluation.campaign;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;
import org.hemei.evaluation.scheme.Scheme;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.evaluation.score.Gathering.Period;
import org.hemei.evaluation.score.ScoreDesk;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.time.CivilTime;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Runs campaigns whose sample is sealed. What a date decides, the calendar does; what needs a person's eyes, a person does. */
@Service
public class CampaignDesk {

    static final String KIND = "evaluation_campaign";

    private final Planning planning;
    private final Campaigns campaigns;
    private final CampaignSteps steps;
    private final Projects projects;
    private final LookDesk looks;
    private final Progress progress;
    private final Schemes schemes;
    private final ScoreDesk scores;
    private final Votes votes;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;

    CampaignDesk(
            Planning planning,
            Campaigns campaigns,
            CampaignSteps steps,
            Projects projects,
            LookDesk looks,
            Progress progress,
            Schemes schemes,
            ScoreDesk scores,
            Votes votes,
            Audit audit,
            EventLog events,
            InstantSource clock) {
        this.planning = planning;
        this.campaigns = campaigns;
        this.steps = steps;
        this.projects = projects;
        this.looks = looks;
        this.progress = progress;
        this.schemes = schemes;
        this.scores = scores;
        this.votes = votes;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** What came of somebody's wish to have scores. */
    public enum Computed {
        /** They are there. */
        SCORES,
        /** Somebody looked who is tied to the company: the campaign stays in the review, or goes back to it, and others look again. */
        LOOKS,
        /** The numbers of the poll are not those that were sealed: nothing is made of them. */
        TALLY
    }

    /** Scores from what is there; what is missing makes a project not rated, and says so. The year is over: whose it was is looked at once more. */
    @Transactional
    public Computed compute(Reader reader, long id, int version) {
        var campaign = steps.take(reader, id, version, CampaignVerb.COMPUTE);
        return compute(
                reader, campaign, projects.refresh(campaign, scheme(campaign).content()));
    }

    private Computed compute(Reader reader, Campaign campaign, int others) {
        var scheme = scheme(campaign);
        if (!progress.of(campaign, scheme.content()).counted()) {
            throw Refusal.of("票还没有点完。点完了再算。");
        }
        if (!tallied(campaign)) {
            return Computed.TALLY;
        }
        if (struck(reader, campaign)) {
            return Computed.LOOKS;
        }
        var ballots = votes.ballots(java.util.Objects.requireNonNull(campaign.poll()));
        var made =
                scores.compute(reader, new Period(campaign.id(), campaign.from(), campaign.until()), scheme, ballots);
        var remarks = Projects.remarks(others);
        remarks.addFirst(made + " 个项目");
        steps.move(reader, campaign, CampaignVerb.COMPUTE, String.join("，", remarks));
        return Computed.SCORES;
    }

    /** Looks of whoever is tied to a company do not count, and are others' to do before anything is computed of them. */
    private boolean struck(Reader reader, Campaign campaign) {
        var lost = looks.strike(campaign);
        if (lost > 0) {
            steps.move(reader, campaign, CampaignVerb.RECALL, "登记里查到测评员要回避，" + lost + " 次检查不算，换人再看");
        }
        return lost > 0;
    }

    /**
     * Whether the numbers of the poll are those that were sealed. Where they are not, whoever runs the campaign is told once, and finds it
     * among what waits for them until they are.
     */
    private boolean tallied(Campaign campaign) {
        var poll = campaign.poll();
        var wrong = poll == null ? null : votes.wrong(poll);
        if (campaigns.tally(campaign.id(), wrong) && wrong != null) {
            audit.record(Reader.VISITOR, 0, KIND + ".tally_wrong", KIND, campaign.id(), campaign.area(), Map.of());
            events.announce(0, "evaluation.tally.wrong", campaign.id(), Map.of("campaign", campaign.id()));
        }
        return wrong == null;
    }

    /**
     * The households whose boxes were given up are asked once more, before any score is published: what they say is not to be lost to
     * whoever spoilt a box, nor a failed year to its company (decision 63). What follows is as much later.
     */
    @Transactional
    public void again(Reader reader, long id, int version, LocalDate from) {
        var campaign = steps.take(reader, id, version, CampaignVerb.AGAIN);
        var dates = planning.again(from, scheme(campaign).content());
        var estates =
                votes.again(reader, java.util.Objects.requireNonNull(campaign.poll()), from, dates.collectUntil());
        campaigns.rescheduled(id, dates);
        steps.move(
                reader,
                campaign,
                CampaignVerb.AGAIN,
                estates + " 个小区，" + CivilTime.day(from) + "到 " + CivilTime.day(dates.collectUntil()));
    }

    /** Something that was looked at does not count, and can be looked at again: nobody outside has read the scores yet. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void recall(Reader reader, Campaign campaign, String remark) {
        steps.move(reader, campaign, CampaignVerb.RECALL, remark);
    }

    /** @return whether the scores are public now; they are not while the numbers of the poll are not those that were sealed */
    @Transactional
    public boolean publish(Reader reader, long id, int version) {
        var campaign = steps.take(reader, id, version, CampaignVerb.PUBLISH);
        if (!tallied(campaign)) {
            return false;
        }
        publish(reader, campaign);
        return true;
    }

    /** Published late, it is open to objections as long as the scheme says all the same. */
    private void publish(Reader reader, Campaign campaign) {
        var today = CivilTime.date(clock.instant());
        if (today.isAfter(campaign.objectionFrom())) {
            var content = scheme(campaign).content();
            var until = today.plusDays(content.objectionDays());
            campaigns.objections(campaign.id(), today, until, until.plusDays(content.reviewDays()));
        }
        var poll = campaign.poll();
        if (poll != null) {
            votes.show(reader, poll);
        }
        steps.move(reader, campaign, CampaignVerb.PUBLISH, "");
    }

    @Transactional
    public void cancel(Reader reader, long id, int version, String reason) {
        var campaign = steps.take(reader, id, version, CampaignVerb.CANCEL);
        if (reason.isBlank() || reason.length() > 300) {
            throw Refusal.of("reason", "请写为什么取消，300 字以内，谁都看得到。");
        }
        var poll = campaign.poll();
        if (poll != null) {
            votes.cancel(reader, poll);
        }
        steps.move(reader, campaign, CampaignVerb.CANCEL, reason.strip());
        scores.cancelled(id, campaign.year());
    }

    /**
     * What the calendar asks of one campaign today. Scores that were just computed are for somebody to read first: the turn ends with
     * them, and those computed on the day of their publication or later are published by a person.
     *
     * @return whether a date moved it, so that the next date may do so as well
     */
    @Transactional
    public boolean advance(long id) {
        var campaign = campaigns.lock(id).orElseThrow();
        var today = CivilTime.date(clock.instant());
        var nobody = Reader.VISITOR;
        switch (campaign.state()) {
            case SEALED -> {
                if (!today.isBefore(campaign.collectFrom())) {
                    steps.move(nobody, campaign, CampaignVerb.OPEN, "");
                    return true;
                }
            }
            case COLLECTING -> {
                fill(campaign);
                if (today.isAfter(campaign.collectUntil())) {
                    steps.move(nobody, campaign, CampaignVerb.CLOSE, "");
                    return true;
                }
            }
            case REVIEW -> {
                fill(campaign);
                if (complete(campaign)) {
                    var others = projects.refresh(campaign, scheme(campaign).content());
                    if (complete(campaign)) {
                        compute(nobody, campaign, others);
                    }
                }
            }
            case PRELIMINARY -> {
                // what was noted is looked at again, and whatever is to be read by everybody
                var due = !today.isBefore(campaign.objectionFrom()) && campaigns.readable(campaign);
                if ((due || campaigns.differing().contains(id)) && !tallied(campaign)) {
                    return false;
                }
                if (due) {
                    publish(nobody, campaign);
                    return true;
                }
            }
            case OBJECTION -> {
                var scheme = scheme(campaign);
                if (today.isAfter(campaign.objectionUntil()) && settled(campaign, scheme)) {
                    steps.move(nobody, campaign, CampaignVerb.CONCLUDE, "");
                    scores.conclude(nobody, id, campaign.year(), scheme);
                    return true;
                }
            }
            case PLANNED, DRAWN, FINAL, CANCELLED -> {
                // a person's turn, or nobody's
            }
        }
        return false;
    }

    private void fill(Campaign campaign) {
        if (!scheme(campaign).content().items(Kind.INSPECTION).isEmpty()) {
            looks.fill(campaign);
        }
    }

    /** Whether what stands can become final: every objection is answered, nobody can object any more, every tie is decided, and each estate's year is that of whose it was. */
    private boolean settled(Campaign campaign, Scheme scheme) {
        var data = progress.of(campaign, scheme.content());
        if (data.objections() > 0 || data.hearings() > 0 || data.ties() > 0) {
            return false;
        }
        if (data.differs() == 0) {
            return true;
        }
        // what was put right and back again is noted no longer
        var estates = projects.changes(campaign, scheme.content(), null).stream()
                .map(Projects.Change::estate)
                .collect(Collectors.toSet());
        return campaigns.differing(campaign.id(), estates) == 0;
    }

    private boolean complete(Campaign campaign) {
        return progress.of(campaign, scheme(campaign).content()).complete();
    }

    private Scheme scheme(Campaign campaign) {
        return schemes.find(campaign.scheme()).orElseThrow();
    }
}
