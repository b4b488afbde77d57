package org.hemei.workorder.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The shapes in which other programs get orders. Never a name, phone or unit. */
final class OrderRecords {

    /** One order in a list. */
    @Schema(name = "OrderLine", description = "列表里的一张工单")
    record Line(
            @Schema(example = "340111-20412") String id,

            @Schema(description = "单号，念给人听的", example = "261123-20412")
            String number,

            @Schema(example = "in_progress") String state,
            String title,
            @Schema(description = "类别的名称") String category,
            @Schema(example = "ordinary") String urgency,
            @Schema(description = "小区的名称") String estate,
            @Nullable String holder,
            Instant submittedAt,

            @Schema(description = "最先到期的是什么时候：还没联系居民的看联系，再看这一步") @Nullable
            Instant dueAt,

            @Nullable Instant closedAt) {}

    /** @param next key of the next page; null on the last */
    @Schema(name = "OrderPage")
    record Page(
            List<Line> orders,

            @Schema(description = "下一页的 after；最后一页没有", example = "1795680000000000.20412") @Nullable
            String next,

            @Schema(description = "搜字词时，找到哪天为止；还要更早的，用 to 再找") @Nullable
            Instant lookedBackTo) {}

    /** One step of the history. */
    @Schema(name = "Step", description = "历史里的一步，只增不改")
    record Done(
            @Schema(description = "也是做完这一步以后的版本") int seq,
            Instant at,
            @Schema(example = "dispatch") String verb,
            @Schema(example = "awaiting_dispatch") @Nullable String from,
            @Schema(example = "dispatched") String to,

            @Schema(description = "以什么身份办的", example = "community")
            String as,

            @Schema(description = "办的单位") @Nullable Long body,

            @Schema(description = "那时写的话；没有相应职责的看不到") @Nullable
            String words) {}

    @Schema(name = "History")
    record History(List<Done> steps) {}

    /** A photo of an order. */
    @Schema(name = "OrderPhoto")
    record Picture(
            UUID id,

            @Schema(description = "report 点单，before 处理前，after 处理后，remark 补充，assist 协办")
            String use,

            String mediaType,
            @Schema(example = "/api/v1/photos/340111/0b9d…") String address) {}

    @Schema(name = "OrderPhotos")
    record Pictures(List<Picture> photos) {}

    /** What happens by itself, and when, as long as nobody does what the clock waits for. */
    @Schema(name = "StepAhead", description = "到时没办，会自己发生的一步")
    record Ahead(
            Instant at,

            @Schema(description = "哪一步的时限", example = "take")
            String clock,

            @Schema(description = "true 是到期前提醒，false 是超时上报") boolean warning,

            @Schema(description = "提醒谁、报给谁", example = "street")
            String level,

            @Schema(example = "还没接单，报社区") String words) {}

    /** @param verbs what this reader may do with it now */
    @Schema(name = "Order", description = "一张工单")
    record Whole(
            @Schema(example = "340111-20412") String id,

            @Schema(description = "单号，念给人听的", example = "261123-20412")
            String number,

            @Schema(description = "办下一步时要带上，也是 ETag") int version,
            @Schema(example = "in_progress") String state,
            String title,
            @Schema(description = "点单人的话；邻居看不到，是空的") String words,

            @Schema(description = "具体地点；匿名的单，处理单位和协办单位看不到，是空的")
            String place,

            @Schema(example = "facility.light") String categoryCode,
            String category,
            @Schema(example = "ordinary") String urgency,
            @Schema(example = "phone") String channel,

            @Schema(description = "社区的区划代码", example = "340111002004")
            String community,

            long estateId,
            String estate,
            @Nullable Long buildingId,
            @Nullable String building,
            @Nullable Long holderId,
            @Nullable String holder,
            @Schema(description = "第几次交办") int round,
            Instant submittedAt,
            @Schema(description = "这一步什么时候到期") @Nullable Instant dueAt,

            @Schema(description = "等社区定退单、等对方答复移交期间为 null（已经过期的不变）") @Nullable
            Instant contactDue,

            @Nullable Instant contactedAt,
            @Schema(description = "居民说没联系") boolean contactDenied,

            @Schema(description = "没有账号，也没留电话：没有人可联系，没有联系时限")
            boolean nobodyToContact,

            @Schema(description = "等社区定退单、等对方答复移交、挂起期间为 null") @Nullable
            Instant resolveDue,

            @Nullable Instant resolvedAt,
            @Nullable Instant closedAt,

            @Schema(description = "居民说的；没评是 null，不算满意") @Nullable
            Boolean solved,

            @Nullable Integer satisfied,
            @Schema(description = "街道在督办，要书面答复") boolean supervised,
            @Schema(description = "计时停着，到哪天自动恢复") @Nullable LocalDate suspendedUntil,
            @Schema(description = "到时没办会怎样，先后排好") List<Ahead> ahead,
            @Schema(description = "有几户也遇到了") int joined,
            @Schema(description = "催了几次") int urged,
            @Schema(description = "合并到哪张") @Nullable String kept,
            @Schema(description = "五年前办完、归了档，只能看") boolean archived,
            @Schema(description = "您现在能办的") List<String> verbs) {}

    private OrderRecords() {}
}
