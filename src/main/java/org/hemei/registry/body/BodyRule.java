package org.hemei.registry.body;

import static org.hemei.registry.BodyKind.*;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hemei.platform.Refusal.Reason;
import org.hemei.registry.BodyKind;
import org.jspecify.annotations.Nullable;

/**
 * Where a body of each kind may stand: the levels of area it exists at, the kinds of parent it has, and how many there can
 * be. One table, for founding and moving alike.
 *
 * @param under kinds of parent; none for a kind that stands by itself
 * @param levels levels of area; estate where it belongs to one estate
 * @param single whether there is at most one at a time in its area or estate
 */
record BodyRule(BodyKind kind, Set<BodyKind> under, Set<Level> levels, boolean single) {

    enum Level {
        CITY("市"),
        DISTRICT("区县、开发区"),
        STREET("街道、乡镇"),
        COMMUNITY("社区"),
        ESTATE("小区");

        final String words;

        Level(String words) {
            this.words = words;
        }

        static Level of(String code) {
            return valueOf(code.toUpperCase(java.util.Locale.ROOT));
        }
    }

    /**
     * @param above code of the area one level up; null for a city
     * @param level its own level; an estate counts as one, in its community
     */
    record Place(String area, @Nullable String above, Level level) {}

    /** A body that others may stand under. */
    record Parent(BodyKind kind, String area) {}

    private static final Map<BodyKind, BodyRule> ALL = new EnumMap<>(BodyKind.class);

    private static void rule(BodyKind kind, Set<BodyKind> under, Set<Level> levels, boolean single) {
        ALL.put(kind, new BodyRule(kind, under, levels, single));
    }

    static {
        // The territorial line, 市委 → 区委 → 街道党工委 → 社区党委: Party Constitution ch. 5, one committee a place;
        // 开发区党（工）委 stand beside the districts (article, 坚持高位推进)
        rule(CITY_PARTY_COMMITTEE, Set.of(), Set.of(Level.CITY), true);
        rule(DISTRICT_PARTY_COMMITTEE, Set.of(CITY_PARTY_COMMITTEE), Set.of(Level.DISTRICT), true);
        rule(ZONE_WORKING_COMMITTEE, Set.of(CITY_PARTY_COMMITTEE), Set.of(Level.DISTRICT), true);
        rule(
                STREET_WORKING_COMMITTEE,
                Set.of(DISTRICT_PARTY_COMMITTEE, ZONE_WORKING_COMMITTEE),
                Set.of(Level.STREET),
                true);
        // 社区党委—小区党支部—楼栋党小组 (article: 三级组织体系); a group may look after another estate of its community
        // when two branches become one
        rule(COMMUNITY_COMMITTEE, Set.of(STREET_WORKING_COMMITTEE), Set.of(Level.COMMUNITY), true);
        rule(ESTATE_BRANCH, Set.of(COMMUNITY_COMMITTEE), Set.of(Level.ESTATE), true);
        rule(BUILDING_GROUP, Set.of(ESTATE_BRANCH), Set.of(Level.ESTATE), false);
        // a committee of owners can have its own Party organisation, under the estate's branch or the community
        // (article)
        rule(OWNERS_COMMITTEE_ORGANISATION, Set.of(ESTATE_BRANCH, COMMUNITY_COMMITTEE), Set.of(Level.ESTATE), true);
        // 物业行业党委 of the city 依托房产局, the districts' 同步成立: a line of its own (article, 坚持高位推进)
        rule(INDUSTRY_COMMITTEE, Set.of(INDUSTRY_COMMITTEE), Set.of(Level.CITY, Level.DISTRICT), true);
        rule(
                COMPANY_ORGANISATION,
                Set.of(INDUSTRY_COMMITTEE),
                Set.of(Level.CITY, Level.DISTRICT, Level.STREET, Level.COMMUNITY),
                false);
        // 居委会 and 业委会 govern themselves and stand under nobody: Organic Law of Residents' Committees art. 2, Civil Code
        // art. 277
        rule(RESIDENTS_COMMITTEE, Set.of(), Set.of(Level.COMMUNITY), true);
        rule(OWNERS_COMMITTEE, Set.of(), Set.of(Level.ESTATE), true);
        // 各街道均设立“城市管理部” and 市、区、街道三级物业矛盾调处中心 (article, 强化多元组织保障)
        rule(STREET_DEPARTMENT, Set.of(), Set.of(Level.STREET), true);
        rule(MEDIATION_CENTRE, Set.of(MEDIATION_CENTRE), Set.of(Level.CITY, Level.DISTRICT, Level.STREET), true);
        rule(BACKSTOP_TEAM, Set.of(), Set.of(Level.COMMUNITY), true);
        // a branch is part of its company wherever it stands: Company Law art. 13
        rule(COMPANY, Set.of(), Set.of(Level.CITY, Level.DISTRICT, Level.STREET, Level.COMMUNITY), false);
        rule(COMPANY_BRANCH, Set.of(COMPANY), Set.of(Level.CITY, Level.DISTRICT, Level.STREET, Level.COMMUNITY), false);
        for (var kind : List.of(INDUSTRY_DEPARTMENT, AUTHORITY, UTILITY, MAINTENANCE_FIRM)) {
            rule(kind, Set.of(), Set.of(Level.CITY, Level.DISTRICT), false);
        }
    }

    static BodyRule of(BodyKind kind) {
        return java.util.Objects.requireNonNull(ALL.get(kind));
    }

    boolean ofEstate() {
        return levels.equals(Set.of(Level.ESTATE));
    }

    /** Whether a body of this kind at this level has to stand under another; the top of its own line does not. */
    boolean needsParent(Level level) {
        return !under.isEmpty() && !(under.contains(kind) && level == Level.CITY);
    }

    String levelWords() {
        return levels.stream().sorted().map(level -> level.words).collect(Collectors.joining("或"));
    }

    String underWords() {
        return under.stream().sorted().map(BodyKind::words).collect(Collectors.joining("或"));
    }

    /** Everything that speaks against a body of this kind here, under this parent. */
    List<Reason> reasons(Place place, @Nullable Parent parent) {
        var reasons = new ArrayList<Reason>();
        if (!levels.contains(place.level())) {
            reasons.add(new Reason("area", kind.words() + "设在" + levelWords() + "。请另选地方。"));
        }
        if (parent == null) {
            if (needsParent(place.level())) {
                reasons.add(new Reason("parent", kind.words() + "要归" + underWords() + "管。请选上级。"));
            }
            return reasons;
        }
        if (!under.contains(parent.kind())) {
            reasons.add(new Reason(
                    "parent",
                    under.isEmpty()
                            ? kind.words() + "没有上级。请不要选。"
                            : kind.words() + "的上级是" + underWords() + "，不能是"
                                    + parent.kind().words() + "。"));
        } else if (parent.kind() == kind && !parent.area().equals(place.above())) {
            reasons.add(new Reason("parent", "上级要正好高一级：市管区，区管街道。请重新选。"));
        } else if (kind != COMPANY_BRANCH && !place.area().startsWith(parent.area())) {
            reasons.add(new Reason("parent", "它不在这个上级的地盘里。请选管这里的上级。"));
        }
        return reasons;
    }
}
