package org.hemei.workorder.filing;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.web.FormErrors;
import org.hemei.workorder.Joiners;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.Said;
import org.hemei.workorder.SubmissionDesk;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** 我要点单: four steps that need no script; each carries on what was said before in the form itself. */
@Controller
class FilingPages {

    private final Filing filing;
    private final SubmissionDesk desk;
    private final Joiners joiners;
    private final Attachments attachments;

    FilingPages(Filing filing, SubmissionDesk desk, Joiners joiners, Attachments attachments) {
        this.filing = filing;
        this.desk = desk;
        this.joiners = joiners;
        this.attachments = attachments;
    }

    @GetMapping("/orders/new")
    String begin(Reader reader, Model model) {
        residentsOnly(reader);
        return page(reader, Filing.WHERE, FilingDraft.EMPTY, UUID.randomUUID().toString(), FormErrors.NONE, model);
    }

    /**
     * One step forward or back.
     *
     * @param go next or back; @param drop a photo to leave out; @param agree the suggested leaf, @param decline the
     *     same, when the answer was 不是
     */
    @PostMapping("/orders/new")
    String step(
            Reader reader,
            FilingDraft said,
            @RequestParam(defaultValue = "1") int step,
            @RequestParam(defaultValue = "next") String go,
            @RequestParam("_once") String once,
            @RequestParam(required = false) @Nullable UUID drop,
            @RequestParam(defaultValue = "") String agree,
            @RequestParam(defaultValue = "") String decline,
            @RequestParam(required = false) @Nullable List<MultipartFile> files,
            Model model,
            HttpServletResponse response) {
        residentsOnly(reader);
        var at = Math.clamp(step, Filing.WHERE, Filing.CHECK);
        if (drop != null) {
            return page(reader, at, said.without(drop), once, FormErrors.NONE, model);
        }
        if (!decline.isEmpty()) {
            return page(reader, at, said.decline(decline), once, FormErrors.NONE, model);
        }
        var draft = agree.isEmpty() ? said : said.leaf("", agree);
        try {
            draft = upload(reader, draft, once, files);
        } catch (Refusal refusal) {
            response.setStatus(422);
            return page(reader, Filing.MORE, draft, once, photoErrors(refusal), model);
        }
        if (go.equals("back")) {
            return page(reader, Math.max(Filing.WHERE, at - 1), draft, once, FormErrors.NONE, model);
        }
        var missing = filing.missing(filing.view(reader, at, draft, once));
        if (!missing.isEmpty()) {
            response.setStatus(422);
            return page(reader, at, draft, once, new FormErrors(missing), model);
        }
        return page(reader, Math.min(Filing.CHECK, at + 1), draft, once, FormErrors.NONE, model);
    }

    /** Without script the photos come with the form; with it they are up already. */
    private FilingDraft upload(Reader reader, FilingDraft draft, String once, @Nullable List<MultipartFile> files) {
        var more = draft;
        for (var file : files == null ? List.<MultipartFile>of() : files) {
            if (file.isEmpty()) {
                continue;
            }
            if (more.photos().size() >= Said.MAX_PHOTOS) {
                throw Refusal.of("photos", "最多 " + Said.MAX_PHOTOS + " 张照片，多的没有收。");
            }
            var district = filing.view(reader, Filing.WHERE, draft, once).district();
            more = more.with(attachments.store(reader, district, file, Attachments.Purpose.PHOTO));
        }
        return more;
    }

    private static FormErrors photoErrors(Refusal refusal) {
        return new FormErrors(refusal.reasons().stream()
                .map(reason -> new Refusal.Reason("photos", reason.words()))
                .toList());
    }

    @PostMapping("/orders")
    String submit(Reader reader, FilingArguments.Filed filed, Model model, HttpServletResponse response) {
        residentsOnly(reader);
        var said = filed.draft();
        var estate = filed.estate();
        var submission = new SubmissionDesk.Submission(
                estate == null ? 0 : estate,
                filed.building(),
                filed.unit(),
                said.category(),
                said.words(),
                said.place(),
                said.anonymous(),
                said.photos(),
                "resident",
                null,
                null);
        try {
            return "redirect:/orders/" + desk.submit(reader, filed.once(), submission) + "?done=new";
        } catch (Refusal refusal) {
            response.setStatus(422);
            var draft = said.spot().isEmpty() && estate != null
                    ? said.at(spot(estate, filed.building(), filed.unit()))
                    : said;
            return page(reader, Filing.stepOf(refusal.reasons()), draft, filed.once(), shown(refusal), model);
        }
    }

    /** Estate, building and unit are one choice on the page. */
    private static FormErrors shown(Refusal refusal) {
        return new FormErrors(refusal.reasons().stream()
                .map(reason -> List.of("estate", "building", "unit").contains(String.valueOf(reason.field()))
                        ? new Refusal.Reason("spot", reason.words())
                        : reason)
                .toList());
    }

    private static String spot(long estate, @Nullable Long building, @Nullable Long unit) {
        return estate + "-" + (building == null ? "" : building) + "-" + (unit == null ? "" : unit);
    }

    /**
     * Pieces of step two: what the words seem to mean (hint), or the kinds within the chosen picture. Never by GET: what people say and
     * where they live have no place in an address.
     */
    @PostMapping("/orders/new/suggest")
    String suggest(Reader reader, FilingDraft said, @RequestParam(defaultValue = "hint") String of, Model model) {
        residentsOnly(reader);
        model.addAttribute("filing", filing.view(reader, Filing.WHAT, said, ""));
        model.addAttribute("errors", FormErrors.NONE);
        return of.equals("kinds") ? "workorder/filing/kinds" : "workorder/filing/hint";
    }

    @PostMapping("/orders/{id:\\d{6}-\\d+}/me-too")
    String join(Reader reader, @PathVariable OrderId id) {
        joiners.join(reader, id);
        return "redirect:/orders/" + id + "?done=join";
    }

    private String page(Reader reader, int step, FilingDraft draft, String once, FormErrors errors, Model model) {
        model.addAttribute("filing", filing.view(reader, step, draft, once));
        model.addAttribute("errors", errors);
        return switch (step) {
            case Filing.WHERE -> "workorder/filing/where";
            case Filing.WHAT -> "workorder/filing/what";
            case Filing.MORE -> "workorder/filing/more";
            default -> "workorder/filing/check";
        };
    }

    private static void residentsOnly(Reader reader) {
        if (!reader.has(Role.RESIDENT)) {
            throw new Missing("点单要先绑定住处。请到“我的”里绑定。");
        }
    }
}
