package org.hemei.evaluation.campaign;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.hemei.evaluation.campaign.Assignments.Moved;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who looks while a campaign runs. Nobody is given a look, nor loses one, without it being written down and told. */
@Service
public class LookDesk {

    private final Assignments assignments;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;

    LookDesk(Assignments assignments, Audit audit, EventLog events, InstantSource clock) {
        this.assignments = assignments;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** @return how many estates nobody could be found for */
    @Transactional(propagation = Propagation.MANDATORY)
    int assign(Campaign campaign, int secondShare) {
        return assignments.assign(campaign, secondShare, clock.instant());
    }

    /** Assessors who came later take the estates that nobody was found for, and those of assessors who cannot look any more. */
    @Transactional(propagation = Propagation.MANDATORY)
    void fill(Campaign campaign) {
        var filled = assignments.fill(campaign, clock.instant());
        filled.ended().forEach(one -> {
            audit.record(
                    Reader.VISITOR,
                    0,
                    "evaluation_inspection.ended",
                    CampaignDesk.KIND,
                    campaign.id(),
                    campaign.area(),
                    Map.of("assessor", one.account(), "lost", one.count()));
            events.announce(
                    0,
                    "evaluation.inspection.ended",
                    campaign.id(),
                    Map.of("campaign", campaign.id(), "assessor", one.account(), "count", one.count()));
        });
        if (filled.without() > 0) {
            events.announce(
                    0,
                    "evaluation.inspection.without",
                    campaign.id(),
                    Map.of("campaign", campaign.id(), "count", filled.without()));
        }
        given(campaign, filled.given());
    }

    /** Whoever is given estates when the campaign has begun was not told of them at its beginning. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void given(Campaign campaign, List<Assignments.Given> given) {
        if (!given.isEmpty()) {
            events.announce(
                    0,
                    "evaluation.inspection.given",
                    campaign.id(),
                    Map.of(
                            "campaign", campaign.id(),
                            "due", Assignments.due(campaign, clock.instant()).toString(),
                            "to", given));
        }
    }

    /**
     * The year is over: who looked at which company is compared with the register once more. An assessor tied to a company that came
     * to an estate since, or who came to its company, has looked at it for nothing; others look again.
     *
     * @return how many looks do not count
     */
    @Transactional(propagation = Propagation.MANDATORY)
    int strike(Campaign campaign) {
        var tied = assignments.conflicting(campaign, clock.instant());
        tied.forEach(one -> tied(Reader.VISITOR, campaign, one.assessor(), one.company(), true, one.moved()));
        return tied.stream().mapToInt(one -> one.moved().lost()).sum();
    }

    /** An assessor is tied to a company. @param found whether somebody else than the assessor says so; moved: what became of their looks */
    @Transactional(propagation = Propagation.MANDATORY)
    public void tied(Reader reader, Campaign campaign, long assessor, long company, boolean found, Moved moved) {
        audit.record(
                reader,
                0,
                "evaluation_conflict" + (found ? ".found" : ".declare"),
                CampaignDesk.KIND,
                campaign.id(),
                campaign.area(),
                Map.of("assessor", assessor, "company", company, "lost", moved.lost(), "given", moved.given()));
        events.announce(
                0,
                "evaluation.conflict." + (found ? "found" : "declared"),
                campaign.id(),
                Map.of(
                        "campaign", campaign.id(),
                        "assessor", assessor,
                        "company", company,
                        "lost", moved.lost(),
                        "without", moved.lost() - moved.given(),
                        "to", moved.to(),
                        "actor", reader.account()));
    }
}
