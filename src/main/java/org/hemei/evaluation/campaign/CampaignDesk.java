package org.hemei.evaluation.campaign;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hemei.evaluation.scheme.Scheme;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.evaluation.score.Gathering.Period;
import org.hemei.evaluation.score.ScoreDesk;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.log.LastChange;
import org.hemei.platform.time.CivilTime;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Runs campaigns. What a date decides, the calendar does; what needs a person's eyes, a person does. */
@Service
public class CampaignDesk {

    static final String KIND = "evaluation_campaign";
    private static final String CALENDAR = "日程";
    private static final int MOST_WORDS = 200;

    /** What somebody asks for; the rest follows from the scheme. */
    public record Plan(
            String area,
            int year,
            long scheme,
            String title,
            String seedSource,
            LocalDate seedOn,
            LocalDate collectFrom) {}

    private final Planning planning;
    private final Campaigns campaigns;
    private final Projects projects;
    private final Frames frames;
    private final LookDesk looks;
    private final Progress progress;
    private final Schemes schemes;
    private final ScoreDesk scores;
    private final Votes votes;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;
    private final LastChange lastChange;

    CampaignDesk(
            Planning planning,
            Campaigns campaigns,
            Projects projects,
            Frames frames,
            LookDesk looks,
            Progress progress,
            Schemes schemes,
            ScoreDesk scores,
            Votes votes,
            Audit audit,
            EventLog events,
            InstantSource clock,
            LastChange lastChange) {
        this.planning = planning;
        this.campaigns = campaigns;
        this.projects = projects;
        this.frames = frames;
        this.looks = looks;
        this.progress = progress;
        this.schemes = schemes;
        this.scores = scores;
        this.votes = votes;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.lastChange = lastChange;
    }

    /** Projects and frame are written down and sealed now; the seed must not be known yet. */
    @Transactional
    public long plan(Reader reader, Plan plan) {
        var scheme = planning.check(reader, plan);
        var id = campaigns.insert(Planning.draft(plan, scheme), reader.account(), clock.instant());
        var campaign = campaigns.find(id).orElseThrow();
        var found = projects.insert(id, plan.area(), campaign.from(), campaign.until(), scheme.content());
        if (found == 0) {
            throw Refusal.of("area", "这里这一年没有物业合同，没有项目可以测评。请先登记合同。");
        }
        campaigns.framed(id, frames.seal(id));
        audit.record(reader, 0, KIND + ".plan", KIND, id, plan.area(), Map.of("year", plan.year(), "projects", found));
        events.announce(0, "evaluation.campaign.planned", id, Map.of("campaign", id));
        return id;
    }

    /** The units changed before anything was drawn: the frame is sealed anew, for a seed that nobody can know yet. */
    @Transactional
    public void reframe(Reader reader, long id, int version, String seedSource, LocalDate seedOn) {
        var campaign = mine(reader, id, version, CampaignVerb.REFRAME);
        planning.another(campaign, seedSource, seedOn);
        campaigns.reframed(id, seedSource.strip(), seedOn, clock.instant());
        projects.refresh(campaign, scheme(campaign).content());
        campaigns.framed(id, frames.seal(id));
        move(reader, campaign, CampaignVerb.REFRAME, "种子改为" + seedSource.strip() + "，" + CivilTime.day(seedOn) + "出来");
    }

    @Transactional
    public void draw(Reader reader, long id, int version, String seed) {
        var campaign = mine(reader, id, version, CampaignVerb.DRAW);
        check(seed);
        var seedOn = campaign.seedOn();
        if (seedOn != null && CivilTime.date(clock.instant()).isBefore(seedOn)) {
            throw Refusal.of("seed", "种子" + CivilTime.day(seedOn) + "才出来，到那天再抽。");
        }
        var content = scheme(campaign).content();
        projects.refresh(campaign, content);
        var changed = frames.changed(id);
        if (!changed.isEmpty()) {
            throw Refusal.of("seed", "名册封存以后，" + String.join("、", changed) + "的房屋或合同变了。请先重新封存名册，再等下一个种子。");
        }
        var most = content.sampleUnits();
        campaigns.drawn(id, seed, frames.draw(id, seed, most));
        move(reader, campaign, CampaignVerb.DRAW, "种子 " + seed);
    }

    private static void check(String seed) {
        if (!seed.matches("[0-9A-Za-z\\u4e00-\\u9fff .,:+-]{4,80}")) {
            throw Refusal.of("seed", "请照公布的原样填种子，4 到 80 个字，如 03 11 19 22 27 30 + 08。");
        }
    }

    /**
     * The seed was copied wrongly: it is drawn again from the same frame. Everybody reads both seeds and why, and can look up which one
     * was published; there is no other ground to draw twice.
     */
    @Transactional
    public void redraw(Reader reader, long id, int version, String seed, String reason) {
        var campaign = mine(reader, id, version, CampaignVerb.REDRAW);
        check(seed);
        if (seed.equals(campaign.seed())) {
            throw Refusal.of("seed", "和现在的种子一样，不用更正。");
        }
        if (reason.isBlank() || reason.length() > MOST_WORDS) {
            throw Refusal.of("wrong", "请写错在哪里，如：抄漏了一个数。" + MOST_WORDS + " 字以内，谁都看得到。");
        }
        frames.undo(id);
        campaigns.drawn(
                id, seed, frames.draw(id, seed, scheme(campaign).content().sampleUnits()));
        move(reader, campaign, CampaignVerb.REDRAW, "原来填的 " + campaign.seed() + "，应为 " + seed + "：" + reason.strip());
    }

    /** From now on nothing of it can change: the roll of the poll is made of it, and inspections are given out. */
    @Transactional
    public void seal(Reader reader, long id, int version) {
        var planned = mine(reader, id, version, CampaignVerb.SEAL);
        var campaign = planned;
        var scheme = scheme(campaign);
        if (!campaign.collectUntil().isAfter(CivilTime.date(clock.instant()))) {
            throw Refusal.of("测评的时间已经过了。请取消，重新定一次。");
        }
        campaign = inTime(campaign, scheme);
        var others = projects.refresh(campaign, scheme.content());
        var sample = frames.sample(id);
        if (sample.isEmpty()) {
            throw Refusal.of("这些小区还没有登记房屋，抽不出住户。请先导入房屋，再重新定一次。");
        }
        var poll = votes.plan(reader, campaign, scheme.content().items(Kind.SATISFACTION), sample);
        campaigns.polled(id, poll);
        var without = scheme.content().items(Kind.INSPECTION).isEmpty()
                ? 0
                : looks.assign(campaign, scheme.content().secondShare());
        var remarks = changed(others);
        if (!campaign.collectFrom().equals(planned.collectFrom())) {
            remarks.add("锁定晚了，日程顺延：" + CivilTime.day(campaign.collectFrom()) + "到 "
                    + CivilTime.day(campaign.collectUntil()));
        }
        if (without > 0) {
            remarks.add("有 " + without + " 个小区还没有测评员");
        }
        move(reader, campaign, CampaignVerb.SEAL, String.join("，", remarks));
    }

    /** A sample that is sealed late leaves households and assessors as many days as the scheme gives them: what follows is later. */
    private Campaign inTime(Campaign campaign, Scheme scheme) {
        var tomorrow = CivilTime.date(clock.instant()).plusDays(1);
        if (!campaign.collectFrom().isBefore(tomorrow.minusDays(1))) {
            return campaign;
        }
        campaigns.postponed(campaign.id(), tomorrow, Planning.Dates.of(tomorrow, scheme.content()));
        return campaigns.find(campaign.id()).orElseThrow();
    }

    private static List<String> changed(int others) {
        List<String> remarks = new ArrayList<>();
        if (others > 0) {
            remarks.add("有 " + others + " 个项目的合同和原来登记的不一样，照现在的算");
        }
        return remarks;
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
        var campaign = mine(reader, id, version, CampaignVerb.COMPUTE);
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
        var remarks = changed(others);
        remarks.addFirst(made + " 个项目");
        move(reader, campaign, CampaignVerb.COMPUTE, String.join("，", remarks));
        return Computed.SCORES;
    }

    /** Looks of whoever is tied to a company do not count, and are others' to do before anything is computed of them. */
    private boolean struck(Reader reader, Campaign campaign) {
        var lost = looks.strike(campaign);
        if (lost > 0) {
            move(reader, campaign, CampaignVerb.RECALL, "登记里查到测评员要回避，" + lost + " 次检查不算，换人再看");
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
        var campaign = mine(reader, id, version, CampaignVerb.AGAIN);
        var dates = planning.again(from, scheme(campaign).content());
        var estates =
                votes.again(reader, java.util.Objects.requireNonNull(campaign.poll()), from, dates.collectUntil());
        campaigns.rescheduled(id, dates);
        move(
                reader,
                campaign,
                CampaignVerb.AGAIN,
                estates + " 个小区，" + CivilTime.day(from) + "到 " + CivilTime.day(dates.collectUntil()));
    }

    /** Something that was looked at does not count, and can be looked at again: nobody outside has read the scores yet. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void recall(Reader reader, Campaign campaign, String remark) {
        move(reader, campaign, CampaignVerb.RECALL, remark);
    }

    /** @return whether the scores are public now; they are not while the numbers of the poll are not those that were sealed */
    @Transactional
    public boolean publish(Reader reader, long id, int version) {
        var campaign = mine(reader, id, version, CampaignVerb.PUBLISH);
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
        move(reader, campaign, CampaignVerb.PUBLISH, "");
    }

    @Transactional
    public void cancel(Reader reader, long id, int version, String reason) {
        var campaign = mine(reader, id, version, CampaignVerb.CANCEL);
        if (reason.isBlank() || reason.length() > 300) {
            throw Refusal.of("reason", "请写为什么取消，300 字以内，谁都看得到。");
        }
        var poll = campaign.poll();
        if (poll != null) {
            votes.cancel(reader, poll);
        }
        move(reader, campaign, CampaignVerb.CANCEL, reason.strip());
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
                    move(nobody, campaign, CampaignVerb.OPEN, "");
                    return true;
                }
            }
            case COLLECTING -> {
                fill(campaign);
                if (today.isAfter(campaign.collectUntil())) {
                    move(nobody, campaign, CampaignVerb.CLOSE, "");
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
                    move(nobody, campaign, CampaignVerb.CONCLUDE, "");
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

    private Campaign mine(Reader reader, long id, int version, CampaignVerb verb) {
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
                    ? lastChange.stale(reader, KIND, id, "改过这次测评")
                    : new Stale(
                            steps.getLast().actorAs(),
                            steps.getLast().verb(),
                            steps.getLast().at());
        }
        return campaign;
    }

    private void move(Reader reader, Campaign campaign, CampaignVerb verb, String remark) {
        var to = verb.after(campaign.state()).orElseThrow();
        var as = reader.signedIn() ? campaign.areaName() : CALENDAR;
        campaigns.move(campaign, verb, to, reader.account(), as, remark, clock.instant());
        audit.record(reader, 0, KIND + "." + verb.code(), KIND, campaign.id(), campaign.area(), Map.of());
        events.announce(
                0,
                "evaluation.campaign." + verb.code(),
                campaign.id(),
                Map.of("campaign", campaign.id(), "actor", reader.account()));
    }
}
