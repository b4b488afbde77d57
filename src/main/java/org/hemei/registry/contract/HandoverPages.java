package org.hemei.registry.contract;

import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.Missing;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.TodoSource;
import org.hemei.platform.web.Address;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormErrors;
import org.hemei.registry.Areas;
import org.hemei.registry.Office;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 物业交接: what one company hands to the next, before the community, the street, the departments and both companies. */
@Controller
class HandoverPages implements NavEntry, TodoSource {

    private static final int RANK = 270;

    private final Handovers handovers;
    private final HandoverDesk desk;
    private final Areas areas;

    HandoverPages(Handovers handovers, HandoverDesk desk, Areas areas) {
        this.areas = areas;
        this.handovers = handovers;
        this.desk = desk;
    }

    /** A place of its own for those who have one to work on; others come from the contract. */
    @Override
    public List<Item> items(Reader reader) {
        if (!Handovers.concerned(reader)) {
            return List.of();
        }
        var waiting = waiting(reader);
        return List.of(new Item("底数", RANK, "/handovers", "物业交接", "swap", waiting == 0 ? null : waiting));
    }

    @Override
    public int waiting(Reader reader) {
        return handovers.waiting(reader);
    }

    static void readers(Reader reader) {
        Office.required(
                reader,
                Office.COMMUNITY,
                Office.STREET,
                Office.DISTRICT,
                Office.CITY,
                Office.ORGANISATION,
                Office.HOUSING,
                Office.MANAGER);
    }

    @GetMapping("/handovers")
    String list(
            Reader reader,
            @RequestParam(defaultValue = "") String done,
            @RequestParam(defaultValue = "") String area,
            @RequestParam(defaultValue = "0") long after,
            Model model) {
        readers(reader);
        var over = done.equals("1");
        var picker = areas.picker(Areas.seen(reader), area);
        var under = picker.at(area);
        var rows = handovers.list(reader, over, under, after, Handovers.PAGE + 1);
        model.addAttribute("picker", picker);
        model.addAttribute(
                "address",
                Address.of("/handovers").with("done", over ? "1" : null).with("area", under));
        model.addAttribute("rows", rows.stream().limit(Handovers.PAGE).toList());
        model.addAttribute("more", rows.size() > Handovers.PAGE);
        model.addAttribute("over", over);
        model.addAttribute("after", after);
        model.addAttribute("today", handovers.today());
        return "registry/contract/handovers";
    }

    @GetMapping("/contracts/{id}/handover")
    ModelAndView show(Reader reader, @PathVariable long id) {
        return page(reader, find(reader, id), Form.empty(), FormErrors.NONE);
    }

    @PostMapping("/contracts/{id}/handover")
    ModelAndView note(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var handover = find(reader, id);
        if (!HandoverDesk.notes(reader, handover)) {
            throw new Missing("这份交接不归您登记。");
        }
        var form = Form.of(typed);
        var items = new ArrayList<Handover.Item>();
        for (int i = 0; i < handover.items().size(); i++) {
            var before = handover.items().get(i);
            var state = form.get("state" + i);
            var words = form.words("words" + i, 200);
            if (state.equals("missing") || state.equals("disputed")) {
                if (words.isEmpty()) {
                    form.wrong("words" + i, "“" + before.item() + "”缺什么、争什么？请写一句。");
                }
            }
            items.add(new Handover.Item(before.item(), Handover.Item.STATES.contains(state) ? state : "open", words));
        }
        try {
            var due = form.neededDay("due", "请选约定的日子。");
            var version = form.needed("version", 0, 999_999_999, "这张表不完整，请重新打开再填。");
            form.check();
            desk.note(reader, id, version, items, due);
            return new ModelAndView("redirect:/contracts/" + id + "/handover?done=noted");
        } catch (Refusal refusal) {
            return page(reader, handover, form, FormErrors.of(refusal));
        }
    }

    @PostMapping("/contracts/{id}/handover/confirm")
    ModelAndView confirm(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var handover = find(reader, id);
        var form = Form.of(typed);
        if (!HandoverDesk.speaksFor(reader, handover, Handover.Side.of(form.get("side")))
                && !HandoverDesk.speaksInstead(reader, handover)) {
            throw new Missing("这份交接要由企业自己确认。");
        }
        try {
            var instead = form.optional("instead", 200);
            var version = form.needed("version", 0, 999_999_999, "这张表不完整，请重新打开再填。");
            form.check();
            desk.confirm(reader, id, version, Handover.Side.of(form.get("side")), instead);
            return new ModelAndView("redirect:/contracts/" + id + "/handover?done=confirmed");
        } catch (Refusal refusal) {
            return page(reader, handover, form, FormErrors.of(refusal));
        }
    }

    private Handover find(Reader reader, long id) {
        readers(reader);
        return handovers.find(reader, id).orElseThrow(() -> new Missing("没有这份交接，或它不归您看。"));
    }

    private ModelAndView page(Reader reader, Handover handover, Form form, FormErrors errors) {
        var page = new ModelAndView("registry/contract/handover");
        page.addObject("handover", handover);
        page.addObject("bases", handovers.bases());
        page.addObject("notes", handover.open() && HandoverDesk.notes(reader, handover));
        page.addObject("reader", reader);
        page.addObject("instead", HandoverDesk.speaksInstead(reader, handover));
        page.addObject("today", handovers.today());
        page.addObject("form", form);
        page.addObject("errors", errors);
        page.setStatus(errors.any() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK);
        return page;
    }
}
