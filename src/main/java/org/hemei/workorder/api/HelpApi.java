package org.hemei.workorder.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.platform.web.Scoped;
import org.hemei.workorder.AssistDesk;
import org.hemei.workorder.JointDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.Verb;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** 多方助力: asking others for help or to share the work, and their own answers. */
@RestController
@Tag(name = "多方助力", description = "请协办、接、谢绝、完成；联合办理")
@Scoped(OrderScopes.WRITE)
@RequestMapping(path = "/api/v1/orders/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class HelpApi {

    @Schema(name = "AskHelp")
    record Ask(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(description = "请哪家，见 choices") @Nullable Long body,
            @Schema(description = "请他们做什么") @Nullable String what,
            @Schema(description = "什么时候前") @Nullable Instant due)
            implements Seen {}

    @Schema(name = "HelpAccept")
    record Accept(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(description = "哪一件协办，见 choices") @Nullable
            Long assist)
            implements Seen {}

    @Schema(name = "HelpDecline")
    record Decline(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(description = "哪一件协办，见 choices") @Nullable
            Long assist,

            @Nullable String reason)
            implements Seen {}

    @Schema(name = "HelpDone")
    record Done(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(description = "哪一件协办，见 choices") @Nullable
            Long assist,

            @Schema(description = "办得怎么样") @Nullable String result,
            @Nullable List<UUID> photos)
            implements Seen {}

    private final AssistDesk assists;
    private final JointDesk joint;

    private final Acts acts;

    HelpApi(AssistDesk assists, JointDesk joint, Acts acts) {
        this.assists = assists;
        this.joint = joint;
        this.acts = acts;
    }

    @PostMapping("/ask_help")
    @Does(Verb.ASK_HELP)
    @Operation(summary = "请协办", description = "主办单位的责任不变。")
    ResponseEntity<OrderRecords.Whole> ask(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Ask said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> assists.ask(
                        reader,
                        id,
                        version,
                        Acts.need("body", said.body),
                        Acts.text(said.what),
                        Acts.need("due", said.due)));
    }

    @PostMapping("/help_accept")
    @Does(Verb.HELP_ACCEPT)
    @Operation(summary = "接协办")
    ResponseEntity<OrderRecords.Whole> accept(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Accept said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> assists.accept(reader, id, version, Acts.need("assist", said.assist)));
    }

    @PostMapping("/help_decline")
    @Does(Verb.HELP_DECLINE)
    @Operation(summary = "谢绝协办")
    ResponseEntity<OrderRecords.Whole> decline(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Decline said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version ->
                        assists.decline(reader, id, version, Acts.need("assist", said.assist), Acts.text(said.reason)));
    }

    @PostMapping("/help_done")
    @Does(Verb.HELP_DONE)
    @Operation(summary = "完成协办")
    ResponseEntity<OrderRecords.Whole> done(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Done said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> assists.done(
                        reader,
                        id,
                        version,
                        Acts.need("assist", said.assist),
                        Acts.text(said.result),
                        Acts.files(said.photos)));
    }

    @PostMapping("/help_give_up")
    @Does(Verb.HELP_GIVE_UP)
    @Operation(summary = "退回协办", description = "接下了，后来办不了：写明理由，请的一方另找人。")
    ResponseEntity<OrderRecords.Whole> giveUp(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Decline said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version ->
                        assists.giveUp(reader, id, version, Acts.need("assist", said.assist), Acts.text(said.reason)));
    }

    @PostMapping("/recall_help")
    @Does(Verb.RECALL_HELP)
    @Operation(summary = "撤回协办请求", description = "由请的一方，写明理由，1000 字以内；写进经过，协办单位在消息里看得到。")
    ResponseEntity<OrderRecords.Whole> recall(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Decline said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version ->
                        assists.recall(reader, id, version, Acts.need("assist", said.assist), Acts.text(said.reason)));
    }

    @PostMapping("/share")
    @Does(Verb.SHARE)
    @Operation(summary = "请联合办理", description = "几家一起负责：各有各的部分和期限，主办不变。")
    ResponseEntity<OrderRecords.Whole> share(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Ask said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> joint.share(
                        reader,
                        id,
                        version,
                        Acts.need("body", said.body),
                        Acts.text(said.what),
                        Acts.need("due", said.due)));
    }

    @PostMapping("/release")
    @Does(Verb.RELEASE)
    @Operation(summary = "撤下联合办理")
    ResponseEntity<OrderRecords.Whole> release(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Decline said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version ->
                        joint.release(reader, id, version, Acts.need("assist", said.assist), Acts.text(said.reason)));
    }
}
