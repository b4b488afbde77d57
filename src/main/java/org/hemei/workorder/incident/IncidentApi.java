package org.hemei.workorder.incident;

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
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.web.Once;
import org.hemei.platform.web.Precondition;
import org.hemei.platform.web.Scoped;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.api.Acts;
import org.hemei.workorder.api.OrderScopes;
import org.hemei.workorder.list.OrderFilter;
import org.hemei.workorder.list.OrderListQueries;
import org.hemei.workorder.list.Span;
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

/** Incidents as JSON, through the same desk as the pages: told, kept up to date, joined with orders, ended. */
@RestController
@Tag(name = "群体通知", description = "一件事影响很多户：发一次通知，更新，归并工单，结束")
@Scoped(OrderScopes.INCIDENTS_READ)
@RequestMapping(path = "/api/v1/incidents", produces = MediaType.APPLICATION_JSON_VALUE)
class IncidentApi {

    /** @param orders those that belong to it, by number; not in a list */
    @Schema(name = "Incident")
    record Told(
            @Schema(example = "340111-12") String id,
            int version,

            @Schema(description = "running 还在，ended 结束了", example = "running")
            String state,

            @Schema(example = "小区停水") String title,
            String words,

            @Schema(description = "12 位社区代码", example = "340111002003")
            String community,

            @Schema(description = "小区；空的是整个社区") @Nullable Long estate,
            @Schema(description = "楼栋") @Nullable Long building,

            @Schema(description = "在哪儿，给人看的", example = "梧桐苑 4 幢")
            String place,

            @Schema(example = "utility") String category,
            @Schema(description = "谁发的") String publisher,
            Instant publishedAt,
            Instant expectedEnd,
            @Nullable Instant endedAt,
            @Schema(description = "归并的单") int attached,
            @Schema(description = "登记“我也受影响”的") int joined) {

        static Told of(Incident one) {
            return new Told(
                    one.id().toString(),
                    one.version(),
                    one.running() ? "running" : "ended",
                    one.title(),
                    one.words(),
                    one.community(),
                    one.estate(),
                    one.building(),
                    one.place(),
                    one.category(),
                    one.publisher(),
                    one.publishedAt(),
                    one.expectedEnd(),
                    one.endedAt(),
                    one.attached(),
                    one.joined());
        }
    }

    /** @param next what to send as {@code after} for the next page; null on the last */
    @Schema(name = "Incidents")
    record Page(List<Told> incidents, @Nullable String next) {}

    @Schema(name = "IncidentNote")
    record Note(
            Instant at,
            @Schema(description = "publish、update、end") String kind,
            String words,
            @Nullable Instant expectedEnd) {}

    @Schema(name = "IncidentWhole")
    record Whole(
            Told incident,
            List<Note> notes,
            @Schema(description = "归并了的工单；居民看不到") List<String> orders,
            @Schema(description = "还能归并的工单；要有发通知的职责") List<String> fitting) {}

    @Schema(name = "NewIncident")
    record NewIncident(
            @Schema(description = "整个社区才填，12 位代码") @Nullable String community,
            @Schema(description = "小区，见 /estates") @Nullable Long estate,
            @Schema(description = "只到一幢楼才填") @Nullable Long building,

            @Schema(description = "类别，或一整类，见 /categories", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String category,

            @Schema(description = "30 字以内", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String title,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String words,

            @Schema(description = "大概什么时候好", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Instant expectedEnd) {}

    @Schema(name = "IncidentUpdate")
    record Update(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Nullable String words,
            @Nullable Instant expectedEnd) {}

    @Schema(name = "IncidentAttach")
    record Attach(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(description = "工单的编号") @Nullable List<String> orders) {}

    @Schema(name = "IncidentEnd")
    record End(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(description = "怎么结束的；归并的单用这句话答复") @Nullable
            String words,

            @Schema(description = "用这句话办掉哪几张；不写就是归这一方的全部") @Nullable
            List<@Nullable String> orders) {}

    @Schema(name = "IncidentDetach")
    record Detach(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(description = "撤出来的单") @Nullable List<@Nullable String> orders,

            @Schema(description = "为什么；写进单子的经过，点单人看得到") @Nullable
            String reason) {}

    @Schema(name = "IncidentSettle")
    record Settle(
            @Schema(description = "不填用结束时的话") @Nullable String words,

            @Schema(description = "办掉哪几张；不写就是归这一方的全部") @Nullable
            List<@Nullable String> orders) {}

    private final IncidentQueries queries;
    private final IncidentAccess access;
    private final IncidentDesk desk;
    private final IncidentOrders orders;
    private final IncidentSettling settling;
    private final Once once;

    IncidentApi(
            IncidentQueries queries,
            IncidentAccess access,
            IncidentDesk desk,
            IncidentOrders orders,
            IncidentSettling settling,
            Once once) {
        this.queries = queries;
        this.access = access;
        this.desk = desk;
        this.orders = orders;
        this.settling = settling;
        this.once = once;
    }

    @GetMapping
    @Operation(summary = "通知列表", description = "您的地区和小区的，最新的在前，一页 50 个。")
    @Parameter(name = "state", in = ParameterIn.QUERY, description = "all：结束了的也要", example = "all")
    @Parameter(name = "after", in = ParameterIn.QUERY, description = "上一页的 next")
    Page list(
            Reader reader,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String after) {
        Role.required(reader, IncidentPages.READERS);
        var key = OrderListQueries.Key.of(after);
        if (!after.isEmpty() && key == null) {
            throw Refusal.of("after", "请用上一页给的 next。");
        }
        if (!state.isEmpty() && !state.equals("all") && !state.equals("running")) {
            throw Refusal.of("state", "只有 running 和 all。");
        }
        var found = queries.list(
                reader, state.equals("all"), OrderFilter.search(q), Span.ALL, key, IncidentQueries.PAGE + 1);
        var shown = found.subList(0, Math.min(found.size(), IncidentQueries.PAGE));
        var last = found.size() > shown.size() ? Objects.requireNonNull(shown.getLast()) : null;
        return new Page(
                shown.stream().map(Told::of).toList(),
                last == null
                        ? null
                        : new OrderListQueries.Key(last.publishedAt(), last.id().id()).toString());
    }

    @GetMapping("/{id}")
    @Operation(summary = "一个通知", description = "ETag 是它的版本，办下一步时放进 If-Match。")
    ResponseEntity<Whole> one(Reader reader, @PathVariable IncidentId id) {
        return tagged(reader, id);
    }

    private ResponseEntity<Whole> tagged(Reader reader, IncidentId id) {
        var whole = whole(reader, id);
        return ResponseEntity.ok().eTag("\"" + whole.incident.version + "\"").body(whole);
    }

    private Whole whole(Reader reader, IncidentId id) {
        var incident =
                queries.find(id).filter(one -> access.reads(reader, one)).orElseThrow(() -> new Missing("没有这个通知。"));
        var onDuty = access.onDuty(reader, incident);
        return new Whole(
                Told.of(incident),
                queries.notes(id).stream()
                        .map(note -> new Note(note.at(), note.kind(), note.words(), note.expectedEnd()))
                        .toList(),
                onDuty ? ids(queries.attached(id)) : List.of(),
                onDuty && incident.running() && access.writes(reader, incident)
                        ? ids(queries.fitting(incident))
                        : List.of());
    }

    private static List<String> ids(List<Incident.Order> orders) {
        return orders.stream().map(order -> order.id().toString()).toList();
    }

    @PostMapping
    @Scoped(OrderScopes.INCIDENTS_WRITE)
    @Operation(summary = "发通知", description = "社区给自己的地方发；处理单位给自己服务的小区发。")
    ResponseEntity<Whole> publish(Reader reader, HttpServletRequest request, @RequestBody NewIncident said) {
        Role.required(reader, IncidentPages.WRITERS);
        var draft = new IncidentDesk.Draft(
                Acts.text(said.community),
                said.estate,
                said.building,
                Acts.text(said.category),
                Acts.text(said.title),
                Acts.text(said.words),
                said.expectedEnd);
        var id = IncidentId.valueOf(once.run(
                reader,
                Acts.key(request),
                draft,
                () -> desk.publish(reader, draft).toString()));
        var whole = whole(reader, id);
        return ResponseEntity.created(URI.create("/api/v1/incidents/" + id))
                .eTag("\"" + whole.incident.version + "\"")
                .body(whole);
    }

    @PostMapping("/{id}/note")
    @Scoped(OrderScopes.INCIDENTS_WRITE)
    @Operation(summary = "更新", description = "最新情况，和现在看大概什么时候好。")
    ResponseEntity<Whole> note(
            Reader reader, @PathVariable IncidentId id, HttpServletRequest request, @RequestBody Update said) {
        var version = version(request, said.version);
        return act(
                reader,
                id,
                request,
                version + " " + said,
                () -> desk.note(reader, id, version, Acts.text(said.words), said.expectedEnd));
    }

    @PostMapping("/{id}/attach")
    @Scoped(OrderScopes.INCIDENTS_WRITE)
    @Operation(summary = "归并工单", description = "还在办、同地方同类的，见 fitting。别的会略过。")
    ResponseEntity<Whole> attach(
            Reader reader, @PathVariable IncidentId id, HttpServletRequest request, @RequestBody Attach said) {
        var version = version(request, said.version);
        var chosen = orders(said.orders);
        return act(reader, id, request, version + " " + said, () -> orders.attach(reader, id, version, chosen));
    }

    @PostMapping("/{id}/detach")
    @Scoped(OrderScopes.INCIDENTS_WRITE)
    @Operation(summary = "撤出工单", description = "归错了的，撤出来单独办。")
    ResponseEntity<Whole> detach(
            Reader reader, @PathVariable IncidentId id, HttpServletRequest request, @RequestBody Detach said) {
        var version = version(request, said.version);
        var chosen = orders(said.orders);
        return act(
                reader,
                id,
                request,
                version + " " + said,
                () -> orders.detach(reader, id, version, chosen, Acts.text(said.reason)));
    }

    private static List<OrderId> orders(@Nullable List<@Nullable String> named) {
        return Objects.requireNonNullElse(named, List.<@Nullable String>of()).stream()
                .filter(Objects::nonNull)
                .map(OrderId::valueOf)
                .toList();
    }

    @PostMapping("/{id}/end")
    @Scoped(OrderScopes.INCIDENTS_WRITE)
    @Operation(summary = "结束", description = "归并的单里归这一方的，同时用这句话答复或报处理好。")
    ResponseEntity<Whole> end(
            Reader reader, @PathVariable IncidentId id, HttpServletRequest request, @RequestBody End said) {
        var version = version(request, said.version);
        return act(
                reader,
                id,
                request,
                version + " " + said,
                () -> settling.end(
                        reader, id, version, Acts.text(said.words), said.orders == null ? null : orders(said.orders)));
    }

    @PostMapping("/{id}/settle")
    @Scoped(OrderScopes.INCIDENTS_WRITE)
    @Operation(summary = "办掉另一方的单", description = "通知结束以后，还归这一方的单。")
    ResponseEntity<Whole> settle(
            Reader reader, @PathVariable IncidentId id, HttpServletRequest request, @RequestBody Settle said) {
        return act(
                reader,
                id,
                request,
                said.toString(),
                () -> settling.settle(
                        reader, id, Acts.text(said.words), said.orders == null ? null : orders(said.orders)));
    }

    @PostMapping("/{id}/join")
    @Scoped(OrderScopes.INCIDENTS_WRITE)
    @Operation(summary = "我也受影响", description = "住在那里的居民登记，有更新就通知他。")
    ResponseEntity<Whole> join(Reader reader, @PathVariable IncidentId id, HttpServletRequest request) {
        return act(reader, id, request, "", () -> desk.join(reader, id));
    }

    private static int version(HttpServletRequest request, @Nullable Integer said) {
        return Acts.version(request.getHeader(HttpHeaders.IF_MATCH), said);
    }

    /** Done once for each Idempotency-Key, and answered with the incident as it is afterwards. */
    private ResponseEntity<Whole> act(
            Reader reader, IncidentId id, HttpServletRequest request, String said, Runnable work) {
        try {
            once.run(reader, Acts.key(request), request.getRequestURI() + " " + said, () -> {
                work.run();
                return id.toString();
            });
        } catch (Stale stale) {
            throw request.getHeader(HttpHeaders.IF_MATCH) == null ? stale : new Precondition(stale);
        }
        return tagged(reader, id);
    }
}
