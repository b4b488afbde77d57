package org.hemei.registry.body;

import java.util.List;
import org.hemei.platform.Refusal.Reason;

/**
 * What of a body still runs on the day it is to end.
 *
 * @param posts that end with it, and stand in the way of nothing
 */
record Running(int children, int coverage, int members, int contracts, int estates, int posts) {

    /** Another one takes its estates on that very day. */
    Running relieved() {
        return new Running(children, coverage, members, contracts, 0, posts);
    }

    void againstDissolving(List<Reason> reasons) {
        still(reasons, children(), "还有 %d 个下级。请先撤销，或把它们调到别的上级。");
        still(reasons, coverage(), "还覆盖着 %d 家企业。请先结束覆盖。");
        still(reasons, members(), "还有党员的组织关系在这里。请它的书记先转出，或改用“合并”。");
        still(reasons, contracts(), "还有 %d 份物业合同没有结束。请先办合同交接。");
        still(reasons, estates(), "社区里还有 %d 个小区，兜底不能没有人。请用“成立组织”成立新的服务队，选“接替”。");
    }

    void againstMerging(List<Reason> reasons) {
        still(reasons, estates(), "社区里还有 %d 个小区，别的社区的服务队兜不到。请用“成立组织”成立新的服务队，选“接替”。");
    }

    private static void still(List<Reason> reasons, int count, String words) {
        if (count > 0) {
            reasons.add(new Reason(null, words.formatted(count)));
        }
    }
}
