package org.hemei.workorder.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.platform.web.Scoped;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.Verb;
import org.hemei.workorder.WorkOrderDesk;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the holder of an order does with it. */
@RestController
@Tag(name = "处理单位", description = "接单、安排人员、联系居民、报处理好")
@Scoped(OrderScopes.WRITE)
@RequestMapping(path = "/api/v1/orders/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class HolderApi {

    @Schema(name = "Assign")
    record Assign(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(description = "交给谁，见 choices") @Nullable Long assignee)
            implements Seen {}

    @Schema(name = "Contact")
    record Contact(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(description = "phone 电话，visit 上门，message 留言", example = "phone") @Nullable
            String how,

            @Schema(example = "约好明早九点上门") @Nullable String words)
            implements Seen {}

    @Schema(name = "Resolve")
    record Resolve(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(description = "怎么处理的", example = "换了镇流器，亮了。") @Nullable
            String words,

            @Schema(description = "处理前的照片") @Nullable List<UUID> before,
            @Schema(description = "处理后的照片") @Nullable List<UUID> after)
            implements Seen {}

    private final WorkOrderDesk desk;

    private final Acts acts;

    HolderApi(WorkOrderDesk desk, Acts acts) {
        this.desk = desk;
        this.acts = acts;
    }

    @PostMapping("/take")
    @Does(Verb.TAKE)
    @Operation(summary = "接单")
    ResponseEntity<OrderRecords.Whole> take(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Seen.Only said) {
        return acts.act(reader, id, request, said, version -> desk.take(reader, id, version));
    }

    @PostMapping("/assign")
    @Does(Verb.ASSIGN)
    @Operation(summary = "安排人员")
    ResponseEntity<OrderRecords.Whole> assign(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Assign said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> desk.assign(reader, id, version, Acts.need("assignee", said.assignee)));
    }

    @PostMapping("/contact")
    @Does(Verb.CONTACT)
    @Operation(summary = "联系过居民", description = "居民说没联系的，以居民为准。")
    ResponseEntity<OrderRecords.Whole> contact(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Contact said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> desk.contact(reader, id, version, Acts.text(said.how), Acts.text(said.words)));
    }

    @PostMapping("/resolve")
    @Does(Verb.RESOLVE)
    @Operation(summary = "报处理好")
    ResponseEntity<OrderRecords.Whole> resolve(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Resolve said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> desk.resolve(
                        reader, id, version, Acts.text(said.words), Acts.files(said.before), Acts.files(said.after)));
    }
}
