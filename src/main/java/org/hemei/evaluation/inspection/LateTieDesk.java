package org.hemei.evaluation.inspection;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hemei.evaluation.CasesOnYears;
import org.hemei.evaluation.Interests;
import org.hemei.evaluation.campaign.Assignments;
import org.hemei.evaluation.campaign.Campaign;
import org.hemei.evaluation.campaign.Campaigns;
import org.hemei.evaluation.objection.Righting;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.evaluation.score.ScoreDesk;
import org.hemei.evaluation.score.Scores;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.attachment.Attachment;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * A tie that is found when scores are public takes what the assessor saw out of scores that everybody has read. So it goes the way of any
 * change of them, on a document and by somebody who gave no part of them, and the assessor is heard before (decision 82).
 */
@Service
public class LateTieDesk {

    /** What its documents belong to. They tell of a person: for whoever runs the campaign, and for that person. */
    static final String KIND = "evaluation_conflict";

    private static final int LONGEST = 500;
    private static final int REASON = 300;

    /** @param basis everybody reads it with the new scores; documents: stored for {@link #district} */
    record Ground(String basis, Collection<UUID> documents) {}

    /** @param received on which day it came */
    record Sheet(@Nullable LocalDate received, String words, Collection<UUID> scans) {}

    private final AssessorTies ties;
    private final Campaigns campaigns;
    private final Assignments assignments;
    private final Schemes schemes;
    private final Scores scores;
    private final ScoreDesk desk;
    private final Righting righting;
    private final CasesOnYears cases;
    private final Interests interests;
    private final Attachments attachments;
    private final Audit audit;
    private final EventLog events;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    LateTieDesk(
            AssessorTies ties,
            Campaigns campaigns,
            Assignments assignments,
            Schemes schemes,
            Scores scores,
            ScoreDesk desk,
            Righting righting,
            CasesOnYears cases,
            Interests interests,
            Attachments attachments,
            Audit audit,
            EventLog events,
            JdbcClient jdbc,
            InstantSource clock) {
        this.ties = ties;
        this.campaigns = campaigns;
        this.assignments = assignments;
        this.schemes = schemes;
        this.scores = scores;
        this.desk = desk;
        this.righting = righting;
        this.cases = cases;
        this.interests = interests;
        this.attachments = attachments;
        this.audit = audit;
        this.events = events;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whether public scores would change. */
    boolean asks(Campaign campaign, long assessor, long company) {
        return campaign.published()
                && !assignments.looked(campaign, assessor, company).isEmpty();
    }

    /** Where documents of a campaign are kept. */
    int district(long campaign) {
        return jdbc.sql("select coalesce(min(district), 0) from evaluation_project where campaign = ?")
                .param(campaign)
                .query(Integer.class)
                .single();
    }

    List<Reason> against(Reader reader, Campaign campaign, long assessor, long company, Ground ground) {
        var reasons = new ArrayList<>(parties(reader, campaign, assessor, company));
        reasons.addAll(Righting.basis(ground.basis));
        if (ground.documents.isEmpty()) {
            reasons.add(new Reason("documents", "初评已经公示，要附文书（PDF）：社保记录、股权登记或核查记录。办测评的和他本人看得到。"));
        }
        return reasons;
    }

    /** The same of every estate once. */
    private List<Reason> parties(Reader reader, Campaign campaign, long assessor, long company) {
        return assignments.looked(campaign, assessor, company).stream()
                .flatMap(estate -> righting.parties(reader, campaign.id(), estate).stream())
                .distinct()
                .toList();
    }

    /** The tie was written down; its assessor answers within as many days as a company has to object. */
    @Transactional(propagation = Propagation.MANDATORY)
    void ask(Reader reader, Campaign campaign, long assessor, long company, Ground ground) {
        var tie = ties.find(campaign.id(), assessor, company).orElseThrow();
        var days = schemes.find(campaign.scheme()).orElseThrow().content().objectionDays();
        ties.ask(tie, ground.basis.strip(), today().plusDays(days));
        attachments.attach(district(campaign.id()), ground.documents, KIND, tie.owner(), reader);
        record(reader, campaign, tie, "asked");
    }

    @Transactional
    public void answer(Reader reader, long campaign, long company, String words) {
        var tie = ties.find(campaign, reader.account(), company)
                .filter(AssessorTies.Tie::speaks)
                .orElseThrow(() -> Refusal.of("没有等您说明的，或您已经说明过了。"));
        var one = campaigns.find(campaign).orElseThrow(() -> new Missing("没有这次测评。"));
        if (words.isBlank() || words.length() > LONGEST) {
            throw Refusal.of("answer", "请写您的说明，" + LONGEST + " 字以内。");
        }
        if (tie.answers()) {
            ties.answer(tie, words.strip(), clock.instant());
        } else {
            ties.say(tie, words.strip(), clock.instant());
        }
        record(reader, one, tie, "answered");
    }

    /**
     * What an assessor says on paper: whoever has no account any more, or another role, is heard all the same. Whoever can sign in can still
     * say so themselves; and whoever found the tie enters nothing in their name.
     *
     * @param scans the sheet, stored for {@link #district}
     */
    @Transactional
    void enter(Reader reader, long campaign, long assessor, long company, Sheet sheet) {
        var one = campaigns
                .find(campaign)
                .filter(c -> SchemeDesk.keeper(reader).covers(c.area()))
                .orElseThrow(() -> new Missing("没有这次测评，或不归您管。"));
        var tie = ties.find(campaign, assessor, company)
                .filter(AssessorTies.Tie::answers)
                .orElseThrow(() -> Refusal.of("没有等说明的，或已经说明过了。"));
        var reasons = new ArrayList<Reason>();
        if (assignments.looked(one, assessor, company).stream()
                .anyMatch(estate -> interests.at(reader, campaign, estate))) {
            reasons.add(new Reason(null, Interests.WORDS));
        }
        if (tie.finder() == reader.account()) {
            reasons.add(new Reason(null, "是您查出来的，他的书面说明请另一位同事录入。"));
        }
        var day = sheet.received;
        if (day == null || day.isAfter(today()) || day.isBefore(CivilTime.date(tie.at()))) {
            reasons.add(new Reason("receivedOn", "请填收到的日子，在请他说明的那天到今天之间。"));
        }
        if (sheet.words.isBlank() || sheet.words.length() > LONGEST) {
            reasons.add(new Reason("answer", "请照材料写他说了什么，" + LONGEST + " 字以内。"));
        }
        if (sheet.scans.isEmpty()) {
            reasons.add(new Reason("papers", "请附上书面说明的扫描件（PDF）。"));
        }
        if (day == null || !reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        ties.entered(tie, sheet.words.strip(), day, reader.account(), clock.instant());
        attachments.attach(district(campaign), sheet.scans, KIND, tie.owner(), reader);
        record(reader, one, tie, "entered");
    }

    /** @param read what was said when the page was made; struck: whether what they saw counts no longer; why: the assessor reads it */
    @Transactional
    void settle(Reader reader, long campaign, long assessor, long company, String read, boolean struck, String why) {
        var one = campaigns
                .lock(campaign)
                .filter(c -> SchemeDesk.keeper(reader).covers(c.area()))
                .orElseThrow(() -> new Missing("没有这次测评，或不归您管。"));
        var tie = ties.find(campaign, assessor, company)
                .filter(AssessorTies.Tie::open)
                .orElseThrow(() -> Refusal.of("没有等您定的，或别人已经定了。"));
        if (!tie.ripe(today())) {
            throw Refusal.of("等测评员说明，到期没说明的再定。");
        }
        if (!tie.read().equals(read)) {
            throw Refusal.of("他又说了新的，在这一页上。请看过再定。");
        }
        assignments.looked(one, assessor, company).forEach(estate -> scores.hold(campaign, estate));
        var reasons = new ArrayList<>(parties(reader, one, assessor, company));
        reasons.addAll(several(reader, one, tie));
        if (why.isBlank() || why.length() > REASON) {
            reasons.add(new Reason(
                    "decided-" + tie.account() + "-" + tie.companyId(), "请写为什么这样定，" + REASON + " 字以内。测评员本人看得到。"));
        }
        if (tie.entrant() == reader.account()) {
            reasons.add(new Reason(null, "他的书面说明是您录入的，请另一位同事来定。"));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        ties.settle(tie, struck, why.strip(), reader.account(), clock.instant());
        if (struck) {
            var looks = new HashSet<>(assignments.strike(one, assessor, company));
            desk.strike(reader, campaign, looks, "依据" + tie.basis() + "：查出一位测评员要回避，他看的不算")
                    .forEach(made -> righting.made(reader, made, List.of()));
        }
        record(reader, one, tie, struck ? "struck" : "kept");
    }

    /** Where a case of the blacklist rests on a year that it changes, one would undo what several decided (decision 84). */
    private List<Reason> several(Reader reader, Campaign campaign, AssessorTies.Tie tie) {
        var concerned = assignments.looked(campaign, tie.account(), tie.companyId()).stream()
                .flatMap(estate -> scores.ofCampaign(campaign.id(), estate).stream())
                .map(Scores.Score::company)
                .collect(Collectors.toSet());
        concerned.add(tie.companyId());
        var reasons = new ArrayList<Reason>();
        if (tie.finder() == reader.account()
                && concerned.stream().anyMatch(company -> cases.rest(company, campaign.year()))) {
            reasons.add(new Reason(null, "这家企业这一年的成绩是一件“黑名单”的依据：是您查出来的，请另一位同事来定。"));
        }
        if (concerned.stream().anyMatch(company -> cases.decided(company, campaign.year(), reader.account()))) {
            reasons.add(new Reason(null, "您参加过这家企业“黑名单”的集体决定，这一年的得分由没参加的人定。请换一位同事。"));
        }
        return reasons;
    }

    /** What each tie rests on, for whoever may read it. */
    Map<String, List<Attachment>> files(List<AssessorTies.Tie> found) {
        return found.stream()
                .filter(one -> one.answerBy() != null)
                .collect(Collectors.toMap(
                        AssessorTies.Tie::owner, one -> attachments.list(district(one.campaign()), KIND, one.owner())));
    }

    /** What the page of an assessor shows of their ties. */
    Map<String, Object> mine(long assessor) {
        var tied = ties.mine(assessor);
        return Map.of("tied", tied, "files", files(tied), "today", today());
    }

    LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    private void record(Reader reader, Campaign campaign, AssessorTies.Tie tie, String what) {
        audit.record(
                reader,
                0,
                "evaluation_conflict." + what,
                "evaluation_campaign",
                campaign.id(),
                campaign.area(),
                Map.of("assessor", tie.account(), "company", tie.companyId()));
        events.announce(
                0,
                "evaluation.conflict." + what,
                campaign.id(),
                Map.of(
                        "campaign", campaign.id(),
                        "assessor", tie.account(),
                        "company", tie.companyId(),
                        "actor", reader.account()));
    }
}
