package org.hemei.workorder.inbox;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hemei.platform.web.Address;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.inbox.InboxRow.Band;
import org.hemei.workorder.list.OrderFilter;
import org.jspecify.annotations.Nullable;

/**
 * The inbox as its page shows it: one page of what the filters leave, in bands; or all of it in columns.
 *
 * @param shown the rows of this page, by time left
 * @param after where it begins; null on the first page
 * @param next where the next page begins; null on the last
 */
record Inbox(
        List<InboxRow> shown,
        Totals totals,
        Filter filter,
        Instant now,
        @Nullable String after,
        @Nullable String next) {

    /**
     * Of everything that waits, whatever page is shown.
     *
     * @param late past their deadline; @param ahead the first deadline that is still ahead
     * @param bands what the filter leaves, by the time left; @param estates and so on: the menus of the filters
     */
    record Totals(
            int all,
            int late,
            @Nullable Instant ahead,
            Map<Band, Integer> bands,
            List<Option> estates,
            List<Option> categories,
            List<Option> needs) {

        /** How many the filter leaves. */
        int found() {
            return bands.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** What the address narrows the inbox to. */
    record Filter(
            String q,
            @Nullable Long estate,
            @Nullable String category,
            @Nullable Need need,
            boolean today,
            boolean board) {

        static Filter of(Map<String, String> query) {
            var list = OrderFilter.of(query);
            return new Filter(
                    list.q(),
                    list.estate(),
                    list.category(),
                    OrderFilter.constant(Need.class, query.get("need")),
                    "today".equals(query.get("due")),
                    "board".equals(query.get("view")));
        }

        boolean any() {
            return !q.isEmpty() || estate != null || category != null || need != null || today;
        }

        Address address() {
            return Address.of("/todo")
                    .with("q", q)
                    .with("estate", estate)
                    .with("category", category)
                    .with("need", need == null ? null : need.code())
                    .with("due", today ? "today" : null)
                    .with("view", board ? "board" : null);
        }
    }

    /** One entry of a filter's menu. */
    record Option(String label, int count, String address, boolean current) {}

    /** The address of this very page. */
    Address self() {
        return filter.address().with("after", after);
    }

    @Nullable
    String nextPath() {
        return next == null ? null : filter.address().with("after", next).toString();
    }

    @Nullable
    String firstPath() {
        return after == null ? null : filter.address().toString();
    }

    Map<Band, List<InboxRow>> bands() {
        var bands = new TreeMap<Band, List<InboxRow>>();
        shown.forEach(row -> bands.computeIfAbsent(row.band(now), b -> new java.util.ArrayList<>())
                .add(row));
        return bands;
    }

    /** The board's columns, in the order an order passes them; a state nothing stands at has none. */
    Map<OrderState, List<InboxRow>> columns() {
        var columns = new TreeMap<OrderState, List<InboxRow>>();
        shown.forEach(row -> columns.computeIfAbsent(row.state(), s -> new java.util.ArrayList<>())
                .add(row));
        return columns;
    }

    /** What the filters in force are called, each with the address that drops it. */
    List<Option> active() {
        var on = new java.util.ArrayList<Option>();
        for (var name : Arrays.asList("estate", "category", "need", "due")) {
            var value = filter.address().query().get(name);
            if (value != null) {
                on.add(new Option(label(name), 0, filter.address().without(name).toString(), true));
            }
        }
        return on;
    }

    private String label(String name) {
        var options = switch (name) {
            case "estate" -> totals.estates;
            case "category" -> totals.categories;
            case "need" -> totals.needs;
            default -> List.<Option>of();
        };
        return options.stream()
                .filter(Option::current)
                .map(Option::label)
                .findFirst()
                .orElse(name.equals("due") ? "今天到期" : "没有符合的");
    }
}
