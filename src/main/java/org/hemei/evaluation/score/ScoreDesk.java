package org.hemei.evaluation.score;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hemei.evaluation.scheme.Scheme;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.evaluation.score.Gathering.Ballots;
import org.hemei.evaluation.score.Gathering.Period;
import org.hemei.evaluation.score.ProjectInputs.Correction;
import org.hemei.evaluation.score.Scores.Made;
import org.hemei.evaluation.score.Scores.Score;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
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
    private final Schemes schemes;
    private final Audit audit;
    private final InstantSource clock;

    ScoreDesk(
            Gathering gathering,
            Scores scores,
            CompanyResults companies,
            Schemes schemes,
            Audit audit,
            InstantSource clock) {
        this.gathering = gathering;
        this.scores = scores;
        this.companies = companies;
        this.schemes = schemes;
        this.audit = audit;
        this.clock = clock;
    }

    /** A preliminary score for every project of a campaign, from what is there now. */
    @Transactional(propagation = Propagation.MANDATORY)
    public int compute(Reader reader, Period period, Scheme scheme, Map<Long, Ballots> ballots) {
        var made = gathering.of(period, scheme, ballots).stream()
                .map(one -> new Made(
                        one.project(), one.inputs(), ProjectScore.of(scheme.content(), one.inputs()), one.orders()))
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
                    Map.of("scores", made.size(), "sha256", digest));
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
        scores.append(List.of(made), old.isFinal(), reason, reader.account(), clock.instant());
        var put = scores.latest(project).orElseThrow();
        record(
                reader,
                put,
                "evaluation_score.correct",
                "objection",
                corrections.getFirst().objection());
        if (old.isFinal()) {
            companies.correct(old.company(), old.year(), old.campaign(), reason);
        }
        return put;
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
                Map.of(what, value, "version", made.version(), "sha256", scores.digest(made)));
    }

    /**
     * Looks that do not count, of whatever estates: each project they were part of has a new version without them, and each company a new
     * year. Where nobody else looked, the part is missing, and the project not rated.
     *
     * @return the new versions
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Score> strike(Reader reader, long campaign, Set<Long> looks, String reason) {
        List<Made> made = new ArrayList<>();
        Map<Long, Score> companiesOf = new TreeMap<>();
        var concerned = scores.ofCampaign(campaign).stream()
                .filter(one -> one.inputs().looks().stream().anyMatch(look -> looks.contains(look.inspection())))
                .map(Score::project)
                .toList();
        for (var project : concerned) {
            scores.hold(project);
            var old = scores.latest(project).orElseThrow();
            var inputs = old.inputs().without(looks);
            made.add(new Made(
                    project,
                    inputs,
                    ProjectScore.of(schemes.find(old.scheme()).orElseThrow().content(), inputs)));
            companiesOf.put(old.company(), old);
        }
        var isFinal = companiesOf.values().stream().anyMatch(Score::isFinal);
        scores.append(made, isFinal, reason, reader.account(), clock.instant());
        var versions = concerned.stream()
                .map(project -> scores.latest(project).orElseThrow())
                .toList();
        versions.forEach(one -> record(reader, one, "evaluation_score.strike", "looks", looks.size()));
        if (isFinal) {
            companiesOf.forEach((company, one) -> companies.correct(company, one.year(), campaign, reason));
        }
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
        var isFinal = known.stream().anyMatch(Score::isFinal);
        var asked = known.stream()
                .max(Comparator.<Score>comparingInt(one -> one.inputs().eligible())
                        .thenComparing(one -> one.inputs().counts()))
                .orElse(null);
        List<Made> made = new ArrayList<>();
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
                made.add(new Made(
                        one.project(), inputs, ProjectScore.of(scheme.content(), inputs), as ? null : one.orders()));
                scores.hold(one.project());
            }
        }
        scores.append(made, isFinal, reason, reader.account(), clock.instant());
        var versions = made.stream()
                .map(one -> scores.latest(one.project()).orElseThrow())
                .toList();
        versions.forEach(one -> record(reader, one, "evaluation_score.reattribute", "estate", estate));
        if (isFinal) {
            versions.stream()
                    .sorted(Comparator.comparingLong(Score::company))
                    .forEach(one -> this.companies.settle(one.company(), one.year(), period.campaign(), reason));
        }
        return versions;
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
