package org.hemei.evaluation.campaign;

import java.time.InstantSource;
import org.hemei.ballot.Polls;
import org.hemei.evaluation.Waits;
import org.hemei.evaluation.scheme.SchemeContent;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far a campaign's gathering is. */
@Component
public class Progress {

    /**
     * @param estates that have units and so a sample; projects: company × estate
     * @param looks one at each estate, whether somebody was found for it or not, and the second ones that were given out
     * @param counted whether the ballots are counted
     * @param keys how far the keys are that the poll needs to open; null without a poll
     * @param stuck boxes that do not open; givenUp: those that were given up, whose households were not asked once more
     * @param lastPoll the poll that is counted last: the one that was held again, where there was one
     * @param hearings scores that became worse, or somebody else's, since they were published, and can still be objected to
     * @param ties that were found when scores were public, and are not decided
     * @param differs estates whose contracts were put right after the scores, and whose scores do not follow yet
     * @param tallyWrong how the numbers of its poll differ from what was sealed; null while they do not
     */
    public record Data(
            int projects,
            int estates,
            int units,
            int sampled,
            int looks,
            int looked,
            int opinions,
            int given,
            boolean counted,
            int objections,
            Polls.@Nullable Keys keys,
            int stuck,
            int givenUp,
            @Nullable Long lastPoll,
            int hearings,
            int ties,
            int differs,
            @Nullable String tallyWrong) {

        /** Whether all is there, so that scores can be made without waiting; and nothing is left for a person to decide. */
        public boolean complete() {
            return counted && givenUp == 0 && looked == looks && given == opinions;
        }
    }

    /** What was given or seen at an estate that left the campaign, since its contract did, counts for nothing and is not waited for. */
    private static final String STAYED =
            "exists (select from evaluation_project p where p.campaign = i.campaign and p.estate = i.estate)";

    private final JdbcClient jdbc;
    private final Votes votes;
    private final InstantSource clock;

    Progress(JdbcClient jdbc, Votes votes, InstantSource clock) {
        this.clock = clock;
        this.jdbc = jdbc;
        this.votes = votes;
    }

    public Data of(Campaign campaign, SchemeContent scheme) {
        var poll = campaign.poll();
        var counted = poll != null && votes.counted(poll);
        var keys = poll == null ? null : votes.keys(poll);
        var stuck = poll == null || counted ? 0 : votes.stuck(poll);
        var givenUp = poll == null ? 0 : votes.givenUp(poll);
        var last = poll == null ? null : Long.valueOf(votes.last(poll));
        var items = scheme.items(Kind.TERRITORY).size();
        return jdbc.sql("""
                        select (select count(*) from evaluation_project where campaign = :c) as projects,
                               count(*) as estates, coalesce(sum(units), 0) as units, coalesce(sum(sampled), 0) as sampled,
                               case when :inspected then
                                   (select count(distinct estate) from evaluation_project where campaign = :c)
                                   + (select count(distinct estate) from evaluation_inspection i where campaign = :c and turn = 2 and %1$s)
                               else 0 end as looks,
                               (select count(*) from evaluation_inspection i where campaign = :c and state = 'done' and %1$s) as looked,
                               (select count(distinct estate) from evaluation_project where campaign = :c) * :items as opinions,
                               (select count(distinct (estate, item)) from evaluation_opinion i where campaign = :c and %1$s) as given,
                               (select count(*) from evaluation_objection o join evaluation_project p on p.id = o.project
                                where p.campaign = :c and o.state = 'filed') as objections,
                               (select count(distinct h.project) from evaluation_hearing h join evaluation_project p on p.id = h.project
                                where p.campaign = :c and (h.until is null or h.until >= :today) and %2$s) as hearings,
                               (select count(*) from evaluation_conflict
                                where campaign = :c and answer_by is not null and struck is null) as ties,
                               (select count(*) from evaluation_contract_differs where campaign = :c) as differs,
                               (select tally_wrong from evaluation_campaign where id = :c) as tally_wrong
                        from evaluation_frame where campaign = :c
                        """.formatted(STAYED, Waits.STANDS))
                .param("c", campaign.id())
                .param("items", items)
                .param("today", CivilTime.date(clock.instant()))
                .param("inspected", !scheme.items(Kind.INSPECTION).isEmpty())
                .query((r, n) -> new Data(
                        r.getInt("projects"),
                        r.getInt("estates"),
                        r.getInt("units"),
                        r.getInt("sampled"),
                        r.getInt("looks"),
                        r.getInt("looked"),
                        r.getInt("opinions"),
                        r.getInt("given"),
                        counted,
                        r.getInt("objections"),
                        keys,
                        stuck,
                        givenUp,
                        last,
                        r.getInt("hearings"),
                        r.getInt("ties"),
                        r.getInt("differs"),
                        r.getString("tally_wrong")))
                .single();
    }
}
