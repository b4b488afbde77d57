package org.hemei.access.delegation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * For how long and to whom somebody may hand over what they hold: to a colleague of the same body or area, for sixty days at
 * most, with a reason. What was handed over cannot be passed on; the three administrators hand over nothing and take nothing,
 * nor does an assessor, who has declared for themselves that no interest is in the way.
 */
final class DelegationRule {

    static final int MOST_DAYS = 60;

    private static final int LONGEST_REASON = 200;

    private DelegationRule() {}

    static boolean canBeHandedOver(Role role) {
        return !role.administers() && role != Role.RESIDENT && role != Role.ASSESSOR;
    }

    /** @param until its last day */
    static List<Reason> reasons(LocalDate today, @Nullable LocalDate from, @Nullable LocalDate until, String reason) {
        List<Reason> reasons = new ArrayList<>();
        if (from == null) {
            reasons.add(new Reason("from", "请填从哪天起。"));
        } else if (from.isBefore(today)) {
            reasons.add(new Reason("from", "最早从今天起。"));
        } else if (from.isAfter(today.plusDays(MOST_DAYS))) {
            reasons.add(new Reason("from", "请在 " + MOST_DAYS + " 天以内开始。"));
        }
        if (until == null) {
            reasons.add(new Reason("until", "请填到哪天为止。"));
        } else if (from != null && until.isBefore(from)) {
            reasons.add(new Reason("until", "最后一天不能早于第一天。"));
        } else if (from != null && until.isAfter(from.plusDays(MOST_DAYS))) {
            reasons.add(new Reason("until", "最长 " + MOST_DAYS + " 天。要更久，请安全管理员改授权。"));
        }
        if (reason.length() < 2 || reason.length() > LONGEST_REASON) {
            reasons.add(new Reason("reason", "请写为什么，2 到 200 个字，对方看得到。"));
        }
        return reasons;
    }
}
