package org.hemei.platform.seal;

import java.util.List;
import org.hemei.platform.Missing;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The auditor's answer to 'was the log altered?' */
@Controller
class SealPages implements NavEntry {

    /** Under the name that the room of accounts gives the role. */
    enum Auditor {
        AUDIT
    }

    private static final int RANK = 920;

    private final SealDesk desk;

    SealPages(SealDesk desk) {
        this.desk = desk;
    }

    @Override
    public List<Item> items(Reader reader) {
        return reader.has(Auditor.AUDIT)
                ? List.of(new Item("审计", RANK, "/audit/seals", "日志封存", "lock", null))
                : List.of();
    }

    /** @param before id of the last check on the page before; 0 begins at the newest */
    @GetMapping("/audit/seals")
    String checks(Reader reader, @RequestParam(defaultValue = "0") long before, Model model) {
        required(reader);
        var found = desk.checks(before <= 0 ? Long.MAX_VALUE : before);
        var shown = found.subList(0, Math.min(found.size(), SealDesk.PAGE));
        model.addAttribute("state", desk.state());
        model.addAttribute("checks", shown);
        model.addAttribute(
                "next",
                found.size() > shown.size()
                        ? "/audit/seals?before=" + shown.getLast().id()
                        : null);
        model.addAttribute("first", before <= 0 ? null : "/audit/seals");
        return "platform/seal/seals";
    }

    @GetMapping("/audit/seals/{id}")
    String check(Reader reader, @PathVariable long id, Model model) {
        required(reader);
        model.addAttribute("made", desk.one(id).orElseThrow(() -> new Missing("没有这次核对。")));
        model.addAttribute("breaks", desk.breaks(id));
        return "platform/seal/check";
    }

    @PostMapping("/audit/seals/check")
    String ask(Reader reader) {
        required(reader);
        return "redirect:/jobs/" + desk.ask(reader);
    }

    private static void required(Reader reader) {
        if (!reader.has(Auditor.AUDIT)) {
            throw new AccessDeniedException("for the auditor only");
        }
    }
}
