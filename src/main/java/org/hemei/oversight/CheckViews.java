package org.hemei.oversight;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.MechanismCheck.Part;
import org.hemei.platform.MechanismCheck.Rule;
import org.hemei.platform.MechanismCheck.Shortfall;
import org.hemei.platform.MechanismCheck.State;
import org.hemei.platform.Reader;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts together what the pages of 机制体检 show. */
@Component
class CheckViews {

    /** How many of those who fall short stand on one page. */
    static final int PAGE = 50;

    private static final int MONTHS = 24;
    private static final int SPARK_MONTHS = 12;

    /** A document that rules rest on. */
    record Policy(long id, @Nullable String number, String title, String issuer, LocalDate issuedOn) {}

    private final Standing standing;
    private final Checks checks;
    private final Figures figures;
    private final CheckQueries queries;
    private final Thresholds thresholds;
    private final JdbcClient jdbc;

    CheckViews(
            Standing standing,
            Checks checks,
            Figures figures,
            CheckQueries queries,
            Thresholds thresholds,
            JdbcClient jdbc) {
        this.standing = standing;
        this.checks = checks;
        this.figures = figures;
        this.queries = queries;
        this.thresholds = thresholds;
        this.jdbc = jdbc;
    }

    Areas.Picker area(Reader reader, @Nullable String chosen) {
        return standing.picker(reader, chosen);
    }

    Board board(Reader reader, @Nullable String area, @Nullable State state, @Nullable Part part, boolean inOrder) {
        var picker = standing.picker(reader, area);
        var computed =
                computedAt(checks.all().stream().map(MechanismCheck::rule).toList());
        var here = picker.path().getLast();
        var rows = queries.figures(Standing.codes(picker));
        var months = queries.months(here.code(), standing.today().minusMonths(SPARK_MONTHS));
        var cards = checks.all().stream()
                .map(MechanismCheck::rule)
                .map(rule -> {
                    var own = rows.getOrDefault(rule.code(), Map.of());
                    return new Board.Card(
                            rule,
                            Place.of(here, own.get(here.code())),
                            strip(picker, own),
                            months.getOrDefault(rule.code(), List.of()));
                })
                .toList();
        return new Board(picker, cards, state, part, inOrder, computed);
    }

    /** More than a dozen or so would be no strip; then the rule's own page has the table. */
    private static List<Place> strip(Areas.Picker picker, Map<String, Figures.Row> rows) {
        var places = places(picker, rows);
        return places.size() > 18 ? List.of() : places;
    }

    /** None where the rule does not live further down: a company stands in its district, and in no street. */
    private static List<Place> places(Areas.Picker picker, Map<String, Figures.Row> rows) {
        var places = all(picker, rows);
        return places.stream().allMatch(p -> p.state() == State.NONE) ? List.of() : places;
    }

    private static List<Place> all(Areas.Picker picker, Map<String, Figures.Row> rows) {
        return Tiles.asTheyLie(picker.below().stream()
                .map(area -> Place.of(area, rows.get(area.code())))
                .toList());
    }

    /** The first reader of all computes what the job has not got to yet. */
    private Instant computedAt(List<Rule> rules) {
        var codes = rules.stream().map(Rule::code).toList();
        return queries.computedAt(codes).orElseGet(() -> {
            rules.forEach(rule -> figures.refresh(checks.of(rule.code())));
            return queries.computedAt(codes).orElseThrow();
        });
    }

    RuleView rule(Reader reader, String code, @Nullable String area, @Nullable String day, @Nullable String after) {
        var check = checks.of(code);
        var rule = check.rule();
        var picker = standing.picker(reader, area);
        var on = standing.day(day);
        var today = on.equals(standing.today());
        var computed = today ? computedAt(List.of(rule)) : null;
        var rows = today ? queries.figures(code, Standing.codes(picker)) : figures.on(check, on);
        var here = Place.of(
                picker.path().getLast(), rows.get(picker.path().getLast().code()));
        var from = after == null ? "" : after;
        var found = check.shortfalls(here.area().code(), on, from, PAGE + 1);
        var lacking = found.stream().limit(PAGE).toList();
        var versions = thresholds.versions(code, here.area().code());
        return new RuleView(
                rule,
                picker,
                on,
                today,
                computed,
                here,
                places(picker, rows),
                queries.months(here.area().code(), standing.today().minusMonths(MONTHS))
                        .getOrDefault(code, List.of()),
                rule.thresholds().stream()
                        .map(t -> thresholds.holding(versions, t.name(), on))
                        .flatMap(Optional::stream)
                        .toList(),
                thresholds.on(on).value(rule, MechanismCheck.TARGET, here.area().code()),
                lacking,
                today
                        ? queries.running(
                                check, lacking.stream().map(Shortfall::key).toList())
                        : Map.of(),
                names(lacking.stream().map(Shortfall::area).distinct().toList()),
                from,
                found.size() > PAGE ? lacking.getLast().key() : null,
                Standing.sets(reader, here.area().code()));
    }

    /** The rule that is furthest from being met here; of those that are only aimed at, none. */
    String worst(Areas.Picker picker) {
        var here = picker.path().getLast();
        var rows = queries.figures(List.of(here.code()));
        Function<Rule, Place> place =
                rule -> Place.of(here, rows.getOrDefault(rule.code(), Map.of()).get(here.code()));
        return checks.all().stream()
                .map(MechanismCheck::rule)
                .filter(rule -> !rule.aim())
                .min(Comparator.comparing((Rule rule) -> place.apply(rule).state())
                        .thenComparing(rule -> place.apply(rule).share()))
                .orElseThrow()
                .code();
    }

    /** The figures of a rule two levels down. */
    record Tree(Map<String, Figures.Row> figures, Map<String, List<Areas.Area>> below, Instant computedAt) {}

    Tree tree(String rule, Areas.Picker picker) {
        var computed = computedAt(List.of(checks.of(rule).rule()));
        Map<String, List<Areas.Area>> below = new HashMap<>();
        var codes = Standing.codes(picker);
        // streets below districts, communities below streets; what lies below a community is no area
        jdbc.sql("select code, name, level, parent from area where parent = any(?) and kind <> 'special' order by code")
                .param(picker.below().stream().map(Areas.Area::code).toArray(String[]::new))
                .query((r, n) -> {
                    codes.add(r.getString("code"));
                    return below.computeIfAbsent(r.getString("parent"), parent -> new ArrayList<>())
                            .add(new Areas.Area(r.getString("code"), r.getString("name"), r.getString("level")));
                })
                .list();
        return new Tree(queries.figures(rule, codes), below, computed);
    }

    /** Tasks are kept under this source. */
    static String source(String rule) {
        return "check:" + rule;
    }

    /** 竹西社区, with the street where the list is of more than one: 芜湖路街道·竹西社区. */
    Map<String, String> names(Collection<String> codes) {
        Map<String, String> names = new HashMap<>();
        jdbc.sql("""
                select a.code, a.name, a.level, p.name as parent
                from area a left join area p on p.code = a.parent
                where a.code = any(?)
                """)
                .param(codes.toArray(String[]::new))
                .query((r, n) -> names.put(
                        r.getString("code"),
                        r.getString("level").equals("community")
                                ? r.getString("parent") + "·" + Areas.plain(r.getString("name"))
                                : r.getString("name")))
                .list();
        return names;
    }

    List<Policy> policies(Reader reader) {
        var cities = Standing.scope(reader).areas().stream()
                .map(code -> code.substring(0, 4))
                .distinct()
                .toArray(String[]::new);
        return jdbc.sql("""
                select id, number, title, issuer, issued_on from policy
                where left(area, 4) = any(?) order by issued_on desc, id limit 100
                """).param(cities).query(Policy.class).list();
    }
}
