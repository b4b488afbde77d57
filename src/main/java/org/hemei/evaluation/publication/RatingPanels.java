package org.hemei.evaluation.publication;

import gg.jte.Content;
import gg.jte.TemplateEngine;
import java.util.Map;
import org.hemei.evaluation.CompanyYears;
import org.hemei.platform.PagePanel;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What evaluation says on the pages of an estate, for its residents, and of a company. Nothing before there is a result. */
@Configuration(proxyBeanMethods = false)
class RatingPanels {

    private static final int ORDER = 25;
    private static final int YEARS = 3;

    private interface Made {
        @Nullable
        Content of(long subject);
    }

    private record Panel(PagePanel.Place place, Made made) implements PagePanel {

        @Override
        public int order() {
            return ORDER;
        }

        @Override
        public @Nullable Content panel(Reader reader, long subject) {
            return made.of(subject);
        }
    }

    private final Ratings ratings;
    private final CompanyYears years;
    private final TemplateEngine templates;

    RatingPanels(Ratings ratings, CompanyYears years, TemplateEngine templates) {
        this.ratings = ratings;
        this.years = years;
        this.templates = templates;
    }

    @Bean
    PagePanel ratingsAsOpenData() {
        return new Panel(
                PagePanel.Place.OPEN_DATA,
                subject -> out -> templates.render("evaluation/publication/open-panel.jte", Map.of(), out));
    }

    @Bean
    PagePanel ratingOfEstate() {
        return new Panel(PagePanel.Place.PUBLIC_ESTATE, this::estate);
    }

    @Bean
    PagePanel yearsOfCompanyAtDesk() {
        return new Panel(PagePanel.Place.COMPANY, this::company);
    }

    @Bean
    PagePanel yearsOfCompanyInPublic() {
        return new Panel(PagePanel.Place.PUBLIC_COMPANY, this::company);
    }

    private @Nullable Content estate(long estate) {
        var rows = ratings.ofEstate(estate);
        var heard = ratings.heard(estate);
        return rows.isEmpty() && heard.isEmpty()
                ? null
                : out -> templates.render(
                        "evaluation/publication/estate-panel.jte", Map.of("rows", rows, "heard", heard), out);
    }

    private @Nullable Content company(long company) {
        var all = years.latest(company).stream().limit(YEARS).toList();
        return all.isEmpty()
                ? null
                : out -> templates.render(
                        "evaluation/publication/company-panel.jte", Map.of("company", company, "years", all), out);
    }
}
