package org.hemei.evaluation.objection;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hemei.evaluation.campaign.Campaign;
import org.hemei.evaluation.campaign.Campaigns;
import org.hemei.evaluation.campaign.Projects;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.log.EventLog;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds scores whose contracts were put right after they were published: somebody else had the estate that year. Scores do not move by
 * themselves, since a slip in a register would judge companies; it is noted and told to whoever runs the campaign.
 */
@Component
class ContractDifferences implements EventConsumer {

    private static final Set<String> BODIES = Set.of("body.merged", "body.corrected");

    private final Campaigns campaigns;
    private final Projects projects;
    private final Schemes schemes;
    private final EventLog events;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    ContractDifferences(
            Campaigns campaigns,
            Projects projects,
            Schemes schemes,
            EventLog events,
            JdbcClient jdbc,
            InstantSource clock) {
        this.campaigns = campaigns;
        this.projects = projects;
        this.schemes = schemes;
        this.events = events;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "evaluation-contracts";
    }

    @Override
    public void handle(List<Event> events) {
        events.stream()
                .filter(event -> event.kind().startsWith("contract."))
                .map(event -> Long.parseLong(event.subject()))
                .distinct()
                .forEach(this::look);
        events.stream()
                .filter(event -> BODIES.contains(event.kind()))
                .map(event -> Long.parseLong(event.subject()))
                .distinct()
                .flatMap(body -> estates(body).stream())
                .distinct()
                .forEach(this::look);
    }

    private List<Long> estates(long body) {
        return jdbc.sql("select distinct estate from contract where company = ? order by estate")
                .param(body)
                .query(Long.class)
                .list();
    }

    /** Every published campaign that the estate was, or should have been, part of. */
    private void look(long estate) {
        jdbc.sql("""
                        select c.id from evaluation_campaign c join estate e on e.community like c.area || '%'
                        where e.id = ? and c.state in ('objection', 'final') order by c.id
                        """)
                .param(estate)
                .query(Long.class)
                .list()
                .forEach(campaign -> look(campaigns.find(campaign).orElseThrow(), estate));
    }

    private void look(Campaign campaign, long estate) {
        var changes = of(campaign, estate);
        if (changes.isEmpty()) {
            settled(campaign.id(), estate);
        } else if (note(campaign.id(), estate)) {
            events.announce(
                    changes.getFirst().district(),
                    "evaluation.contract.differs",
                    campaign.id(),
                    Map.of("campaign", campaign.id(), "estate", estate, "count", changes.size()));
        }
    }

    /** What of an estate is another by the contracts of today than when its campaign was scored. */
    List<Projects.Change> of(Campaign campaign, long estate) {
        return projects.changes(
                campaign, schemes.find(campaign.scheme()).orElseThrow().content(), estate);
    }

    /** All of a campaign. */
    List<Projects.Change> of(Campaign campaign) {
        return projects.changes(
                campaign, schemes.find(campaign.scheme()).orElseThrow().content(), null);
    }

    /** @return false when it was noted already */
    private boolean note(long campaign, long estate) {
        return jdbc.sql(
                                "insert into evaluation_contract_differs (campaign, estate, since) values (?, ?, ?) on conflict do nothing")
                        .params(campaign, estate, Timestamp.from(clock.instant()))
                        .update()
                == 1;
    }

    /** Nothing is left to be put right there. */
    void settled(long campaign, long estate) {
        jdbc.sql("delete from evaluation_contract_differs where campaign = ? and estate = ?")
                .params(campaign, estate)
                .update();
    }
}
