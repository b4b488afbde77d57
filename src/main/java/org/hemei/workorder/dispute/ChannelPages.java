package org.hemei.workorder.dispute;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.workorder.list.AreaQueries;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 外部渠道: who they are and where; every desk reads them, city and district keep them. */
@Controller
class ChannelPages implements NavEntry {

    private static final Role[] READERS = {Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY};
    private static final Role[] KEEPERS = {Role.DISTRICT, Role.CITY};

    private final OutsideChannels channels;
    private final AreaQueries areas;
    private final Once once;

    ChannelPages(OutsideChannels channels, AreaQueries areas, Once once) {
        this.channels = channels;
        this.areas = areas;
        this.once = once;
    }

    @Override
    public List<Item> items(Reader reader) {
        return reader.scope(READERS).isEmpty()
                ? List.of()
                : List.of(new Item("规则", 310, "/channels", "外部渠道", "out", null));
    }

    static void admit(Reader reader) {
        Role.required(reader, READERS);
    }

    @GetMapping("/channels")
    String list(Reader reader, Model model) {
        admit(reader);
        model.addAttribute("channels", channels.open(reader));
        model.addAttribute("reader", reader);
        model.addAttribute("keeper", !reader.scope(KEEPERS).isEmpty());
        return "workorder/dispute/channels";
    }

    @GetMapping("/channels/new")
    ModelAndView form(Reader reader) {
        Role.required(reader, KEEPERS);
        return page(reader, null, Form.empty(), FormErrors.NONE);
    }

    @PostMapping("/channels/new")
    ModelAndView add(
            Reader reader,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam MultiValueMap<String, String> values) {
        Role.required(reader, KEEPERS);
        return set(reader, null, key, Form.of(values));
    }

    @GetMapping("/channels/{id:\\d{1,18}}")
    ModelAndView form(Reader reader, @PathVariable long id) {
        var old = channels.mine(reader, id);
        var form = Form.with(Map.of(
                "area", old.area(),
                "kind", old.kind(),
                "name", old.name(),
                "matters", old.matters(),
                "address", old.address(),
                "phone", old.phone(),
                "basis", old.basis()));
        return page(reader, id, form, FormErrors.NONE);
    }

    @PostMapping("/channels/{id:\\d{1,18}}")
    ModelAndView change(
            Reader reader,
            @PathVariable long id,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam MultiValueMap<String, String> values) {
        channels.mine(reader, id);
        return set(reader, id, key, Form.of(values));
    }

    @PostMapping("/channels/{id:\\d{1,18}}/close")
    ModelAndView close(Reader reader, @PathVariable long id) {
        channels.close(reader, id);
        return FormAnswer.seeOther("/channels?done=closed");
    }

    private ModelAndView set(Reader reader, @Nullable Long id, String key, Form form) {
        return FormAnswer.of(
                () -> {
                    var entry = entry(form);
                    once.run(reader, key, form, () -> String.valueOf(channels.set(reader, id, entry)));
                    return "/channels?done=set";
                },
                errors -> page(reader, id, form, errors));
    }

    private static OutsideChannels.Entry entry(Form form) {
        if (!OutsideChannels.KINDS.containsKey(form.get("kind"))) {
            form.wrong("kind", "请选是哪一类。");
        }
        var entry = new OutsideChannels.Entry(
                form.text("area", 12, "请选在哪里管用。"),
                form.get("kind"),
                form.text("name", 60, "请填名称。"),
                form.text("matters", 200, "请写管哪些事。"),
                form.text("address", 200, "请写去哪儿。"),
                form.text("phone", 30, "请填电话。"),
                form.text("basis", 200, "请写依据。"));
        if (form.fine() && !entry.phone().matches("[0-9][0-9 -]{2,29}")) {
            form.wrong("phone", "电话只写数字和短横，例如 0551-62345678。");
        }
        form.check();
        return entry;
    }

    private ModelAndView page(Reader reader, @Nullable Long id, Form form, FormErrors errors) {
        var picker = areas.picker(reader, null);
        var page = new ModelAndView("workorder/dispute/channel-form");
        page.addObject("id", id);
        page.addObject("form", form);
        page.addObject("errors", errors);
        page.addObject("once", form.get("_once").isEmpty() ? UUID.randomUUID().toString() : form.get("_once"));
        page.addObject(
                "areas",
                java.util.stream.Stream.concat(picker.path().stream(), picker.below().stream())
                        .toList());
        page.addObject("kinds", OutsideChannels.KINDS);
        return page;
    }
}
