package org.hemei.evaluation.objection;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.evaluation.Interests;
import org.hemei.evaluation.scheme.SchemeContent;
import org.hemei.evaluation.scheme.SchemeContent.Dimension;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.evaluation.score.Correctable;
import org.hemei.evaluation.score.ScoreDesk;
import org.hemei.evaluation.score.Scores;
import org.hemei.evaluation.score.Scores.Score;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Stale;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** 更正得分, for the keeper: one input of one part, with its basis. */
@Controller
class CorrectionPages {

    private static final String PATH = "/scores/{id:\\d{1,18}}/correction";

    private final Scores scores;
    private final ScoreDesk scoreDesk;
    private final Schemes schemes;
    private final CorrectionDesk desk;
    private final SecondDesk second;
    private final AskedCorrections corrections;
    private final Attachments attachments;
    private final SecondKeepers keepers;
    private final Interests interests;
    private final Documents evidence;
    private final Once once;

    CorrectionPages(
            Scores scores,
            ScoreDesk scoreDesk,
            Schemes schemes,
            CorrectionDesk desk,
            SecondDesk second,
            AskedCorrections corrections,
            Attachments attachments,
            SecondKeepers keepers,
            Interests interests,
            Documents evidence,
            Once once) {
        this.scores = scores;
        this.scoreDesk = scoreDesk;
        this.schemes = schemes;
        this.desk = desk;
        this.second = second;
        this.corrections = corrections;
        this.attachments = attachments;
        this.keepers = keepers;
        this.interests = interests;
        this.evidence = evidence;
        this.once = once;
    }

    @GetMapping(PATH)
    ModelAndView form(Reader reader, @PathVariable long id, @RequestParam(defaultValue = "") String part) {
        var score = mine(reader, id);
        return page(reader, score, Form.with(Map.of("part", part, "version", score.version())), FormErrors.NONE, null);
    }

    @PostMapping(PATH)
    ModelAndView correct(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            @RequestParam(required = false) @Nullable List<MultipartFile> documents) {
        var score = mine(reader, id);
        var form = Form.of(values);
        return FormAnswer.of(
                () -> once.run(reader, form.get("_once"), form, () -> {
                    var wanted = new CorrectionDesk.Wanted(
                            part(score, form),
                            form.get("item"),
                            form.get("value"),
                            form.get("basis"),
                            form.get("why"),
                            stored(reader, score, part(score, form), documents));
                    var waits = second.correct(reader, id, version(form), wanted);
                    return waits
                            ? score.path() + "/correction?done=asked"
                            : scores.latest(score.project()).orElseThrow().path() + "?done=corrected";
                }),
                errors -> page(reader, score, form, errors, null),
                stale -> page(reader, scores.latest(score.project()).orElseThrow(), form, FormErrors.NONE, stale));
    }

    /** What another asked for is done, or not agreed to; whoever asked takes it back. */
    @PostMapping(PATH + "/settle")
    ModelAndView settle(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        var score = mine(reader, id);
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    if (form.get("agree").equals("yes")) {
                        second.agree(reader, id, seen(form));
                        return scores.latest(score.project()).orElseThrow().path() + "?done=corrected";
                    }
                    second.drop(reader, id, seen(form), form.get("words"));
                    return score.path() + "/correction?done=dropped";
                },
                errors -> page(reader, score, form, errors, null),
                stale -> page(reader, score, form, FormErrors.NONE, stale));
    }

    /** Each new version has the documents for its own: a void count makes one for every company of the estate. */
    private Map<Long, List<UUID>> stored(
            Reader reader, Score score, Kind part, @Nullable List<MultipartFile> documents) {
        var concerned =
                part == Kind.SATISFACTION ? scores.ofCampaign(score.campaign(), score.estate()) : List.of(score);
        Map<Long, List<UUID>> sets = new HashMap<>();
        for (var one : concerned) {
            sets.put(one.project(), evidence.store(reader, one.district(), documents));
        }
        return sets;
    }

    private static int version(Form form) {
        var text = form.get("version");
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }

    /** Which asking was on the page. */
    private static long seen(Form form) {
        var text = form.get("asked");
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }

    private SchemeContent scheme(Score score) {
        return schemes.find(score.scheme()).orElseThrow().content();
    }

    /** The parts that weigh something and have inputs that can be put right. */
    private List<Kind> parts(Score score) {
        return scheme(score).dimensions().stream()
                .map(Dimension::kind)
                .filter(kind -> !Correctable.items(scheme(score), kind).isEmpty())
                .toList();
    }

    private Kind part(Score score, Form form) {
        var wanted = form.get("part");
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.code().equals(wanted))
                .filter(parts(score)::contains)
                .findFirst()
                .orElse(parts(score).stream()
                        .filter(kind -> kind != Kind.SATISFACTION)
                        .findFirst()
                        .orElse(Kind.SATISFACTION));
    }

    private ModelAndView page(Reader reader, Score score, Form form, FormErrors errors, @Nullable Stale stale) {
        var part = part(score, form);
        var model = new HashMap<String, @Nullable Object>();
        model.put("score", score);
        model.put("part", part);
        model.put("parts", parts(score));
        model.put(
                "lines",
                scoreDesk.again(score).parts().stream()
                        .filter(one -> one.kind() == part && part != Kind.SATISFACTION)
                        .flatMap(one -> one.lines().stream())
                        .toList());
        // whoever is tied to a company there hears nothing of a case before the company does
        var tied = interests.at(reader, score.campaign(), score.estate());
        var listed = !tied && desk.several(score, part);
        model.put("listed", listed);
        var asked = tied ? null : corrections.open(score.project()).orElse(null);
        model.put("asked", asked);
        if (asked != null) {
            model.put("own", asked.asker() == reader.account());
            card(score, asked, model);
            model.put("others", keepers.of(score, asked.part(), asked.asker()));
        } else if (!tied) {
            var last = corrections.last(score.project()).orElse(null);
            model.put("last", last);
            if (last != null) {
                card(score, last.asked(), model);
            }
            model.put("others", listed ? keepers.of(score, part, reader.account()) : List.of());
        }
        model.put("hint", Correctable.hint(part));
        model.put("documented", listed || desk.needsDocuments(score, part));
        model.put("form", form);
        // the page shows one of the two forms: what the other lacks has no field here
        var fields =
                asked == null ? form.get("agree").isEmpty() : form.get("agree").equals("no");
        model.put("errors", fields ? errors : errors.atTop());
        model.put("stale", stale);
        return new ModelAndView("evaluation/objection/correction", model);
    }

    /** What was asked for, with what came with it. */
    private void card(Score score, AskedCorrections.Asked asked, Map<String, @Nullable Object> model) {
        model.put(
                "item",
                Correctable.items(scheme(score), asked.part()).stream()
                        .filter(one -> one.code().equals(asked.item()))
                        .findFirst()
                        .map(SchemeContent.Item::words)
                        .orElse(asked.item()));
        model.put("files", attachments.list(score.district(), AskedCorrections.KIND, asked.owner(score.project())));
    }

    private Score mine(Reader reader, long id) {
        Role.required(reader, Role.CITY, Role.DISTRICT, Role.HOUSING);
        return scores.find(id)
                .filter(one -> one.published() && SchemeDesk.keeper(reader).covers(one.area()))
                .orElseThrow(() -> new Missing("没有这个得分，或不归您更正。"));
    }
}
