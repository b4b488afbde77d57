package org.hemei.workorder.rates;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Once;
import org.hemei.platform.web.Scoped;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.api.Acts;
import org.hemei.workorder.api.OrderScopes;
import org.hemei.workorder.measure.Part;
import org.hemei.workorder.measure.Rate;
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

/** How an order counts, as JSON, and the way to appeal against that. */
@RestController
@Tag(name = "三率申诉", description = "一张单怎么算；申诉、定、要求复核、撤回")
@Scoped(OrderScopes.WRITE)
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class CountingApi {

    @Schema(name = "CountedRate")
    record InRate(
            @Schema(example = "response") String rate,

            @Schema(description = "落在哪一部分；几个人评的有几个", example = "[\"missed\"]")
            List<String> parts) {}

    @Schema(name = "AppealReason")
    record Reason(
            String code,
            String words,
            @Schema(description = "要附证据") boolean evidence) {}

    @Schema(name = "CountedBefore", description = "换过处理单位的，先前的一家的首次联系；算在那一家")
    record Before(
            @Schema(description = "哪一家；放进 holder，就看它的、申诉它的") long holder,
            String name,
            @Schema(example = "missed") String part) {}

    /** @param appealable rates that this reader can appeal about now; none: there is nothing to appeal */
    @Schema(name = "Counting", description = "一张单在三个率里怎么算")
    record Counting(
            List<InRate> rates,
            @Schema(description = "您现在能申诉的率") List<String> appealable,
            @Schema(description = "申诉能用的理由") List<Reason> reasons,
            @Schema(description = "申诉到什么时候为止") @Nullable Instant until,
            List<Before> before,
            List<AppealApi.Told> appeals) {}

    @Schema(name = "NewAppeal")
    record NewAppeal(
            @Schema(description = "从哪些率：response、resolution、satisfaction") @Nullable
            List<String> rates,

            @Schema(description = "理由的代码，见 counting") @Nullable
            String reason,

            @Schema(description = "怎么回事，1000 字以内") @Nullable String words,
            @Schema(description = "先传的照片") @Nullable List<UUID> evidence,

            @Schema(description = "说的是先前哪一家的首次联系，见 counting 的 before；不写是现在的") @Nullable
            Long holder) {}

    private final CountingOffers counting;
    private final Appeals appeals;
    private final AppealDesk desk;
    private final Once once;

    CountingApi(CountingOffers counting, Appeals appeals, AppealDesk desk, Once once) {
        this.counting = counting;
        this.appeals = appeals;
        this.desk = desk;
        this.once = once;
    }

    @GetMapping("/orders/{id}/counting")
    @Scoped(OrderScopes.READ)
    @Operation(summary = "这张单怎么算", description = "在三个率里各落在哪一部分，您能不能申诉、用什么理由。")
    @Parameter(name = "holder", description = "先前的哪一家，见 before；不写是现在的")
    Counting counting(Reader reader, @PathVariable OrderId id, @RequestParam(required = false) @Nullable Long holder) {
        var order = counting.order(reader, id, holder);
        var all = appeals.of(id);
        var offer = counting.offer(reader, order, all);
        var rates = new ArrayList<InRate>();
        for (var rate : Rate.values()) {
            rates.add(new InRate(
                    rate.code(), order.of(rate).stream().map(Part::code).toList()));
        }
        return new Counting(
                rates,
                offer.open() ? offer.rates().stream().map(Rate::code).toList() : List.of(),
                offer.open()
                        ? offer.reasons().stream()
                                .map(one -> new Reason(one.code(), one.words(), one.evidence()))
                                .toList()
                        : List.of(),
                offer.until(),
                order.before().stream()
                        .map(one ->
                                new Before(one.holder(), one.name(), one.part().code()))
                        .toList(),
                CountingOffers.shown(reader, order, all).stream()
                        .map(AppealApi.Told::of)
                        .toList());
    }

    @PostMapping("/orders/{id}/appeals")
    @Operation(summary = "申诉", description = "处理单位、社区请求剔除；单子被算在外面的居民请求算进。")
    ResponseEntity<AppealApi.Told> file(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody NewAppeal said) {
        var order = counting.order(reader, id, said.holder);
        var rates = new ArrayList<Rate>();
        for (var code : Objects.requireNonNullElse(said.rates, List.<String>of())) {
            var rate = Rate.named(code);
            if (rate == null) {
                throw Refusal.of("rates", "没有这个率：" + code + "。");
            }
            rates.add(rate);
        }
        var evidence = Objects.requireNonNullElse(said.evidence, List.<UUID>of()).stream()
                .filter(Objects::nonNull)
                .toList();
        var made = once.run(
                reader,
                Acts.key(request),
                request.getRequestURI() + " " + said,
                () -> desk.file(
                                reader,
                                id,
                                order.former() ? order.holder() : null,
                                rates.stream().distinct().toList(),
                                Acts.text(said.reason),
                                Acts.text(said.words),
                                evidence)
                        .toString());
        var appeal = appeals.find(AppealId.valueOf(made)).orElseThrow();
        return ResponseEntity.created(URI.create("/api/v1/appeals/" + made))
                .eTag("\"" + appeal.version() + "\"")
                .body(AppealApi.Told.of(appeal));
    }
}
