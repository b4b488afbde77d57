package org.hemei.platform.web;

import java.util.function.Function;
import java.util.function.Supplier;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/** What follows when a form is sent: on to where the work leads, or the form again with what is wrong. */
public final class FormAnswer {

    private FormAnswer() {}

    /** 303: the browser goes on with GET, whatever brought it here. */
    public static ModelAndView seeOther(String path) {
        var view = new RedirectView(path, true, false);
        view.setExposeModelAttributes(false);
        view.setExpandUriTemplateVariables(false);
        view.setStatusCode(HttpStatus.SEE_OTHER);
        return new ModelAndView(view);
    }

    /**
     * @param work gives the address it leads to
     * @param again the page of the form; it is shown with 422
     */
    public static ModelAndView of(Supplier<String> work, Function<FormErrors, ModelAndView> again) {
        try {
            return seeOther(work.get());
        } catch (Refusal refused) {
            return with(again.apply(FormErrors.of(refused)), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    /** @param first the page of the form, telling who was first; it is shown with 409 */
    public static ModelAndView of(
            Supplier<String> work, Function<FormErrors, ModelAndView> again, Function<Stale, ModelAndView> first) {
        try {
            return of(work, again);
        } catch (Stale stale) {
            return with(first.apply(stale), HttpStatus.CONFLICT);
        }
    }

    private static ModelAndView with(ModelAndView page, HttpStatus status) {
        page.setStatus(status);
        return page;
    }
}
