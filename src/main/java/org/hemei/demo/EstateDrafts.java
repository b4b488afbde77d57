package org.hemei.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hemei.demo.City.Community;
import org.hemei.platform.reference.ReferenceTable;
import org.jspecify.annotations.Nullable;

/**
 * Which estates stand where: {@value #ESTATES} in all, {@value #WITHOUT_COMPANY} of them 三无, 老旧 or 自管 without a
 * company (the article's figure), and the showcase ones by name.
 */
final class EstateDrafts {

    static final int ESTATES = 4000;
    static final int WITHOUT_COMPANY = 567;
    private static final int IN_VILLAGES = 300;
    private static final Set<String> COUNTIES = Set.of("340121", "340122", "340123", "340124", "340181");
    private static final String DAWEI = "340111102"; // 大圩镇 has villages only, and estates stand there

    /** How an estate is built. */
    record Layout(int buildings, int entrances, int floors, int perFloor) {}

    record Draft(
            Community community,
            String name,
            List<String> kinds,
            int built,
            Layout layout,
            boolean showcase,
            boolean managed,
            @Nullable String company) {}

    private final Dice dice = new Dice("estates");
    private final Phrases names = Phrases.read("demo/names.txt");
    private final Map<String, Set<String>> taken = new HashMap<>();
    private final List<Draft> drafts = new ArrayList<>();

    static List<Draft> of(List<Community> communities) {
        var drafts = new EstateDrafts();
        drafts.showcase(communities);
        drafts.everywhere(communities);
        return drafts.withoutCompany();
    }

    private void showcase(List<Community> communities) {
        Map<String, Community> byCode = new HashMap<>();
        communities.forEach(c -> byCode.put(c.code(), c));
        for (var row : ReferenceTable.read("demo/showcase.csv").records()) {
            var community = Known.in(byCode, row.get("community"));
            var company = row.get("company");
            var layout = new Layout(
                    row.number("buildings"), row.number("entrances"), row.number("floors"), row.number("per_floor"));
            names(community).add(row.get("name"));
            drafts.add(new Draft(
                    community,
                    row.get("name"),
                    List.of(row.get("kinds").split("\\|")),
                    row.number("built"),
                    layout,
                    true,
                    !company.isEmpty(),
                    company.isEmpty() ? null : company));
        }
    }

    /** At least one for each residents' community, more in town than in the counties; a few in villages. */
    private void everywhere(List<Community> communities) {
        var residents = communities.stream().filter(Community::residents).toList();
        var villages = communities.stream().filter(c -> !c.residents()).toList();
        var shown = new HashSet<Community>();
        drafts.forEach(draft -> shown.add(draft.community()));
        residents.stream().filter(c -> !shown.contains(c)).forEach(this::draft);
        var weights = residents.stream()
                .mapToDouble(c -> (COUNTIES.contains(c.street().district().code()) ? 1 : 2.2) * dice.spread())
                .toArray();
        villages.stream().filter(c -> c.street().code().equals(DAWEI)).forEach(this::draft);
        dice.shuffled(villages).stream().limit(IN_VILLAGES).forEach(this::draft);
        while (drafts.size() < ESTATES) {
            draft(residents.get(dice.weighted(weights)));
        }
    }

    private void draft(Community community) {
        double era = dice.fraction();
        double old = community.residents() ? 0.30 : 0.05;
        double resettled = community.residents() ? 0.48 : 0.90;
        if (era < old) {
            draftOld(community);
        } else if (era < resettled) {
            int floors = dice.of(6, 6, 11, 18);
            var layout = new Layout(dice.between(6, 20), dice.between(2, 3), floors, dice.between(2, 3));
            add(community, resettledName(community), List.of("回迁房"), dice.between(2004, 2018), layout);
        } else {
            draftNew(community);
        }
    }

    private void draftOld(Community community) {
        var works = dice.chance(0.3);
        var name =
                works ? dice.pick(names.words("estate.works")) : stem(community) + dice.pick(names.words("estate.old"));
        var kinds = works ? List.of("老旧", "单位房") : List.of("老旧");
        var layout = new Layout(dice.between(2, 10), dice.between(2, 4), dice.between(4, 6), 2);
        add(community, name, kinds, dice.between(1978, 2000), layout);
    }

    private void draftNew(Community community) {
        int built = dice.between(2001, 2023);
        var name = dice.pick(names.words("estate.first")) + dice.pick(names.words("estate.last"));
        var layout = built < 2008
                ? new Layout(dice.between(6, 18), dice.between(2, 3), dice.of(6, 6, 7, 11), 2)
                : new Layout(
                        dice.between(4, 16),
                        dice.between(1, 2),
                        dice.of(11, 17, 18, 24, 27, 32, 33),
                        dice.between(2, 4));
        var kinds = dice.chance(0.12) ? List.of("商品房", "商住") : dice.chance(0.06) ? List.of("保障房") : List.of("商品房");
        add(community, name, kinds, built, layout);
    }

    private void add(Community community, String name, List<String> kinds, int built, Layout layout) {
        var used = names(community);
        var unique = name;
        for (int i = 0; !used.add(unique); i++) {
            unique = name
                    + List.of("二期", "三期", "东区", "西区", "南区", "北区", "四期", "五期").get(i);
        }
        drafts.add(new Draft(community, unique, kinds, built, layout, false, true, null));
    }

    private Set<String> names(Community community) {
        return taken.computeIfAbsent(community.code(), c -> new HashSet<>());
    }

    private String resettledName(Community community) {
        return stem(community) + dice.pick(names.words("estate.resettled"));
    }

    /** 凌大塘社区 → 凌大塘; names that already say 花园 or 新村 are shortened, lest they say it twice. */
    private static String stem(Community community) {
        var stem = community.shortName().replaceFirst("(社区村|社区|村|街道)$", "");
        var shorter = stem.replaceFirst("(家园|花园|新村|苑|园|小区|村)$", "");
        return shorter.length() >= 2 ? shorter : stem.length() >= 2 ? stem : stem + "塘";
    }

    /** Takes the company from exactly so many of the old estates, whose problems then fall to the community. */
    private List<Draft> withoutCompany() {
        var old = new ArrayList<Integer>();
        int without = 0;
        for (int i = 0; i < drafts.size(); i++) {
            if (!drafts.get(i).managed()) {
                without++;
            } else if (!drafts.get(i).showcase() && drafts.get(i).kinds().contains("老旧")) {
                old.add(i);
            }
        }
        for (int i : dice.shuffled(old).subList(0, WITHOUT_COMPANY - without)) {
            var draft = drafts.get(i);
            var kinds = draft.kinds().contains("单位房")
                    ? List.of("老旧", "单位房", "自管")
                    : dice.of(List.of("三无", "老旧"), List.of("三无", "老旧"), List.of("老旧", "自管"), List.of("三无"));
            drafts.set(
                    i,
                    new Draft(
                            draft.community(), draft.name(), kinds, draft.built(), draft.layout(), false, false, null));
        }
        return drafts;
    }
}
