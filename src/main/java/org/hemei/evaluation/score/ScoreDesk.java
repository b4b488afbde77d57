package org.hemei.evaluation.score;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hemei.evaluation.scheme.Scheme;
import org.hemei.evaluation.scheme.SchemeContent.ContractPolicy;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.evaluation.score.Gathering.Ballots;
import org.hemei.evaluation.score.Gathering.Period;
import org.hemei.evaluation.score.ProjectInputs.Correction;
import org.hemei.evaluation.score.Scores.Made;
import org.hemei.evaluation.score.Scores.Score;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.time.CivilTime;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Makes scores: preliminary ones of a campaign, final ones, and corrections; and the years of companies that follow. */
@Service
public class ScoreDesk {

    private static final String PROJECT = "evaluation_project";

    private final Gathering gathering;
    private final Scores scores;
    private final CompanyResults companies;
    private final Versions versions;
    private final Hearings hearings;
    private final Schemes schemes;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;

    ScoreDesk(
            Gathering gathering,
            Scores scores,
            CompanyResults companies,
            Versions versions,
            Hearings hearings,
            Schemes schemes,
            Audit audit,
            EventLog events,
            InstantSource clock) {
        this.gathering = gathering;
        this.scores = scores;
        this.companies = companies;
        this.versions = versions;
        this.hearings = hearings;
        this.schemes = schemes;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** A preliminary score for every project of a campaign, from what is there now. */
    @Transactional(propagation = Propagation.MANDATORY)
    public int compute(Reader reader, Period period, Scheme scheme, Map<Long, Ballots> ballots) {
        var made = gathering.of(period, scheme, ballots).stream()
                .map(one -> new Made(
                        one.project(),
                        one.inputs(),
                        ProjectScore.of(scheme.content(), one.inputs()),
                        one.days(),
                        one.orders()))
                .toList();
        scores.append(made, false, "", reader.account(), clock.instant());
        return made.size();
    }

    /** What stands becomes final, for projects and, where the year is complete, for companies. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void conclude(Reader reader, long campaign, int year, Scheme scheme) {
        var made = scores.ofCampaign(campaign).stream()
                .map(one -> new Made(one.project(), one.inputs(), ProjectScore.of(scheme.content(), one.inputs())))
                .toList();
        scores.append(made, true, "", reader.account(), clock.instant());
        var digest = scores.digest(campaign);
        if (digest != null) {
            audit.record(
                    reader,
                    0,
                    Scores.SEALED,
                    "evaluation_campaign",
                    campaign,
                    scheme.area(),
                    Map.of("scores", made.size(), "sha256", digest, "days", scores.daysDigest(campaign)));
        }
        companies.conclude(campaign, year);
    }

    /** A campaign ends without results: companies that waited for it alone have their year from the others. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void cancelled(long campaign, int year) {
        companies.released(campaign, year);
    }

    /** A new version with some inputs put right. After the final one it is a final one too, and its company's year follows. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Score correct(Reader reader, long project, List<Correction> corrections, String reason) {
        var old = scores.latest(project).orElseThrow(() -> new Missing("没有这个项目的得分。"));
        var scheme = schemes.find(old.scheme()).orElseThrow();
        var inputs = old.inputs().corrected(corrections);
        var made = new Made(project, inputs, ProjectScore.of(scheme.content(), inputs));
        var objection = corrections.getFirst().objection();
        var asked = hearings.asked(objection, project)
                && (inputs.voided()
                        || !Versions.worse(
                                old, made.calculation(), scheme.content().passLine()));
        var next = new Versions.Next(made, old, false, asked);
        var put = versions.put(reader, List.of(next), scheme.content(), old.concluded(), reason)
                .getFirst();
        record(reader, put, "evaluation_score.correct", "objection", objection);
        follow(List.of(put), reason);
        return put;
    }

    /** A new version with the ballots that a void had taken out; their figures were kept with every version. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Score restore(Reader reader, long project, long objection, String reason) {
        var old = scores.latest(project).orElseThrow();
        var content = schemes.find(old.scheme()).orElseThrow().content();
        var inputs = old.inputs().unvoided();
        var next = new Versions.Next(new Made(project, inputs, ProjectScore.of(content, inputs)), old, false, false);
        var put = versions.put(reader, List.of(next), content, old.concluded(), reason)
                .getFirst();
        record(reader, put, "evaluation_score.correct", "objection", objection);
        follow(List.of(put), reason);
        return put;
    }

    /** The years of their companies, where they are final. */
    private void follow(List<Score> made, String reason) {
        Map<Long, Score> companiesOf = new TreeMap<>();
        made.stream().filter(Score::isFinal).forEach(one -> companiesOf.put(one.company(), one));
        companiesOf.forEach((company, one) -> companies.settle(company, one.year(), one.campaign(), reason));
    }

    /** What was to be heard was heard, after its campaign: it becomes final as it stands, and its company's year follows. */
    @Transactional
    public void heard(long project) {
        scores.hold(project);
        var old = scores.latest(project).orElseThrow();
        if (old.isFinal() || !hearings.over(CivilTime.date(clock.instant())).contains(project)) {
            return;
        }
        var scheme = schemes.find(old.scheme()).orElseThrow();
        var made = new Made(project, old.inputs(), ProjectScore.of(scheme.content(), old.inputs()));
        scores.append(List.of(made), true, old.reason(), 0, clock.instant());
        var put = scores.latest(project).orElseThrow();
        record(Reader.VISITOR, put, "evaluation_score.heard", "after", old.version());
        events.announce(put.district(), "evaluation.score.held", put.id(), Map.of("score", put.id()));
        follow(List.of(put), old.reason());
    }

    /** Each version that replaces another is sealed in the audit log, as those of the end of a campaign are together. */
    private void record(Reader reader, Score made, String action, String what, Object value) {
        audit.record(
                reader,
                made.district(),
                action,
                PROJECT,
                made.project(),
                made.area(),
                Map.of(
                        what,
                        value,
                        "version",
                        made.version(),
                        "sha256",
                        scores.digest(made),
                        "days",
                        scores.days(made)));
    }

    /**
     * Looks that do not count, of whatever estates: each project they were part of has a new version without them, and each company a new
     * year. Where nobody else looked, the part is missing, and the project not rated.
     *
     * @return the new versions
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Score> strike(Reader reader, long campaign, Set<Long> looks, String reason) {
        List<Score> versions = new ArrayList<>();
        var concerned = scores.ofCampaign(campaign).stream()
                .filter(one -> one.inputs().looks().stream().anyMatch(look -> looks.contains(look.inspection())))
                .map(Score::project)
                .toList();
        for (var project : concerned) {
            scores.hold(project);
            var old = scores.latest(project).orElseThrow();
            var content = schemes.find(old.scheme()).orElseThrow().content();
            var inputs = old.inputs().without(looks);
            var made = new Made(project, inputs, ProjectScore.of(content, inputs));
            versions.addAll(this.versions.put(
                    reader, List.of(new Versions.Next(made, old, false, false)), content, old.concluded(), reason));
        }
        versions.forEach(one -> record(reader, one, "evaluation_score.strike", "looks", looks.size()));
        follow(versions, reason);
        return versions;
    }

    /**
     * An estate's contracts were put right after its scores were published: each company that had the score, or has it now, gets a new
     * version. What was asked, seen and said of the estate is the estate's and goes along, with what was put right in it; the orders
     * are each company's own, as they were counted then where it is about the same bodies: what was closed since changes nothing.
     *
     * @param companies whose projects at the estate are others than when they were scored
     * @param recounted those of them whose orders are those of other bodies now
     * @return the new versions
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Score> reattribute(
            Reader reader,
            Period period,
            Scheme scheme,
            long estate,
            Set<Long> companies,
            Set<Long> recounted,
            String reason) {
        var known = scores.ofCampaign(period.campaign(), estate);
        var concluded = known.stream().anyMatch(Score::concluded);
        var asked = known.stream()
                .max(Comparator.<Score>comparingInt(one -> one.inputs().eligible())
                        .thenComparing(one -> one.inputs().counts()))
                .orElse(null);
        List<Versions.Next> next = new ArrayList<>();
        for (var one : gathering.of(period, scheme, Map.of(), estate)) {
            if (companies.contains(one.company())) {
                var own = known.stream()
                        .filter(score -> score.project() == one.project())
                        .findFirst();
                var inputs = one.inputs()
                        .of(
                                asked == null ? null : asked.inputs(),
                                own.map(Score::inputs).orElse(null),
                                scheme.content());
                var as = own.isPresent() && !recounted.contains(one.company());
                if (as) {
                    inputs = inputs.counting(own.get().inputs().cases());
                }
                var made = new Made(
                        one.project(),
                        inputs,
                        ProjectScore.of(scheme.content(), inputs),
                        one.days(),
                        as ? null : one.orders());
                var byDays = scheme.content().contractPolicy() == ContractPolicy.DAYS;
                next.add(new Versions.Next(made, own.orElse(null), byDays, false));
                scores.hold(one.project());
            }
        }
        var made = versions.put(reader, next, scheme.content(), concluded, reason);
        made.forEach(one -> record(reader, one, "evaluation_score.reattribute", "estate", estate));
        follow(made, reason);
        return made;
    }

    /** Whether a stored version comes out the same when it is computed again. */
    public boolean same(Score score) {
        var again = ProjectScore.of(schemes.find(score.scheme()).orElseThrow().content(), score.inputs());
        return again.result() == score.result()
                && java.util.Objects.equals(again.score(), score.score())
                && java.util.Objects.equals(again.margin(), score.margin());
    }

    public Calculation again(Score score) {
        return ProjectScore.of(schemes.find(score.scheme()).orElseThrow().content(), score.inputs());
    }
}
