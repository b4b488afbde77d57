package org.hemei.platform.find;

import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Keeps, shares, prefers and deletes views; each answer leads back to the list. */
@Controller
class ViewPages {

    private final SavedViews views;
    private final Once once;

    ViewPages(SavedViews views, Once once) {
        this.views = views;
        this.once = once;
    }

    @PostMapping("/views")
    ModelAndView save(Reader reader, @RequestParam Map<String, String> form) {
        var page = form.getOrDefault("page", "");
        var query = form.getOrDefault("query", "");
        try {
            var id = once.run(
                    reader,
                    form.getOrDefault("_once", ""),
                    page + query + form.get("name") + form.get("desk"),
                    () -> String.valueOf(views.save(
                            reader, page, form.getOrDefault("name", ""), query, form.getOrDefault("desk", ""))));
            return new ModelAndView("redirect:/views/" + id);
        } catch (Refusal refusal) {
            var again = new ModelAndView("platform/find/view", HttpStatus.UNPROCESSABLE_CONTENT);
            again.addObject("errors", FormErrors.of(refusal));
            again.addObject("form", form);
            again.addObject("desks", SavedViews.desks(reader));
            return again;
        }
    }

    /** A view by its number: a short address that can be sent to a colleague. */
    @org.springframework.web.bind.annotation.GetMapping("/views/{id:\\d{1,18}}")
    ModelAndView open(Reader reader, @PathVariable long id) {
        return FormAnswer.seeOther(views.of(reader, "/orders").stream()
                .filter(view -> view.id() == id)
                .findFirst()
                .orElseThrow(() -> new org.hemei.platform.Missing("没有这个视图。也许已经删了。"))
                .path());
    }

    @PostMapping("/views/{id:\\d{1,18}}/default")
    ModelAndView standard(Reader reader, @PathVariable long id) {
        return FormAnswer.seeOther(views.standard(reader, id).path());
    }

    @PostMapping("/views/{id:\\d{1,18}}/delete")
    ModelAndView delete(Reader reader, @PathVariable long id) {
        return FormAnswer.seeOther(views.delete(reader, id).page() + "?view=0&done=view-" + id);
    }

    @PostMapping("/views/{id:\\d{1,18}}/restore")
    ModelAndView restore(Reader reader, @PathVariable long id) {
        return FormAnswer.seeOther(views.restore(reader, id).path());
    }
}
