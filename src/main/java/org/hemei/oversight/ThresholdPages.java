package org.hemei.oversight;

import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A rule's thresholds: every version with its basis; city and organisation departments set new ones. */
@Controller
class ThresholdPages {

    private static final String PATH = "/mechanism/{rule:[a-z][a-z-]{1,40}}/thresholds";

    private final CheckViews views;
    private final Checks checks;
    private final Thresholds thresholds;
    private final ThresholdDesk desk;

    ThresholdPages(CheckViews views, Checks checks, Thresholds thresholds, ThresholdDesk desk) {
        this.views = views;
        this.checks = checks;
        this.thresholds = thresholds;
        this.desk = desk;
    }

    @GetMapping(PATH)
    ModelAndView show(Reader reader, @PathVariable String rule, @RequestParam(defaultValue = "") String area) {
        return page(reader, rule, area, Form.empty(), FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping(PATH)
    ModelAndView set(Reader reader, @PathVariable String rule, @RequestParam MultiValueMap<String, String> values) {
        Standing.scope(reader);
        var form = Form.of(values);
        var area = form.get("area");
        if (!area.matches("\\d{4,12}")) {
            throw new Missing("没有这个地区，或它不归您看。");
        }
        views.area(reader, area);
        if (!Standing.sets(reader, area)) {
            throw new Missing("这里的标准不归您改。");
        }
        try {
            var value = form.needed("value", 0, 100, "请填新的数。");
            var since = form.neededDay("since", "请选从哪天起。");
            var basis = form.text("basis", 200, "请写依据，比如文件名和文号。");
            var policy = form.get("policy").isEmpty() ? null : form.chosen("policy", "请选一份文件，或者不选。");
            form.check();
            desk.set(
                    reader,
                    checks.of(rule),
                    new ThresholdDesk.Change(form.get("name"), area, value, since, basis, policy));
            return FormAnswer.seeOther("/mechanism/" + rule + "/thresholds?area=" + area + "&done=1");
        } catch (Refusal refused) {
            return page(reader, rule, area, form, FormErrors.of(refused), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @PostMapping(PATH + "/{id:\\d{1,18}}/take-back")
    ModelAndView takeBack(
            Reader reader,
            @PathVariable String rule,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String area) {
        Standing.scope(reader);
        if (!area.matches("\\d{4,12}")) {
            throw new Missing("没有这个地区，或它不归您看。");
        }
        views.area(reader, area);
        try {
            desk.takeBack(reader, checks.of(rule), id);
            return FormAnswer.seeOther("/mechanism/" + rule + "/thresholds?area=" + area + "&done=taken_back");
        } catch (Refusal refused) {
            return page(reader, rule, area, Form.empty(), FormErrors.of(refused), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private ModelAndView page(
            Reader reader, String code, String area, Form form, FormErrors errors, HttpStatus status) {
        var picker = views.area(reader, area);
        var here = picker.path().getLast();
        var page = new ModelAndView("oversight/thresholds", status);
        page.addObject("rule", checks.of(code).rule());
        page.addObject("picker", picker);
        page.addObject("versions", thresholds.versions(code, here.code()));
        page.addObject("policies", views.policies(reader));
        page.addObject("sets", Standing.sets(reader, here.code()));
        page.addObject("form", form);
        page.addObject("errors", errors);
        return page;
    }
}
