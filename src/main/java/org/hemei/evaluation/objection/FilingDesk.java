package org.hemei.evaluation.objection;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.evaluation.Interests;
import org.hemei.evaluation.campaign.Campaign;
import org.hemei.evaluation.campaign.Campaigns;
import org.hemei.evaluation.scheme.SchemeContent;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.evaluation.score.Hearings;
import org.hemei.evaluation.score.Scores;
import org.hemei.evaluation.score.Scores.Score;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The company objects within its time: that of its campaign, or that of a score which became worse, or its own, since (decision 82). */
@Service
public class FilingDesk {

    static final int LONGEST = 1000;

    /** Photos and documents with one objection. */
    private static final int MOST = 12;

    private final Objections objections;
    private final Campaigns campaigns;
    private final Schemes schemes;
    private final Scores scores;
    private final Hearings hearings;
    private final Interests interests;
    private final Attachments attachments;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;

    FilingDesk(
            Objections objections,
            Campaigns campaigns,
            Schemes schemes,
            Scores scores,
            Hearings hearings,
            Interests interests,
            Attachments attachments,
            Audit audit,
            EventLog events,
            InstantSource clock) {
        this.objections = objections;
        this.campaigns = campaigns;
        this.schemes = schemes;
        this.scores = scores;
        this.hearings = hearings;
        this.interests = interests;
        this.attachments = attachments;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    static boolean ofCompany(Reader reader, Score score) {
        return reader.scope(Role.MANAGER).covers(score.company(), score.estate());
    }

    /** The campaign of a score that is the reader's company's to object to, now or at another time. */
    Campaign open(Reader reader, Score score) {
        var campaign = campaigns.find(score.campaign()).orElseThrow();
        if (!ofCompany(reader, score) || !score.published()) {
            throw new Missing("没有这个得分，或不是您的企业的。");
        }
        return campaign;
    }

    /** Until when a score can be objected to, and by when the answer comes. @param takes whether it still can */
    record Time(boolean takes, @Nullable LocalDate until, LocalDate answer) {}

    Time time(Campaign campaign, Score score) {
        var today = today();
        var open = hearings.open(score.project(), today);
        var now = campaign.takesObjections(today) ? campaign.objectionUntil() : null;
        var takes = now != null || !open.isEmpty();
        var later = open.stream()
                .map(Hearings.Hearing::until)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
        var until = now == null || later != null && later.isAfter(now) ? later : now;
        return new Time(takes, takes ? until : null, due(campaign));
    }

    /** Until when something of a project's score can be objected to; null where that is over, or has no last day yet. */
    @Nullable
    LocalDate until(long project) {
        var score = scores.latest(project).orElseThrow();
        return time(campaigns.find(score.campaign()).orElseThrow(), score).until();
    }

    /** As planned; what is filed later is answered within as many days. */
    LocalDate due(Campaign campaign) {
        var later = today().plusDays(content(campaign).reviewDays());
        return later.isAfter(campaign.finalBy()) ? later : campaign.finalBy();
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    @Transactional
    public long file(Reader reader, long scoreId, String dimension, String words, Collection<UUID> evidence) {
        var score = scores.find(scoreId).orElseThrow(() -> new Missing("没有这个得分。"));
        var campaign = open(reader, score);
        List<Reason> reasons = new ArrayList<>();
        if (!time(campaign, score).takes) {
            reasons.add(new Reason(
                    null,
                    "异议期是 " + CivilTime.day(campaign.objectionFrom()) + "到 " + CivilTime.day(campaign.objectionUntil())
                            + "，现在不能提。"));
        }
        return kept(reader, campaign, score, new Claim(dimension, words, evidence, null), reasons);
    }

    /** @param received on which day it came on paper; null where it is filed here */
    record Claim(
            String dimension,
            String words,
            Collection<UUID> evidence,
            @Nullable LocalDate received) {}

    /**
     * What a company handed in on paper, entered by whoever runs the campaign: its rights do not hang on an account. The day it arrived
     * counts; whatever came in time is answered whenever it is entered, by somebody else than who entered it.
     */
    @Transactional
    long enter(Reader reader, Score score, Claim claim) {
        var campaign = campaigns.find(score.campaign()).orElseThrow();
        List<Reason> reasons = new ArrayList<>();
        if (interests.at(reader, campaign.id(), score.estate())) {
            reasons.add(new Reason(null, Interests.WORDS));
        }
        var day = claim.received;
        if (day == null) {
            reasons.add(new Reason("receivedOn", "请填收到的日子。"));
        } else if (day.isAfter(today())) {
            reasons.add(new Reason("receivedOn", "收到的日子不能在今天以后。"));
        } else if (!inTime(campaign, score, day)) {
            reasons.add(new Reason(
                    "receivedOn",
                    "异议期是 " + CivilTime.day(campaign.objectionFrom()) + "到 " + CivilTime.day(campaign.objectionUntil())
                            + "，这一天收到的不在里面，请书面告诉企业。"));
        }
        if (claim.evidence.isEmpty()) {
            reasons.add(new Reason("photos", "请附上书面材料的照片或扫描件。"));
        }
        return kept(reader, campaign, score, claim, reasons);
    }

    /** On a day on which everybody could object, not before there was a score, or by a hearing of this one, also if it is about nothing by now. */
    private boolean inTime(Campaign campaign, Score score, LocalDate day) {
        var first = CivilTime.date(scores.versions(score.project()).getLast().madeAt());
        return !day.isAfter(campaign.objectionUntil()) && !day.isBefore(first) || hearings.took(score.project(), day);
    }

    private long kept(Reader reader, Campaign campaign, Score score, Claim claim, List<Reason> reasons) {
        var part = part(campaign, score, claim.dimension, reasons);
        var words = claim.words;
        if (words.isBlank() || words.length() > LONGEST) {
            reasons.add(new Reason("words", "请写清哪里不对、凭什么，1000 字以内。"));
        }
        if (claim.evidence.size() > MOST) {
            reasons.add(new Reason("photos", "最多附 " + MOST + " 个照片和文件。请去掉几个，或把几页合成一个 PDF。"));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        var latest = scores.latest(score.project()).orElseThrow();
        var paper = claim.received != null;
        var id = objections.insert(
                latest, part, reader.account(), due(campaign), words.strip(), claim.received, clock.instant());
        attachments.attach(score.district(), claim.evidence, ObjectionDesk.KIND, String.valueOf(id), reader);
        audit.record(
                reader,
                score.district(),
                ObjectionDesk.KIND + (paper ? ".enter" : ".file"),
                ObjectionDesk.KIND,
                id,
                campaign.area(),
                Map.of());
        events.announce(
                score.district(),
                "evaluation.objection.file",
                id,
                paper ? Map.of("objection", id, "paper", true, "actor", reader.account()) : Map.of("objection", id));
        return id;
    }

    /** What it is about, as it is kept; one at a time. */
    private String part(Campaign campaign, Score score, String dimension, List<Reason> reasons) {
        if (!parts(campaign).containsKey(dimension)) {
            reasons.add(new Reason("dimension", "请选对哪一部分有异议。"));
            return "";
        }
        var part = dimension.toUpperCase(Locale.ROOT);
        if (reasons.isEmpty() && objections.running(score.project(), part)) {
            reasons.add(new Reason("dimension", "对这一部分已经有一件异议在等答复。有新的证据，请先撤回再一起提。"));
        }
        return part;
    }

    /** What can be objected to, by code: the parts that the scheme has, and the contracts. */
    Map<String, String> parts(Campaign campaign) {
        Map<String, String> parts = new LinkedHashMap<>();
        content(campaign)
                .dimensions()
                .forEach(one -> parts.put(
                        one.kind().code(),
                        one.kind() == Kind.SATISFACTION
                                ? one.kind().words() + "（收票、点票和算法）"
                                : one.kind().words()));
        parts.put(Objection.CONTRACT, Objection.CONTRACT_WORDS);
        return parts;
    }

    private SchemeContent content(Campaign campaign) {
        return schemes.find(campaign.scheme()).orElseThrow().content();
    }
}
