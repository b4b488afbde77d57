package org.hemei.registry.check;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import org.hemei.platform.MechanismCheck;
import org.hemei.registry.people.PartyCounts;
import org.hemei.registry.people.PartyCounts.Committee;
import org.hemei.registry.people.PartyCounts.Share;
import org.springframework.stereotype.Component;

/**
 * 红色业委会: of those who sit on an owners' committee strictly more than half are Party members (5→3, 7→4, 9→5, 11→6). An aim of
 * the nomination and never a filter on who may be voted for: no task is made of it, and of a committee only whether the share
 * is reached is told, of one with fewer than three in office not even that.
 */
@Component
class RedCommitteeCheck implements MechanismCheck {

    private static final Rule RULE = new Rule(
            "red-committee",
            Part.NETWORK,
            "业委会党员过半",
            "新成立或换届的业委会，委员里党员超过一半。",
            Bases.article("全市新成立或换届的业委会中党员成员比例均超50%"),
            "分母是当天有三人以上在任的业委会。分子是其中党员超过一半的（5 人要 3 人，7 人要 4 人，9 人要 5 人，11 人要 6 人）。" + "只说过没过半，不说几个人；在任不到三人的不算。",
            "个业委会",
            "党员没过半的业委会",
            Bases.all("“全市新成立或换届的业委会中党员成员比例均超50%”"),
            true);

    private final PartyCounts counts;

    RedCommitteeCheck(PartyCounts counts) {
        this.counts = counts;
    }

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public List<Figure> measure(LocalDate on) {
        var parts = new LinkedHashMap<String, int[]>();
        for (var committee : told("", on)) {
            var figure = parts.computeIfAbsent(committee.area(), area -> new int[2]);
            figure[0] += committee.share() == Share.REACHED ? 1 : 0;
            figure[1]++;
        }
        return parts.entrySet().stream()
                .map(e -> new Figure(e.getKey(), e.getValue()[0], e.getValue()[1], 0))
                .toList();
    }

    @Override
    public List<Shortfall> shortfalls(String area, LocalDate on, String after, int most) {
        return told(area, on).stream()
                .filter(committee -> committee.share() == Share.NOT_REACHED)
                .map(committee -> new Shortfall(
                        key(committee),
                        committee.area(),
                        committee.name(),
                        "/bodies/" + committee.id(),
                        "党员没过半",
                        null,
                        false))
                .filter(shortfall -> shortfall.key().compareTo(after) > 0)
                .limit(most)
                .toList();
    }

    private List<Committee> told(String area, LocalDate on) {
        return counts.committees(area, on).stream()
                .filter(committee -> committee.share() != Share.NOT_SHOWN)
                .toList();
    }

    private static String key(Committee committee) {
        return "%s-%012d".formatted(committee.area(), committee.id());
    }
}
