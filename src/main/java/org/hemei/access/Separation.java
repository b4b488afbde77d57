package org.hemei.access;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hemei.platform.Refusal.Reason;

/**
 * 三员分立 (等保三级 安全管理中心): who keeps the system, who gives grants and who watches the log are three people, and none of
 * them has a duty of the business. A home of one's own is no duty. The table access_grant keeps the same rule.
 */
final class Separation {

    /** Those who score, run and decide an evaluation, and those whom it is about; an assessor is a third party to both. */
    private static final Set<Role> EVALUATION =
            EnumSet.of(Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY, Role.HOUSING, Role.MANAGER, Role.STAFF);

    private Separation() {}

    /** Why somebody who holds some roles may not get another one besides. */
    static List<Reason> reasons(Role wanted, Set<Role> held) {
        List<Reason> reasons = new ArrayList<>();
        for (var other : held) {
            if (other == wanted || other == Role.RESIDENT || wanted == Role.RESIDENT) {
                continue;
            }
            if (wanted.administers() && other.administers()) {
                reasons.add(new Reason(null, "“%s”和“%s”不能是同一个人。请另选一个账号。".formatted(wanted.words(), other.words())));
            } else if (wanted.administers()) {
                reasons.add(
                        new Reason(null, "“%s”不能兼任业务职责。请先结束“%s”，或另选一个账号。".formatted(wanted.words(), other.words())));
            } else if (other.administers()) {
                reasons.add(new Reason(null, "这个人是%s，不能兼任业务职责。".formatted(other.words())));
            } else if (thirdParty(wanted, other) || thirdParty(other, wanted)) {
                reasons.add(new Reason(
                        null,
                        "“%s”和“%s”不能是同一个人：测评员不打分、不定结果，也不是被测评的。请另选一个账号。".formatted(wanted.words(), other.words())));
            }
        }
        return reasons;
    }

    private static boolean thirdParty(Role one, Role other) {
        return one == Role.ASSESSOR && EVALUATION.contains(other);
    }
}
