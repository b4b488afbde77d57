package org.hemei.workorder.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.hemei.platform.Reader;
import org.hemei.platform.web.Scoped;
import org.hemei.workorder.DisputeDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.TransferDesk;
import org.hemei.workorder.Verb;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** 退单、裁定、移交: what is disputed or belongs elsewhere. */
@RestController
@Tag(name = "退单和移交", description = "退单、裁定、移交、告知外部渠道")
@Scoped(OrderScopes.WRITE)
@RequestMapping(path = "/api/v1/orders/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class DisputeApi {

    @Schema(name = "RequestReturn")
    record Return(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(
                    description = "not_ours 不归我们管，wrong_place 地点不对，outside 依法归部门办，contract 合同里没有，other 别的",
                    example = "not_ours")
            @Nullable
            String ground,

            @Nullable String reason)
            implements Seen {}

    @Schema(name = "GrantReturn")
    record Grant(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(description = "马上改派给哪家；不填就等再派") @Nullable
            Long holder,

            @Nullable String words)
            implements Seen {}

    @Schema(name = "Rule")
    record Ruling(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(description = "裁定归哪家办") @Nullable Long holder,
            @Nullable String reason)
            implements Seen {}

    @Schema(name = "Refer")
    record Referral(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(description = "哪个渠道，见 /channels") @Nullable
            Long channel,

            @Nullable String reason)
            implements Seen {}

    @Schema(name = "OfferTransfer")
    record Offer(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(description = "移交到哪类，见 choices") @Nullable
            String target,

            @Schema(description = "移交给谁，见 choices") @Nullable
            String place,

            @Nullable String reason)
            implements Seen {}

    private final DisputeDesk disputes;
    private final TransferDesk transfers;

    private final Acts acts;

    DisputeApi(DisputeDesk disputes, TransferDesk transfers, Acts acts) {
        this.disputes = disputes;
        this.transfers = transfers;
        this.acts = acts;
    }

    @PostMapping("/request_return")
    @Does(Verb.REQUEST_RETURN)
    @Operation(summary = "申请退单", description = "每张单每家一次，在期限里。")
    ResponseEntity<OrderRecords.Whole> request(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Return said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> disputes.request(reader, id, version, Acts.text(said.ground), Acts.text(said.reason)));
    }

    @PostMapping("/grant_return")
    @Does(Verb.GRANT_RETURN)
    @Operation(summary = "同意退单", description = "写了 holder 就同时改派。")
    ResponseEntity<OrderRecords.Whole> grant(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Grant said) {
        return acts.act(reader, id, request, said, version -> grant(reader, id, version, said));
    }

    @PostMapping("/refuse_return")
    @Does(Verb.REFUSE_RETURN)
    @Operation(summary = "不同意退单")
    ResponseEntity<OrderRecords.Whole> refuse(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Seen.WithReason said) {
        return acts.act(
                reader, id, request, said, version -> disputes.refuse(reader, id, version, Acts.text(said.reason())));
    }

    @PostMapping("/rule")
    @Does(Verb.RULE)
    @Operation(summary = "街道裁定由谁办", description = "裁定以后不能再退。")
    ResponseEntity<OrderRecords.Whole> rule(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Ruling said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version ->
                        disputes.rule(reader, id, version, Acts.need("holder", said.holder), Acts.text(said.reason)));
    }

    @PostMapping("/refer")
    @Does(Verb.REFER)
    @Operation(summary = "告知外部渠道", description = "居民看得到去哪儿、电话和地址。有人在办的也可以；等街道裁定的、街道裁定过的、社区自己的队伍在办的，由街道来告知。")
    ResponseEntity<OrderRecords.Whole> refer(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Referral said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> transfers.refer(
                        reader, id, version, Acts.need("channel", said.channel), Acts.text(said.reason)));
    }

    @PostMapping("/offer_transfer")
    @Does(Verb.OFFER_TRANSFER)
    @Operation(summary = "提出移交", description = "对方接了才算，没接之前还开着。")
    ResponseEntity<OrderRecords.Whole> offer(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Offer said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> transfers.offer(
                        reader, id, version, Acts.text(said.target), Acts.text(said.place), Acts.text(said.reason)));
    }

    @PostMapping("/take_transfer")
    @Does(Verb.TAKE_TRANSFER)
    @Operation(summary = "接收移交")
    ResponseEntity<OrderRecords.Whole> take(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Seen.Only said) {
        return acts.act(reader, id, request, said, version -> transfers.take(reader, id, version));
    }

    @PostMapping("/decline_transfer")
    @Does(Verb.DECLINE_TRANSFER)
    @Operation(summary = "不接移交")
    ResponseEntity<OrderRecords.Whole> decline(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Seen.WithReason said) {
        return acts.act(
                reader, id, request, said, version -> transfers.decline(reader, id, version, Acts.text(said.reason())));
    }

    @PostMapping("/recall_transfer")
    @Does(Verb.RECALL_TRANSFER)
    @Operation(summary = "收回移交", description = "对方接下之前可以收回。期限照原来的算。")
    ResponseEntity<OrderRecords.Whole> recall(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Seen.WithReason said) {
        return acts.act(
                reader, id, request, said, version -> transfers.recall(reader, id, version, Acts.text(said.reason())));
    }

    private void grant(Reader reader, OrderId id, int version, Grant said) {
        if (said.holder == null) {
            disputes.grant(reader, id, version, Acts.text(said.words));
        } else {
            disputes.grantTo(reader, id, version, Acts.text(said.words), said.holder);
        }
    }
}
