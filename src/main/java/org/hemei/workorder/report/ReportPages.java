package org.hemei.workorder.report;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.pdf.Paper;
import org.hemei.platform.pdf.Pdfs;
import org.hemei.platform.table.ExcelTable;
import org.hemei.platform.web.Address;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.workorder.list.OrderScope;
import org.hemei.workorder.measure.Part;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.measure.RateTargets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 月报: published for everybody, as a page, a paper and a table; whoever has the digest can check it. */
@Controller
class ReportPages implements NavEntry {

    private static final String ONE = "/reports/{id:\\d{1,18}}";

    private final Reports reports;
    private final ReportDesk desk;
    private final Verification verification;
    private final Pdfs pdfs;
    private final Once once;
    private final RateTargets targets;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    ReportPages(
            Reports reports,
            ReportDesk desk,
            Verification verification,
            Pdfs pdfs,
            Once once,
            RateTargets targets,
            JdbcClient jdbc,
            InstantSource clock) {
        this.reports = reports;
        this.desk = desk;
        this.verification = verification;
        this.pdfs = pdfs;
        this.once = once;
        this.targets = targets;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public List<Item> items(Reader reader) {
        return org.hemei.access.Role.isStaff(reader) && OrderScope.onDuty(reader)
                ? List.of(new Item("办事", 48, "/reports", "三率月报", "doc", null))
                : List.of();
    }

    static Reports.Wanted wanted(Map<String, String> query) {
        var q = query.getOrDefault("q", "")
                .replaceAll("[\\p{Cntrl}\\p{Cs}]", " ")
                .strip();
        var month = query.getOrDefault("month", "");
        var area = query.getOrDefault("area", "");
        return new Reports.Wanted(
                Level.named(query.get("level")),
                area.matches("\\d{4}|\\d{6}|\\d{9}") ? area : null,
                null,
                month.matches("20\\d\\d-(0[1-9]|1[0-2])") ? YearMonth.parse(month) : null,
                q.length() > 40 ? q.substring(0, 40) : q);
    }

    @GetMapping("/reports")
    String list(@RequestParam Map<String, String> query, Model model) {
        var wanted = wanted(query);
        var text = query.getOrDefault("after", "");
        var after = text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
        var found = reports.list(wanted, after, Reports.PAGE + 1);
        model.addAttribute("reports", found.stream().limit(Reports.PAGE).toList());
        model.addAttribute("wanted", wanted);
        model.addAttribute("months", reports.months());
        model.addAttribute(
                "next",
                found.size() > Reports.PAGE ? found.get(Reports.PAGE - 1).id() : null);
        model.addAttribute("first", after == 0);
        model.addAttribute(
                "self",
                Address.of("/reports")
                        .with(
                                "level",
                                wanted.level() == null ? null : wanted.level().code())
                        .with("area", wanted.area())
                        .with("month", wanted.month())
                        .with("q", wanted.q()));
        return "workorder/report/list";
    }

    private Report report(long id) {
        return reports.find(id).orElseThrow(() -> new Missing("没有这份月报。"));
    }

    @GetMapping(ONE)
    ModelAndView one(Reader reader, @PathVariable long id) {
        return page(reader, report(id), "", FormErrors.NONE);
    }

    private ModelAndView page(Reader reader, Report report, String reason, FormErrors errors) {
        var versions = reports.versions(report.subject(), report.month());
        var page = new ModelAndView("workorder/report/report");
        page.addObject("report", report);
        page.addObject("said", report.said());
        page.addObject("versions", versions);
        var corrects =
                ReportDesk.corrects(reader, report) && versions.getFirst().id() == report.id();
        page.addObject("corrects", corrects);
        page.addObject("cases", cases(reader, report));
        page.addObject("lines", lines(reader, report));
        page.addObject("reason", reason);
        page.addObject("errors", corrects ? errors : errors.atTop());
        return page;
    }

    /** Where those who may see them find the cases as they stand today; null for everybody else. */
    private static @Nullable Address cases(Reader reader, Report report) {
        var subject = report.subject();
        var company = subject.company();
        var address = Address.of("/rates/cases").with("month", report.month());
        if (company == null) {
            return OrderScope.roots(reader).stream().anyMatch(subject.area()::startsWith)
                    ? address.with("area", subject.area())
                    : null;
        }
        return reader.scope(org.hemei.access.Role.MANAGER).grants().stream()
                        .anyMatch(grant -> company.equals(grant.body()))
                ? address.with("company", company)
                : null;
    }

    /** What poor lines of the report offer to whoever oversees them; null where the reader does not. */
    private @Nullable ReportLines lines(Reader reader, Report report) {
        var subject = report.subject();
        return OrderScope.roots(reader).stream().anyMatch(subject.area()::startsWith)
                ? new ReportLines(
                        subject,
                        report.month(),
                        targets.of(subject.area(), report.month().atDay(1)))
                : null;
    }

    @PostMapping(ONE + "/correct")
    ModelAndView correct(Reader reader, @PathVariable long id, @RequestParam Map<String, String> form) {
        var report = report(id);
        var reason = form.getOrDefault("reason", "");
        return FormAnswer.of(
                () -> "/reports/"
                        + once.run(
                                reader,
                                form.getOrDefault("_once", ""),
                                id + reason,
                                () -> String.valueOf(desk.correct(reader, id, reason)))
                        + "?done=1",
                errors -> page(reader, report, reason, errors));
    }

    @GetMapping(ONE + "/verify")
    String verify(@PathVariable long id, Model model) {
        var report = report(id);
        model.addAttribute("report", report);
        model.addAttribute("result", verification.of(report));
        return "workorder/report/verify";
    }

    /** The very text that was sealed, for whoever wants to compute the digest with a tool of their own. */
    @GetMapping("/reports/{id:\\d{1,18}}.json")
    ResponseEntity<byte[]> text(@PathVariable long id) {
        return file(
                report(id),
                "json",
                MediaType.APPLICATION_JSON,
                report(id).content().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** At once, like the sheet; no more than a few papers are made at a time. */
    @GetMapping("/reports/{id:\\d{1,18}}.pdf")
    ResponseEntity<byte[]> paper(@PathVariable long id) {
        var report = report(id);
        var paper = new Paper(
                report.title(), report.number() + "　SHA-256 " + report.brief() + "…", false, demo(), clock.instant());
        var bytes = pdfs.make(
                "workorder/report/paper.jte", Map.of("paper", paper, "report", report, "said", report.said()));
        return file(report, "pdf", MediaType.APPLICATION_PDF, bytes);
    }

    private boolean demo() {
        return jdbc.sql("select exists (select from installation where name = 'demo')")
                .query(Boolean.class)
                .single();
    }

    private static ResponseEntity<byte[]> file(Report report, String ending, MediaType type, byte[] bytes) {
        var name = "report-" + report.month() + "-" + report.subject().key() + "-" + report.version() + "." + ending;
        return ResponseEntity.ok()
                .contentType(type)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .header("Cache-Control", "no-store")
                .body(bytes);
    }

    /** At once: the rows of one sealed report are those of one area's parts and kinds, and whoever reads it may have no account. */
    @GetMapping("/reports/{id:\\d{1,18}}.xlsx")
    void sheet(@PathVariable long id, HttpServletResponse response) throws IOException {
        var report = report(id);
        var said = report.said();
        var heads = new ArrayList<>(List.of("哪里", "分什么", "点单"));
        for (var rate : Rate.values()) {
            heads.add(rate.words() + "（%）");
            for (var part : parts(rate)) {
                heads.add(rate.words() + "：" + part.words());
            }
        }
        try (var table = ExcelTable.open(
                response,
                "report-" + report.month() + "-" + report.subject().key() + "-" + report.version(),
                "三率月报",
                heads)) {
            table.row(cells(report.subject().name(), "全部", said.tallies()));
            for (var row : said.below()) {
                table.row(cells(row.name(), report.subject().level().belowWords(), row.tallies()));
            }
            for (var row : said.categories()) {
                table.row(cells(row.name(), "类别", row.tallies()));
            }
            table.foot(report.title() + "，" + report.number() + "，SHA-256 " + report.sha256());
        }
    }

    private static List<Part> parts(Rate rate) {
        var parts = new ArrayList<>(List.of(rate.good(), rate.poor()));
        parts.addAll(Part.outside());
        return parts;
    }

    private static Object[] cells(String name, String by, org.hemei.workorder.measure.Tallies tallies) {
        var cells = new ArrayList<Object>(List.of(name, by, tallies.orders()));
        for (var rate : Rate.values()) {
            var tally = tallies.of(rate);
            cells.add(tally.denominator() == 0 ? "" : 100.0 * tally.numerator() / tally.denominator());
            parts(rate).forEach(part -> cells.add(tally.of(part)));
        }
        return cells.toArray();
    }
}
