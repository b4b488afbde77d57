package org.hemei.evaluation.listing;

import gg.jte.Content;
import gg.jte.TemplateEngine;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import org.hemei.access.Role;
import org.hemei.platform.PagePanel;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * On a company's page for the administration: whether it stands on the list, its last cases and what is open, each only for
 * whom it concerns; everybody else reads what is public.
 */
@Component
class CompanyCases implements PagePanel {

    private static final int SHOWN = 5;

    private final ListingQueries queries;
    private final PublicListings published;
    private final TemplateEngine templates;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    CompanyCases(
            ListingQueries queries,
            PublicListings published,
            TemplateEngine templates,
            JdbcClient jdbc,
            InstantSource clock) {
        this.queries = queries;
        this.published = published;
        this.templates = templates;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Place place() {
        return Place.COMPANY;
    }

    @Override
    public int order() {
        return 24; // above the results of its years
    }

    @Override
    public @Nullable Content panel(Reader reader, long company) {
        var listed = published.published(company);
        var cases = queries.ofCompany(reader, company, SHOWN);
        var objections = objections(reader, company);
        if (listed.isEmpty() && cases.isEmpty() && objections == 0) {
            return null;
        }
        var model = new HashMap<String, Object>();
        model.put("listed", cases.isEmpty() ? listed : java.util.List.of());
        model.put("cases", cases);
        model.put("objections", objections);
        model.put("now", clock.instant());
        return out -> templates.render("evaluation/listing/cases.jte", model, out);
    }

    /** Objections to results that nobody has answered, for the company and for those who answer them. */
    private int objections(Reader reader, long company) {
        var own = Arrays.asList(reader.scope(Role.MANAGER).bodies()).contains(company);
        return jdbc.sql("""
                select count(*) from evaluation_objection o
                         join evaluation_project p on p.id = o.project join evaluation_campaign c on c.id = p.campaign
                where o.state = 'filed' and p.company = :company and (:own or c.area like any(:patterns))
                """)
                .param("company", company)
                .param("own", own)
                .param(
                        "patterns",
                        reader.scope(Role.CITY, Role.DISTRICT, Role.HOUSING).patterns())
                .query(Integer.class)
                .single();
    }
}
