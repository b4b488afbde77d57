package org.hemei.evaluation.publication;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Open data of evaluation: scores of projects and years of companies, as JSON and as a table. */
@Controller
class OpenRatingPages {

    private final Ratings ratings;
    private final OpenRatings open;

    OpenRatingPages(Ratings ratings, OpenRatings open) {
        this.ratings = ratings;
        this.open = open;
    }

    private List<OpenRatings.Score> scores(Map<String, String> query) {
        var wanted = RatingPages.wanted(query, ratings);
        return open.scores(wanted.year(), wanted.area());
    }

    private List<OpenRatings.CompanyYear> years(String year) {
        return open.years(year.matches("\\d{4}") ? Integer.valueOf(year) : null);
    }

    @GetMapping(path = "/ratings.json", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    List<OpenRatings.Score> json(@RequestParam Map<String, String> query) {
        return scores(query);
    }

    @GetMapping("/ratings.csv")
    void csv(@RequestParam Map<String, String> query, HttpServletResponse response) throws IOException {
        table(
                response,
                "ratings-" + RatingPages.wanted(query, ratings).year(),
                "score,version,year,campaign,scheme,pass_line,district,estate,estate_name,company,company_name,households,kinds,group,stage,result,"
                        + "points,margin,ballots,why,heard",
                scores(query).stream()
                        .map(one -> line(
                                one.score(),
                                one.version(),
                                one.year(),
                                one.campaign(),
                                one.scheme(),
                                one.passLine(),
                                one.district(),
                                one.estate(),
                                quoted(one.estateName()),
                                one.company(),
                                quoted(one.companyName()),
                                one.households(),
                                quoted(String.join("、", one.kinds())),
                                one.group() == null ? "" : quoted(one.group()),
                                one.stage(),
                                one.result(),
                                one.points(),
                                one.margin(),
                                one.ballots(),
                                quoted(one.why()),
                                one.heard()))
                        .toList());
    }

    @GetMapping(path = "/open-data/company-years.json", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    List<OpenRatings.CompanyYear> companies(@RequestParam(defaultValue = "") String year) {
        return years(year);
    }

    @GetMapping("/open-data/company-years.csv")
    void companiesCsv(@RequestParam(defaultValue = "") String year, HttpServletResponse response) throws IOException {
        table(
                response,
                "company-years",
                "company,company_name,credit_code,year,version,result,points,margin,near_line,final_on,reason,heard",
                years(year).stream()
                        .map(one -> line(
                                one.company(),
                                quoted(one.companyName()),
                                one.creditCode(),
                                one.year(),
                                one.version(),
                                one.result(),
                                one.points(),
                                one.margin(),
                                one.nearLine(),
                                one.finalOn(),
                                quoted(one.reason()),
                                one.heard()))
                        .toList());
    }

    private static String line(@Nullable Object... cells) {
        return Arrays.stream(cells)
                .map(cell -> cell == null ? "" : String.valueOf(cell))
                .collect(Collectors.joining(","));
    }

    private static void table(HttpServletResponse response, String name, String head, List<String> lines)
            throws IOException {
        response.setContentType("text/csv");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + ".csv\"");
        var out = response.getWriter();
        out.write(head + "\n");
        for (var line : lines) {
            out.write(line + "\n");
        }
    }

    /** A name that begins like a formula stays a name. */
    private static String quoted(String text) {
        var safe = text.matches("(?s)[=+\\-@].*") ? "'" + text : text;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
