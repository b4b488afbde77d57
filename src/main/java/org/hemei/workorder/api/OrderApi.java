package org.hemei.workorder.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Scoped;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.SubmissionDesk;
import org.hemei.workorder.Verb;
import org.hemei.workorder.list.OrderFilter;
import org.hemei.workorder.list.OrderListQueries;
import org.hemei.workorder.list.OrderScope;
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
 * Orders as JSON: the list, one of them with all that belongs to it, and filing a new one. Through the same desks and queries as
 * the pages; errors are RFC 9457 problems.
 */
@RestController
@Tag(name = "工单", description = "列表、一张工单、历史、照片、点单")
@Scoped(OrderScopes.READ)
// who wants another format is told so before anything is done
@RequestMapping(path = "/api/v1/orders", produces = MediaType.APPLICATION_JSON_VALUE)
class OrderApi {

    /** @param photos ids of uploads, see POST /photos */
    @Schema(name = "NewOrder")
    record NewOrder(
            @Schema(description = "小区，见 /estates", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Long estate,

            @Schema(description = "楼栋，见 /estates/{id}/buildings；小区公共部位不填") @Nullable
            Long building,

            @Schema(description = "门牌，见 /buildings/{id}/units；公共部位不填") @Nullable
            Long unit,

            @Schema(
                    description = "类别，见 /categories",
                    example = "facility.light",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String category,

            @Schema(
                    description = "怎么回事，4 到 500 字",
                    example = "3 幢楼道灯不亮，晚上看不见路。",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            @Nullable
            String words,

            @Schema(description = "具体地点，60 字以内") @Nullable String place,
            @Schema(description = "不让物业知道是哪家") @Nullable Boolean anonymous,
            @Schema(description = "先传的照片，最多 6 张") @Nullable List<UUID> photos,

            @Schema(description = "怎么来的：phone 电话，walk_in 上门，patrol 巡查", example = "phone") @Nullable
            String channel,

            @Schema(description = "来电人，加密保存") @Nullable String callerName,
            @Schema(description = "来电号码，加密保存") @Nullable String callerPhone) {}

    private static final String AFTER = "after";

    private final SubmissionDesk submissions;
    private final OrderAnswers records;

    OrderApi(SubmissionDesk submissions, OrderAnswers records) {
        this.submissions = submissions;
        this.records = records;
    }

    @GetMapping
    @Operation(summary = "工单列表", description = "您看得到的工单，最新的在前，一页 50 张。筛选和页面上的一样；看不懂的筛选会退回（422），不会当作没写。")
    @Parameter(name = "q", in = ParameterIn.QUERY, description = "单号，或点单人话里的词", example = "漏水")
    @Parameter(name = "area", in = ParameterIn.QUERY, description = "区划代码，含以下各级", example = "340111002")
    @Parameter(
            name = "estate",
            in = ParameterIn.QUERY,
            description = "小区",
            schema = @Schema(type = "integer", format = "int64"))
    @Parameter(
            name = "building",
            in = ParameterIn.QUERY,
            description = "楼栋",
            schema = @Schema(type = "integer", format = "int64"))
    @Parameter(name = "category", in = ParameterIn.QUERY, description = "类别，或一整类", example = "facility")
    @Parameter(name = "state", in = ParameterIn.QUERY, description = "状态；open 没办完的，finished 结束了的", example = "open")
    @Parameter(
            name = "holder",
            in = ParameterIn.QUERY,
            description = "处理单位",
            schema = @Schema(type = "integer", format = "int64"))
    @Parameter(
            name = "worker",
            in = ParameterIn.QUERY,
            description = "处理人员的账号",
            schema = @Schema(type = "integer", format = "int64"))
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            description = "点单第一天",
            schema = @Schema(type = "string", format = "date"))
    @Parameter(
            name = "to",
            in = ParameterIn.QUERY,
            description = "点单最后一天",
            schema = @Schema(type = "string", format = "date"))
    @Parameter(
            name = "done_from",
            in = ParameterIn.QUERY,
            description = "办结第一天",
            schema = @Schema(type = "string", format = "date"))
    @Parameter(
            name = "done_to",
            in = ParameterIn.QUERY,
            description = "办结最后一天",
            schema = @Schema(type = "string", format = "date"))
    @Parameter(name = "late", in = ParameterIn.QUERY, description = "1：只要超时的", example = "1")
    @Parameter(
            name = "up",
            in = ParameterIn.QUERY,
            description = "升级到这一级、还没办的：holder、community、street、district、city",
            example = "street")
    @Parameter(name = "past", in = ParameterIn.QUERY, description = "1：要五年前归档的，不写就是近几年的", example = "1")
    @Parameter(name = "sort", in = ParameterIn.QUERY, description = "due：只要在计时的，剩余时间短的在前；不写就是最新的在前", example = "due")
    @Parameter(name = AFTER, in = ParameterIn.QUERY, description = "上一页的 next")
    OrderRecords.Page list(Reader reader, @Parameter(hidden = true) @RequestParam Map<String, String> query) {
        if (reader.has(Role.RESIDENT) && !OrderScope.onDuty(reader)) {
            var filter = filter(query);
            if (filter.byDue()) {
                throw Refusal.of("sort", "自己点的单总是最新的在前。");
            }
            return records.own(reader, filter, query.get(AFTER));
        }
        return records.inScope(reader, filter(query), query.get(AFTER));
    }

    /** A page may leave out what it does not understand and show what it did; a program must not get more than it asked for. */
    private static OrderFilter filter(Map<String, String> query) {
        var filter = OrderFilter.of(query);
        var understood = filter.on("").query();
        var reasons = new ArrayList<Refusal.Reason>();
        query.forEach((name, value) -> {
            if (name.equals(AFTER)) {
                if (!value.isEmpty() && OrderListQueries.Key.of(value) == null) {
                    reasons.add(new Refusal.Reason(name, "请用上一页给的 next。"));
                }
            } else if (!value.isBlank() && !understood.containsKey(name) && !FRAME.contains(name)) {
                reasons.add(new Refusal.Reason(name, "没有这样的筛选，或写得不对。"));
            }
        });
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        return filter;
    }

    /** What the frame of a page reads from any address. */
    private static final Set<String> FRAME = Set.of("done", "care", "_csrf");

    @GetMapping("/{id}")
    @Operation(summary = "一张工单", description = "ETag 是它的版本，办下一步时放进 If-Match。verbs 是您现在能办的。")
    ResponseEntity<OrderRecords.Whole> one(Reader reader, @PathVariable OrderId id) {
        return Acts.tagged(records.one(reader, id));
    }

    @GetMapping("/{id}/history")
    @Operation(summary = "一张工单的历史", description = "每一步谁以什么身份、什么时候、办了什么。只增不改。")
    OrderRecords.History history(Reader reader, @PathVariable OrderId id) {
        return records.history(reader, id);
    }

    @GetMapping("/{id}/photos")
    @Operation(summary = "一张工单的照片")
    OrderRecords.Pictures photos(Reader reader, @PathVariable OrderId id) {
        return records.pictures(reader, id);
    }

    @PostMapping
    @Does(Verb.SUBMIT)
    @Scoped(OrderScopes.WRITE)
    @Operation(summary = "点单", description = "替来电、上门的人点，或登记巡查发现的。居民自己点单用 channel=resident，只限绑定了住处的账号。")
    ResponseEntity<OrderRecords.Whole> submit(Reader reader, HttpServletRequest request, @RequestBody NewOrder said) {
        var id = submissions.submit(
                reader,
                Acts.key(request),
                new SubmissionDesk.Submission(
                        Acts.need("estate", said.estate),
                        said.building,
                        said.unit,
                        Acts.text(said.category),
                        Acts.text(said.words),
                        Acts.text(said.place),
                        Boolean.TRUE.equals(said.anonymous),
                        Acts.files(said.photos),
                        Objects.requireNonNullElse(said.channel, "resident"),
                        said.callerName,
                        said.callerPhone));
        var order = records.one(reader, id);
        return ResponseEntity.created(URI.create("/api/v1/orders/" + id))
                .eTag("\"" + order.version() + "\"")
                .body(order);
    }
}
