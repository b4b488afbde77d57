package org.hemei.workorder.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where an order, or a rating of it, falls in one rate. Every order of a period falls into exactly one part of the response
 * rate; every valid rating, or order without one, into exactly one part of the other two. So the parts add up, and nothing
 * is left out silently.
 */
public enum Part {
    // the order gives the numbers that are kept beside each order: those kept are fifteen at most, see Parts
    IN_TIME("按时联系", "在联系时限内登记了联系，居民没有说“没联系”。"),
    MISSED("没按时联系", "过了时限才联系、一直没联系，或者居民说没联系。换过处理单位的，各家算各家的。"),
    SOLVED("解决了", "点单人最近一次评价说解决了。"),
    UNSOLVED("没解决", "点单人最近一次评价说没解决。"),
    SATISFIED("满意", "点单人最近一次评价的分到了满意线。"),
    NOT_SATISFIED("不满意或一般", "点单人最近一次评价的分没到满意线。"),

    NOT_YET("还没到时候", "联系时限没到，或者还没办到评价这一步。"),
    UNRATED("到期没评价", "沉默不算满意：评价期过了没有人评价。"),
    REJECTED("不予受理", "社区告诉了点单人该找哪里。"),
    ANSWERED("直接答复", "问一句答一句，没有派单；居民评价了的，照样计入解决率、满意率。"),
    TRANSFERRED("已移交", "转到调处、重点项目、应急等，由那边办。"),
    REFERRED("告知其他渠道", "属于公安、法院、信访等，告诉了点单人去哪里。"),
    MERGED("重复合并", "和另一张单是同一件事，算在那一张里。"),
    WITHDRAWN("已撤单", "点单人自己说不用办了。"),
    LEFT_OUT("申诉剔除", "有人申诉，街道或区里写明理由同意了。"),
    /** Of the response rate only. */
    NOBODY("没有人可联系", "没有账号，也没留电话，比如巡查发现的：没有联系时限。");

    private final String words;
    private final String why;

    Part(String words, String why) {
        this.words = words;
        this.why = why;
    }

    public String words() {
        return words;
    }

    /** What it means, in a sentence. */
    public String why() {
        return why;
    }

    /** Whether it stands outside of numerator and denominator. */
    public boolean out() {
        return compareTo(NOT_YET) >= 0;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Part of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    public static @Nullable Part named(@Nullable String code) {
        return Arrays.stream(values())
                .filter(part -> part.code().equals(code))
                .findFirst()
                .orElse(null);
    }

    /** The parts outside, in the order they are told. */
    public static List<Part> outside() {
        return Arrays.stream(values()).filter(Part::out).toList();
    }
}
