package org.hemei.access;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/** Answers that controllers of this room share. */
public final class Answers {

    private Answers() {}

    /** 303: the browser goes on with GET, whatever brought it here. */
    public static ModelAndView seeOther(String path) {
        var view = new RedirectView(path, false, false);
        view.setExposeModelAttributes(false);
        view.setExpandUriTemplateVariables(false);
        view.setStatusCode(HttpStatus.SEE_OTHER);
        return new ModelAndView(view);
    }
}
