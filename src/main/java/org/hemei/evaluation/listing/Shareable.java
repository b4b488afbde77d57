package org.hemei.evaluation.listing;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A listing as it is handed on to another system: in force today, and resting on a basis that allows to share it. */
@Schema(name = "SharedListing")
record Shareable(
        long id,

        @Schema(description = "这一件的编号", example = "和美名单〔2026〕12号")
        String number,

        @Schema(description = "企业") String company,
        @Schema(description = "统一社会信用代码") String creditCode,
        @Schema(description = "不合格的第一年", example = "2024") int firstYear,
        @Schema(description = "不合格的第二年", example = "2025") int secondYear,
        @Schema(description = "列入那天") LocalDate since,
        @Schema(description = "最晚到哪天；修复了会提前结束") LocalDate until,
        @Schema(description = "哪部法律、法规或国务院文件允许共享") String basis,
        @Schema(description = "第几条") String article,
        @Schema(description = "列入期间是不是不得参加投标") boolean excludes,
        @Schema(description = "企业提了异议，正在审查") boolean underObjection,
        @Schema(description = "内容的版本，变了就加") int version) {

    /** One that was handed on and may not be used any more. */
    @Schema(name = "EndedListing")
    record Ended(
            long id,
            @Schema(description = "这一件的编号") String number,
            @Schema(description = "企业") String company,
            @Schema(description = "统一社会信用代码") String creditCode,

            @Schema(
                    description = "removed 修复移出，expired 到期，revoked 撤销（自始就是错的），suspended 停止执行（恢复了会再有），basis 依据不再允许",
                    example = "removed")
            String why,

            @Schema(description = "哪天起不再有效；停止执行和依据不再允许的没有") @Nullable
            LocalDate endedOn) {}
}
