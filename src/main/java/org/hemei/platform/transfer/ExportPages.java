package org.hemei.platform.transfer;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.FormErrors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 导出: a small sheet at once, a big one as background work with a download. */
@Controller
class ExportPages {

    private final Sheets sheets;
    private final ExportDesk desk;
    private final ListExports lists;

    ExportPages(Sheets sheets, ExportDesk desk, ListExports lists) {
        this.sheets = sheets;
        this.desk = desk;
        this.lists = lists;
    }

    @PostMapping("/imports/sheets/{sheet}/export")
    @Nullable
    ModelAndView export(
            Reader reader,
            @PathVariable String sheet,
            @RequestParam(defaultValue = "xlsx") String format,
            HttpServletResponse response)
            throws IOException {
        var wanted = sheets.of(reader, sheet);
        try {
            var checked = ExportDesk.format(format);
            if (!desk.small(reader, wanted)) {
                return new ModelAndView("redirect:/jobs/" + desk.order(reader, wanted, checked));
            }
            Download.begin(response, wanted.key(), wanted.title(), checked);
            desk.write(reader, wanted, checked, response.getOutputStream());
            return null;
        } catch (Refusal refusal) {
            return ImportPages.sheet(wanted, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    /** Any list page as a sheet, made behind the pages. */
    @PostMapping("/exports/lists/{list}")
    String list(Reader reader, @PathVariable String list, @RequestParam MultiValueMap<String, String> query) {
        var wanted = lists.named(list);
        wanted.admit(reader);
        return "redirect:/jobs/" + lists.order(reader, wanted, query);
    }

    @GetMapping("/exports/{id}")
    void download(Reader reader, @PathVariable long id, HttpServletResponse response) throws IOException {
        var export = desk.one(reader, id);
        if (ListExports.isList(export.sheet())) {
            var list = lists.of(export.sheet());
            Download.begin(response, list.key(), list.title(), export.format());
        } else {
            Download.begin(
                    response, export.sheet(), sheets.named(export.sheet()).title(), export.format());
        }
        desk.hand(reader, export, response.getOutputStream());
    }
}
