package org.hemei.ballot;

import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.pdf.Pdfs;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Sheets ready for the printer, as a page and as a PDF: one on a page, with a stub that the household keeps. */
@Controller
class SheetPages {

    private final SheetDesk desk;
    private final PaperSheets sheets;
    private final Polls polls;
    private final Pdfs pdfs;
    private final JdbcClient jdbc;

    SheetPages(SheetDesk desk, PaperSheets sheets, Polls polls, Pdfs pdfs, JdbcClient jdbc) {
        this.desk = desk;
        this.sheets = sheets;
        this.polls = polls;
        this.pdfs = pdfs;
        this.jdbc = jdbc;
    }

    private List<String> serials(Reader reader, long poll, long estate) {
        return desk.toPrint(reader, poll, estate).stream()
                .map(sheet -> Serial.told(sheet.serial()))
                .toList();
    }

    @GetMapping(DeskPages.GROUP + "/sheets")
    String page(Reader reader, @PathVariable long poll, @PathVariable long estate, Model model) {
        model.addAttribute("sheets", serials(reader, poll, estate));
        model.addAttribute("poll", polls.find(poll).orElseThrow());
        model.addAttribute("place", sheets.place(poll, estate).orElseThrow());
        model.addAttribute("estate", estate);
        return "ballot/sheets";
    }

    /** Nothing on a sheet tells when it was made or for whom. */
    @GetMapping(DeskPages.GROUP + "/sheets.pdf")
    ResponseEntity<byte[]> pdf(Reader reader, @PathVariable long poll, @PathVariable long estate) {
        var bytes = pdfs.make(
                "ballot/sheets-paper.jte",
                Map.of(
                        "sheets", serials(reader, poll, estate),
                        "poll", polls.find(poll).orElseThrow(),
                        "name", sheets.place(poll, estate).orElseThrow().name(),
                        "demo", demo()));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header("Content-Disposition", "attachment; filename=\"sheets-" + poll + "-" + estate + ".pdf\"")
                .header("Cache-Control", "no-store")
                .body(bytes);
    }

    private boolean demo() {
        return jdbc.sql("select exists (select from installation where name = 'demo')")
                .query(Boolean.class)
                .single();
    }
}
