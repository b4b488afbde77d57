package org.hemei.evaluation.publication;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.inspection.Sights;
import org.hemei.evaluation.objection.AskedCorrections;
import org.hemei.evaluation.publication.Leagues.League;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.evaluation.score.CompanyResults;
import org.hemei.evaluation.score.Hearings;
import org.hemei.evaluation.score.ProjectInputs;
import org.hemei.evaluation.score.ScoreDesk;
import org.hemei.evaluation.score.Scores;
import org.hemei.evaluation.score.Scores.Score;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.Attachment;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 这个分怎么来的: every figure of a project or a company, down to single items, computed again while one looks. */
@Controller
class ScorePages {

    private static final int PAGE = 50;
    private static final double HUNDREDTHS = 100;

    private final Scores scores;
    private final ScoreDesk desk;
    private final Schemes schemes;
    private final CompanyYears years;
    private final CompanyResults companies;
    private final Explained explained;
    private final Attachments attachments;
    private final AskedCorrections corrections;
    private final Ratings ratings;
    private final Leagues leagues;
    private final Sights sights;
    private final Hearings hearings;
    private final InstantSource clock;

    ScorePages(
            Scores scores,
            ScoreDesk desk,
            Schemes schemes,
            CompanyYears years,
            CompanyResults companies,
            Explained explained,
            Attachments attachments,
            AskedCorrections corrections,
            Ratings ratings,
            Leagues leagues,
            Sights sights,
            Hearings hearings,
            InstantSource clock) {
        this.scores = scores;
        this.desk = desk;
        this.schemes = schemes;
        this.years = years;
        this.companies = companies;
        this.explained = explained;
        this.attachments = attachments;
        this.corrections = corrections;
        this.ratings = ratings;
        this.leagues = leagues;
        this.sights = sights;
        this.hearings = hearings;
        this.clock = clock;
    }

    @GetMapping("/scores/{id:\\d{1,18}}")
    ModelAndView score(Reader reader, @PathVariable long id) {
        var score = seen(reader, id);
        var history = new History(scores.versions(score.project()));
        // what assessors and streets wrote was written for the company, not for everybody; nor is what may yet become
        // another score
        var may = explained.may(reader, score);
        var sides = SchemeDesk.keeper(reader).covers(score.area())
                || reader.scope(Role.MANAGER).covers(score.company(), score.estate());
        if (history.waits(score) && !may && !sides) {
            throw new Missing("这一版还在听取企业意见，定下来再公布。");
        }
        var scheme = schemes.find(score.scheme()).orElseThrow();
        var model = new HashMap<String, Object>();
        model.put("score", score);
        model.put("scheme", scheme);
        model.put("calculation", desk.again(score));
        model.put(
                "same",
                desk.same(score)
                        && scores.seal(score) != Scores.Seal.OTHER
                        && schemes.hash(scheme.content()).equals(score.inputs().schemeHash()));
        var versions = history.all();
        model.put("versions", history.shown(may || sides));
        model.put("heard", history.waits() && history.holds(score));
        compared(model, score, history, scheme.content().passLine());
        model.put("notes", may ? explained.notes(score) : Map.of());
        model.put("cases", may);
        model.put("sights", may && score.published() ? sights.of(looks(score), false) : List.of());
        model.put(
                "objects",
                (score.campaignState().equals("objection")
                                || hearings.takes(score.project(), CivilTime.date(clock.instant())))
                        && reader.scope(Role.MANAGER).covers(score.company(), score.estate()));
        model.put(
                "corrects",
                score.published()
                        && SchemeDesk.keeper(reader).covers(score.area())
                        && versions.getFirst().version() == score.version());
        model.put("documents", sides ? documents(score, versions) : List.of());
        model.put(
                "voidWaits",
                score.inputs().voided()
                        && versions.getFirst().version() == score.version()
                        && hearings.ofVoid(score.campaign(), score.estate()));
        model.put("hearing", score.isFinal() ? null : waiting(score, versions));
        model.put("staff", Role.isStaff(reader));
        return new ModelAndView("evaluation/publication/score", model);
    }

    /** Beside the others of its league, where there are some. */
    private void compared(Map<String, Object> model, Score score, History history, int passLine) {
        var league = leagues.of(score.project()).orElse(League.NONE);
        var bands = ratings.bands(score.year(), score.area(), league.code());
        var others = bands.stream().mapToInt(Ratings.Band::count).sum();
        model.put("league", league);
        model.put("others", others);
        var compared = score.published() && score.score() != null && others > 1;
        model.put("spread", compared ? BandChart.of(bands, passLine, score.score()) : null);
        model.put("place", compared && history.holds(score) ? place(score, league) : null);
    }

    /** Its own, and where it repeats one that was heard, those of that one: they are why it is what it is. */
    private List<Attachment> documents(Score score, List<Score> versions) {
        List<Attachment> all = new ArrayList<>(own(score));
        versions.stream()
                .filter(one -> score.isFinal() && !one.isFinal() && one.version() == score.version() - 1)
                .filter(one -> one.reason().equals(score.reason()))
                .forEach(one -> all.addAll(own(one)));
        return all;
    }

    private List<Attachment> own(Score score) {
        List<Attachment> own =
                new ArrayList<>(attachments.list(score.district(), "evaluation_score", String.valueOf(score.id())));
        corrections
                .owner(score)
                .ifPresent(owner -> own.addAll(attachments.list(score.district(), "evaluation_correction", owner)));
        return own;
    }

    /** What its newest version waits for: the time of its company to object. */
    private Hearings.@Nullable Hearing waiting(Score score, List<Score> versions) {
        return versions.getFirst().version() == score.version()
                ? hearings.last(score.project()).orElse(null)
                : null;
    }

    /** Among the like; a score that is not its company's has none. */
    private @Nullable Integer place(Score score, League league) {
        var points = score.score();
        var margin = score.margin();
        return points == null || margin == null || !score.inputs().counts()
                ? null
                : Integer.valueOf(ratings.place(score.year(), score.area(), league.code(), points, margin));
    }

    private static List<Long> looks(Scores.Score score) {
        return score.inputs().looks().stream()
                .map(ProjectInputs.Look::inspection)
                .toList();
    }

    /** The orders behind the part on complaints, for those who may see them. */
    @GetMapping("/scores/{id:\\d{1,18}}/cases")
    ModelAndView cases(Reader reader, @PathVariable long id, @RequestParam(defaultValue = "") String after) {
        Role.required(reader, Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY, Role.HOUSING, Role.MANAGER);
        var score = scores.find(id)
                .filter(one -> explained.may(reader, one))
                .orElseThrow(() -> new Missing("没有这个得分，或不归您看。"));
        var from = after.matches("\\d{1,7}") ? Integer.parseInt(after) : 0;
        var found = explained.cases(score, from, PAGE + 1);
        var model = new HashMap<String, Object>();
        model.put("score", score);
        model.put("then", found.then());
        model.put("rows", found.rows().stream().limit(PAGE).toList());
        model.put("next", found.rows().size() > PAGE ? from + PAGE : null);
        model.put("first", from == 0);
        return new ModelAndView("evaluation/publication/cases", model);
    }

    /** A company's years: every version of each. */
    @GetMapping("/companies/{id:\\d{1,18}}/years")
    ModelAndView company(Reader reader, @PathVariable long id) {
        var name = explained.company(id).orElseThrow(() -> new Missing("没有这家物业企业。"));
        var all = years.latest(id);
        var model = new HashMap<String, Object>();
        model.put("company", id);
        model.put("name", name);
        model.put(
                "years",
                all.stream().map(year -> years.history(id, year.year())).toList());
        model.put("chart", all.size() < 2 ? null : chart(all));
        model.put("heard", years.heard(id));
        model.put("staff", Role.isStaff(reader));
        return new ModelAndView("evaluation/publication/company", model);
    }

    /** Its scores with their margins, year by year; a year that is missing or was not rated breaks the line. */
    private static YearChart chart(List<CompanyYears.Year> newestFirst) {
        List<YearChart.Value> values = new ArrayList<>();
        for (int year = newestFirst.getLast().year();
                year <= newestFirst.getFirst().year();
                year++) {
            var wanted = year;
            values.add(newestFirst.stream()
                    .filter(one -> one.year() == wanted)
                    .findFirst()
                    .map(one -> new YearChart.Value(
                            wanted,
                            one.score() == null ? null : one.score() / HUNDREDTHS,
                            one.margin() == null ? 0 : one.margin() / HUNDREDTHS))
                    .orElse(new YearChart.Value(wanted, null, 0)));
        }
        return YearChart.of(List.of(new YearChart.Series("得分", "l-a", "c", "", values)), null);
    }

    @GetMapping("/companies/{id:\\d{1,18}}/years/{year:\\d{4}}")
    ModelAndView year(
            Reader reader,
            @PathVariable long id,
            @PathVariable int year,
            @RequestParam(defaultValue = "") String version) {
        var history = years.history(id, year);
        var wanted = version.matches("\\d{1,4}") ? Integer.parseInt(version) : 0;
        var one = history.stream()
                .filter(v -> wanted == 0 || v.version() == wanted)
                .findFirst()
                .orElseThrow(() -> new Missing("这家企业这一年没有结果。没有评过，不等于合格，也不等于不合格。"));
        var inputs = companies
                .inputs(id, year, one.version())
                .orElseThrow(() -> new Missing("这一年的结果是另外录入的，只有结果，没有存怎么算的。请看“历年测评结果”。"));
        var model = new HashMap<String, Object>();
        model.put("company", id);
        model.put("name", explained.company(id).orElseThrow(() -> new Missing("没有这家物业企业。")));
        model.put("one", one);
        model.put("history", history);
        model.put("inputs", inputs);
        model.put(
                "confidence",
                schemes.find(inputs.scheme()).orElseThrow().content().confidenceWords());
        model.put("projects", explained.projects(inputs));
        model.put(
                "heard",
                one.version() == history.getFirst().version() && years.heard(id).contains(year));
        model.put("same", companies.same(one, inputs));
        model.put("staff", Role.isStaff(reader));
        return new ModelAndView("evaluation/publication/year", model);
    }

    /** What is not published yet is for those who run the campaign. */
    private Score seen(Reader reader, long id) {
        return scores.find(id)
                .filter(one -> one.published() || SchemeDesk.keeper(reader).covers(one.area()))
                .orElseThrow(() -> new Missing("没有这个得分，或还没有公示。"));
    }
}
