package org.hemei.registry.bulk;

import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Scope;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormErrors;
import org.hemei.registry.Areas;
import org.hemei.registry.Office;
import org.hemei.registry.contract.Contracts;
import org.hemei.registry.estate.EstateDesk;
import org.hemei.registry.estate.EstateFilter;
import org.hemei.registry.estate.EstateLists;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 批量修改小区: choose them in the list, say what changes, look at every one before and after, then do it. */
@Controller
@RequestMapping("/estates/bulk")
class BatchPages {

    /** What does not come back within a breath goes on in the background. */
    static final int AT_ONCE = 100;

    /** The estates chosen: ticked one by one, or all that a filter finds. */
    record Chosen(List<Long> ids, List<String> names, boolean ticked, EstateFilter filter) {}

    private final EstateLists lists;
    private final Batches batches;
    private final BatchDesk desk;
    private final BatchForm forms;
    private final Contracts contracts;
    private final Areas areas;

    BatchPages(EstateLists lists, Batches batches, BatchDesk desk, BatchForm forms, Contracts contracts, Areas areas) {
        this.lists = lists;
        this.batches = batches;
        this.desk = desk;
        this.forms = forms;
        this.contracts = contracts;
        this.areas = areas;
    }

    @GetMapping
    ModelAndView form(Reader reader, @RequestParam MultiValueMap<String, String> query) {
        return formPage(reader, Form.of(query), FormErrors.NONE);
    }

    @PostMapping
    ModelAndView plan(Reader reader, @RequestParam MultiValueMap<String, String> typed) {
        EstateDesk.founders(reader);
        var form = Form.of(typed);
        try {
            var kind = BatchKind.find(form.get("change"))
                    .filter(one -> !one.scope(reader).isEmpty())
                    .orElseThrow(() -> Refusal.of("请先选要改什么。"));
            var detail = forms.read(kind, form, kind.scope(reader));
            var reason = form.text("reason", 300, "请写为什么改，凭什么文件。");
            form.check();
            var chosen = chosen(kind.scope(reader), form);
            return see(desk.plan(reader, kind, detail, reason, chosen.ids));
        } catch (Refusal refusal) {
            return formPage(reader, form, FormErrors.of(refusal));
        }
    }

    private Chosen chosen(Scope scope, Form form) {
        var filter = EstateFilter.of(Map.of(
                "area", form.get("area"),
                "q", form.get("q"),
                "kind", form.get("kind"),
                "company", form.get("company"),
                "missing", form.get("missing")));
        var picks = form.all("pick").stream()
                .filter(id -> id.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .distinct()
                .limit(BatchDesk.MOST)
                .toList();
        var ids = picks.isEmpty() ? lists.ids(scope, filter, BatchDesk.MOST) : lists.within(scope, picks);
        return new Chosen(ids, lists.names(ids.stream().limit(12).toList()), !picks.isEmpty(), filter);
    }

    private ModelAndView formPage(Reader reader, Form form, FormErrors errors) {
        var scope = EstateDesk.founders(reader);
        var kind = BatchKind.find(form.get("change"))
                .filter(one -> !one.scope(reader).isEmpty())
                .orElse(null);
        var district = form.get("district").matches("\\d{6}") ? form.get("district") : form.get("area");
        var picker = areas.picker(scope, district.length() > 6 ? district.substring(0, 6) : district);
        var here = picker.here();
        var company = form.get("to_company").matches("\\d{1,18}") ? Long.parseLong(form.get("to_company")) : 0;
        var page = new ModelAndView("registry/bulk/form");
        page.addObject("form", form);
        page.addObject("errors", errors);
        page.addObject("kinds", BatchKind.of(reader));
        page.addObject("kind", kind);
        page.addObject("chosen", chosen(kind == null ? scope : kind.scope(reader), form));
        page.addObject("picker", picker);
        page.addObject("streets", here == null ? List.of() : areas.streets(scope, here.code()));
        page.addObject("company", contracts.company(company).orElse(null));
        page.addObject("found", contracts.companies(form.get("company_q")));
        page.addObject("own", batches.own(reader));
        page.setStatus(errors.any() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK);
        return page;
    }

    @GetMapping("/{id}")
    ModelAndView show(Reader reader, @PathVariable long id, @RequestParam(defaultValue = "0") long after) {
        return page(find(reader, id), after, FormErrors.NONE);
    }

    private Batches.Batch find(Reader reader, long id) {
        Office.required(reader, Office.HOUSING, Office.STREET);
        return batches.find(reader, id).orElseThrow(() -> new Missing("没有这次批量修改，或它不在您的范围里。"));
    }

    @PostMapping("/{id}/apply")
    ModelAndView apply(Reader reader, @PathVariable long id) {
        return run(reader, id, false);
    }

    @PostMapping("/{id}/undo")
    ModelAndView undo(Reader reader, @PathVariable long id) {
        return run(reader, id, true);
    }

    private ModelAndView run(Reader reader, long id, boolean undoing) {
        var batch = find(reader, id);
        desk.mayAll(reader, batch, undoing);
        if (batches.count(id).estates() > AT_ONCE) {
            return new ModelAndView("redirect:/jobs/" + desk.hand(reader, batch, undoing));
        }
        try {
            if (undoing) {
                desk.undo(reader, batch, step -> {});
            } else {
                desk.apply(reader, batch, step -> {});
            }
            return see(id);
        } catch (Refusal refusal) {
            desk.refused(batch, undoing, refusal.getMessage());
            return page(find(reader, id), 0, FormErrors.of(refusal));
        }
    }

    @PostMapping("/{id}/without-problems")
    ModelAndView withoutProblems(Reader reader, @PathVariable long id) {
        var batch = find(reader, id);
        try {
            return see(desk.withoutProblems(reader, batch));
        } catch (Refusal refusal) {
            return page(batch, 0, FormErrors.of(refusal));
        }
    }

    private static ModelAndView see(long id) {
        return new ModelAndView("redirect:/estates/bulk/" + id);
    }

    private ModelAndView page(Batches.Batch batch, long after, FormErrors errors) {
        var rows = batches.rows(batch.id(), after, Batches.PAGE + 1);
        var page = new ModelAndView("registry/bulk/batch");
        page.addObject("batch", batch);
        page.addObject("count", batches.count(batch.id()));
        page.addObject("rows", rows.stream().limit(Batches.PAGE).toList());
        page.addObject("more", rows.size() > Batches.PAGE);
        page.addObject("after", after);
        page.addObject(
                "run", batch.state().equals("waiting") ? batches.run(batch.id()).orElse(null) : null);
        page.addObject("errors", errors);
        page.setStatus(errors.any() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK);
        return page;
    }
}
