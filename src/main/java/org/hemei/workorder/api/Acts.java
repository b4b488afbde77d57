package org.hemei.workorder.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.web.Once;
import org.hemei.platform.web.Precondition;
import org.hemei.workorder.OrderId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * The frame of every verb: done once for each Idempotency-Key, on the version that the caller saw, and answered with the order
 * as it is afterwards.
 */
@Component
public class Acts {

    static final String KEY = "Idempotency-Key";

    private static final Pattern TAG = Pattern.compile("(?:W/)?\"(\\d{1,9})\"");

    private final Once once;
    private final OrderAnswers records;

    Acts(Once once, OrderAnswers records) {
        this.once = once;
        this.records = records;
    }

    /** @param work the verb; it is given the version the caller saw */
    ResponseEntity<OrderRecords.Whole> act(
            Reader reader, OrderId id, HttpServletRequest request, Seen body, IntConsumer work) {
        var tag = request.getHeader(HttpHeaders.IF_MATCH);
        var version = version(tag, body.version());
        var said = request.getRequestURI() + " " + version + " " + body;
        try {
            once.run(reader, key(request), said, () -> {
                work.accept(version);
                return id.toString();
            });
        } catch (Stale stale) {
            throw tag == null ? stale : new Precondition(stale);
        }
        return after(reader, id);
    }

    /** The order as the caller sees it now; nothing when it has gone out of their hands by what they did. */
    private ResponseEntity<OrderRecords.Whole> after(Reader reader, OrderId id) {
        try {
            return tagged(records.one(reader, id));
        } catch (Missing goneElsewhere) {
            return ResponseEntity.noContent().build();
        }
    }

    static ResponseEntity<OrderRecords.Whole> tagged(OrderRecords.Whole order) {
        return ResponseEntity.ok().eTag("\"" + order.version() + "\"").body(order);
    }

    /** @throws Precondition (428) when neither says it; a {@link Refusal} when they disagree */
    public static int version(@Nullable String tag, @Nullable Integer said) {
        if (tag == null) {
            if (said == null) {
                throw Precondition.required();
            }
            return said;
        }
        var match = TAG.matcher(tag.strip());
        if (!match.matches()) {
            throw Refusal.of("If-Match", "If-Match 要写读到的 ETag，如 \"3\"。");
        }
        var tagged = Integer.parseInt(match.group(1));
        if (said != null && said != tagged) {
            throw Refusal.of("version", "If-Match 和 version 不一样。请只写一个。");
        }
        return tagged;
    }

    public static String key(HttpServletRequest request) {
        var key = request.getHeader(KEY);
        if (key == null) {
            throw Refusal.of(KEY, "少了请求头 Idempotency-Key。每件事用一个新的，重试用原来的。");
        }
        if (key.length() < 8 || key.length() > 80) {
            throw Refusal.of(KEY, "Idempotency-Key 要 8 到 80 个字符。");
        }
        return key;
    }

    public static <T> T need(String field, @Nullable T value) {
        if (value == null) {
            throw Refusal.of(field, "少了 " + field + "。");
        }
        return value;
    }

    public static String text(@Nullable String words) {
        return Objects.requireNonNullElse(words, "");
    }

    static List<UUID> files(@Nullable List<UUID> files) {
        return files == null
                ? List.of()
                : files.stream().filter(Objects::nonNull).toList();
    }
}
