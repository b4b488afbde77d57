package org.hemei.workorder.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.platform.web.Scoped;
import org.hemei.workorder.Joiners;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.RatingDesk;
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

/** What residents do with an order; remarks are for everybody who has to do with it. */
@RestController
@Tag(name = "居民", description = "补充、催办、撤单、评价")
@Scoped(OrderScopes.WRITE)
@RequestMapping(path = "/api/v1/orders/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class ResidentApi {

    @Schema(name = "Remark")
    record Remark(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Nullable String words,
            @Nullable List<UUID> photos)
            implements Seen {}

    @Schema(name = "Rate")
    record Rate(
            @Schema(description = "读到的版本；写了 If-Match 就不用") @Nullable
            Integer version,

            @Schema(description = "电话回访时问的：处理单位联系过他没有；没问就不写") @Nullable
            Boolean contacted,

            @Schema(description = "解决了没有；没解决就再办一次") @Nullable
            Boolean solved,

            @Schema(description = "满意程度，1 到 5", example = "5") @Nullable
            Integer satisfied,

            @Nullable String words)
            implements Seen {}

    private final WorkOrderDesk desk;
    private final RatingDesk ratings;
    private final Joiners joiners;

    private final Acts acts;

    ResidentApi(WorkOrderDesk desk, RatingDesk ratings, Joiners joiners, Acts acts) {
        this.desk = desk;
        this.ratings = ratings;
        this.joiners = joiners;
        this.acts = acts;
    }

    @PostMapping("/remark")
    @Does(Verb.REMARK)
    @Operation(summary = "补充情况")
    ResponseEntity<OrderRecords.Whole> remark(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Remark said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> desk.remark(reader, id, version, Acts.text(said.words), Acts.files(said.photos)));
    }

    @PostMapping("/urge")
    @Does(Verb.URGE)
    @Operation(summary = "催办", description = "同一个人一天一次。")
    ResponseEntity<OrderRecords.Whole> urge(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Seen.Only said) {
        return acts.act(reader, id, request, said, version -> desk.urge(reader, id, version));
    }

    @PostMapping("/withdraw")
    @Does(Verb.WITHDRAW)
    @Operation(summary = "撤单")
    ResponseEntity<OrderRecords.Whole> withdraw(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Seen.WithReason said) {
        return acts.act(
                reader, id, request, said, version -> desk.withdraw(reader, id, version, Acts.text(said.reason())));
    }

    @PostMapping("/deny_contact")
    @Does(Verb.DENY_CONTACT)
    @Operation(summary = "说没联系", description = "点单人说；没有账号的，由核验的一方照他说的记。")
    ResponseEntity<OrderRecords.Whole> denyContact(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Seen.Only said) {
        return acts.act(reader, id, request, said, version -> desk.denyContact(reader, id, version));
    }

    @PostMapping("/rate")
    @Does({Verb.RATE, Verb.REOPEN})
    @Operation(summary = "评价", description = "点单人评；说没解决的，马上再办。点单人没有账号的（电话、上门、热线），由核验的一方打电话问了来记，算电话回访。")
    ResponseEntity<OrderRecords.Whole> rate(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Rate said) {
        return acts.act(
                reader,
                id,
                request,
                said,
                version -> ratings.rate(
                        reader, id, version, said.contacted, said.solved, said.satisfied, Acts.text(said.words)));
    }

    @PostMapping("/join")
    @Does({})
    @Operation(summary = "我也遇到了", description = "同一个小区的居民跟着看进度。")
    ResponseEntity<OrderRecords.Whole> join(
            Reader reader, @PathVariable OrderId id, HttpServletRequest request, @RequestBody Seen.Only said) {
        // who joins has not seen the order before, and need not name a version of it
        var any = said.version() == null ? new Seen.Only(0) : said;
        return acts.act(reader, id, request, any, version -> joiners.join(reader, id));
    }
}
