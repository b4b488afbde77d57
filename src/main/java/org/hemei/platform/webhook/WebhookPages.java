package org.hemei.platform.webhook;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.webhook.WebhookDesk.Wanted;
import org.hemei.platform.webhook.Webhooks.Keeper;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 数据推送: which other systems are told of what, and how that goes. */
@Controller
class WebhookPages implements NavEntry {

    private static final int RANK = 380;
    private static final Pattern PLACE = Pattern.compile("(\\d{1,17})-(\\d{1,18})");
    private static final String STALE = "这张表不完整，请重新打开再改。";

    private final Webhooks webhooks;
    private final WebhookDesk desk;

    WebhookPages(Webhooks webhooks, WebhookDesk desk) {
        this.webhooks = webhooks;
        this.desk = desk;
    }

    @Override
    public List<Item> items(Reader reader) {
        return reader.scope(Keeper.values()).isEmpty()
                ? List.of()
                : List.of(new Item("对接", RANK, "/webhooks", "数据推送", "send", null));
    }

    @GetMapping("/webhooks")
    ModelAndView list(Reader reader) {
        var page = new ModelAndView("platform/webhook/list");
        page.addObject("webhooks", webhooks.list(reader));
        return page;
    }

    @GetMapping("/webhooks/new")
    ModelAndView make(Reader reader) {
        return form(reader, null, Form.empty(), FormErrors.NONE);
    }

    @PostMapping("/webhooks")
    ModelAndView create(Reader reader, @RequestParam MultiValueMap<String, String> typed) {
        var form = Form.of(typed);
        try {
            var id = desk.create(reader, form.get("_once"), wanted(form));
            return new ModelAndView("redirect:/webhooks/" + id + "?done=created");
        } catch (Refusal refused) {
            return form(reader, null, form, FormErrors.of(refused));
        }
    }

    private static Wanted wanted(Form form) {
        return new Wanted(form.get("name"), form.get("url"), form.get("area"), List.copyOf(form.all("kinds")));
    }

    private ModelAndView form(Reader reader, @Nullable Webhook webhook, Form form, FormErrors errors) {
        var page = new ModelAndView("platform/webhook/form");
        page.addObject("webhook", webhook);
        page.addObject("areas", webhooks.areas(reader));
        page.addObject("kinds", webhooks.kinds());
        page.addObject("form", form);
        page.addObject("errors", errors);
        if (errors.any()) {
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return page;
    }

    @GetMapping("/webhooks/{id:\\d{1,18}}/edit")
    ModelAndView edit(Reader reader, @PathVariable long id) {
        var webhook = webhooks.one(reader, id);
        return form(
                reader,
                webhook,
                Form.with(Map.of(
                        "name", webhook.name(),
                        "url", webhook.url(),
                        "area", webhook.area(),
                        "kinds", webhook.kinds(),
                        "version", webhook.version())),
                FormErrors.NONE);
    }

    @PostMapping("/webhooks/{id:\\d{1,18}}/edit")
    ModelAndView change(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var form = Form.of(typed);
        try {
            var version = form.needed("version", 0, 1_000_000, STALE);
            form.check();
            desk.change(reader, id, version, wanted(form));
            return done(id, "changed");
        } catch (Refusal refused) {
            return form(reader, webhooks.one(reader, id), form, FormErrors.of(refused));
        }
    }

    private static ModelAndView done(long id, String what) {
        return new ModelAndView("redirect:/webhooks/" + id + "?done=" + what);
    }

    @GetMapping("/webhooks/{id:\\d{1,18}}")
    ModelAndView one(
            Reader reader,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String before,
            @RequestParam(defaultValue = "") String failed) {
        return one(reader, id, before, failed.equals("yes"), Form.empty(), FormErrors.NONE);
    }

    private ModelAndView one(Reader reader, long id, String before, boolean failed, Form form, FormErrors errors) {
        var webhook = webhooks.one(reader, id);
        var found = webhooks.log(webhook, failed, place(before));
        var shown = found.subList(0, Math.min(found.size(), Webhooks.PAGE));
        var page = new ModelAndView("platform/webhook/one");
        page.addObject("webhook", webhook);
        page.addObject(
                "kinds",
                webhooks.kinds().stream()
                        .filter(kind -> webhook.kinds().contains(kind.code()))
                        .toList());
        page.addObject("log", shown);
        page.addObject("failed", failed);
        var here = webhook.path() + (failed ? "?failed=yes&before=" : "?before=");
        page.addObject("next", found.size() > shown.size() ? here + name(shown.getLast()) : null);
        page.addObject("first", before.isEmpty() ? null : webhook.path() + (failed ? "?failed=yes" : ""));
        page.addObject("form", form);
        page.addObject("errors", errors);
        page.addObject("secret", null);
        if (errors.any()) {
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return page;
    }

    private static String name(Webhooks.Delivery last) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, last.at()) + "-" + last.event();
    }

    private static Webhooks.@Nullable Place place(String words) {
        var match = PLACE.matcher(words);
        return match.matches()
                ? new Webhooks.Place(
                        Instant.EPOCH.plus(Long.parseLong(match.group(1)), ChronoUnit.MICROS),
                        Long.parseLong(match.group(2)))
                : null;
    }

    /** Shown on the answer to the form and on no address of its own, so that no history or link keeps it. */
    @PostMapping("/webhooks/{id:\\d{1,18}}/secret")
    ModelAndView secret(Reader reader, @PathVariable long id) {
        var secret = desk.reveal(reader, id);
        var page = one(reader, id, "", false, Form.empty(), FormErrors.NONE);
        page.addObject("secret", secret);
        return page;
    }

    @PostMapping("/webhooks/{id:\\d{1,18}}/rotate")
    ModelAndView rotate(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var form = Form.of(typed);
        return attempt(reader, id, form, "rotated", () -> desk.rotate(reader, id, seen(form)));
    }

    @PostMapping("/webhooks/{id:\\d{1,18}}/pause")
    ModelAndView pause(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var form = Form.of(typed);
        return attempt(reader, id, form, "paused", () -> desk.pause(reader, id, seen(form)));
    }

    @PostMapping("/webhooks/{id:\\d{1,18}}/resume")
    ModelAndView resume(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var form = Form.of(typed);
        return attempt(reader, id, form, "resumed", () -> desk.resume(reader, id, seen(form)));
    }

    private static int seen(Form form) {
        var version = form.needed("version", 0, 1_000_000, STALE);
        form.check();
        return version;
    }

    @PostMapping("/webhooks/{id:\\d{1,18}}/delete")
    ModelAndView remove(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var form = Form.of(typed);
        try {
            desk.remove(reader, id, seen(form));
            return new ModelAndView("redirect:/webhooks");
        } catch (Refusal refused) {
            return one(reader, id, "", false, form, FormErrors.of(refused));
        }
    }

    @PostMapping("/webhooks/{id:\\d{1,18}}/ping")
    ModelAndView ping(
            Reader reader, @PathVariable long id, @RequestParam(name = "_once", defaultValue = "") String once) {
        return attempt(reader, id, Form.empty(), "pinged", () -> desk.ping(reader, once, id));
    }

    @PostMapping("/webhooks/{id:\\d{1,18}}/replay/{delivery:\\d{1,6}-\\d{1,18}}")
    ModelAndView replay(Reader reader, @PathVariable long id, @PathVariable String delivery) {
        var parts = delivery.split("-", 2);
        return attempt(reader, id, Form.empty(), "replayed", () -> {
            desk.replay(reader, id, Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
        });
    }

    @PostMapping("/webhooks/{id:\\d{1,18}}/replay")
    ModelAndView replay(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var form = Form.of(typed);
        return attempt(reader, id, form, "replayed", () -> {
            var from = form.neededDay("from", "请选从哪天起。");
            var to = form.neededDay("to", "请选到哪天止。");
            if (form.fine() && to.isBefore(from)) {
                form.wrong("to", "结束要在开始以后。");
            }
            form.check();
            desk.replay(reader, id, CivilTime.startOf(from), CivilTime.startOf(to.plusDays(1)), form.has("all", "yes"));
        });
    }

    private ModelAndView attempt(Reader reader, long id, Form form, String done, Runnable verb) {
        try {
            verb.run();
            return done(id, done);
        } catch (Refusal refused) {
            return one(reader, id, "", false, form, FormErrors.of(refused));
        }
    }
}
