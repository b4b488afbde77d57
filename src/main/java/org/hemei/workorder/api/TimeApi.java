package org.hemei.workorder.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import org.hemei.platform.Reader;
import org.hemei.platform.web.Scoped;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.TimeDesk;
import org.hemei.workorder.Verb;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** 延期、挂起: the holder asks for time, the community decides. */
@RestController
@Tag(name = "时限", description = "申请延期和挂起，同意或不同意，恢复计时")
@Scoped(OrderScopes.WRITE)
@RequestMapping(path = "/api/v1/orders/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class TimeApi {

    @Schema(name = "AskExtension")
    record Extension(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(description = "延几个工作日", example = "3") @Nullable
            Integer days,

            @Schema(example = "配件要从外地发来") @Nullable String reason)
            implements Seen {}

    @Schema(name = "AskSuspension")
    record Suspension(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(description = "哪一种客观障碍，见 choices") @Nullable
            String obstacle,

            @Schema(description = "哪天恢复计时") @Nullable LocalDate until,
            @Nullable String reason)
            implements Seen {}

    private final TimeDesk times;

    private final Acts acts;

    TimeApi(TimeDesk times, Acts acts) {
        this.times = times;
        this.acts = acts;
    }

    @PostMapping("/ask_extension")
    @Does(Verb.ASK_EXTENSION)
    @Operation(summary = "申请延期", description = "一张单一次，到期前申请。")
    ResponseEntity<OrderRecords.Whole> askExtension(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Extension said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> times.askExtension(reader, id, version, said.days, Acts.text(said.reason)));
    }

    @PostMapping("/grant_extension")
    @Does(Verb.GRANT_EXTENSION)
    @Operation(summary = "同意延期")
    ResponseEntity<OrderRecords.Whole> grantExtension(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Seen.WithWords said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> times.grantExtension(reader, id, version, Acts.text(said.words())));
    }

    @PostMapping("/refuse_extension")
    @Does(Verb.REFUSE_EXTENSION)
    @Operation(summary = "不同意延期")
    ResponseEntity<OrderRecords.Whole> refuseExtension(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Seen.WithReason said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> times.refuseExtension(reader, id, version, Acts.text(said.reason())));
    }

    @PostMapping("/ask_suspension")
    @Does(Verb.ASK_SUSPENSION)
    @Operation(summary = "申请挂起", description = "有客观障碍时，计时先停。")
    ResponseEntity<OrderRecords.Whole> askSuspension(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Suspension said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> times.askSuspension(
                        reader, id, version, Acts.text(said.obstacle), said.until, Acts.text(said.reason)));
    }

    @PostMapping("/grant_suspension")
    @Does(Verb.GRANT_SUSPENSION)
    @Operation(summary = "同意挂起")
    ResponseEntity<OrderRecords.Whole> grantSuspension(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Seen.WithWords said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> times.grantSuspension(reader, id, version, Acts.text(said.words())));
    }

    @PostMapping("/refuse_suspension")
    @Does(Verb.REFUSE_SUSPENSION)
    @Operation(summary = "不同意挂起")
    ResponseEntity<OrderRecords.Whole> refuseSuspension(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Seen.WithReason said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> times.refuseSuspension(reader, id, version, Acts.text(said.reason())));
    }

    @PostMapping("/resume")
    @Does(Verb.RESUME)
    @Operation(summary = "恢复计时", description = "到了日子会自己恢复；提前好了就用它。")
    ResponseEntity<OrderRecords.Whole> resume(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Seen.WithWords said) {
        return acts.act(
                reader, id, request, said, version -> times.resume(reader, id, version, Acts.text(said.words())));
    }
}
