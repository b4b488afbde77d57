package org.hemei.workorder.report;

import gg.jte.Content;
import gg.jte.TemplateEngine;
import java.util.Map;
import org.hemei.platform.PagePanel;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The city's latest monthly report on the first page, for everybody; nothing there before the first one. */
@Component
class LatestReport implements PagePanel {

    private final Reports reports;
    private final TemplateEngine templates;

    LatestReport(Reports reports, TemplateEngine templates) {
        this.reports = reports;
        this.templates = templates;
    }

    @Override
    public Place place() {
        return Place.PUBLIC_HOME;
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public @Nullable Content panel(Reader reader, long subject) {
        var latest = reports.latest(Level.CITY);
        return latest.<Content>map(
                        report -> out -> templates.render("workorder/report/latest.jte", Map.of("report", report), out))
                .orElse(null);
    }
}
