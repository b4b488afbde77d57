package org.hemei.platform.transfer;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.table.ExcelTable;
import org.hemei.platform.web.FormErrors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** 导入: the sheets one may load, the file, what is wrong with it, writing it, undoing it, and the history. */
@Controller
class ImportPages implements NavEntry {

    private static final int RANK = 350;
    private static final Pattern PLACE = Pattern.compile("(\\d{1,9})-(\\d{1,9})-(\\d{1,18})");

    private final Sheets sheets;
    private final ImportRuns runs;
    private final ImportDesk desk;
    private final InstantSource clock;

    ImportPages(Sheets sheets, ImportRuns runs, ImportDesk desk, InstantSource clock) {
        this.sheets = sheets;
        this.runs = runs;
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public List<Item> items(Reader reader) {
        return sheets.of(reader).isEmpty()
                ? List.of()
                : List.of(new Item("数据", RANK, "/imports", "导入导出", "table", null));
    }

    /** @param before id of the last run on the page before; 0 begins at the newest */
    @GetMapping("/imports")
    String list(Reader reader, @RequestParam(defaultValue = "0") long before, Model model) {
        var mine = sheets.of(reader);
        if (mine.isEmpty()) {
            throw new AccessDeniedException("none of the sheets is theirs to load");
        }
        var found = runs.list(reader, before <= 0 ? Long.MAX_VALUE : before);
        var shown = found.subList(0, Math.min(found.size(), ImportRuns.PAGE));
        model.addAttribute("sheets", mine);
        model.addAttribute("runs", shown);
        model.addAttribute("now", clock.instant());
        model.addAttribute(
                "next",
                found.size() > shown.size()
                        ? "/imports?before=" + shown.getLast().id()
                        : null);
        model.addAttribute("first", before <= 0 ? null : "/imports");
        return "platform/transfer/imports";
    }

    @GetMapping("/imports/sheets/{sheet}")
    ModelAndView sheet(Reader reader, @PathVariable String sheet) {
        return sheet(sheets.of(reader, sheet), FormErrors.NONE, HttpStatus.OK);
    }

    static ModelAndView sheet(Sheet sheet, FormErrors errors, HttpStatus status) {
        var page = new ModelAndView("platform/transfer/sheet", status);
        page.addObject("sheet", sheet);
        page.addObject("errors", errors);
        return page;
    }

    @GetMapping("/imports/sheets/{sheet}/template.xlsx")
    void template(Reader reader, @PathVariable String sheet, HttpServletResponse response) throws IOException {
        var wanted = sheets.of(reader, sheet);
        Download.begin(response, wanted.key() + "-template", wanted.title() + "模板", "xlsx");
        Template.write(wanted, response.getOutputStream());
    }

    @PostMapping("/imports/sheets/{sheet}")
    ModelAndView read(
            Reader reader,
            @PathVariable String sheet,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam(required = false) @Nullable MultipartFile file) {
        var wanted = sheets.of(reader, sheet);
        try {
            return to(desk.read(reader, key, wanted.key(), file));
        } catch (Refusal refusal) {
            return sheet(wanted, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    /** @param after place of the last wrong cell on the page before; anything else begins at the top */
    @GetMapping("/imports/{id}")
    ModelAndView show(Reader reader, @PathVariable long id, @RequestParam(defaultValue = "") String after) {
        return show(reader, id, after, FormErrors.NONE, HttpStatus.OK);
    }

    private ModelAndView show(Reader reader, long id, String after, FormErrors errors, HttpStatus status) {
        var run = runs.one(reader, id);
        var from = place(after);
        var wrong = cells(run, from, ImportRuns.PAGE + 1);
        var shown = wrong.subList(0, Math.min(wrong.size(), ImportRuns.PAGE));
        var page = new ModelAndView("platform/transfer/import", status);
        page.addObject("run", run);
        var sheet = sheets.of(reader, run.sheet());
        page.addObject("sheet", sheet);
        page.addObject("headings", headings(run, sheet));
        page.addObject("own", run.account() == reader.account());
        page.addObject("wrong", shown);
        page.addObject("reasons", from == null ? runs.reasons(id) : List.of());
        page.addObject("errors", errors);
        page.addObject("now", clock.instant());
        page.addObject(
                "next", wrong.size() > shown.size() ? "/imports/" + id + "?after=" + place(shown.getLast()) : null);
        page.addObject("first", from == null ? null : "/imports/" + id);
        return page;
    }

    /** What is wrong where something is, else what to take note of: nobody is told of both at once. */
    private List<ImportRuns.Wrong> cells(ImportRun run, ImportRuns.@Nullable Wrong after, int most) {
        return run.warnings() == 0 ? runs.wrong(run.id(), after, most) : runs.warnings(run.id(), after, most);
    }

    /** What the columns of the file are called, by their place in it. */
    private static Map<Integer, String> headings(ImportRun run, Sheet sheet) {
        var places = run.places();
        var names = new HashMap<Integer, String>();
        for (var column : sheet.columns()) {
            var place = places.get(column.key());
            if (place != null) {
                names.put(place, column.heading());
            }
        }
        return names;
    }

    private static ImportRuns.@Nullable Wrong place(String words) {
        var match = PLACE.matcher(words);
        return match.matches()
                ? new ImportRuns.Wrong(
                        Long.parseLong(match.group(3)),
                        Integer.parseInt(match.group(1)),
                        Integer.parseInt(match.group(2)),
                        "")
                : null;
    }

    private static String place(ImportRuns.Wrong wrong) {
        return wrong.line() + "-" + wrong.position() + "-" + wrong.id();
    }

    /** Every wrong cell, or every one to take note of, as a spreadsheet, to go through it beside one's own. At once: written while it is read, and no longer than one file. */
    @GetMapping("/imports/{id}/errors.xlsx")
    void errors(Reader reader, @PathVariable long id, HttpServletResponse response) throws IOException {
        var run = runs.one(reader, id);
        var sheet = sheets.of(reader, run.sheet());
        var headings = new ArrayList<>(List.of(run.warnings() == 0 ? "错在哪里" : "要留意什么", "行", "列", "列名"));
        try (var table = ExcelTable.open(response, "errors-" + id, run.warnings() == 0 ? "错误" : "留意", headings)) {
            var names = headings(run, sheet);
            for (var page = cells(run, null, 1_000); !page.isEmpty(); page = cells(run, page.getLast(), 1_000)) {
                for (var wrong : page) {
                    table.row(wrong.words(), wrong.line(), wrong.letter(), names.getOrDefault(wrong.position(), ""));
                }
            }
        }
    }

    @PostMapping("/imports/{id}/apply")
    ModelAndView apply(Reader reader, @PathVariable long id) {
        return verb(reader, id, () -> desk.apply(reader, id));
    }

    @PostMapping("/imports/{id}/undo")
    ModelAndView undo(Reader reader, @PathVariable long id) {
        return verb(reader, id, () -> desk.undo(reader, id));
    }

    @PostMapping("/imports/{id}/drop")
    ModelAndView drop(Reader reader, @PathVariable long id) {
        return verb(reader, id, () -> desk.drop(reader, id));
    }

    private ModelAndView verb(Reader reader, long id, Runnable work) {
        try {
            work.run();
            return to(String.valueOf(id));
        } catch (Refusal refusal) {
            return show(reader, id, "", FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private static ModelAndView to(String id) {
        return new ModelAndView("redirect:/imports/" + id);
    }
}
