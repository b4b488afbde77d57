package org.hemei.registry.estate;

import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Scope;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.registry.Areas;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Founding an estate's file and keeping its facts. */
@Controller
class EstateFormPages {

    static final String INCOMPLETE = "这张表不完整，请重新打开再填。";

    private final Estates estates;
    private final EstateDesk desk;
    private final Areas areas;
    private final Once once;

    EstateFormPages(Estates estates, EstateDesk desk, Areas areas, Once once) {
        this.estates = estates;
        this.desk = desk;
        this.areas = areas;
        this.once = once;
    }

    @GetMapping("/estates/new")
    ModelAndView form(Reader reader, @RequestParam(defaultValue = "") String area) {
        return newPage(reader, area, Form.empty(), FormErrors.NONE);
    }

    @PostMapping("/estates/new")
    ModelAndView create(Reader reader, @RequestParam MultiValueMap<String, String> typed) {
        var scope = EstateDesk.founders(reader);
        var form = Form.of(typed);
        try {
            var community = community(form, scope);
            var draft = EstateDraft.read(form, estates.today().getYear());
            form.check();
            var id = once.run(
                    reader, form.get("_once"), form, () -> String.valueOf(desk.create(reader, draft, community)));
            return new ModelAndView("redirect:/estates/" + id + "/desk?done=created");
        } catch (Refusal refusal) {
            return newPage(reader, form.get("area"), form, FormErrors.of(refusal));
        }
    }

    private String community(Form form, Scope scope) {
        return community(form, scope, areas);
    }

    /** The community that was chosen, where the reader may found estates. */
    static String community(Form form, Scope scope, Areas areas) {
        var code = form.get("community");
        var fine = code.matches("\\d{12}")
                && scope.covers(code)
                && areas.find(code)
                        .filter(area -> area.level().equals("community"))
                        .isPresent();
        if (!fine) {
            form.wrong("community", "请选负责的社区，一个小区不能没人负责。");
        }
        return code;
    }

    private ModelAndView newPage(Reader reader, String area, Form form, FormErrors errors) {
        var scope = EstateDesk.founders(reader);
        var chosen = form.get("community").isEmpty() ? area : form.get("community");
        var picker = areas.picker(
                scope, chosen.length() > 6 && scope.covers(chosen.substring(0, 6)) ? chosen.substring(0, 6) : chosen);
        var here = picker.here();
        var page = page("new", form, errors);
        page.addObject("picker", picker);
        page.addObject("streets", here == null ? List.of() : areas.streets(scope, here.code()));
        return page;
    }

    @GetMapping("/estates/{id}/edit")
    ModelAndView editing(Reader reader, @PathVariable long id) {
        var estate = estates.in(EstateDesk.keepers(reader), id);
        return page("edit", Form.with(EstateDraft.of(estate).typed()), FormErrors.NONE)
                .addObject("estate", estate);
    }

    @PostMapping("/estates/{id}/edit")
    ModelAndView edit(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var estate = estates.in(EstateDesk.keepers(reader), id);
        var form = Form.of(typed);
        try {
            var draft = EstateDraft.read(form, estates.today().getYear());
            var version = form.needed("version", 0, 999_999_999, INCOMPLETE);
            form.check();
            desk.edit(reader, estate, version, draft);
            return new ModelAndView("redirect:/estates/" + id + "/desk?done=edited");
        } catch (Refusal refusal) {
            return page("edit", form, FormErrors.of(refusal)).addObject("estate", estate);
        }
    }

    @GetMapping("/estates/{id}/delete")
    ModelAndView deleting(Reader reader, @PathVariable long id) {
        return page("delete", Form.empty(), FormErrors.NONE)
                .addObject("estate", estates.in(EstateDesk.founders(reader), id));
    }

    @PostMapping("/estates/{id}/delete")
    ModelAndView delete(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var estate = estates.in(EstateDesk.founders(reader), id);
        var form = Form.of(typed);
        try {
            var reason = form.text("reason", 300, "请写为什么删，例如和哪个小区重了。");
            var version = form.needed("version", 0, 999_999_999, INCOMPLETE);
            form.check();
            desk.delete(reader, estate, version, reason);
            return new ModelAndView("redirect:/estates/manage?done=deleted");
        } catch (Refusal refusal) {
            return page("delete", form, FormErrors.of(refusal)).addObject("estate", estate);
        }
    }

    private static ModelAndView page(String view, Form form, FormErrors errors) {
        return new ModelAndView(
                "registry/estate/" + view,
                Map.of("form", form, "errors", errors),
                errors.any() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK);
    }
}
