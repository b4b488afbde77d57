package org.hemei.evaluation.publication;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.evaluation.publication.Leagues.League;
import org.hemei.platform.Reader;
import org.hemei.platform.web.Address;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 物业得分: what everybody may see, among projects of like kind and size, and as open data. */
@Controller
class RatingPages {

    private static final int PAGE = 50;
    private static final int LONGEST = 40;
    private static final int NO_YEAR = 2000;

    private final Ratings ratings;
    private final Leagues leagues;

    RatingPages(Ratings ratings, Leagues leagues) {
        this.ratings = ratings;
        this.leagues = leagues;
    }

    /** Which year and area an address asks for; q: part of a name, the areas that can be chosen there. */
    record Wanted(int year, String area, String q, List<Ratings.Area> areas) {}

    /** The league an address asks for; otherwise the one that most projects are in. */
    static League league(Map<String, String> query, List<League> leagues) {
        return leagues.stream()
                .filter(league -> league.code().equals(query.get("group")))
                .findFirst()
                .or(() -> leagues.stream().max(Comparator.comparingInt(League::projects)))
                .orElse(League.NONE);
    }

    static Wanted wanted(Map<String, String> query, Ratings ratings) {
        var text = query.getOrDefault("year", "");
        var code = query.getOrDefault("area", "");
        var chosen = code.matches("\\d{4,12}") ? code : "";
        var areas = ratings.areas(chosen);
        var area = areas.stream()
                .map(Ratings.Area::code)
                .filter(chosen::equals)
                .findFirst()
                .orElse(areas.isEmpty() ? "" : areas.getFirst().code());
        var q = query.getOrDefault("q", "").strip();
        return new Wanted(
                text.matches("\\d{4}")
                        ? Integer.parseInt(text)
                        : ratings.years().stream().findFirst().orElse(NO_YEAR),
                area,
                q.substring(0, Math.min(q.length(), LONGEST)),
                areas);
    }

    @GetMapping("/ratings")
    ModelAndView list(Reader reader, @RequestParam Map<String, String> query) {
        var years = ratings.years();
        var wanted = wanted(query, ratings);
        var after = Ratings.Key.of(query.getOrDefault("after", ""));
        var all = leagues.in(wanted.year, wanted.area);
        var league = league(query, all);
        var found = ratings.list(wanted.year, wanted.area, league.code(), wanted.q, after, PAGE + 1);
        var self = Address.of("/ratings")
                .with("year", wanted.year)
                .with("area", wanted.area)
                .with("group", league.code())
                .with("q", wanted.q);
        var model = new HashMap<String, Object>();
        model.put("rows", found.stream().limit(PAGE).toList());
        model.put("years", years);
        model.put("areas", wanted.areas);
        model.put("q", wanted.q);
        model.put("year", wanted.year);
        model.put("area", wanted.area);
        model.put("leagues", all);
        model.put("league", league);
        var bands = ratings.bands(wanted.year, wanted.area, league.code());
        model.put("bands", bands);
        model.put(
                "spread",
                BandChart.of(bands, ratings.passLine(wanted.year, wanted.area).orElse(null), null));
        var trend = ratings.trend(wanted.area, league.code());
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
}
