package org.hemei.workorder.filing;

import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.workorder.desk.Typed;
import org.hemei.workorder.incident.IncidentQueries;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the desk's filing page offers: the community's own estates, their buildings and units, and likely duplicates. */
@Component
class FilingForOthersQueries {

    record Place(long id, String name) {}

    /**
     * @param suggested a leaf that the words speak of, while none is chosen
     * @param incidents what runs at the place, or anywhere in the community while none is chosen
     */
    record Offer(
            int district,
            List<Place> estates,
            List<Place> buildings,
            List<Place> units,
            List<FilingQueries.Category> categories,
            FilingQueries.@Nullable Category suggested,
            List<FilingQueries.Similar> similar,
            List<IncidentQueries.Known> incidents) {

        List<FilingQueries.Category> branches() {
            return categories.stream().filter(c -> c.parent() == null).toList();
        }

        List<FilingQueries.Category> leaves(String branch) {
            return categories.stream().filter(c -> branch.equals(c.parent())).toList();
        }
    }

    private final JdbcClient jdbc;
    private final FilingQueries filing;
    private final IncidentQueries incidents;

    FilingForOthersQueries(JdbcClient jdbc, FilingQueries filing, IncidentQueries incidents) {
        this.jdbc = jdbc;
        this.filing = filing;
        this.incidents = incidents;
    }

    /** Where photos go up to before the estate is known; they move if it lies in another district. */
    static int district(Reader reader) {
        return Integer.parseInt(reader.scope(Role.COMMUNITY).areas().getFirst().substring(0, 6));
    }

    Offer offer(Reader reader, Typed typed) {
        var estates = estates(reader);
        var asked = typed.number("estate");
        var known = asked != null && estates.stream().anyMatch(e -> e.id == asked);
        long estate = asked == null ? 0 : asked;
        var building = typed.number("building");
        var categories = filing.categories();
        var words = typed.get("words");
        var leaf = typed.get("category");
        var suggested =
                leaf.isEmpty() ? FilingQueries.suggest(categories, words, "").orElse(null) : null;
        var about = suggested == null ? leaf : suggested.code();
        return new Offer(
                district(reader),
                estates,
                known ? buildings(estate) : List.of(),
                known && building != null ? units(estate, building) : List.of(),
                categories,
                suggested,
                known && !about.isEmpty() && !words.isBlank()
                        ? filing.similar(reader, estate, about.split("\\.", -1)[0], about, words)
                        : List.of(),
                incidents.known(reader, known ? estate : null, building, about));
    }

    private List<Place> estates(Reader reader) {
        return jdbc.sql("select id, name from estate_now where community like any(?) order by name limit 500")
                .param(reader.scope(Role.COMMUNITY).patterns())
                .query(Place.class)
                .list();
    }

    private List<Place> buildings(long estate) {
        return jdbc.sql("select id, name from building where estate = ? order by position, name")
                .param(estate)
                .query(Place.class)
                .list();
    }

    private List<Place> units(long estate, long building) {
        return jdbc.sql(
                        "select id, name from unit where estate = ? and building = ? order by entrance, floor, name limit 1000")
                .params(estate, building)
                .query(Place.class)
                .list();
    }
}
