package org.hemei.workorder.opendata;

import de.siegmar.fastcsv.writer.CsvWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.hemei.platform.PagePanel;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.workorder.Stranger;
import org.hemei.workorder.opendata.OpenData.Place;
import org.hemei.workorder.opendata.OpenData.Row;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** 开放数据: the page that explains it, and the data as CSV and JSON, page by page, for everybody. */
@Controller
class OpenDataPages {

    static final String LICENCE = "CC BY 4.0";
    static final String LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/";

    /** Which part of the data. */
    private record Asked(String area, LocalDate from, LocalDate to, Place after) {

        String next(String path, Row last) {
            return path + "?area=" + area + "&from=" + from + "&to=" + to + "&after=" + last.place();
        }
    }

    /** @param next address of the next page; null when this was the last one */
    record Answer(
            String licence,
            String licenceUrl,
            int countsBelowAreLeftOut,
            List<Row> items,
            @Nullable String next) {}

    private final OpenData data;
    private final JsonMapper json;
    private final String address;
    private final List<PagePanel> panels;

    OpenDataPages(OpenData data, List<PagePanel> panels, JsonMapper json, @Value("${hemei.address}") String address) {
        this.panels = panels;
        this.data = data;
        this.json = json.rebuild()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        this.address = address;
    }

    @GetMapping("/open-data")
    ModelAndView page(Reader reader) {
        var last = data.lastMonth();
        var page = new ModelAndView("workorder/opendata/page");
        page.addObject("panels", PagePanel.of(panels, PagePanel.Place.OPEN_DATA, reader, 0));
        page.addObject("columns", OpenData.COLUMNS);
        page.addObject("last", last);
        page.addObject("least", Stranger.LEAST);
        page.addObject("most", OpenData.PAGE);
        page.addObject(
                "sample",
                data.rows("", last.minusMonths(1), last, Place.START).stream()
                        .limit(5)
                        .toList());
        return page;
    }

    private Asked asked(String area, String from, String to, String after) {
        if (!area.matches("(\\d{4}|\\d{6}|\\d{9}|\\d{12})?")) {
            throw Refusal.of("area", "区划代码是 4、6、9 或 12 位数字。");
        }
        var last = data.lastMonth();
        var until = day("to", to, last);
        var since = day("from", from, until.minusMonths(11).withDayOfMonth(1));
        if (since.isAfter(until)) {
            throw Refusal.of("from", "开始要在结束以前。");
        }
        var place = after.isEmpty() ? Place.START : Place.of(after);
        if (place == null) {
            throw Refusal.of("after", "after 请照抄上一页给的 next。");
        }
        return new Asked(area, since, until, place);
    }

    private static LocalDate day(String field, String text, LocalDate otherwise) {
        try {
            if (text.isEmpty()) {
                return otherwise;
            }
            var day = LocalDate.parse(text.length() == 7 ? text + "-01" : text);
            if (day.getYear() >= 2000 && day.getYear() < 2200) {
                return day;
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw Refusal.of(field, "日期请写成 2026-10 或 2026-10-01。");
    }

    @GetMapping("/open-data/orders.json")
    void json(
            @RequestParam(defaultValue = "") String area,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String after,
            HttpServletResponse response)
            throws IOException {
        var asked = asked(area, from, to, after);
        var found = data.rows(asked.area, asked.from, asked.to, asked.after);
        var next = head(response, "application/json;charset=UTF-8", asked, found, "/open-data/orders.json");
        json.writeValue(
                response.getOutputStream(), new Answer(LICENCE, LICENCE_ADDRESS, Stranger.LEAST, shown(found), next));
    }

    @GetMapping("/open-data/orders.csv")
    void csv(
            @RequestParam(defaultValue = "") String area,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String after,
            HttpServletResponse response)
            throws IOException {
        var asked = asked(area, from, to, after);
        var found = data.rows(asked.area, asked.from, asked.to, asked.after);
        head(response, "text/csv;charset=UTF-8", asked, found, "/open-data/orders.csv");
        response.setHeader("Content-Disposition", "attachment; filename=\"orders.csv\"");
        var out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        out.write('\uFEFF'); // so that a spreadsheet reads it as UTF-8
        try (var csv = CsvWriter.builder().build(out)) {
            csv.writeRecord(OpenData.COLUMNS.stream().map(OpenData.Column::name).toList());
            for (var row : shown(found)) {
                csv.writeRecord(cells(row));
            }
        }
    }

    private static List<Row> shown(List<Row> found) {
        return found.subList(0, Math.min(found.size(), OpenData.PAGE));
    }

    private @Nullable String head(
            HttpServletResponse response, String type, Asked asked, List<Row> found, String path) {
        response.setContentType(type);
        response.setHeader("Cache-Control", "public, max-age=3600");
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.addHeader("Link", "<" + LICENCE_ADDRESS + ">; rel=\"license\"");
        if (found.size() <= OpenData.PAGE) {
            return null;
        }
        var next = address + asked.next(path, shown(found).getLast());
        response.addHeader("Link", "<" + next + ">; rel=\"next\"");
        return next;
    }

    private static List<String> cells(Row row) {
        return List.of(
                row.month().toString(),
                row.district(),
                row.communityCode(),
                row.community(),
                row.categoryCode(),
                row.category(),
                cell(row.filed()),
                cell(row.closed()),
                cell(row.contactCounted()),
                cell(row.contactedInTime()),
                cell(row.rated()),
                cell(row.solved()),
                cell(row.satisfied()),
                cell(row.marked()));
    }

    private static String cell(@Nullable Integer count) {
        return Objects.toString(count, "");
    }
}
