package org.hemei.platform.notice;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.notice.NoticeKinds.Channel;
import org.hemei.platform.notice.NoticeKinds.Kind;
import org.hemei.platform.notice.NoticeKinds.Words;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormErrors;
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

/** 通知文字: what is said to whom on which channel, and the hours of quiet; the system administrator sets them. */
@Controller
class TemplatePages implements NavEntry {

    /** Under the name that the room of accounts gives the role. */
    enum Setter {
        SYSTEM
    }

    /** One kind with the version in force on each of its channels. */
    record Row(Kind kind, Map<Channel, NoticeTemplates.Version> said) {}

    private static final int RANK = 440;

    private final NoticeTemplates templates;
    private final QuietHours quiet;

    TemplatePages(NoticeTemplates templates, QuietHours quiet) {
        this.templates = templates;
        this.quiet = quiet;
    }

    @Override
    public List<Item> items(Reader reader) {
        return reader.has(Setter.SYSTEM)
                ? List.of(new Item("系统", RANK, "/admin/notices", "通知文字", "talk", null))
                : List.of();
    }

    private static void required(Reader reader) {
        if (!reader.has(Setter.SYSTEM)) {
            throw new AccessDeniedException("for the system administrator only");
        }
    }

    @GetMapping("/admin/notices")
    ModelAndView list(Reader reader) {
        required(reader);
        return list(Form.empty(), FormErrors.NONE);
    }

    private ModelAndView list(Form form, FormErrors errors) {
        var book = templates.book();
        var page = new ModelAndView("platform/notice/templates");
        page.addObject(
                "rows", templates.kinds().stream().map(kind -> row(kind, book)).toList());
        page.addObject("sms", quiet.rules(Channel.SMS));
        page.addObject("mail", quiet.rules(Channel.MAIL));
        page.addObject("form", form);
        page.addObject("errors", errors);
        return page;
    }

    private static Row row(Kind kind, NoticeTemplates.Book book) {
        var said = new LinkedHashMap<Channel, NoticeTemplates.Version>();
        kind.channels().forEach(channel -> said.put(channel, book.version(kind, channel)));
        return new Row(kind, said);
    }

    @GetMapping("/admin/notices/{event}/{who}/{channel}")
    ModelAndView one(
            Reader reader, @PathVariable String event, @PathVariable String who, @PathVariable String channel) {
        required(reader);
        var on = channel(channel);
        var kind = templates.kind(event, who, on);
        var current = templates.versions(kind, on).getFirst();
        var form = Form.with(Map.of(
                "title", current.words().title(),
                "text", current.words().text(),
                "active", current.active() ? "yes" : "no",
                "version", current.version()));
        return one(kind, on, form, null, FormErrors.NONE);
    }

    /** Shows how it would read, or sets it. */
    @PostMapping("/admin/notices/{event}/{who}/{channel}")
    ModelAndView set(
            Reader reader,
            @PathVariable String event,
            @PathVariable String who,
            @PathVariable String channel,
            @RequestParam MultiValueMap<String, String> typed) {
        required(reader);
        var on = channel(channel);
        var kind = templates.kind(event, who, on);
        var form = Form.of(typed);
        var words = new Words(form.get("title"), form.get("text").replace("\r\n", "\n"));
        var active = form.has("active", "yes");
        try {
            var seen = form.needed("version", 0, 1_000_000, "这张表不完整，请重新打开再改。");
            form.check();
            NoticeTemplates.check(kind, on, active, words);
            if (!form.has("do", "preview")) {
                templates.set(reader, kind, on, seen, active, words);
                return new ModelAndView("redirect:/admin/notices/" + event + "/" + who + "/" + channel + "?done=set");
            }
            var shown = new Words(
                    NoticeTemplates.filled(words.title(), kind.places()),
                    NoticeTemplates.filled(words.text(), kind.places()));
            return one(kind, on, form, shown, FormErrors.NONE);
        } catch (Refusal refused) {
            var page = one(kind, on, form, null, FormErrors.of(refused));
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        }
    }

    private ModelAndView one(Kind kind, Channel channel, Form form, @Nullable Words preview, FormErrors errors) {
        var page = new ModelAndView("platform/notice/template");
        page.addObject("kind", kind);
        page.addObject("channel", channel);
        page.addObject("versions", templates.versions(kind, channel));
        page.addObject("form", form);
        page.addObject("preview", preview);
        page.addObject("errors", errors);
        return page;
    }

    private static Channel channel(String code) {
        return Arrays.stream(Channel.values())
                .filter(channel -> channel.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new Missing("没有这一种通知。"));
    }

    @PostMapping("/admin/notices/quiet")
    ModelAndView quiet(Reader reader, @RequestParam MultiValueMap<String, String> typed) {
        required(reader);
        var form = Form.of(typed);
        try {
            var channel = form.get("channel").equals("mail") ? Channel.MAIL : Channel.SMS;
            var from = time(form, "from");
            var to = time(form, "to");
            var since = form.neededDay("since", "请选从哪天起。");
            var basis = form.text("basis", 200, "请写依据。");
            form.check();
            quiet.set(reader, channel, from, to, since, basis);
            return new ModelAndView("redirect:/admin/notices?done=quiet");
        } catch (Refusal refused) {
            var page = list(form, FormErrors.of(refused));
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return page;
        }
    }

    private static LocalTime time(Form form, String name) {
        try {
            return LocalTime.parse(form.get(name)).withSecond(0).withNano(0);
        } catch (DateTimeParseException e) {
            form.wrong(name, "请填几点几分，像 22:00。");
            return LocalTime.MIDNIGHT;
        }
    }
}
