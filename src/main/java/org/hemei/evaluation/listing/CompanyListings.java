package org.hemei.evaluation.listing;

import gg.jte.Content;
import gg.jte.TemplateEngine;
import java.util.Map;
import org.hemei.platform.PagePanel;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** On a company's public page: that it stands on the list, or stood there wrongly. Nothing where there is nothing to say. */
@Component
class CompanyListings implements PagePanel {

    private final PublicListings listings;
    private final TemplateEngine templates;

    CompanyListings(PublicListings listings, TemplateEngine templates) {
        this.listings = listings;
        this.templates = templates;
    }

    @Override
    public Place place() {
        return Place.PUBLIC_COMPANY;
    }

    @Override
    public int order() {
        return 5;
    }

    @Override
    public @Nullable Content panel(Reader reader, long company) {
        var published = listings.published(company);
        return published.isEmpty()
                ? null
                : out -> templates.render("evaluation/listing/company.jte", Map.of("listed", published), out);
    }
}
