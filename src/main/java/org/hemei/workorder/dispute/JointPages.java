package org.hemei.workorder.dispute;

import org.hemei.platform.Reader;
import org.hemei.workorder.JointDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.Verb;
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

/** 联合办理: the community names co-responsible bodies, and takes one back. */
@Controller
class JointPages {

    private final OrderForms forms;
    private final JointDesk desk;

    JointPages(OrderForms forms, JointDesk desk) {
        this.forms = forms;
        this.desk = desk;
    }

    @GetMapping("/orders/{id}/share")
    ModelAndView shareForm(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.SHARE), Typed.of(query));
    }

    @PostMapping("/orders/{id}/share")
    ModelAndView share(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.SHARE),
                typed,
                () -> desk.share(
                        reader,
                        id,
                        typed.version(),
                        typed.chosen("body", "请选请哪一家。"),
                        typed.get("what"),
                        typed.byClose("due")));
    }

    @GetMapping("/orders/{id}/assists/{assist}/release")
    ModelAndView releaseForm(Reader reader, @PathVariable OrderId id, @PathVariable long assist) {
        return forms.page(reader, id, new Form(Verb.RELEASE, assist), Typed.fresh());
    }

    @PostMapping("/orders/{id}/assists/{assist}/release")
    ModelAndView release(
            Reader reader,
            @PathVariable OrderId id,
            @PathVariable long assist,
            @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                new Form(Verb.RELEASE, assist),
                typed,
                () -> desk.release(reader, id, typed.version(), assist, typed.get("reason")));
    }
}
