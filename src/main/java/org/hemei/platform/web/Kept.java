package org.hemei.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.web.multipart.MultipartRequest;
import org.springframework.web.util.WebUtils;

/**
 * What somebody typed into a form that was not taken, for the page that says so: their words can be copied from there.
 * A request does not tell a typed field from a hidden one, so what only a program writes is told by its look: ids, codes
 * of choices and addresses are not shown, and secrets never are.
 *
 * @param words longest first
 * @param files whether photos or documents came along, which a browser does not send twice
 */
public record Kept(List<String> words, boolean files) {

    public static final Kept NONE = new Kept(List.of(), false);

    /** Of the form itself, of the page around it, or secret. */
    private static final Set<String> NOT_TYPED =
            Set.of("version", "back", "q", "query", "code", "key", "otp", "photos", "documents", "seen");

    private static final Pattern SECRET = Pattern.compile("password|passwd|secret|token|captcha|recovery");

    /** No blank and nothing but the signs of ids, codes and addresses … */
    private static final Pattern SIGNS = Pattern.compile("[\\w.:/?&=%+#@~,-]*");

    /** … but a day, an amount, a telephone number, a credit code, an address of mail or of the web. */
    private static final Pattern TYPED = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\d|\\d+\\.\\d+|1\\d{10}|0\\d{2,3}-\\d{7,8}" + "|[0-9A-Z]{18}|[^@/]+@[^@/]+|https?://.+");

    public boolean any() {
        return files || !words.isEmpty();
    }

    static Kept of(HttpServletRequest request) {
        if (!request.getMethod().equals("POST")) {
            return NONE;
        }
        var words = request.getParameterMap().entrySet().stream()
                .filter(field -> isTyped(field.getKey()))
                .flatMap(field -> Arrays.stream(field.getValue()))
                .map(String::strip)
                .filter(Kept::isTypedValue)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        return new Kept(words, withFiles(request));
    }

    private static boolean isTyped(String name) {
        var small = name.toLowerCase(Locale.ROOT);
        return !small.startsWith("_")
                && !NOT_TYPED.contains(small)
                && !SECRET.matcher(small).find();
    }

    private static boolean isTypedValue(String value) {
        return !value.isEmpty()
                && (!SIGNS.matcher(value).matches() || TYPED.matcher(value).matches());
    }

    private static boolean withFiles(HttpServletRequest request) {
        var sent = request.getParameterValues("photos");
        if (sent != null && Arrays.stream(sent).anyMatch(one -> !one.isBlank())) {
            return true;
        }
        var parts = WebUtils.getNativeRequest(request, MultipartRequest.class);
        return parts != null
                && parts.getMultiFileMap().values().stream()
                        .flatMap(List::stream)
                        .anyMatch(file -> !file.isEmpty());
    }
}
