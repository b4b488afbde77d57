package org.hemei.evaluation.publication;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.evaluation.score.Exact;
import org.hemei.platform.Reader;
import org.hemei.platform.web.Address;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.ModelAndView;

/** 物业得分: what everybody may see, among projects of like size, and as open data. */
@Controller
class RatingPages {

    private static final int PAGE = 50;

    private final Ratings ratings;

    RatingPages(Ratings ratings) {
        this.ratings = ratings;
    }

    /** Which year, area and size an address asks for. */
    record Wanted(int year, String area, Ratings.Size size) {}

    static Wanted wanted(Map<String, String> query, List<Integer> years, List<Ratings.Area> areas) {
        var text = query.getOrDefault("year", "");
        var newest = years.isEmpty() ? 2000 : years.getFirst();
        var year = text.matches("\\d{4}") ? Integer.parseInt(text) : newest;
        var code = query.getOrDefault("area", "");
        var area = areas.stream()
                .map(Ratings.Area::code)
                .filter(code::equals)
                .findFirst()
                .orElse(areas.isEmpty() ? "" : areas.getFirst().code());
        return new Wanted(year, area, Ratings.Size.of(query.getOrDefault("size", "")));
    }

    @GetMapping("/ratings")
    ModelAndView list(Reader reader, @RequestParam Map<String, String> query) {
        var years = ratings.years();
        var areas = ratings.areas();
        var wanted = wanted(query, years, areas);
        var after = Ratings.Key.of(query.getOrDefault("after", ""));
        var found = ratings.list(wanted.year, wanted.area, wanted.size, after, PAGE + 1);
        var self = Address.of("/ratings")
                .with("year", wanted.year)
                .with("area", wanted.area)
                .with("size", wanted.size.code());
        var model = new HashMap<String, Object>();
        model.put("rows", found.stream().limit(PAGE).toList());
        model.put("years", years);
        model.put("areas", areas);
        model.put("year", wanted.year);
        model.put("area", wanted.area);
        model.put("size", wanted.size);
        var bands = ratings.bands(wanted.year, wanted.area, wanted.size);
        model.put("bands", bands);
        model.put(
                "spread",
                BandChart.of(bands, ratings.passLine(wanted.year, wanted.area).orElse(null), null));
        var trend = ratings.trend(wanted.area, wanted.size);
        model.put("trend", trend);
        model.put("lines", trend.size() < 2 ? null : lines(trend));
        model.put("self", self.toString());
        model.put(
                "next",
                found.size() > PAGE
                        ? self.with("after", Ratings.Key.of(found.get(PAGE - 1)))
                                .toString()
                        : null);
        model.put("first", after == null);
        model.put("staff", Role.isStaff(reader));
        return new ModelAndView("evaluation/publication/ratings", model);
    }

    private static YearChart lines(List<Ratings.Year> newestFirst) {
        var years = newestFirst.reversed();
        return YearChart.of(
                List.of(
                        new YearChart.Series(
                                "合格",
                                "l-b",
                                "s",
                                "%",
                                years.stream()
                                        .map(one -> new YearChart.Value(one.year(), one.passed(), 0))
                                        .toList()),
                        new YearChart.Series(
                                "有评定",
                                "l-a",
                                "c",
                                "%",
                                years.stream()
                                        .map(one -> new YearChart.Value(one.year(), one.rated(), 0))
                                        .toList())),
                null);
    }

    /** One project as open data says it. */
    public record Open(
            long score,
            int year,
            long estate,
            String estateName,
            long company,
            String companyName,
            int households,
            String stage,
            String result,
            @Nullable String points,
            @Nullable String margin,
            int ballots) {}

    private List<Open> open(Wanted wanted) {
        return ratings.all(wanted.year, wanted.area).stream()
                .map(row -> new Open(
                        row.score(),
                        wanted.year,
                        row.estate(),
                        row.estateName(),
                        row.company(),
                        row.companyName(),
                        row.households(),
                        row.isFinal() ? "final" : "preliminary",
                        row.result().code(),
                        row.points() == null ? null : Exact.points(row.points()),
                        row.margin() == null ? null : Exact.points(row.margin()),
                        row.ballots()))
                .toList();
    }

    @GetMapping(path = "/ratings.json", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    List<Open> json(@RequestParam Map<String, String> query) {
        return open(wanted(query, ratings.years(), ratings.areas()));
    }

    @GetMapping("/ratings.csv")
    void csv(@RequestParam Map<String, String> query, HttpServletResponse response) throws IOException {
        var wanted = wanted(query, ratings.years(), ratings.areas());
        response.setContentType("text/csv");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Content-Disposition", "attachment; filename=\"ratings-" + wanted.year + ".csv\"");
        var out = response.getWriter();
        out.write("score,year,estate,estate_name,company,company_name,households,stage,result,points,margin,ballots\n");
        for (var one : open(wanted)) {
            out.write(String.join(
                            ",",
                            String.valueOf(one.score),
                            String.valueOf(one.year),
                            String.valueOf(one.estate),
                            quoted(one.estateName),
                            String.valueOf(one.company),
                            quoted(one.companyName),
                            String.valueOf(one.households),
                            one.stage,
                            one.result,
                            one.points == null ? "" : one.points,
                            one.margin == null ? "" : one.margin,
                            String.valueOf(one.ballots))
                    + "\n");
        }
    }

    /** A name that begins like a formula stays a name. */
    private static String quoted(String text) {
        var safe = text.matches("[=+\\-@].*") ? "'" + text : text;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
