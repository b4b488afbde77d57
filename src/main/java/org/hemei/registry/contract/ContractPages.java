package org.hemei.registry.contract;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.attachment.Attachment;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.registry.Areas;
import org.hemei.registry.Office;
import org.hemei.registry.people.Conflicts;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** A contract of a company with an estate: signed, looked at, extended, ended early. Filed by the housing department. */
@Controller
class ContractPages {

    record Place(long id, String name, int district, String community) {}

    private final Contracts contracts;
    private final ContractDesk desk;
    private final Handovers handovers;
    private final TakenBack takenBack;
    private final Conflicts conflicts;
    private final Attachments attachments;
    private final JdbcClient jdbc;
    private final Once once;

    ContractPages(
            Contracts contracts,
            ContractDesk desk,
            Handovers handovers,
            TakenBack takenBack,
            Conflicts conflicts,
            Attachments attachments,
            JdbcClient jdbc,
            Once once) {
        this.contracts = contracts;
        this.desk = desk;
        this.handovers = handovers;
        this.takenBack = takenBack;
        this.conflicts = conflicts;
        this.attachments = attachments;
        this.jdbc = jdbc;
        this.once = once;
    }

    @GetMapping("/estates/{id}/contracts/new")
    ModelAndView form(
            Reader reader,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "0") long company) {
        var form = Form.with(Map.of("company", company == 0 ? "" : company, "q", q.strip()));
        return signPage(place(reader, id), form, List.of(), FormErrors.NONE);
    }

    @PostMapping("/estates/{id}/contracts/new")
    ModelAndView sign(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> typed,
            @RequestParam(required = false) @Nullable MultipartFile file) {
        var estate = place(reader, id);
        var papers = new ArrayList<UUID>();
        var form = Form.of(typed);
        try {
            takeIn(reader, estate.district, form, file, papers);
            var company = form.chosen("company", "请先找到并选定企业。");
            if (company == 0) {
                form.check(); // the rest of the form is shown for a chosen company only
            }
            var first = form.neededDay("first", "请选第一天。");
            var last = form.day("last");
            var fee = Fee.read(form, "fee");
            form.check();
            warn(form, company, id, first, last);
            var signing = new ContractDesk.Signing(id, company, first, last, fee, papers, null, null);
            var contract = once.run(reader, form.get("_once"), form, () -> String.valueOf(desk.sign(reader, signing)));
            return new ModelAndView("redirect:/contracts/" + contract + "?done=signed");
        } catch (Refusal refusal) {
            return signPage(estate, form, papers, FormErrors.of(refusal));
        }
    }

    /**
     * Who sits on the owners' committee and works for the company: told before the contract is signed, by no means a bar to it.
     * The seat or the job has to go, not the contract.
     */
    private void warn(Form form, long company, long estate, LocalDate first, @Nullable LocalDate last) {
        if (last != null && last.isBefore(first) || form.has("aware", "on")) {
            return;
        }
        var overlaps = conflicts.atContract(company, estate, first, last == null ? null : last.plusDays(1));
        if (!overlaps.isEmpty()) {
            form.wrong("aware", Conflicts.said(overlaps) + "合同可以签；要先打勾，说明您知道了。");
            form.check();
        }
    }

    /** Papers that went up with an earlier attempt, and the one that comes with this. */
    private void takeIn(Reader reader, int district, Form form, @Nullable MultipartFile file, List<UUID> papers) {
        for (var text : form.all("papers")) {
            if (text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
                papers.add(UUID.fromString(text));
            }
        }
        if (file != null && !file.isEmpty()) {
            papers.add(attachments.store(reader, district, file, Attachments.Purpose.DOCUMENT));
        }
    }

    private Place place(Reader reader, long estate) {
        var scope = Office.required(reader, Office.HOUSING);
        return jdbc.sql("select id, name, district, community from estate where id = ?")
                .param(estate)
                .query(Place.class)
                .optional()
                .filter(place -> scope.covers(place.community))
                .orElseThrow(() -> new Missing("没有这个小区，或它不在您的范围里。"));
    }

    private ModelAndView signPage(Place estate, Form form, List<UUID> papers, FormErrors errors) {
        var chosen = form.get("company").matches("\\d{1,18}") ? Long.parseLong(form.get("company")) : 0;
        var page = new ModelAndView("registry/contract/sign");
        page.addObject("estate", estate);
        page.addObject("form", form);
        page.addObject("papers", papers);
        page.addObject("errors", errors);
        page.addObject("company", contracts.company(chosen).orElse(null));
        page.addObject("found", contracts.companies(form.get("q")));
        page.addObject("stretches", contracts.over(contracts.of(estate.id)));
        page.setStatus(errors.any() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK);
        return page;
    }

    @GetMapping("/contracts/{id}")
    ModelAndView show(Reader reader, @PathVariable long id) {
        readers(reader);
        var gone = contracts.find(id).isPresent()
                ? null
                : takenBack.find(reader, id).orElse(null);
        if (gone != null) {
            return new ModelAndView("registry/contract/gone")
                    .addObject("gone", gone)
                    .addObject("papers", attachments.list(gone.district(), TakenBack.OWNER_KIND, String.valueOf(id)))
                    .addObject("story", contracts.story(id))
                    .addObject("desk", Areas.seen(reader).covers(gone.community()));
        }
        var contract = readable(reader, id);
        var page = new ModelAndView("registry/contract/contract");
        page.addObject("contract", contract);
        page.addObject("papers", attachments.list(contract.district(), ContractPapers.OWNER_KIND, String.valueOf(id)));
        page.addObject("carried", papersBefore(contract));
        page.addObject("story", contracts.story(id));
        var past = contract.last() == null ? null : contract.last().plusDays(1);
        page.addObject("handover", handovers.exists(id));
        page.addObject(
                "conflicts",
                Conflicts.said(conflicts.atContract(contract.company(), contract.estate(), contract.first(), past)));
        page.addObject("may", reader.scope(Office.HOUSING).covers(contract.community()));
        page.addObject("desk", Areas.seen(reader).covers(contract.community()));
        page.addObject("today", contracts.today());
        return page;
    }

    /** What was signed with a company that has merged into this one's since. */
    private List<Attachment> papersBefore(Contract contract) {
        return contracts.carriedOn(contract.id()).stream()
                .flatMap(id ->
                        attachments.list(contract.district(), ContractPapers.OWNER_KIND, String.valueOf(id)).stream())
                .toList();
    }

    private static void readers(Reader reader) {
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

    private Contract readable(Reader reader, long id) {
        return contracts
                .find(id)
                .filter(contract -> Areas.seen(reader).covers(contract.community())
                        || reader.scope(Office.MANAGER).covers(contract.company(), contract.estate()))
                .orElseThrow(() -> new Missing("没有这份合同，或它不在您的范围里。"));
    }

    @GetMapping("/contracts/{id}/extend")
    ModelAndView extending(Reader reader, @PathVariable long id) {
        return changePage("extend", own(reader, id), Form.empty(), FormErrors.NONE);
    }

    @PostMapping("/contracts/{id}/extend")
    ModelAndView extend(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var contract = own(reader, id);
        var form = Form.of(typed);
        try {
            var last = form.neededDay("last", "请选新的最后一天。");
            var reason = form.text("reason", 300, "请写凭什么延长，例如续签的文件。");
            var version = form.needed("version", 0, 999_999_999, "这张表不完整，请重新打开再填。");
            form.check();
            desk.extend(reader, contract, version, last, reason);
            return new ModelAndView("redirect:/contracts/" + id + "?done=extended");
        } catch (Refusal refusal) {
            return changePage("extend", contract, form, FormErrors.of(refusal));
        }
    }

    @GetMapping("/contracts/{id}/end")
    ModelAndView ending(Reader reader, @PathVariable long id) {
        return changePage("end", own(reader, id), Form.empty(), FormErrors.NONE);
    }

    /** A contract that has not begun is taken back; one that runs ends on a day. */
    @PostMapping("/contracts/{id}/end")
    ModelAndView end(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var contract = own(reader, id);
        var ahead = contract.ahead(contracts.today());
        var form = Form.of(typed);
        try {
            var reason = form.text("reason", 300, "请写为什么，谁定的。");
            var version = form.needed("version", 0, 999_999_999, "这张表不完整，请重新打开再填。");
            if (ahead) {
                form.check();
                desk.takeBack(reader, contract, version, reason, null);
                return new ModelAndView("redirect:/estates/" + contract.estate() + "/desk?done=taken_back");
            }
            var last = form.neededDay("last", "请选最后一天。");
            form.check();
            desk.end(reader, contract, version, last, reason, null);
            return new ModelAndView("redirect:/contracts/" + id + "?done=ended");
        } catch (Refusal refusal) {
            return changePage("end", contract, form, FormErrors.of(refusal));
        }
    }

    @GetMapping("/contracts/{id}/correct")
    ModelAndView correcting(Reader reader, @PathVariable long id) {
        var contract = own(reader, id);
        var form = Form.with(Map.of(
                "code",
                contracts.code(contract.company()),
                "first",
                contract.first(),
                "last",
                contract.last() == null ? "" : contract.last(),
                "fee",
                contract.fee() == null ? "" : contract.fee()));
        return changePage("correct", contract, form, FormErrors.NONE);
    }

    @PostMapping("/contracts/{id}/correct")
    ModelAndView correct(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> typed) {
        var contract = own(reader, id);
        var form = Form.of(typed);
        try {
            var company = contracts.byCode(form.text("code", 18, "请填企业的信用代码。")).orElse(0L);
            if (company == 0 && !form.get("code").isEmpty()) {
                form.wrong("code", "没有这家企业。请核对信用代码，或先登记企业。");
            }
            var first = form.neededDay("first", "请选第一天。");
            var last = form.day("last");
            var fee = Fee.read(form, "fee");
            var reason = form.text("reason", 300, "请写错在哪里，凭什么改。");
            var version = form.needed("version", 0, 999_999_999, "这张表不完整，请重新打开再填。");
            form.check();
            warn(form, company, contract.estate(), first, last);
            desk.correct(reader, contract, version, new ContractDesk.Entry(company, first, last, fee), reason);
            return new ModelAndView("redirect:/contracts/" + id + "?done=corrected");
        } catch (Refusal refusal) {
            return changePage("correct", contract, form, FormErrors.of(refusal));
        }
    }

    private Contract own(Reader reader, long id) {
        return contracts.in(Office.required(reader, Office.HOUSING), id);
    }

    private ModelAndView changePage(String view, Contract contract, Form form, FormErrors errors) {
        var page = new ModelAndView("registry/contract/" + view);
        page.addObject("contract", contract);
        page.addObject("ahead", contract.ahead(contracts.today()));
        page.addObject("form", form);
        page.addObject("errors", errors);
        page.setStatus(errors.any() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK);
        return page;
    }
}
