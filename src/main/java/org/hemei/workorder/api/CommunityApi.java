package org.hemei.workorder.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Scoped;
import org.hemei.workorder.CorrectingDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.Urgency;
import org.hemei.workorder.Verb;
import org.hemei.workorder.WorkOrderDesk;
import org.hemei.workorder.list.OrderFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the community does with an order: taking it in, answering, sending it on, checking what was done. */
@RestController
@Tag(name = "社区", description = "受理、答复、合并、派单、核验")
@Scoped(OrderScopes.WRITE)
@RequestMapping(path = "/api/v1/orders/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class CommunityApi {

    @Schema(name = "Reject")
    record Reject(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Nullable String reason,

            @Schema(description = "该去哪儿办", example = "请打 110") @Nullable
            String elsewhere)
            implements Seen {}

    @Schema(name = "Merge")
    record Merge(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(description = "留下的那张", example = "340111-20411") @Nullable
            String kept)
            implements Seen {}

    @Schema(name = "Dispatch")
    record Dispatch(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(description = "派给哪家，见 choices") @Nullable
            Long holder,

            @Schema(description = "为什么改派；有人在办的才要写") @Nullable
            String reason)
            implements Seen {}

    @Schema(name = "Correct")
    record Correct(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(description = "哪类事；不写就不改", example = "facility.lift_trapped") @Nullable
            String category,

            @Schema(description = "urgent 紧急，utility 水电气热，ordinary 一般，complex 复杂；改了分类又不写，就按分类的规定") @Nullable
            String urgency,

            @Schema(description = "楼栋；不写就不改，0 是公共地方") @Nullable
            Long building,

            @Schema(description = "门牌；不写就不改，0 是公共部位") @Nullable
            Long unit,

            @Nullable String reason)
            implements Seen {}

    private final WorkOrderDesk desk;
    private final CorrectingDesk corrections;

    private final Acts acts;

    CommunityApi(WorkOrderDesk desk, CorrectingDesk corrections, Acts acts) {
        this.desk = desk;
        this.corrections = corrections;
        this.acts = acts;
    }

    @PostMapping("/accept")
    @Does(Verb.ACCEPT)
    @Operation(summary = "受理")
    ResponseEntity<OrderRecords.Whole> accept(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Seen.Only said) {
        return acts.act(reader, id, request, said, version -> desk.accept(reader, id, version));
    }

    @PostMapping("/reject")
    @Does(Verb.REJECT)
    @Operation(summary = "不予受理", description = "一定要说为什么，该去哪儿办。")
    ResponseEntity<OrderRecords.Whole> reject(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Reject said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> desk.reject(reader, id, version, Acts.text(said.reason), Acts.text(said.elsewhere)));
    }

    @PostMapping("/answer")
    @Does(Verb.ANSWER)
    @Operation(summary = "直接答复")
    ResponseEntity<OrderRecords.Whole> answer(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Seen.WithWords said) {
        return acts.act(
                reader, id, request, said, version -> desk.answer(reader, id, version, Acts.text(said.words())));
    }

    @PostMapping("/merge")
    @Does(Verb.MERGE)
    @Operation(summary = "合并到另一张", description = "同一个小区、还没办完的那张。")
    ResponseEntity<OrderRecords.Whole> merge(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Merge said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> desk.merge(reader, id, version, OrderId.valueOf(Acts.need("kept", said.kept))));
    }

    @PostMapping("/correct")
    @Does(Verb.CORRECT)
    @Operation(summary = "更正分类、紧急程度、地点", description = "接单之前。原来的留在历史里，时限按更正后的算。")
    ResponseEntity<OrderRecords.Whole> correct(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Correct said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> corrections.correct(reader, id, version, right(said), Acts.text(said.reason)));
    }

    private static CorrectingDesk.Right right(Correct said) {
        var urgency = OrderFilter.constant(Urgency.class, said.urgency);
        if (said.urgency != null && urgency == null) {
            throw Refusal.of("urgency", "urgency 只能是 urgent、utility、ordinary、complex。");
        }
        return new CorrectingDesk.Right(said.category, urgency, said.building, said.unit);
    }

    @PostMapping("/unmerge")
    @Does(Verb.UNMERGE)
    @Operation(summary = "取消合并")
    ResponseEntity<OrderRecords.Whole> unmerge(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Seen.WithReason said) {
        return acts.act(
                reader, id, request, said, version -> desk.unmerge(reader, id, version, Acts.text(said.reason())));
    }

    @PostMapping("/dispatch")
    @Does(Verb.DISPATCH)
    @Operation(summary = "派单", description = "还没受理的，一并受理。有人在办的是改派，要写为什么；街道裁定过的由街道改派。")
    ResponseEntity<OrderRecords.Whole> dispatch(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Dispatch said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version ->
                        desk.dispatch(reader, id, version, Acts.need("holder", said.holder), Acts.text(said.reason)));
    }

    @PostMapping("/verify")
    @Does(Verb.VERIFY)
    @Operation(summary = "核验通过")
    ResponseEntity<OrderRecords.Whole> verify(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Seen.WithWords said) {
        return acts.act(
                reader, id, request, said, version -> desk.verify(reader, id, version, Acts.text(said.words())));
    }

    @PostMapping("/send_back")
    @Does(Verb.SEND_BACK)
    @Operation(summary = "退回重办")
    ResponseEntity<OrderRecords.Whole> sendBack(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Seen.WithReason said) {
        return acts.act(
                reader, id, request, said, version -> desk.sendBack(reader, id, version, Acts.text(said.reason())));
    }
}
