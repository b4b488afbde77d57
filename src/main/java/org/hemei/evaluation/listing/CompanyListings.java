package org.hemei.evaluation.listing;

import gg.jte.Content;
import gg.jte.TemplateEngine;
import java.util.Arrays;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.PagePanel;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * On a company's public page: that it stands on the list, or stood there wrongly; its own managers see their cases as well.
 * Nothing where there is nothing to say.
 */
@Component
class CompanyListings implements PagePanel {

    private final PublicListings listings;
    private final CompanyCases cases;
    private final TemplateEngine templates;

    CompanyListings(PublicListings listings, CompanyCases cases, TemplateEngine templates) {
        this.listings = listings;
        this.cases = cases;
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
        if (Arrays.asList(reader.scope(Role.MANAGER).wholeBodies()).contains(company)) {
            return cases.panel(reader, company);
        }
        var published = listings.published(company);
        return published.isEmpty()
                ? null
                : out -> templates.render("evaluation/listing/company.jte", Map.of("listed", published), out);
    }
}
