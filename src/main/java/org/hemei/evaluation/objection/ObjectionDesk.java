package org.hemei.evaluation.objection;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.access.Role;
import org.hemei.evaluation.Interests;
import org.hemei.evaluation.campaign.Campaign;
import org.hemei.evaluation.campaign.Campaigns;
import org.hemei.evaluation.scheme.SchemeContent;
import org.hemei.evaluation.scheme.SchemeContent.Item;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.evaluation.score.Calculation.Line;
import org.hemei.evaluation.score.Correctable;
import org.hemei.evaluation.score.Hearings;
import org.hemei.evaluation.score.ProjectInputs.Correction;
import org.hemei.evaluation.score.ScoreDesk;
import org.hemei.evaluation.score.Scores;
import org.hemei.evaluation.score.Scores.Score;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.log.LastChange;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Somebody who gave no part of the score decides what its company objects to, in writing. */
@Service
public class ObjectionDesk {

    static final String KIND = "evaluation_objection";

    /** What somebody hears who changed the score that is objected to. */
    private static final String CHANGED = "这次改分是您办的，异议请别人答复，书面撤回也请别人录入。";

    private final Objections objections;
    private final FilingDesk filing;
    private final Campaigns campaigns;
    private final Schemes schemes;
    private final Scores scores;
    private final ScoreDesk desk;
    private final Hearings hearings;
    private final Annulment annulment;
    private final ContractDifferences differences;
    private final Righting righting;
    private final Interests interests;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;
    private final LastChange lastChange;

    ObjectionDesk(
            Objections objections,
            FilingDesk filing,
            Campaigns campaigns,
            Schemes schemes,
            Scores scores,
            ScoreDesk desk,
            Hearings hearings,
            Annulment annulment,
            ContractDifferences differences,
            Righting righting,
            Interests interests,
            Audit audit,
            EventLog events,
            InstantSource clock,
            LastChange lastChange) {
        this.objections = objections;
        this.filing = filing;
        this.campaigns = campaigns;
        this.schemes = schemes;
        this.scores = scores;
        this.desk = desk;
        this.hearings = hearings;
        this.annulment = annulment;
        this.differences = differences;
        this.righting = righting;
        this.interests = interests;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.lastChange = lastChange;
    }

    @Transactional
    void withdraw(Reader reader, long id, int version) {
        var objection = take(reader, id, version);
        if (!reader.scope(Role.MANAGER).covers(objection.company(), objection.estate())) {
            throw Refusal.of("谁提的谁撤回。您可以答复它。");
        }
        objections.withdraw(id, null);
        record(
                reader,
                objection.district(),
                id,
                "withdraw",
                campaigns.find(objection.campaign()).orElseThrow());
    }

    /** The items that a decision can put right: never what residents said, but that their ballots do not count. */
    List<Item> correctable(Objection objection) {
        var kind = objection.dimension();
        return kind == null ? List.of() : Correctable.items(scheme(objection), kind);
    }

    private SchemeContent scheme(Objection objection) {
        var campaign = campaigns.find(objection.campaign()).orElseThrow();
        return schemes.find(campaign.scheme()).orElseThrow().content();
    }

    /** How each item of the part stands now. */
    List<Line> standing(Objection objection) {
        return desk.again(scores.latest(objection.project()).orElseThrow()).parts().stream()
                .filter(part -> part.kind() == objection.dimension())
                .flatMap(part -> part.lines().stream())
                .toList();
    }

    /** Nobody judges what they did themselves. */
    /** What speaks against somebody who would end an objection, by an answer or by entering that it was taken back. */
    List<Reason> against(Reader reader, Objection objection) {
        List<Reason> reasons = new ArrayList<>();
        if (objections.scored(reader.account(), objection.campaign(), objection.estate())) {
            reasons.add(new Reason(null, "您给这个项目打过分，请没打过分的同事答复，书面撤回也请他录入。"));
        }
        if (objection.filedBy() == reader.account()) {
            reasons.add(new Reason(null, "这件是您录入的，请另一位同事答复，书面撤回也请他录入。"));
        }
        if (objections.changed(reader.account(), objection.id())) {
            reasons.add(new Reason(null, CHANGED));
        }
        if (interests.at(reader, objection.campaign(), objection.estate())) {
            reasons.add(new Reason(null, Interests.WORDS));
        }
        return reasons;
    }

    /**
     * What is decided.
     *
     * @param values what items become that are put right, by code; not read where the objection is refused, and for ballots, which can
     *     only cease to count, and contracts, which are put right where they are registered
     * @param why what was wrong with a count that is not to count, for everybody to read; not read otherwise, nor where it counts for
     *     nothing already
     * @param words for the company
     */
    public record Decision(boolean upheld, Map<String, String> values, String why, String words) {}

    @Transactional
    public void decide(Reader reader, long id, int version, Decision decision) {
        var objection = take(reader, id, version);
        if (!SchemeDesk.keeper(reader).covers(objection.area())) {
            throw Refusal.of("异议由办测评的市、区答复。");
        }
        var reasons = new ArrayList<>(against(reader, objection));
        var words = decision.words;
        if (words.isBlank() || words.length() > FilingDesk.LONGEST) {
            reasons.add(new Reason("decision", "请写答复和理由，1000 字以内，企业看得到。"));
        }
        if (decision.upheld) {
            scores.hold(objection.campaign(), objection.estate());
            reasons.addAll(wrong(objection, decision));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        var campaign = campaigns.find(objection.campaign()).orElseThrow();
        objections.decide(
                id,
                decision.upheld ? Objection.State.UPHELD : Objection.State.REFUSED,
                reader.account(),
                words.strip(),
                clock.instant());
        var changed = decision.upheld && putRight(reader, objection, decision);
        objections.keepsOpen(id, filing.until(objection.project()));
        audit.record(
                reader,
                objection.district(),
                KIND + (decision.upheld ? ".uphold" : ".refuse"),
                KIND,
                id,
                campaign.area(),
                Map.of());
        events.announce(
                objection.district(),
                "evaluation.objection." + (decision.upheld ? "uphold" : "refuse"),
                id,
                Map.of("objection", id, "changed", changed));
    }

    private List<Reason> wrong(Objection objection, Decision decision) {
        var inputs = scores.latest(objection.project()).orElseThrow().inputs();
        var kind = objection.dimension();
        if (kind == null) {
            return differs(objection)
                    ? List.of()
                    : List.of(
                            new Reason("upheld", "合同登记和算分时一样，还没有什么可改的。成立的，先请登记合同的人照证据更正，再来答复；更正了也不改变哪家管、管多少天的，是不成立。"));
        }
        if (kind == Kind.SATISFACTION) {
            return inputs.voided() == againstVoid(objection) ? Righting.why("why", decision.why) : List.of();
        }
        var items = correctable(objection).stream().map(Item::code).toList();
        if (decision.values.isEmpty() || !items.containsAll(decision.values.keySet())) {
            return List.of(new Reason(items.isEmpty() ? null : "value-" + items.getFirst(), "成立的，至少改一项。住户投的票谁也不能改。"));
        }
        List<Reason> reasons = new ArrayList<>();
        for (var correction : corrections(objection, decision)) {
            if (!Correctable.fits(kind, correction.value())) {
                reasons.add(new Reason("value-" + correction.item(), Correctable.hint(kind)));
            } else if (!Correctable.raises(scheme(objection), inputs, kind, correction)) {
                reasons.add(new Reason("value-" + correction.item(), "这样改，这一部分的得分不会比现在高。提异议不会扣分，也不能改了等于没改。"));
            }
        }
        return reasons;
    }

    /** Whether it is against the void of a published count, not against the count. */
    boolean againstVoid(Objection objection) {
        return annulment.against(objection);
    }

    /** Whether the contracts as they are registered now say something else than the scores. */
    boolean differs(Objection objection) {
        return !differences
                .of(campaigns.find(objection.campaign()).orElseThrow(), objection.estate())
                .isEmpty();
    }

    /** In the order of the scheme. */
    private List<Correction> corrections(Objection objection, Decision decision) {
        return correctable(objection).stream()
                .filter(item -> decision.values.containsKey(item.code()))
                .map(item -> new Correction(
                        objection.id(), item.code(), Objects.requireNonNull(decision.values.get(item.code()))))
                .toList();
    }

    /**
     * A count that was wrong was wrong for each company of the estate; the others hear of it as of any correction. Where another's
     * objection, or a document, has voided it before, nothing is left to put right: this one was right as well.
     * Contracts were put right where they are registered; the score follows from there (decision 56), before anything becomes final.
     *
     * @return whether the score has a new version
     */
    private boolean putRight(Reader reader, Objection objection, Decision decision) {
        var reason = "异议 " + objection.id() + " 成立";
        if (objection.dimension() == null) {
            differences.note(objection.campaign(), objection.estate());
            return false;
        }
        if (objection.dimension() == Kind.SATISFACTION) {
            var made = annulment.uphold(reader, objection, reason, decision.why.strip());
            tell(reader, objection, made);
            return !made.isEmpty();
        }
        tell(
                reader,
                objection,
                List.of(desk.correct(reader, objection.project(), corrections(objection, decision), reason)));
        return true;
    }

    /** Who objected reads the answer; the others of the estate hear as of any correction, and everybody who can object to what it made. */
    private void tell(Reader reader, Objection objection, List<Score> made) {
        made.stream()
                .filter(one -> one.project() != objection.project()
                        || hearings.of(one.id()).isPresent())
                .forEach(one -> righting.made(reader, one, List.of()));
    }

    /** One that is still to be answered, as the reader saw it; held until the transaction ends. */
    Objection take(Reader reader, long id, int version) {
        return take(reader, id, version, Objection.State.FILED);
    }

    Objection take(Reader reader, long id, int version, Objection.State state) {
        if (objections.find(reader, id, clock.instant()).isEmpty()) {
            throw new Missing("没有这件异议，或不归您看。");
        }
        var objection = objections.lock(id).orElseThrow();
        if (objection.state() != state) {
            throw Refusal.of("这件异议现在是“" + objection.state().words() + "”，不能再办。");
        }
        if (objection.version() != version) {
            throw lastChange.stale(reader, KIND, id, "办了这件异议");
        }
        return objection;
    }

    private void record(Reader reader, int district, long id, String verb, Campaign campaign) {
        audit.record(reader, district, KIND + "." + verb, KIND, id, campaign.area(), Map.of());
        events.announce(district, "evaluation.objection." + verb, id, Map.of("objection", id));
    }
}
