package org.hemei.evaluation.listing;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 定规则: the bureau sets terms, times and bases of the blacklist, one at a time, and sees every version. */
@Controller
class ListingRuleForms {

    private static final String BACK = "/listings/rules?done=1";

    /** What can be set. */
    enum What {
        TERM("term", "改列入多久"),
        NUMBER("number", "改期限或人数"),
        BASIS("basis", "加一条依据");

        private final String path;
        private final String words;

        What(String path, String words) {
            this.path = path;
            this.words = words;
        }

        String path() {
            return path;
        }

        String words() {
            return words;
        }

        static What named(String path) {
            return Arrays.stream(values())
                    .filter(what -> what.path.equals(path))
                    .findFirst()
                    .orElse(TERM);
        }
    }

    private final TermDesk desk;
    private final BasisDesk bases;
    private final TermBook book;
    private final Once once;
    private final InstantSource clock;

    ListingRuleForms(TermDesk desk, BasisDesk bases, TermBook book, Once once, InstantSource clock) {
        this.desk = desk;
        this.bases = bases;
        this.book = book;
        this.once = once;
        this.clock = clock;
    }

    private static String area(Reader reader) {
        var area = BasisDesk.sets(reader);
        if (area == null) {
            throw new AccessDeniedException("rules of the blacklist are set by the bureau");
        }
        return area;
    }

    @GetMapping("/listings/rules/set")
    ModelAndView show(
            Reader reader,
            @RequestParam(defaultValue = "") String what,
            @RequestParam(defaultValue = "") String weight,
            @RequestParam(defaultValue = "") String name) {
        var form = Form.with(java.util.Map.of("weight", weight, "name", name));
        return page(reader, What.named(what), form, FormErrors.NONE);
    }

    private ModelAndView page(Reader reader, What what, Form form, FormErrors errors) {
        var area = area(reader);
        var page = new ModelAndView("evaluation/listing/set");
        page.addObject("what", what);
        page.addObject("terms", book.terms(area));
        page.addObject("numbers", book.numbers(area));
        page.addObject("bases", book.bases(area, CivilTime.date(clock.instant())));
        page.addObject("laws", what == What.BASIS ? bases.laws(area) : List.<BasisDesk.Law>of());
        page.addObject("form", form);
        page.addObject("errors", errors);
        return page;
    }

    @PostMapping("/listings/rules/term")
    ModelAndView term(Reader reader, @RequestParam MultiValueMap<String, String> values) {
        var area = area(reader);
        var form = Form.of(values);
        return answer(reader, What.TERM, form, () -> {
            var weight = Weight.named(form.get("weight"));
            if (weight == null) {
                form.wrong("weight", "请选一般还是严重。");
            }
            var least = form.needed("least", 1, 120, "请填几个月。");
            var most = form.needed("most", 1, 120, "请填几个月。");
            var basis = form.text("basis", 200, "请写凭什么：哪个文件、第几条。");
            var since = form.neededDay("since", "请选从哪天起。");
            form.check();
            desk.set(
                    reader,
                    new TermDesk.Terms(area, java.util.Objects.requireNonNull(weight), least, most, basis, since));
        });
    }

    @PostMapping("/listings/rules/number")
    ModelAndView number(Reader reader, @RequestParam MultiValueMap<String, String> values) {
        var area = area(reader);
        var form = Form.of(values);
        return answer(reader, What.NUMBER, form, () -> {
            var name = ListingRules.Name.named(form.get("name"));
            if (name == null) {
                form.wrong("name", "请选改哪一项。");
            }
            var value = form.needed("value", 0, 1000, "请填多少。");
            var basis = form.text("basis", 200, "请写凭什么：哪个文件、第几条。");
            var since = form.neededDay("since", "请选从哪天起。");
            form.check();
            desk.set(reader, new TermDesk.Number(area, java.util.Objects.requireNonNull(name), value, basis, since));
        });
    }

    @PostMapping("/listings/rules")
    ModelAndView basis(Reader reader, @RequestParam MultiValueMap<String, String> values) {
        var area = area(reader);
        var form = Form.of(values);
        return answer(reader, What.BASIS, form, () -> {
            var policy = form.get("policy");
            var draft = new BasisDesk.Draft(
                    area,
                    form.text("name", 100, "请写文件名和文号。"),
                    form.text("article", 40, "请写第几条。"),
                    form.text("quote", 500, "请照原文抄下来。"),
                    policy.matches("\\d{1,18}") ? Long.valueOf(policy) : null,
                    form.has("effect", "excludes"),
                    form.has("effect", "shares"),
                    form.neededDay("since", "请选从哪天起。"));
            form.check();
            bases.add(reader, draft);
        });
    }

    private ModelAndView answer(Reader reader, What what, Form form, Runnable work) {
        return FormAnswer.of(
                () -> {
                    once.run(reader, form.get("_once"), form, () -> {
                        work.run();
                        return what.path();
                    });
                    return BACK;
                },
                errors -> page(reader, what, form, errors));
    }

    @PostMapping("/listings/rules/bases/{id:\\d{1,18}}/end")
    ModelAndView end(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        area(reader);
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    var from = form.neededDay("until", "请选从哪天起停用。");
                    form.check();
                    desk.end(reader, id, from);
                    return BACK;
                },
                errors -> page(reader, What.BASIS, form, errors.atTop()));
    }
}
