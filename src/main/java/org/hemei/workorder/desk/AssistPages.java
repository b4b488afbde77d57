package org.hemei.workorder.desk;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.WorkCalendar;
import org.hemei.workorder.AssistDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.Verb;
import org.hemei.workorder.desk.OrderForms.Form;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** 多方助力: asking another body for help, and the helper's own answer and report. */
@Controller
class AssistPages {

    private final OrderForms forms;
    private final AssistDesk desk;
    private final Attachments attachments;

    AssistPages(OrderForms forms, AssistDesk desk, Attachments attachments) {
        this.forms = forms;
        this.desk = desk;
        this.attachments = attachments;
    }

    @GetMapping("/orders/{id}/ask-help")
    ModelAndView askForm(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> query) {
        return forms.page(reader, id, Form.of(Verb.ASK_HELP), Typed.of(query));
    }

    @PostMapping("/orders/{id}/ask-help")
    ModelAndView ask(Reader reader, @PathVariable OrderId id, @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                Form.of(Verb.ASK_HELP),
                typed,
                () -> desk.ask(
                        reader,
                        id,
                        typed.version(),
                        typed.chosen("body", "请选请哪家协办。"),
                        typed.get("what"),
                        due(typed.get("due"))));
    }

    /** A day; the help is due when its office hours end. */
    private static Instant due(String text) {
        try {
            return CivilTime.at(LocalDate.parse(text), WorkCalendar.CLOSE);
        } catch (DateTimeException e) {
            throw Refusal.of("due", "请选哪天前办完。");
        }
    }

    @PostMapping("/orders/{id}/assists/{assist}/accept")
    ModelAndView accept(
            Reader reader,
            @PathVariable OrderId id,
            @PathVariable long assist,
            @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                new Form(Verb.HELP_ACCEPT, assist),
                typed,
                () -> desk.accept(reader, id, typed.version(), assist));
    }

    @GetMapping("/orders/{id}/assists/{assist}/decline")
    ModelAndView declineForm(Reader reader, @PathVariable OrderId id, @PathVariable long assist) {
        return forms.page(reader, id, new Form(Verb.HELP_DECLINE, assist), Typed.NOTHING);
    }

    @PostMapping("/orders/{id}/assists/{assist}/decline")
    ModelAndView decline(
            Reader reader,
            @PathVariable OrderId id,
            @PathVariable long assist,
            @RequestParam MultiValueMap<String, String> form) {
        var typed = Typed.of(form);
        return forms.act(
                reader,
                id,
                new Form(Verb.HELP_DECLINE, assist),
                typed,
                () -> desk.decline(reader, id, typed.version(), assist, typed.get("reason")));
    }

    @GetMapping("/orders/{id}/assists/{assist}/done")
    ModelAndView doneForm(Reader reader, @PathVariable OrderId id, @PathVariable long assist) {
        return forms.page(reader, id, new Form(Verb.HELP_DONE, assist), Typed.NOTHING);
    }

    @PostMapping("/orders/{id}/assists/{assist}/done")
    ModelAndView done(
            Reader reader,
            @PathVariable OrderId id,
            @PathVariable long assist,
            @RequestParam MultiValueMap<String, String> form,
            @RequestParam(required = false) @Nullable List<MultipartFile> files) {
        var typed = Typed.of(form);
        return forms.act(reader, id, new Form(Verb.HELP_DONE, assist), typed, () -> {
            typed.take(attachments, reader, id.district(), "photos", files);
            desk.done(reader, id, typed.version(), assist, typed.get("result"), typed.photos("photos"));
        });
    }
}
