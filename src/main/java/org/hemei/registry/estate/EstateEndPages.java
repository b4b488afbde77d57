package org.hemei.registry.estate;

import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormErrors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 注销小区 and 恢复小区, with all that still runs there and where it is ended. */
@Controller
class EstateEndPages {

    private final Estates estates;
    private final EstateEndDesk desk;

    EstateEndPages(Estates estates, EstateEndDesk desk) {
        this.estates = estates;
        this.desk = desk;
    }

    @GetMapping("/estates/{id}/strike-off")
    ModelAndView striking(Reader reader, @PathVariable long id) {
        return page(reader, id, Form.with(Map.of("day", estates.today())), FormErrors.NONE);
    }

    @PostMapping("/estates/{id}/strike-off")
    ModelAndView strikeOff(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var estate = estates.in(EstateEndDesk.strikers(reader), id);
        var form = Form.of(typed);
        try {
            var why = EstateEnd.Why.of(form.get("why")).orElse(EstateEnd.Why.DEMOLISHED);
            if (EstateEnd.Why.of(form.get("why")).isEmpty()) {
                form.wrong("why", "请选为什么注销。");
            }
            var day = form.neededDay("day", "请填从哪一天起没有这个小区。");
            var into = form.get("into").matches("\\d{1,18}") ? Long.valueOf(form.get("into")) : null;
            var reason = form.text("reason", 300, "请写凭什么，例如征收公告、拆除验收、区划文件。");
            var version = form.needed("version", 0, 999_999_999, EstateFormPages.INCOMPLETE);
            form.check();
            desk.strikeOff(reader, estate, version, day, why, into, reason);
            return new ModelAndView("redirect:/estates/" + id + "/desk?done=struck_off");
        } catch (Refusal refusal) {
            return page(reader, id, form, FormErrors.of(refusal));
        }
    }

    @PostMapping("/estates/{id}/restore")
    ModelAndView restore(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var estate = estates.in(EstateEndDesk.strikers(reader), id);
        var form = Form.of(typed);
        try {
            var reason = form.text("reason", 300, "请写为什么恢复，例如注销错了小区。");
            var version = form.needed("version", 0, 999_999_999, EstateFormPages.INCOMPLETE);
            form.check();
            desk.restore(reader, estate, version, reason);
            return new ModelAndView("redirect:/estates/" + id + "/desk?done=restored");
        } catch (Refusal refusal) {
            var errors = FormErrors.of(refusal);
            // its name is no field of this form
            return page(reader, id, form, errors.of("reason") == null ? errors.atTop() : errors);
        }
    }

    @GetMapping("/estates/{id}/restore")
    ModelAndView restoring(Reader reader, @PathVariable long id) {
        return page(reader, id, Form.empty(), FormErrors.NONE);
    }

    /** Whichever of the two can be done. */
    private ModelAndView page(Reader reader, long id, Form form, FormErrors errors) {
        var estate = estates.in(EstateEndDesk.strikers(reader), id);
        var status = errors.any() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK;
        if (estate.end() != null) {
            return new ModelAndView(
                    "registry/estate/restore", Map.of("estate", estate, "form", form, "errors", errors), status);
        }
        var day = form.day("day");
        return new ModelAndView(
                "registry/estate/strikeOff",
                Map.of(
                        "estate",
                        estate,
                        "form",
                        form,
                        "errors",
                        errors,
                        "others",
                        desk.others(estate),
                        "uses",
                        desk.uses(reader, estate, day == null ? estates.today() : day)),
                status);
    }
}
