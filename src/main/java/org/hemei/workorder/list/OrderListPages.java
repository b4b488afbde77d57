package org.hemei.workorder.list;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.find.SavedViews;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Address;
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
    private static final String PAGE = "/orders";

    private final List<ListAct> acts;
    private final SavedViews views;
    private final InstantSource clock;

    OrderListPages(
            OrderListQueries queries, AreaQueries areas, List<ListAct> acts, SavedViews views, InstantSource clock) {
        this.views = views;
        this.acts = acts;
        this.queries = queries;
        this.areas = areas;
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
        var estates = areas.estates(reader, picker.here());
        var names = areas.names(filter);
        model.addAttribute("estates", estates);
        model.addAttribute("said", said(filter, picker, names));
        model.addAttribute("categories", areas.categories());
        model.addAttribute("active", active(filter, names, estates));
        model.addAttribute("now", clock.instant());
        return "workorder/list/list";
    }

    /** The whole filter in words, as it stands on paper. */
    private static String said(OrderFilter filter, AreaQueries.Picker picker, AreaQueries.Names names) {
        var words = new ArrayList<String>();
        if (picker.here() != null) {
            words.add(picker.here().name());
        }
        Stream.of(names.estate(), names.building(), names.unit(), names.category(), names.holder(), names.worker())
                .filter(Objects::nonNull)
                .forEach(words::add);
        words.addAll(filter.said());
        return words.isEmpty() ? "全部" : String.join("，", words);
    }

    /** What the form has no field for, or a field that does not offer it. */
    private static List<Active> active(OrderFilter filter, AreaQueries.Names names, List<AreaQueries.Named> estates) {
        var address = filter.on(PAGE);
        var active = new ArrayList<Active>();
        if (filter.estate() != null
                && estates.stream().noneMatch(one -> one.id().equals(String.valueOf(filter.estate())))) {
            active.add(narrowed("小区：", names.estate(), address, "estate"));
        }
        if (filter.building() != null) {
            active.add(narrowed("楼栋：", names.building(), address, "building"));
        }
        if (filter.unit() != null) {
            active.add(narrowed("房屋：", names.unit(), address, "unit"));
        }
        if (filter.worker() != null) {
            active.add(narrowed("谁在办：", names.worker(), address, "worker"));
        }
        if (filter.fact() != null) {
            active.add(new Active(filter.fact().words(), address.without("fact").toString()));
        }
        if (filter.holder() != null) {
            active.add(narrowed("处理单位：", names.holder(), address, "holder"));
        }
        if (filter.doneFrom() != null || filter.doneTo() != null) {
            active.add(new Active(
                    "办结：" + day(filter.doneFrom()) + "—" + day(filter.doneTo()),
                    address.without("done_from").without("done_to").toString()));
        }
        return active;
    }

    private static Active narrowed(String what, @Nullable String name, Address address, String field) {
        return new Active(
                what + (name == null ? "没有这个" : name), address.without(field).toString());
    }

    private static String day(java.time.@Nullable LocalDate day) {
        return day == null ? "" : CivilTime.day(day);
    }
}
