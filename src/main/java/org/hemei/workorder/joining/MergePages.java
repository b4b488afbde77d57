package org.hemei.workorder.joining;

import org.hemei.platform.Reader;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.Verb;
import org.hemei.workorder.WorkOrderDesk;
import org.hemei.workorder.desk.OrderForms;
import org.hemei.workorder.desk.OrderForms.Form;
import org.hemei.workorder.desk.Typed;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 取消合并: what was merged by mistake goes its own way again. */
@Controller
class MergePages {

    private final OrderForms forms;
    private final WorkOrderDesk desk;

    MergePages(OrderForms forms, WorkOrderDesk desk) {
        this.forms = forms;
        this.desk = desk;
    }

    @GetMapping("/orders/{id}/unmerge")
    ModelAndView unmergeForm(
            Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.UNMERGE), Typed.of(query));
    }

    @PostMapping("/orders/{id}/unmerge")
    ModelAndView unmerge(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.UNMERGE),
                typed,
                () -> desk.unmerge(reader, id, typed.version(), typed.get("reason")));
    }
}
