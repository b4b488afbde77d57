package org.hemei.registry.estate;

import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.Searchable;
import org.hemei.platform.web.Address;
import org.hemei.registry.Areas;
import org.hemei.registry.Places;
import org.springframework.stereotype.Component;

/** Estates from the search box: the administration goes to the desk's page, everybody else to the public one. */
@Component
class EstateSearch implements Searchable {

    private static final int RANK = 20;

    private final Places places;

    EstateSearch(Places places) {
        this.places = places;
    }

    @Override
    public int order() {
        return RANK;
    }

    @Override
    public List<Group> find(Reader reader, String text) {
        var desk = !Areas.seen(reader).isEmpty();
        var found = places.named(reader, text, MOST + 1).stream()
                .map(place ->
                        new Found(place.name(), place.where(), "/estates/" + place.estate() + (desk ? "/desk" : "")))
                .toList();
        return found.isEmpty()
                ? List.of()
                : List.of(new Group(
                        "小区",
                        "estate",
                        found.subList(0, Math.min(MOST, found.size())),
                        desk && found.size() > MOST
                                ? Address.of("/estates/manage").with("q", text).toString()
                                : null));
    }
}
