package org.hemei.workorder.inbox;

import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.workorder.desk.Done;
import org.hemei.workorder.desk.OrderDeskPages;
import org.hemei.workorder.list.OrderScope;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** 待办: what waits for whoever is on duty, the most urgent first, with the chosen order beside it. */
@Controller
class InboxPages implements NavEntry {

    private static final String GROUP = "办事";

    private final InboxQueries queries;
    private final OrderDeskPages desk;
    private final InboxFinder finder;

    InboxPages(InboxQueries queries, OrderDeskPages desk, InboxFinder finder) {
        this.queries = queries;
        this.desk = desk;
        this.finder = finder;
    }

    @Override
    public List<Item> items(Reader reader) {
        var items = new java.util.ArrayList<Item>();
        if (InboxQueries.concerns(reader)) {
            items.add(new Item(GROUP, 10, "/todo", "待办", "inbox", queries.waiting(reader)));
        }
        if (OrderScope.onDuty(reader)) {
            items.add(new Item(GROUP, 20, "/orders", "工单", "order", null));
        }
        if (reader.has(Role.COMMUNITY)) {
            items.add(new Item(GROUP, 30, "/desk/orders/new", "代居民点单", "phone", null));
        }
        if (reader.has(Role.STREET) || reader.has(Role.DISTRICT) || reader.has(Role.CITY)) {
            items.add(new Item(GROUP, 40, "/overview", "总览", "chart", null));
        }
        if (reader.has(Role.CITY) || reader.has(Role.SYSTEM)) {
            items.add(new Item("规则", 300, "/calendar", "工作日历", "cal", null));
        }
        return items;
    }

    @GetMapping("/todo")
    String inbox(Reader reader, @RequestParam Map<String, String> query, Model model) {
        Role.required(
                reader, Role.COMMUNITY, Role.STREET, Role.MANAGER, Role.STAFF, Role.HELPER, Role.DISTRICT, Role.CITY);
        var inbox = finder.find(reader, Inbox.Filter.of(query), query.get("after"));
        model.addAttribute("inbox", inbox);
        model.addAttribute("done", Done.of(query.get("did"), query.get("order")));
        var chosen = chosen(inbox, query.get("selected"));
        if (chosen != null) {
            desk.panel(reader, chosen.id(), inbox.self().toString(), model);
        }
        return "workorder/inbox/inbox";
    }

    /** The order asked for, else the most urgent one. */
    private static @Nullable InboxRow chosen(Inbox inbox, @Nullable String selected) {
        if (inbox.filter().board() || inbox.shown().isEmpty()) {
            return null;
        }
        return inbox.shown().stream()
                .filter(row -> row.id().toString().equals(selected))
                .findFirst()
                .orElse(inbox.shown().getFirst());
    }
}
