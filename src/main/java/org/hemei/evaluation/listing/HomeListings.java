package org.hemei.evaluation.listing;

import gg.jte.Content;
import gg.jte.TemplateEngine;
import java.util.Map;
import org.hemei.platform.PagePanel;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The way from the first page to what everybody may know of companies: results, the blacklist, verifying a tender reference. */
@Component
class HomeListings implements PagePanel {

    private final PublicListings listings;
    private final TemplateEngine templates;

    HomeListings(PublicListings listings, TemplateEngine templates) {
        this.listings = listings;
        this.templates = templates;
    }

    @Override
    public Place place() {
        return Place.PUBLIC_HOME;
    }

    @Override
    public int order() {
        return 30;
    }

    @Override
    public @Nullable Content panel(Reader reader, long subject) {
        var count = listings.count();
        return out -> templates.render("evaluation/listing/home.jte", Map.of("count", count), out);
    }
}
