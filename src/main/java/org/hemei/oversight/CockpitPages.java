package org.hemei.oversight;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.hemei.access.Role;
import org.hemei.oversight.Cockpit.Covered;
import org.hemei.oversight.Cockpit.Spot;
import org.hemei.oversight.Cockpit.Subject;
import org.hemei.oversight.Cockpit.Tile;
import org.hemei.oversight.Cockpit.Watch;
import org.hemei.platform.MechanismCheck.State;
import org.hemei.platform.Missing;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Ui;
import org.hemei.registry.Areas;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.measure.RateTargets;
import org.hemei.workorder.rollup.Counts;
import org.hemei.workorder.rollup.OrderCounts;
import org.hemei.workorder.rollup.Quarter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 驾驶舱: the whole city, or a district, on one sheet. */
@Controller
class CockpitPages implements NavEntry {

    private static final Role[] READERS = {Role.CITY, Role.DISTRICT};
    private static final int DISTRICT_DIGITS = 6;
    private static final int SPOTS = 3;
    private static final int COVERED = 4;
    private static final int WATCHED_RULES = 3;

    /** Shown on the card of coverage, as far as they apply here. */
    private static final List<String> COVERAGE = List.of(
            "company-work", "staffing", "estate-holder", "community-committee", "estate-branch", "street-department");

    private final OrderCounts orders;
    private final Areas areas;
    private final Checks checks;
    private final CheckQueries figures;
    private final Boundaries boundaries;
    private final RateTargets targets;
    private final InstantSource clock;

    CockpitPages(
            OrderCounts orders,
            Areas areas,
            Checks checks,
            CheckQueries figures,
            Boundaries boundaries,
            RateTargets targets,
            InstantSource clock) {
        this.orders = orders;
        this.areas = areas;
        this.checks = checks;
        this.figures = figures;
        this.boundaries = boundaries;
        this.targets = targets;
        this.clock = clock;
    }

    @Override
    public List<Item> items(Reader reader) {
        return reader.scope(READERS).isEmpty()
                ? List.of()
                : List.of(new Item("全局", 5, "/cockpit", "驾驶舱", "gauge", null));
    }

    @GetMapping("/cockpit")
    ModelAndView cockpit(Reader reader, @RequestParam Map<String, String> query) {
        var picker = picker(reader, query.get("area"));
        var today = CivilTime.date(clock.instant());
        var quarter = Quarter.of(query.get("period"), today);
        var page = new ModelAndView(
                "oversight/cockpit", "cockpit", cockpit(reader, picker, quarter, rate(query.get("rate"))));
        page.addObject("quarters", Quarter.recent(today));
        return page;
    }

    private static Rate rate(@Nullable String code) {
        var rate = Rate.named(code);
        return rate == null ? Rate.SATISFACTION : rate;
    }

    private Areas.Picker picker(Reader reader, @Nullable String asked) {
        var scope = Role.required(reader, READERS);
        var wanted = asked == null || asked.isBlank() ? scope.areas().getFirst() : asked;
        var picker = areas.picker(scope, wanted);
        var here = picker.here();
        if (here == null || !here.code().equals(wanted) || wanted.length() > DISTRICT_DIGITS) {
            throw new Missing("没有这个地区，或它不归您看。");
        }
        return picker;
    }

    private Cockpit cockpit(Reader reader, Areas.Picker picker, Quarter quarter, Rate shown) {
        var here = picker.path().getLast().code();
        var before = quarter.before();
        var asOf = orders.asOf();
        var goals = targets.of(here, CivilTime.date(clock.instant()));
        var below = orders.below(here, quarter.first(), quarter.last());
        var tiles = tiles(picker, below, shown, goals.getOrDefault(shown, 0));
        var counts = orders.of(here, quarter.first(), quarter.last());
        var ages = orders.ages(here);
        return new Cockpit(
                picker,
                quarter,
                shown,
                counts,
                orders.of(here, before.first(), before.last()),
                tiles,
                boundaries.shapes(picker.below().stream().map(Areas.Area::code).toList()),
                orders.months(here, quarter.first().plusMonths(3).minusMonths(12), quarter.last()),
                subjects(here, quarter),
                ages,
                watched(reader, here, counts, ages, tiles),
                covered(reader, here),
                goals,
                asOf);
    }

    private static List<Tile> tiles(Areas.Picker picker, Map<String, Counts> below, Rate shown, int target) {
        return Tiles.inOrder(picker.below(), Areas.Area::code).stream()
                .map(area -> {
                    var counts = below.getOrDefault(area.code(), Counts.NONE);
                    var tally = counts.of(shown);
                    return new Tile(
                            area,
                            counts,
                            tally,
                            State.of(tally.numerator(), tally.denominator(), target, Cockpit.NEAR),
                            target);
                })
                .toList();
    }

    private List<Subject> subjects(String here, Quarter quarter) {
        var before = new HashMap<String, Integer>();
        orders.topics(here, quarter.before().first(), quarter.before().last())
                .forEach(topic -> before.put(topic.code(), topic.filed()));
        return orders.topics(here, quarter.first(), quarter.last()).stream()
                .limit(8)
                .map(topic -> new Subject(topic, before.getOrDefault(topic.code(), 0)))
                .toList();
    }

    private List<Watch> watched(Reader reader, String here, Counts counts, OrderCounts.Ages ages, List<Tile> tiles) {
        var watched = new ArrayList<Watch>();
        watched.add(
                orders(here, "超时没办的工单", "alarm", "超时", "late", "overdue", counts.overdue(), tiles, Counts::overdue));
        watched.add(orders(
                here, "居民说没解决、还在重办", "refresh", "重办", "wait", "reopened", counts.reopened(), tiles, Counts::reopened));
        watched.add(orders(
                here,
                "超过 30 天没办完",
                "hist",
                "拖得久",
                "wait",
                "age_more",
                ages.counts().getLast(),
                tiles,
                c -> 0));
        watched.removeIf(watch -> watch.many().startsWith("0 "));
        watched.addAll(rules(reader, here));
        return watched;
    }

    private static Watch orders(
            String here,
            String what,
            String icon,
            String word,
            String tone,
            String fact,
            int many,
            List<Tile> tiles,
            ToIntFunction<Counts> of) {
        var spots = tiles.stream()
                .filter(tile -> of.applyAsInt(tile.counts()) > 0)
                .sorted(Comparator.comparingInt((Tile tile) -> of.applyAsInt(tile.counts()))
                        .reversed())
                .limit(SPOTS)
                .map(tile -> new Spot(
                        tile.name(),
                        of.applyAsInt(tile.counts()),
                        "/orders?area=" + tile.area().code() + "&fact=" + fact))
                .toList();
        return new Watch(
                what,
                icon,
                word,
                tone,
                Ui.number(many) + " 件",
                "/orders?area=" + here + "&fact=" + fact,
                spots,
                "街道城市管理部");
    }

    /** Rules that are not met here; the worst of them. */
    private List<Watch> rules(Reader reader, String here) {
        if (!Standing.reads(reader)) {
            return List.of();
        }
        var rows = figures.figures(List.of(here));
        return checks.all().stream()
                .map(check -> check.rule())
                .filter(rule -> !rule.aim()
                        && row(rows, rule.code(), here) instanceof Figures.Row r
                        && r.state() == State.NOT_MET)
                .sorted(Comparator.comparingDouble(rule -> share(row(rows, rule.code(), here))))
                .limit(WATCHED_RULES)
                .map(rule -> {
                    var row = row(rows, rule.code(), here);
                    var lacking = row == null ? 0 : row.whole() - row.part();
                    return new Watch(
                            rule.lacking(),
                            "cross",
                            "未达",
                            "late",
                            Ui.number(lacking) + " " + rule.unit(),
                            "/mechanism/" + rule.code() + "?area=" + here,
                            List.of(),
                            rule.part().words());
                })
                .toList();
    }

    private static Figures.@Nullable Row row(Map<String, Map<String, Figures.Row>> rows, String rule, String here) {
        return rows.getOrDefault(rule, Map.of()).get(here);
    }

    private static double share(Figures.@Nullable Row row) {
        return row == null || row.whole() == 0 ? 1 : (double) row.part() / row.whole();
    }

    private List<Covered> covered(Reader reader, String here) {
        if (!Standing.reads(reader)) {
            return List.of();
        }
        var rows = figures.figures(List.of(here));
        var covered = new ArrayList<Covered>();
        for (var code : COVERAGE) {
            var row = row(rows, code, here);
            if (row != null && covered.size() < COVERED) {
                checks.all().stream()
                        .map(check -> check.rule())
                        .filter(rule -> rule.code().equals(code))
                        .forEach(rule -> covered.add(
                                new Covered(rule, row.part(), row.whole(), "/mechanism/" + code + "?area=" + here)));
            }
        }
        return covered;
    }
}
