package org.hemei.evaluation.campaign;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.evaluation.scheme.Scheme;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.registry.Areas;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 定一次测评: where, for which year, by which scheme, and where its seed will come from. */
@Controller
class PlanPages {

    private final SampleDesk desk;
    private final Campaigns campaigns;
    private final Schemes schemes;
    private final Areas areas;
    private final Once once;
    private final InstantSource clock;

    PlanPages(SampleDesk desk, Campaigns campaigns, Schemes schemes, Areas areas, Once once, InstantSource clock) {
        this.desk = desk;
        this.campaigns = campaigns;
        this.schemes = schemes;
        this.areas = areas;
        this.once = once;
        this.clock = clock;
    }

    @GetMapping("/campaigns/new")
    ModelAndView form(Reader reader) {
        var area = required(reader);
        var begin = CivilTime.date(clock.instant()).plusDays(14);
        // in the first half of a year it is the last one that can be judged
        var year = begin.getMonthValue() <= 6 ? begin.getYear() - 1 : begin.getYear();
        return edit(
                reader,
                Form.with(Map.of(
                        "area",
                        area,
                        "year",
                        year,
                        "seedOn",
                        begin.minusDays(4),
                        "collectFrom",
                        begin,
                        "title",
                        year + " 年物业服务测评")),
                FormErrors.NONE);
    }

    @PostMapping("/campaigns")
    ModelAndView plan(
            Reader reader,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam MultiValueMap<String, String> values) {
        required(reader);
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    var plan = new SampleDesk.Plan(
                            form.text("area", 12, "请选测评哪里。"),
                            form.needed("year", 2000, 2100, "请填测评哪一年。"),
                            form.chosen("scheme", "请选方案。"),
                            form.text("title", 60, "请填名称。"),
                            form.text("seedSource", 100, "请写种子从哪里来。"),
                            form.neededDay("seedOn", "请填种子哪天出来。"),
                            form.neededDay("collectFrom", "请填哪天开始测评。"));
                    form.check();
                    return once.run(reader, key, form, () -> "/campaigns/" + desk.plan(reader, plan) + "?done=planned");
                },
                errors -> edit(reader, form, errors));
    }

    private ModelAndView edit(Reader reader, Form form, FormErrors errors) {
        var scope = SchemeDesk.keeper(reader);
        var model = new HashMap<String, Object>();
        model.put("form", form);
        model.put("errors", errors);
        model.put("areas", areas.seats(scope));
        model.put("schemes", holding(scope.areas()));
        model.put("years", campaigns.years(scope.areas()));
        return new ModelAndView("evaluation/campaign/new", model);
    }

    private List<Scheme> holding(List<String> codes) {
        return codes.stream()
                .flatMap(code -> schemes.holding(code).stream())
                .distinct()
                .toList();
    }

    private static String required(Reader reader) {
        return Role.required(reader, Role.CITY, Role.DISTRICT, Role.HOUSING)
                .areas()
                .getFirst();
    }
}
