package org.hemei.access;

import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to a role: an area of one level, or a body. Gives back everything that is missing or too much; it is
 * chosen by links, so the reasons stand at the top of the page.
 */
final class GrantRule {

    private static final List<String> DOWN = List.of("city", "district", "street", "community");

    private GrantRule() {}

    /** The levels of area a role can hold; none for roles that act for a body or a home. */
    static List<String> levels(Role role) {
        return switch (role) {
            case COMMUNITY -> List.of("community");
            case STREET -> List.of("street");
            case DISTRICT -> List.of("district");
            case CITY, SYSTEM, SECURITY, AUDIT -> List.of("city");
            case ORGANISATION, HOUSING, ASSESSOR -> List.of("city", "district");
            case RESIDENT, MANAGER, STAFF, HELPER -> List.of();
        };
    }

    /** Whether the role can be held further down than in an area of this level. */
    static boolean goesBelow(Role role, String level) {
        return levels(role).stream().anyMatch(one -> DOWN.indexOf(one) > DOWN.indexOf(level));
    }

    static boolean actsForBody(Role role) {
        return role == Role.MANAGER || role == Role.STAFF || role == Role.HELPER;
    }

    /** @param areaLevel level of the chosen area; null when none was chosen */
    static List<Reason> reasons(@Nullable Role role, @Nullable String areaLevel, boolean body) {
        List<Reason> reasons = new ArrayList<>();
        if (role == null) {
            reasons.add(new Reason(null, "请选职责。"));
        } else if (role == Role.RESIDENT) {
            reasons.add(new Reason(null, "居民由社区绑定房屋，不在这里授权。"));
        } else if (actsForBody(role) && !body) {
            reasons.add(new Reason(null, "请选为哪个单位办事。"));
        } else if (!actsForBody(role) && (areaLevel == null || !levels(role).contains(areaLevel))) {
            reasons.add(new Reason(null, "“" + role.words() + "”要选到" + levelWords(role) + "这一级。"));
        }
        return reasons;
    }

    private static String levelWords(Role role) {
        return switch (role) {
            case COMMUNITY -> "社区";
            case STREET -> "街道";
            case DISTRICT -> "区";
            case ORGANISATION, HOUSING, ASSESSOR -> "市或区";
            default -> "市";
        };
    }
}
