package org.hemei.evaluation.publication;

import gg.jte.Content;
import gg.jte.TemplateEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.PagePanel;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How the company of a resident's estate was rated, on their first screen: the newest year, and the way to how it came about. */
@Component
class HomeRating implements PagePanel {

    /** Who has more homes finds the others by their estates. */
    private static final int HOMES = 3;

    private final Ratings ratings;
    private final TemplateEngine templates;

    HomeRating(Ratings ratings, TemplateEngine templates) {
        this.ratings = ratings;
        this.templates = templates;
    }

    @Override
    public Place place() {
        return Place.RESIDENT_HOME;
    }

    @Override
    public int order() {
        return 40;
    }

    @Override
    public @Nullable Content panel(Reader reader, long subject) {
        var rows = Arrays.stream(reader.scope(Role.RESIDENT).estates())
                .limit(HOMES)
                .flatMap(estate -> newest(ratings.ofEstate(estate)).stream())
                .toList();
        return rows.isEmpty()
                ? null
                : out -> templates.render("evaluation/publication/home.jte", Map.of("rows", rows), out);
    }

    /** Of the newest year each company that had a part of it. */
    private static List<Ratings.Row> newest(List<Ratings.Row> rows) {
        return rows.stream()
                .filter(row ->
                        java.util.Objects.equals(row.place(), rows.getFirst().place()))
                .toList();
    }
}
