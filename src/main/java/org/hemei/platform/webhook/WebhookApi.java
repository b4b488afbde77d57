package org.hemei.platform.webhook;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Precondition;
import org.hemei.platform.web.Scoped;
import org.hemei.platform.webhook.WebhookDesk.Wanted;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Webhooks as a program sets them up for itself: what it makes belongs to its integration and ends with its tokens. Somebody of a
 * district with a browser sees what the pages show.
 */
@RestController
@Tag(name = "数据推送", description = "有事就告诉您的系统；签名照 Standard Webhooks")
@Scoped(WebhookScopes.READ)
@RequestMapping(path = "/api/v1/webhooks", produces = MediaType.APPLICATION_JSON_VALUE)
class WebhookApi {

    private static final String KEY = "Idempotency-Key";
    private static final Pattern PLACE = Pattern.compile("(\\d{1,17})-(\\d{1,18})");
    private static final Pattern DELIVERY = Pattern.compile("\\d{1,6}-\\d{1,18}");

    /** @param secret only when it has just been made: it is not told again */
    @Schema(name = "Webhook")
    record Told(
            long id,
            String name,
            String url,

            @Schema(description = "区划代码，含以下各级", example = "340111")
            String area,

            @Schema(description = "哪些事", example = "[\"work_order.submit\"]")
            List<String> kinds,

            @Schema(description = "on 在推，off 停着，stopped 自动停了", example = "on")
            String state,

            @Schema(description = "自动停了的原因") String stoppedWhy,
            @Schema(description = "从什么时候起没发成过") @Nullable Instant failingSince,
            @Schema(description = "办下一步时带上") int version,
            Instant createdAt,

            @Schema(description = "签名的密钥；只在建好、换过的那一次给出", example = "whsec_…") @Nullable
            String secret) {

        static Told of(Webhook one, @Nullable String secret) {
            return new Told(
                    one.id(),
                    one.name(),
                    one.url(),
                    one.area(),
                    one.kinds(),
                    one.state().name().toLowerCase(java.util.Locale.ROOT),
                    one.stoppedWhy(),
                    one.failingSince(),
                    one.version(),
                    one.createdAt(),
                    secret);
        }
    }

    @Schema(name = "Webhooks")
    record All(
            List<Told> webhooks,
            @Schema(description = "可以选的事") List<WebhookSource.Kind> kinds) {}

    @Schema(name = "NewWebhook")
    record NewWebhook(
            @Schema(description = "40 字以内", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String name,

            @Schema(description = "https 开头，公网能访问", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String url,

            @Schema(description = "区划代码，在职责以内", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String area,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            List<String> kinds,

            @Schema(description = "改的时候写读到的版本；新建不用") @Nullable
            Integer version) {

        Wanted wanted() {
            return new Wanted(
                    Objects.requireNonNullElse(name, "").strip(),
                    Objects.requireNonNullElse(url, "").strip(),
                    Objects.requireNonNullElse(area, ""),
                    kinds == null
                            ? List.of()
                            : kinds.stream().filter(Objects::nonNull).distinct().toList());
        }
    }

    @Schema(name = "WebhookSeen")
    record Seen(
            @Schema(description = "读到的版本", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Integer version) {}

    @Schema(name = "WebhookGone")
    record Gone(@Schema(description = "删掉的那个") long id) {}

    /** @param all those that arrived as well */
    @Schema(name = "WebhookReplay")
    record Replay(
            @Nullable Instant from,
            @Nullable Instant until,
            @Schema(description = "收下过的也再发") @Nullable Boolean all) {}

    @Schema(name = "WebhookReplayed")
    record Replayed(int count) {}

    @Schema(name = "WebhookAttempt")
    record Attempt(int n, Instant at, @Nullable Integer status, int millis, String words) {}

    @Schema(name = "WebhookDelivery")
    record Delivery(
            @Schema(description = "补发时用", example = "340111-90817")
            String id,

            String kind,
            Instant at,

            @Schema(description = "waiting 等着发，sent 收下了，failed 没发成，held 停着没发")
            String state,

            @Nullable Instant nextTryAt,
            @Schema(description = "推的内容") String body,
            List<Attempt> attempts) {}

    /** @param next what to send as {@code before} for the next page; null on the last */
    @Schema(name = "WebhookDeliveries")
    record Log(List<Delivery> deliveries, @Nullable String next) {}

    private final Webhooks webhooks;
    private final WebhookDesk desk;

    WebhookApi(Webhooks webhooks, WebhookDesk desk) {
        this.webhooks = webhooks;
        this.desk = desk;
    }

    @GetMapping
    @Operation(summary = "全部推送", description = "程序看得到自己设的。")
    All list(Reader reader) {
        return new All(
                webhooks.list(reader).stream().map(one -> Told.of(one, null)).toList(), webhooks.kinds());
    }

    @GetMapping("/{id}")
    @Operation(summary = "一个推送")
    Told one(Reader reader, @PathVariable long id) {
        return Told.of(webhooks.one(reader, id), null);
    }

    @PostMapping
    @Scoped(WebhookScopes.WRITE)
    @Operation(summary = "建一个推送", description = "密钥只给这一次。令牌都作废了，推送跟着停。")
    ResponseEntity<Told> create(Reader reader, HttpServletRequest request, @RequestBody NewWebhook said) {
        var id = Long.parseLong(desk.create(reader, key(request), said.wanted()));
        return ResponseEntity.created(URI.create("/api/v1/webhooks/" + id))
                .body(Told.of(webhooks.one(reader, id), desk.reveal(reader, id)));
    }

    @PostMapping("/{id}/change")
    @Scoped(WebhookScopes.WRITE)
    @Operation(summary = "改")
    Told change(Reader reader, @PathVariable long id, @RequestBody NewWebhook said) {
        desk.change(reader, id, version(said.version), said.wanted());
        return one(reader, id);
    }

    @PostMapping("/{id}/pause")
    @Scoped(WebhookScopes.WRITE)
    @Operation(summary = "停下", description = "停着的时候发生的事不留。")
    Told pause(Reader reader, @PathVariable long id, @RequestBody Seen said) {
        desk.pause(reader, id, version(said.version));
        return one(reader, id);
    }

    @PostMapping("/{id}/resume")
    @Scoped(WebhookScopes.WRITE)
    @Operation(summary = "恢复")
    Told resume(Reader reader, @PathVariable long id, @RequestBody Seen said) {
        desk.resume(reader, id, version(said.version));
        return one(reader, id);
    }

    @PostMapping("/{id}/rotate")
    @Scoped(WebhookScopes.WRITE)
    @Operation(summary = "换密钥", description = "旧的再用一天，两把都签。")
    Told rotate(Reader reader, @PathVariable long id, @RequestBody Seen said) {
        desk.rotate(reader, id, version(said.version));
        return Told.of(webhooks.one(reader, id), desk.reveal(reader, id));
    }

    @PostMapping("/{id}/delete")
    @Scoped(WebhookScopes.WRITE)
    @Operation(summary = "删掉", description = "连同记录，不能恢复。")
    Gone delete(Reader reader, @PathVariable long id, @RequestBody Seen said) {
        desk.remove(reader, id, version(said.version));
        return new Gone(id);
    }

    @PostMapping("/{id}/ping")
    @Scoped(WebhookScopes.WRITE)
    @Operation(summary = "试发一次")
    Told ping(Reader reader, @PathVariable long id, HttpServletRequest request) {
        desk.ping(reader, key(request), id);
        return one(reader, id);
    }

    @GetMapping("/{id}/deliveries")
    @Operation(summary = "推送记录", description = "最新的在前，留 30 天。")
    @Parameter(name = "failed", in = ParameterIn.QUERY, description = "yes：只要没发成的", example = "yes")
    @Parameter(name = "before", in = ParameterIn.QUERY, description = "上一页的 next")
    Log log(
            Reader reader,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String failed,
            @RequestParam(defaultValue = "") String before) {
        var place = PLACE.matcher(before);
        if (!before.isEmpty() && !place.matches()) {
            throw Refusal.of("before", "请用上一页给的 next。");
        }
        var found = webhooks.log(
                webhooks.one(reader, id),
                failed.equals("yes"),
                before.isEmpty()
                        ? null
                        : new Webhooks.Place(
                                Instant.EPOCH.plus(
                                        Long.parseLong(place.group(1)), java.time.temporal.ChronoUnit.MICROS),
                                Long.parseLong(place.group(2))));
        var shown = found.subList(0, Math.min(found.size(), Webhooks.PAGE));
        var last = found.size() > shown.size() ? Objects.requireNonNull(shown.getLast()) : null;
        return new Log(
                shown.stream().map(WebhookApi::told).toList(),
                last == null
                        ? null
                        : java.time.temporal.ChronoUnit.MICROS.between(Instant.EPOCH, last.at()) + "-" + last.event());
    }

    private static Delivery told(Webhooks.Delivery one) {
        return new Delivery(
                one.key(),
                one.kind(),
                one.at(),
                one.state(),
                one.nextTryAt(),
                one.body(),
                one.attempts().stream()
                        .map(t -> new Attempt(t.n(), t.at(), t.status(), t.millis(), t.words()))
                        .toList());
    }

    @PostMapping("/{id}/replay")
    @Scoped(WebhookScopes.WRITE)
    @Operation(summary = "补发一段时间的", description = "按原来的先后，编号不变，对方靠编号认得出收过没有。")
    Replayed replay(Reader reader, @PathVariable long id, @RequestBody Replay said) {
        if (said.from == null || said.until == null || !said.from.isBefore(said.until)) {
            throw Refusal.of("from", "请写 from 和 until，until 要在后。");
        }
        return new Replayed(desk.replay(reader, id, said.from, said.until, Boolean.TRUE.equals(said.all)));
    }

    @PostMapping("/{id}/deliveries/{delivery}/replay")
    @Scoped(WebhookScopes.WRITE)
    @Operation(summary = "补发一条")
    Replayed replayOne(Reader reader, @PathVariable long id, @PathVariable String delivery) {
        if (!DELIVERY.matcher(delivery).matches()) {
            throw Refusal.of("delivery", "请用记录里的编号。");
        }
        var parts = delivery.split("-", 2);
        desk.replay(reader, id, Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
        return new Replayed(1);
    }

    private static int version(@Nullable Integer said) {
        if (said == null) {
            throw Precondition.required();
        }
        return said;
    }

    private static String key(HttpServletRequest request) {
        var key = request.getHeader(KEY);
        if (key == null || key.length() < 8 || key.length() > 80) {
            throw Refusal.of(KEY, "少了请求头 Idempotency-Key，8 到 80 个字符。每件事用一个新的，重试用原来的。");
        }
        return key;
    }
}
