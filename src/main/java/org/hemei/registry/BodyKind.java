package org.hemei.registry;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of body, Party organisations by their own kinds. Stored as {@code body.kind} and {@code body.party_kind}. */
public enum BodyKind {
    CITY_PARTY_COMMITTEE("市委", true),
    DISTRICT_PARTY_COMMITTEE("区委、县委", true),
    ZONE_WORKING_COMMITTEE("开发区党工委", true),
    STREET_WORKING_COMMITTEE("街道党工委、乡镇党委", true),
    COMMUNITY_COMMITTEE("社区党委", true),
    ESTATE_BRANCH("小区党支部", true),
    BUILDING_GROUP("楼栋党小组", true),
    OWNERS_COMMITTEE_ORGANISATION("业委会党组织", true),
    INDUSTRY_COMMITTEE("物业行业党委", true),
    COMPANY_ORGANISATION("物业企业党组织", true),
    RESIDENTS_COMMITTEE("居委会", false),
    OWNERS_COMMITTEE("业主委员会", false),
    STREET_DEPARTMENT("街道城市管理部", false),
    BACKSTOP_TEAM("社区兜底服务队", false),
    MEDIATION_CENTRE("物业矛盾调处中心", false),
    COMPANY("物业企业", false),
    COMPANY_BRANCH("物业企业分支机构", false),
    INDUSTRY_DEPARTMENT("行业主管部门", false),
    AUTHORITY("主管部门", false),
    UTILITY("水电气热企业", false),
    MAINTENANCE_FIRM("维保单位", false);

    private static final String PARTY = "party_organisation";

    private final String words;
    private final boolean party;

    BodyKind(String words, boolean party) {
        this.words = words;
        this.party = party;
    }

    /** As it is stored; in SQL {@code coalesce(party_kind, kind)}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String words() {
        return words;
    }

    /** Whether it is an organisation of the Party. */
    public boolean party() {
        return party;
    }

    public String column() {
        return party ? PARTY : code();
    }

    public @Nullable String partyColumn() {
        return party ? code() : null;
    }

    /** @throws IllegalArgumentException for a code of none */
    public static BodyKind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** For what comes from an address or a form. */
    public static @Nullable BodyKind find(@Nullable String code) {
        return Arrays.stream(values())
                .filter(kind -> kind.code().equals(code))
                .findFirst()
                .orElse(null);
    }
}
