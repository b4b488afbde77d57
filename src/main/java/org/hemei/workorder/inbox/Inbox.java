package org.hemei.workorder.inbox;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.hemei.platform.web.Address;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.inbox.InboxRow.Band;
import org.hemei.workorder.list.OrderFilter;
import org.jspecify.annotations.Nullable;

/**
 * The inbox as its page shows it: everything that waits, what the filters leave of it, in bands or columns.
 *
 * @param rows everything that waits, by time left
 * @param shown those the filter leaves
 */
record Inbox(List<InboxRow> rows, List<InboxRow> shown, Filter filter, Instant now) {

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

        boolean matches(InboxRow row, Instant now) {
            return (q.isEmpty() || row.says(q))
                    && (estate == null || estate == row.estateId())
                    && (category == null || category.equals(row.branch()))
                    && (need == null || need == row.need())
                    && (!today || row.dueToday(now));
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

    static Inbox of(List<InboxRow> rows, Filter filter, Instant now) {
        return new Inbox(
                rows, rows.stream().filter(row -> filter.matches(row, now)).toList(), filter, now);
    }

    int late() {
        return (int) rows.stream().filter(row -> row.late(now)).count();
    }

    /** The first deadline still ahead. */
    @Nullable
    Instant next() {
        return rows.stream()
                .map(InboxRow::due)
                .filter(due -> due != null && !due.isBefore(now))
                .min(java.util.Comparator.naturalOrder())
                .orElse(null);
    }

    boolean full() {
        return rows.size() >= InboxQueries.MOST;
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

    List<Option> estates() {
        return options("estate", row -> Long.toString(row.estateId()), InboxRow::estate, String.valueOf(filter.estate));
    }

    List<Option> categories() {
        return options("category", InboxRow::branch, InboxRow::branchName, String.valueOf(filter.category));
    }

    List<Option> needs() {
        return options(
                "need",
                row -> row.need().code(),
                row -> row.need().words(),
                filter.need == null ? "" : filter.need.code());
    }

    private List<Option> options(
            String name, Function<InboxRow, String> key, Function<InboxRow, String> label, String chosen) {
        var labels = new LinkedHashMap<String, String>();
        var counts = new LinkedHashMap<String, Integer>();
        for (var row : rows) {
            labels.put(key.apply(row), label.apply(row));
            counts.merge(key.apply(row), 1, Integer::sum);
        }
        return labels.entrySet().stream()
                .map(entry -> new Option(
                        entry.getValue(),
                        Objects.requireNonNull(counts.get(entry.getKey())),
                        filter.address().with(name, entry.getKey()).toString(),
                        entry.getKey().equals(chosen)))
                .toList();
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
            case "estate" -> estates();
            case "category" -> categories();
            case "need" -> needs();
            default -> List.<Option>of();
        };
        return options.stream()
                .filter(Option::current)
                .map(Option::label)
                .findFirst()
                .orElse(name.equals("due") ? "今天到期" : "没有符合的");
    }
}
