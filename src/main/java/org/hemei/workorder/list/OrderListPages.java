package org.hemei.workorder.list;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.find.SavedViews;
import org.hemei.platform.table.ExcelTable;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Escalated;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** 工单: every order of the reader's area or body, with filters that live in the address; any figure leads here. */
@Controller
class OrderListPages {

    /** A condition in force that has no field of its own, and the address without it. */
    record Active(String words, String without) {}

    private final OrderListQueries queries;
    private final AreaQueries areas;
    private final OrderExport export;
    private static final String PAGE = "/orders";

    private final List<ListAct> acts;
    private final SavedViews views;
    private final InstantSource clock;

    OrderListPages(
            OrderListQueries queries,
            AreaQueries areas,
            OrderExport export,
            List<ListAct> acts,
            SavedViews views,
            InstantSource clock) {
        this.views = views;
        this.acts = acts;
        this.queries = queries;
        this.areas = areas;
        this.export = export;
        this.clock = clock;
    }

    private static void onDuty(Reader reader) {
        Role.required(
                reader, Role.COMMUNITY, Role.MANAGER, Role.STAFF, Role.HELPER, Role.STREET, Role.DISTRICT, Role.CITY);
    }

    @GetMapping("/orders")
    String list(Reader reader, @RequestParam Map<String, String> query, Model model) {
        onDuty(reader);
        if (query.isEmpty()) {
            var opens = views.standard(reader, PAGE);
            if (opens.isPresent()) {
                return "redirect:/views/" + opens.get().id();
            }
        }
        model.addAttribute("views", views.of(reader, PAGE));
        model.addAttribute("shown", SavedViews.shown(query));
        var filter = OrderFilter.of(query);
        var after = OrderListQueries.Key.of(query.get("after"));
        var picker = areas.picker(reader, filter.area());
        var page = queries.page(reader, filter, after);
        model.addAttribute("filter", filter);
        model.addAttribute("page", page);
        model.addAttribute("level", Escalated.own(reader));
        model.addAttribute("count", after == null ? queries.count(reader, filter, page) : null);
        model.addAttribute(
                "acts",
                acts.stream().flatMap(act -> act.offers(reader).stream()).toList());
        model.addAttribute("after", after);
        model.addAttribute("picker", picker);
        model.addAttribute("estates", areas.estates(reader, picker.here()));
        model.addAttribute("categories", areas.categories());
        model.addAttribute("active", active(filter));
        model.addAttribute("now", clock.instant());
        return "workorder/list/list";
    }

    private List<Active> active(OrderFilter filter) {
        var address = filter.on("/orders");
        var active = new ArrayList<Active>();
        if (filter.fact() != null) {
            active.add(new Active(filter.fact().words(), address.without("fact").toString()));
        }
        if (filter.holder() != null) {
            var name = areas.bodyName(filter.holder());
            active.add(new Active(
                    "处理单位：" + (name == null ? "没有这家" : name),
                    address.without("holder").toString()));
        }
        if (filter.doneFrom() != null || filter.doneTo() != null) {
            active.add(new Active(
                    "办结：" + day(filter.doneFrom()) + "—" + day(filter.doneTo()),
                    address.without("done_from").without("done_to").toString()));
        }
        return active;
    }

    private static String day(java.time.@Nullable LocalDate day) {
        return day == null ? "" : CivilTime.day(day);
    }

    @GetMapping("/orders.xlsx")
    void export(Reader reader, @RequestParam Map<String, String> query, HttpServletResponse response)
            throws IOException {
        onDuty(reader);
        var day = CivilTime.date(clock.instant());
        try (var table = ExcelTable.open(response, "orders-" + day, export.title(), export.headings())) {
            export.write(reader, query, ExcelTable.MOST, table::row);
            table.foot("共 " + table.rows() + " 行" + (table.rows() == ExcelTable.MOST ? "，后面的没有导出，请缩小筛选再导" : "") + "。"
                    + reader.name() + " 导出于 " + CivilTime.full(clock.instant()));
        }
    }
}
