package org.hemei.platform.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The description of the interface, as its page shows it.
 *
 * @param about paragraphs
 */
public record ApiView(String title, List<String> about, List<Group> groups) {

    /** Calls under one heading. */
    public record Group(String id, String name, String words, List<Call> calls) {}

    /** @param curl how it is called from a command line */
    public record Call(
            String id,
            String method,
            String path,
            String summary,
            List<String> words,
            boolean token,
            List<Field> parameters,
            List<Field> body,
            @Nullable String answer,
            List<Answer> answers,
            String curl) {}

    /** @param where path, query, header; empty for a part of a body */
    public record Field(String name, String where, String type, boolean needed, String words) {}

    public record Answer(String status, String words) {}
}
