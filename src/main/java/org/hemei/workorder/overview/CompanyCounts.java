package org.hemei.workorder.overview;

import gg.jte.Content;
import gg.jte.TemplateEngine;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.hemei.access.Role;
import org.hemei.platform.PagePanel;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Address;
import org.hemei.workorder.list.Fact;
import org.hemei.workorder.list.OrderFilter;
import org.hemei.workorder.list.OrderScope;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.rollup.Counts;
import org.hemei.workorder.rollup.OrderCounts;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * This year's orders of a company and of each of its projects in figures, on its pages. A figure leads to its list for whoever may
 * read all that it counts: the list then holds as many as the figure says.
 */
@Configuration(proxyBeanMethods = false)
class CompanyCounts {

    /** One estate that the company holds or held orders of. @param cases where the cases of its rates stand; null: not for the reader */
    record Line(
            long estate,
            String name,
            Counts counts,
            @Nullable Address cases) {

        @Nullable
        String cases(Rate rate) {
            return counted(cases, rate);
        }
    }

    /**
     * Before somebody on duty.
     *
     * @param lines of the estates they oversee; all of them, without lists, for whoever reads no orders
     * @param lists whether the figures lead to lists
     */
    record Projects(
            long company,
            List<Line> lines,
            Counts sum,
            boolean lists,
            @Nullable Address cases,
            LocalDate first,
            LocalDate today) {

        @Nullable
        String cases(Rate rate) {
            return counted(cases, rate);
        }

        String list(@Nullable Line line, @Nullable Fact fact) {
            return path(company, line == null ? null : line.estate, fact, first, today);
        }
    }

    private record Held(long estate, String name, String community, Counts counts) {}

    private final OrderCounts orders;
    private final TemplateEngine templates;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    CompanyCounts(OrderCounts orders, TemplateEngine templates, JdbcClient jdbc, InstantSource clock) {
        this.orders = orders;
        this.templates = templates;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Bean
    PagePanel companyCountsAtDesk() {
        return new Panel(PagePanel.Place.COMPANY, this::desk);
    }

    @Bean
    PagePanel companyCountsInPublic() {
        return new Panel(PagePanel.Place.PUBLIC_COMPANY, this::everybody);
    }

    private interface Made {
        @Nullable
        Content of(Reader reader, long company);
    }

    private record Panel(PagePanel.Place place, Made made) implements PagePanel {

        @Override
        public int order() {
            return 10;
        }

        @Override
        public @Nullable Content panel(Reader reader, long company) {
            return made.of(reader, company);
        }
    }

    private @Nullable Content desk(Reader reader, long company) {
        var today = today();
        var lists = OrderScope.onDuty(reader);
        var lines = held(company, today).stream()
                .filter(one -> !lists || OrderScope.reads(reader, company, one.estate, one.community))
                .map(one -> new Line(
                        one.estate, one.name, one.counts, cases(reader, company, one.community, today, one.estate)))
                .toList();
        var sum = lines.stream().map(Line::counts).reduce(Counts.NONE, Counts::plus);
        var projects = new Projects(
                company, lines, sum, lists, cases(reader, company, null, today, null), today.withDayOfYear(1), today);
        return out -> templates.render(
                "workorder/overview/company-counts.jte", Map.of("projects", projects, "asOf", orders.asOf()), out);
    }

    private Content everybody(Reader reader, long company) {
        var today = today();
        var first = today.withDayOfYear(1);
        var counts = orders.of(OrderCounts.holder(company), first, today);
        var all = OrderScope.onDuty(reader)
                && held(company, today).stream()
                        .allMatch(one -> OrderScope.reads(reader, company, one.estate, one.community));
        var params = new HashMap<String, Object>();
        params.put("year", new PublicCounts.Year(counts, orders.asOf()));
        params.put("none", "居民点了单、派给它办，办了多少、解决多少，会列在这里。");
        if (all) {
            Function<Fact, String> path = fact -> path(company, null, fact, first, today);
            params.put("path", path);
            params.put("filed", path(company, null, null, first, today));
            var cases = cases(reader, company, null, today, null);
            if (cases != null) {
                Function<Rate, String> counted =
                        rate -> cases.with("rate", rate.code()).toString();
                params.put("cases", counted);
            }
        }
        return out -> templates.render("workorder/overview/public-counts.jte", params, out);
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    /** Each of its projects, the one with most orders first. */
    private List<Held> held(long company, LocalDate today) {
        var counts = orders.projects(company, today.withDayOfYear(1), today);
        var ids = counts.keySet().stream()
                .map(scope -> Long.valueOf(scope.substring(scope.indexOf('e') + 1)))
                .toArray(Long[]::new);
        return jdbc
                .sql("select id, name, community from estate where id = any(?)")
                .param(ids)
                .query((r, n) -> new Held(
                        r.getLong("id"),
                        r.getString("name"),
                        r.getString("community"),
                        Objects.requireNonNull(counts.get(OrderCounts.project(company, r.getLong("id"))))))
                .list()
                .stream()
                .filter(one -> one.counts.filed() > 0 || one.counts.open() > 0)
                .sorted(Comparator.comparing((Held one) -> -one.counts.filed()).thenComparing(Held::name))
                .toList();
    }

    private static @Nullable String counted(@Nullable Address cases, Rate rate) {
        return cases == null ? null : cases.with("rate", rate.code()).toString();
    }

    /**
     * Where the cases of this year's rates stand, in the one area or as the one company that the reader reads them for; null where
     * they read none, or more than one page shows.
     */
    private static @Nullable Address cases(
            Reader reader, long company, @Nullable String community, LocalDate today, @Nullable Long estate) {
        var roots = OrderScope.roots(reader).stream()
                .filter(root -> community == null || community.startsWith(root))
                .toList();
        var manages = OrderScope.roots(reader).isEmpty()
                && reader.scope(Role.MANAGER).covers(company, estate == null ? 0L : estate);
        if (roots.size() != 1 && !manages) {
            return null;
        }
        return Address.of("/rates/cases")
                .with("part", "counted")
                .with("company", company)
                .with("estate", estate)
                .with("area", manages ? null : roots.getFirst())
                .with("month", YearMonth.from(today))
                .with("months", today.getMonthValue());
    }

    /** What is open stands as of now, whenever it was filed; what is done goes by the day of closing. */
    private static String path(
            long company, @Nullable Long estate, @Nullable Fact fact, LocalDate first, LocalDate today) {
        var list = OrderFilter.of(Map.of()).on("/orders").with("holder", company);
        if (estate != null) {
            list = list.with("estate", estate);
        }
        if (fact != null) {
            list = list.with("fact", fact.code());
        }
        if (fact == Fact.OPEN || fact == Fact.OVERDUE) {
            return list.toString();
        }
        return fact == Fact.DONE
                ? list.with("done_from", first).with("done_to", today).toString()
                : list.with("from", first).with("to", today).toString();
    }
}
