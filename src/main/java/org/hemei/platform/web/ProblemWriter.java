package org.hemei.platform.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers a program at the gate, before any controller: a problem of RFC 9457 like all the others. */
@Component
public class ProblemWriter {

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /** @param kind ends the problem's type; empty where the status says it all; @param words what to do now */
    public void write(HttpServletResponse response, HttpStatus status, String kind, String words) throws IOException {
        var problem = Problem.of(status, words).named(kind);
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(problem.forPrograms()));
    }
}
