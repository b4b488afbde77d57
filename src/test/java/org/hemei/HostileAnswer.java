package org.hemei;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What is wrong with an answer, whatever was asked. */
final class HostileAnswer {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern INSIDES = Pattern.compile(
            "\\bat (org|java|jakarta|com|tools)\\.[\\w.$]+\\(|(org\\.(springframework|postgresql|hemei|apache)|java\\.(lang|util|sql|time)|jakarta|tools\\.jackson)\\.\\w+"
                    + "|\\b\\w+Exception\\b|SQLSTATE|bad SQL|\\binsert into \\w|\\bselect .{1,80} from \\w|root:x:0");
    /** Each of {@link #INSIDES} has one of these in it. Whole pages are quicker looked through for words than for patterns. */
    private static final List<String> TRACES = List.of(
            "at org.",
            "at com.",
            "at java.",
            "at tools.",
            "org.springframework.",
            "org.postgresql.",
            "org.hemei.",
            "org.apache.",
            "java.lang.",
            "java.util.",
            "java.sql.",
            "java.time.",
            "jakarta.",
            "tools.jackson.",
            "Exception",
            "SQLSTATE",
            "bad SQL",
            "insert into ",
            " from ",
            "root:x:0");

    private static final Pattern TO_FIELD = Pattern.compile("href=\"#f-([^\"]*)\"");
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

    private HostileAnswer() {}

    static List<String> check(HostileRequest request, MockHttpServletResponse answer) throws Exception {
        var wrong = new ArrayList<String>();
        var status = answer.getStatus();
        var type = String.valueOf(answer.getContentType());
        var spreadsheet = type.contains("spreadsheet") || type.startsWith("image/");
        var body = spreadsheet ? "" : answer.getContentAsString(StandardCharsets.UTF_8);
        if (status >= 500) {
            wrong.add("answered " + status);
        }
        if (TRACES.stream().anyMatch(body::contains)) {
            var insides = INSIDES.matcher(body);
            if (insides.find()) {
                wrong.add("tells of its insides: " + insides.group());
            }
        }
        if (body.contains("8381919409")) {
            wrong.add("evaluates what was typed");
        }
        var html = type.startsWith("text/html");
        if (html && (body.contains("<script>hm9") || body.contains("<img src=x"))) {
            wrong.add("echoes markup");
        }
        var to = answer.getRedirectedUrl();
        if (to != null && (!to.startsWith("/") || to.startsWith("//") || to.contains("\\") || to.contains("\n"))) {
            wrong.add("leads away to " + to);
        }
        if (status >= 400 && status < 500) {
            wrong.addAll(turnedAway(request, html, type, body));
        }
        return wrong;
    }

    private static List<String> turnedAway(HostileRequest request, boolean html, String type, String body) {
        if (request.path().startsWith("/open311/") && !html) {
            // it tells what is wrong as its own specification says
            var known = type.startsWith("text/xml") || type.startsWith("application/json");
            return known && CHINESE.matcher(body).find() ? List.of() : List.of("Open311 is answered with " + type);
        }
        if (request.path().startsWith("/ballot") && type.startsWith("application/json")) {
            // the voter's script shows the words to the person
            return body.contains("\"words\":") && CHINESE.matcher(body).find()
                    ? List.of()
                    : List.of("the voter's script is told nothing in Chinese");
        }
        var program = request.path().startsWith("/api/");
        if (program && !type.startsWith("application/problem+json")) {
            return List.of("a program is answered with " + type);
        }
        if (!program && !html) {
            return List.of("a person is answered with " + type);
        }
        if (html && !CHINESE.matcher(body).find()) {
            return List.of("says nothing in Chinese");
        }
        if (program) {
            try {
                var problem = JSON.readTree(body);
                if (!CHINESE.matcher(problem.path("detail").asString("")).find()) {
                    return List.of("the problem says nothing in Chinese");
                }
            } catch (JacksonException e) {
                return List.of("the problem is no JSON");
            }
        }
        return html ? unanswered(body) : List.of();
    }

    /** Reasons at the top of a form that lead to a field which is not there. */
    static List<String> unanswered(String page) {
        return TO_FIELD.matcher(page)
                .results()
                .map(found -> found.group(1))
                .filter(field -> !page.contains("id=\"f-" + field + "\""))
                .map(field -> "leads to the field " + field + ", which is not there")
                .distinct()
                .toList();
    }
}
