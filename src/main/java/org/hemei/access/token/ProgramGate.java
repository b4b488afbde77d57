package org.hemei.access.token;

import org.hemei.access.Readers;
import org.hemei.platform.web.ProblemWriter;
import org.springframework.stereotype.Component;

/** Makes the filter that lets programs in. It is no bean itself, or it would stand before every request of the container. */
@Component
public class ProgramGate {

    private final Tokens tokens;
    private final Readers readers;
    private final ProblemWriter problems;

    ProgramGate(Tokens tokens, Readers readers, ProblemWriter problems) {
        this.tokens = tokens;
        this.readers = readers;
        this.problems = problems;
    }

    public BearerFilter filter() {
        return new BearerFilter(tokens, readers, problems);
    }
}
