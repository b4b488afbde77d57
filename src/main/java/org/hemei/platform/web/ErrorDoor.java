package org.hemei.platform.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Where the container leads a request that failed outside the controllers: at the gate, in a filter, in a template. */
@Controller
class ErrorDoor implements ErrorController {

    private final ErrorAnswers answers;

    ErrorDoor(ErrorAnswers answers) {
        this.answers = answers;
    }

    @RequestMapping("/error")
    Object error(HttpServletRequest request) {
        if (!(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code)) {
            // somebody typed the address
            return answers.tell(request, Problem.of(HttpStatus.NOT_FOUND), null);
        }
        var thrown =
                request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable e ? unwrapped(e) : null;
        var problem = thrown == null ? Problem.of(Problems.status(code)) : Problems.of(thrown);
        if (request.getAttribute(ErrorPages.TITLE) instanceof String title) {
            problem = problem.titled(title);
        }
        return answers.tell(
                request,
                request.getAttribute(ErrorPages.WORDS) instanceof String words ? problem.saying(words) : problem,
                thrown);
    }

    private static Throwable unwrapped(Throwable e) {
        return e instanceof ServletException && e.getCause() != null ? e.getCause() : e;
    }
}
