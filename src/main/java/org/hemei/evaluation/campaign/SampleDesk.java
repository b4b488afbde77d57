package org.hemei.evaluation.campaign;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import org.hemei.evaluation.scheme.Scheme;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.time.CivilTime;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** From the plan of a campaign to its sealed sample: a frame that is public before the seed is known, and one draw that everybody can repeat. */
@Service
public class SampleDesk {

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
    private final CampaignSteps steps;
    private final Projects projects;
    private final Frames frames;
    private final LookDesk looks;
    private final Schemes schemes;
    private final Votes votes;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;

    SampleDesk(
            Planning planning,
            Campaigns campaigns,
            CampaignSteps steps,
            Projects projects,
            Frames frames,
            LookDesk looks,
            Schemes schemes,
            Votes votes,
            Audit audit,
            EventLog events,
            InstantSource clock) {
        this.planning = planning;
        this.campaigns = campaigns;
        this.steps = steps;
        this.projects = projects;
        this.frames = frames;
        this.looks = looks;
        this.schemes = schemes;
        this.votes = votes;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
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
        audit.record(
                reader,
                0,
                CampaignDesk.KIND + ".plan",
                CampaignDesk.KIND,
                id,
                plan.area(),
                Map.of("year", plan.year(), "projects", found));
        events.announce(0, "evaluation.campaign.planned", id, Map.of("campaign", id));
        return id;
    }

    /** The units changed before anything was drawn: the frame is sealed anew, for a seed that nobody can know yet. */
    @Transactional
    public void reframe(Reader reader, long id, int version, String seedSource, LocalDate seedOn) {
        var campaign = steps.take(reader, id, version, CampaignVerb.REFRAME);
        planning.another(campaign, seedSource, seedOn);
        campaigns.reframed(id, seedSource.strip(), seedOn, clock.instant());
        projects.refresh(campaign, scheme(campaign).content());
        campaigns.framed(id, frames.seal(id));
        steps.move(
                reader,
                campaign,
                CampaignVerb.REFRAME,
                "种子改为" + seedSource.strip() + "，" + CivilTime.day(seedOn) + "出来");
    }

    @Transactional
    public void draw(Reader reader, long id, int version, String seed) {
        var campaign = steps.take(reader, id, version, CampaignVerb.DRAW);
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
        steps.move(reader, campaign, CampaignVerb.DRAW, "种子 " + seed);
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
        var campaign = steps.take(reader, id, version, CampaignVerb.REDRAW);
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
        steps.move(
                reader,
                campaign,
                CampaignVerb.REDRAW,
                "原来填的 " + campaign.seed() + "，应为 " + seed + "：" + reason.strip());
    }

    /** From now on nothing of it can change: the roll of the poll is made of it, and inspections are given out. */
    @Transactional
    public void seal(Reader reader, long id, int version) {
        var planned = steps.take(reader, id, version, CampaignVerb.SEAL);
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
        var remarks = Projects.remarks(others);
        if (!campaign.collectFrom().equals(planned.collectFrom())) {
            remarks.add("锁定晚了，日程顺延：" + CivilTime.day(campaign.collectFrom()) + "到 "
                    + CivilTime.day(campaign.collectUntil()));
        }
        if (without > 0) {
            remarks.add("有 " + without + " 个小区还没有测评员");
        }
        steps.move(reader, campaign, CampaignVerb.SEAL, String.join("，", remarks));
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

    private Scheme scheme(Campaign campaign) {
        return schemes.find(campaign.scheme()).orElseThrow();
    }
}
