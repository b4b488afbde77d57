package org.hemei.workorder.bulk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.list.OrderScope;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 批量办: choose on the list, see which will go and why the others will not, do it, read each outcome. */
@Controller
class BulkPages {

    private final Bulks bulks;
    private final BulkDesk desk;
    private final Once once;

    BulkPages(Bulks bulks, BulkDesk desk, Once once) {
        this.bulks = bulks;
        this.desk = desk;
        this.once = once;
    }

    private static List<BulkAct> offered(Reader reader) {
        var acts = BulkAct.of(reader);
        if (acts.isEmpty() || !OrderScope.onDuty(reader)) {
            throw new AccessDeniedException("no act on many orders for this duty");
        }
        return acts;
    }

    @PostMapping("/orders/bulk")
    ModelAndView plan(Reader reader, @RequestParam MultiValueMap<String, String> values) {
        var acts = offered(reader);
        var form = Form.of(values);
        var act = BulkAct.find(form.get("act")).filter(acts::contains).orElse(null);
        try {
            if (act == null) {
                throw Refusal.of("act", "请选要办什么。");
            }
            var all = "1".equals(form.get("all"));
            var id = Long.parseLong(once.run(
                    reader,
                    form.get("_once"),
                    form,
                    () -> String.valueOf(desk.plan(reader, act, values.toSingleValueMap(), picked(form), all))));
            return act.asks() == null ? looked(reader, id) : go("/orders/bulk/" + id);
        } catch (Refusal refusal) {
            var page = new ModelAndView("workorder/bulk/nothing", HttpStatus.UNPROCESSABLE_CONTENT);
            page.addObject("errors", FormErrors.of(refusal));
            page.addObject("back", desk.back(act, values.toSingleValueMap()));
            page.addObject("list", act == null ? "工单" : act.list());
            return page;
        }
    }

    private static List<OrderId> picked(Form form) {
        var ids = new ArrayList<OrderId>();
        for (var text : form.all("pick")) {
            try {
                ids.add(OrderId.valueOf(text));
            } catch (Missing | NumberFormatException noOrder) {
                // not from our list
            }
        }
        return ids;
    }

    private ModelAndView looked(Reader reader, long id) {
        var bulk = bulks.own(reader, id);
        if (bulk.state().equals("planned")) {
            if (bulks.tally(id).all() > BulkDesk.AT_ONCE) {
                return go("/jobs/" + desk.hand(reader, bulk, true));
            }
            desk.look(reader, bulk, () -> {});
        }
        return go("/orders/bulk/" + id);
    }

    @GetMapping("/orders/bulk/{id:\\d{1,18}}")
    ModelAndView show(Reader reader, @PathVariable long id, @RequestParam(defaultValue = "0") int after) {
        offered(reader);
        return page(reader, bulks.own(reader, id), FormErrors.NONE, HttpStatus.OK, Math.max(0, after));
    }

    @PostMapping("/orders/bulk/{id:\\d{1,18}}/target")
    ModelAndView target(Reader reader, @PathVariable long id, @RequestParam Map<String, String> values) {
        offered(reader);
        var bulk = bulks.own(reader, id);
        try {
            var target = values.getOrDefault("target", "");
            desk.target(
                    reader,
                    bulk,
                    target.matches("\\d{1,18}") ? Long.parseLong(target) : -1,
                    values.getOrDefault("reason", ""));
            return looked(reader, id);
        } catch (Refusal refusal) {
            return page(reader, bulk, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT, 0);
        }
    }

    @PostMapping("/orders/bulk/{id:\\d{1,18}}/do")
    ModelAndView start(Reader reader, @PathVariable long id) {
        offered(reader);
        var bulk = bulks.own(reader, id);
        if (!bulk.asked()) {
            return page(
                    reader,
                    bulk,
                    FormErrors.of(Refusal.of("target", "请先选" + bulk.act().asks() + "。")),
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    0);
        }
        var job = desk.start(reader, bulk);
        return go(job == 0 ? "/orders/bulk/" + id : "/jobs/" + job);
    }

    private ModelAndView page(Reader reader, Bulks.Bulk bulk, FormErrors errors, HttpStatus status, int after) {
        var page = new ModelAndView("workorder/bulk/bulk", status);
        var rows = bulks.rows(bulk.id(), after, Bulks.PAGE + 1);
        page.addObject("bulk", bulk);
        page.addObject("tally", bulks.tally(bulk.id()));
        page.addObject("rows", rows.subList(0, Math.min(Bulks.PAGE, rows.size())));
        page.addObject(
                "next", rows.size() > Bulks.PAGE ? rows.get(Bulks.PAGE - 1).n() : 0);
        page.addObject("after", after);
        page.addObject("targets", bulk.state().equals("planned") ? targets(bulk) : List.of());
        page.addObject("errors", errors);
        return page;
    }

    private List<Bulks.Target> targets(Bulks.Bulk bulk) {
        return switch (bulk.act()) {
            case DISPATCH -> bulks.holders(bulk.id());
            case ASSIGN -> bulks.workers(bulk.id());
            default -> List.of();
        };
    }

    private static ModelAndView go(@Nullable String path) {
        return new ModelAndView("redirect:" + path);
    }
}
