package org.hemei.evaluation.objection;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
        Set<Long> estates = new TreeSet<>();
        events.stream()
                .filter(event -> event.kind().startsWith("contract."))
                .forEach(event -> estates.add(Long.parseLong(event.subject())));
        estates.addAll(of(events.stream()
                .filter(event -> BODIES.contains(event.kind()))
                .map(event -> Long.parseLong(event.subject()))
                .distinct()
                .toArray(Long[]::new)));
        if (!estates.isEmpty()) {
            look(estates);
        }
    }

    /** The estates that bodies ever had a contract for. */
    private List<Long> of(Long[] bodies) {
        return bodies.length == 0
                ? List.of()
                : jdbc.sql("select distinct estate from contract where company = any(?)")
                        .param(bodies)
                        .query(Long.class)
                        .list();
    }

    /** Every published campaign that the estates were, or should have been, part of. An import can bring thousands of them at once. */
    private void look(Set<Long> estates) {
        record Part(long campaign, long estate) {}
        Map<Long, Set<Long>> parts = new TreeMap<>();
        jdbc.sql("""
                        select c.id as campaign, e.id as estate
                        from evaluation_campaign c join estate e on e.community like c.area || '%'
                            or exists (select from evaluation_project p where p.campaign = c.id and p.estate = e.id)
                        where e.id = any(?) and c.state in ('objection', 'final')
                        """)
                .param(estates.toArray(Long[]::new))
                .query(Part.class)
                .list()
                .forEach(part -> parts.computeIfAbsent(part.campaign, c -> new TreeSet<>())
                        .add(part.estate));
        parts.forEach((id, some) -> look(campaigns.find(id).orElseThrow(), some));
    }

    private void look(Campaign campaign, Set<Long> estates) {
        var found = estates.size() == 1 ? of(campaign, estates.iterator().next()) : of(campaign);
        var changes = found.stream()
                .filter(change -> estates.contains(change.estate()))
                .collect(Collectors.groupingBy(Projects.Change::estate, TreeMap::new, Collectors.toList()));
        estates.stream()
                .filter(estate -> !changes.containsKey(estate))
                .forEach(estate -> settled(campaign.id(), estate));
        var fresh = changes.entrySet().stream()
                .filter(one -> note(campaign.id(), one.getKey()))
                .flatMap(one -> one.getValue().stream())
                .toList();
        if (!fresh.isEmpty()) {
            events.announce(
                    fresh.getFirst().district(),
                    "evaluation.contract.differs",
                    campaign.id(),
                    Map.of("campaign", campaign.id(), "count", fresh.size()));
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
    boolean note(long campaign, long estate) {
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
