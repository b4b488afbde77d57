package org.hemei.workorder.incident;

import gg.jte.Content;
import gg.jte.TemplateEngine;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.PagePanel;
import org.hemei.platform.Reader;
import org.hemei.workorder.incident.IncidentQueries.Running;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What runs where somebody lives, on their first screen and on the estate's public page. */
@Configuration(proxyBeanMethods = false)
class IncidentPanel {

    @Bean
    PagePanel incidentsAtHome(IncidentQueries queries, TemplateEngine templates, InstantSource clock) {
        return new At(PagePanel.Place.RESIDENT_HOME, queries, templates, clock);
    }

    @Bean
    PagePanel incidentsOfEstate(IncidentQueries queries, TemplateEngine templates, InstantSource clock) {
        return new At(PagePanel.Place.PUBLIC_ESTATE, queries, templates, clock);
    }

    private record At(PagePanel.Place place, IncidentQueries queries, TemplateEngine templates, InstantSource clock)
            implements PagePanel {

        @Override
        public int order() {
            return 5;
        }

        @Override
        public @Nullable Content panel(Reader reader, long subject) {
            var running =
                    place == Place.RESIDENT_HOME ? atHome(reader) : queries.running(reader, subject, null, "", "");
            if (running.isEmpty()) {
                return null;
            }
            return out -> templates.render(
                    "workorder/incident/panel.jte",
                    Map.of("running", running, "now", clock.instant(), "open", place == Place.RESIDENT_HOME),
                    out);
        }

        /** Of every home of the reader's, each incident once. */
        private List<Running> atHome(Reader reader) {
            var all = new LinkedHashMap<IncidentId, Running>();
            for (var home : queries.homes(reader.scope(Role.RESIDENT).grants().stream()
                    .map(g -> g.unit())
                    .toArray(Long[]::new))) {
                queries.running(reader, home.estate(), home.building(), "", "").forEach(one -> all.put(one.id(), one));
            }
            return List.copyOf(all.values());
        }
    }
}
