package org.hemei.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/** What people and programs see when a controller throws. A page that can show a refusal next to its form catches it itself. */
@ControllerAdvice
public class ErrorPages {

    /** Request attribute with the sentence to show, set by whoever sends the error. */
    public static final String WORDS = "hemei.error.words";

    /** Request attribute with the heading over that sentence, where the status's own would mislead. */
    public static final String TITLE = "hemei.error.title";

    private final ErrorAnswers answers;

    ErrorPages(ErrorAnswers answers) {
        this.answers = answers;
    }

    /** Whether to ask for signing in is decided at the gate. */
    @ExceptionHandler
    void denied(AccessDeniedException e) {
        throw e;
    }

    @ExceptionHandler
    void notSignedIn(AuthenticationException e) {
        throw e;
    }

    @ExceptionHandler
    @Nullable
    Object problem(Exception e, HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted() || DisconnectedClientHelper.isClientDisconnectedException(e)) {
            return null;
        }
        response.resetBuffer();
        if (e instanceof HttpRequestMethodNotSupportedException wrong && wrong.getSupportedMethods() != null) {
            response.setHeader(HttpHeaders.ALLOW, String.join(", ", wrong.getSupportedMethods()));
        }
        return answers.tell(request, Problems.of(e), e);
    }
}
