package org.hemei.workorder.rates;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Stale;
import org.hemei.platform.web.Once;
import org.hemei.platform.web.Precondition;
import org.hemei.platform.web.Scoped;
import org.hemei.workorder.api.Acts;
import org.hemei.workorder.api.OrderScopes;
import org.hemei.workorder.archive.PastYears;
import org.hemei.workorder.measure.Rate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Appeals against how an order counts, as JSON, through the same desk as the pages; {@link CountingApi} files them. */
@RestController
@Tag(name = "三率申诉", description = "一张单怎么算；申诉、定、要求复核、撤回")
@Scoped(OrderScopes.WRITE)
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class AppealApi {

    @Schema(name = "AppealStep")
    record Done(
            Instant at,
            String verb,
            @Schema(description = "哪一方") String as,
            @Nullable String words) {}

    @Schema(name = "Appeal")
    record Told(
            @Schema(example = "340111-12") String id,
            int version,
            @Schema(example = "340111-20412") String order,

            @Schema(description = "true 算进，false 剔除") boolean countIn,

            List<String> rates,
            @Schema(description = "理由的代码") String reason,

            @Schema(description = "filed 等街道定，decided 定了，second 等区里复核，final 复核定了，withdrawn 撤回")
            String state,

            @Schema(description = "到什么时候要定，或能要求复核") @Nullable
            Instant dueAt,

            @Schema(description = "同意没有；没定是 null") @Nullable Boolean upheld,
            Instant filedAt) {

        static Told of(Appeal one) {
            return new Told(
                    one.id().toString(),
                    one.version(),
                    one.order().toString(),
                    one.countIn(),
                    one.rates().stream().map(Rate::code).toList(),
                    one.reason(),
                    one.state().code(),
                    one.dueAt(),
                    one.upheld(),
                    one.filedAt());
        }
    }

    @Schema(name = "Appeals")
    record Page(
            List<Told> appeals,

            @Schema(description = "下一页的 after；最后一页没有") @Nullable
            String next) {}

    @Schema(name = "AppealWhole")
    record Whole(Told appeal, List<Done> steps) {}

    @Schema(name = "AppealDecision")
    record Decision(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(description = "同意还是不同意") @Nullable Boolean upheld,

            @Schema(description = "为什么这样定，各方都看得到") @Nullable String words) {}

    @Schema(name = "AppealWords")
    record Words(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Nullable String words) {}

    private final Appeals appeals;
    private final AppealQueries queries;
    private final AppealDesk desk;
    private final PastYears past;
    private final Once once;

    AppealApi(Appeals appeals, AppealQueries queries, AppealDesk desk, PastYears past, Once once) {
        this.appeals = appeals;
        this.queries = queries;
        this.desk = desk;
        this.past = past;
        this.once = once;
    }

    @GetMapping("/appeals")
    @Scoped(OrderScopes.READ)
    @Operation(summary = "申诉列表", description = "您有关的、归您看的，最新的在前，一页 50 件。定申诉的街道、区里，不写 box 就只列等您定的。")
    @Parameter(name = "box", description = "all：连同不等您定的", example = "all")
    Page list(Reader reader, @Parameter(hidden = true) @RequestParam Map<String, String> query) {
        AppealPages.admit(reader);
        var page = queries.page(
                reader, AppealPages.Shown.of(reader, query), AppealQueries.Key.of(query.getOrDefault("after", "")));
        return new Page(
                page.appeals().stream().map(Told::of).toList(),
                page.more() == null ? null : page.more().toString());
    }

    @GetMapping("/appeals/{id}")
    @Scoped(OrderScopes.READ)
    @Operation(summary = "一件申诉", description = "ETag 是它的版本，办下一步时放进 If-Match。")
    ResponseEntity<Whole> one(Reader reader, @PathVariable AppealId id) {
        // one whose order went to the archive went with it
        return appeals.find(id).isPresent() ? whole(reader, id) : past.read(() -> whole(reader, id));
    }

    private ResponseEntity<Whole> whole(Reader reader, AppealId id) {
        var appeal =
                appeals.find(id).filter(one -> one.mayRead(reader)).orElseThrow(() -> new Missing("没有这件申诉，或它不归您看。"));
        return ResponseEntity.ok()
                .eTag("\"" + appeal.version() + "\"")
                .body(new Whole(
                        Told.of(appeal),
                        appeals.steps(id).stream()
                                .map(step -> new Done(step.at(), step.verb().code(), step.as(), step.words()))
                                .toList()));
    }

    @PostMapping("/appeals/{id}/decide")
    @Operation(summary = "定申诉", description = "先由街道定；要求了复核的，由区里定。")
    ResponseEntity<Whole> decide(
            Reader reader, @PathVariable AppealId id, HttpServletRequest request, @RequestBody Decision said) {
        return act(
                reader,
                id,
                request,
                said.version,
                said,
                version -> desk.decide(reader, id, version, said.upheld, Acts.text(said.words)));
    }

    @PostMapping("/appeals/{id}/second")
    @Operation(summary = "要求复核", description = "定的结果对谁不利，谁能要求。")
    ResponseEntity<Whole> second(
            Reader reader, @PathVariable AppealId id, HttpServletRequest request, @RequestBody Words said) {
        return act(
                reader,
                id,
                request,
                said.version,
                said,
                version -> desk.askSecond(reader, id, version, Acts.text(said.words)));
    }

    @PostMapping("/appeals/{id}/withdraw")
    @Operation(summary = "撤回申诉", description = "定之前，由申诉的一方。")
    ResponseEntity<Whole> withdraw(
            Reader reader, @PathVariable AppealId id, HttpServletRequest request, @RequestBody Words said) {
        return act(reader, id, request, said.version, said, version -> desk.withdraw(reader, id, version));
    }

    private ResponseEntity<Whole> act(
            Reader reader,
            AppealId id,
            HttpServletRequest request,
            @Nullable Integer seen,
            Record said,
            IntConsumer work) {
        var tag = request.getHeader(HttpHeaders.IF_MATCH);
        var version = Acts.version(tag, seen);
        try {
            once.run(reader, Acts.key(request), request.getRequestURI() + " " + version + " " + said, () -> {
                work.accept(version);
                return id.toString();
            });
        } catch (Stale stale) {
            throw tag == null ? stale : new Precondition(stale);
        }
        return whole(reader, id);
    }
}
