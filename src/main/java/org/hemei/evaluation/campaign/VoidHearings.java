package org.hemei.evaluation.campaign;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.hemei.ballot.PollHands.Place;
import org.hemei.ballot.PollHearings;
import org.hemei.ballot.Polls;
import org.hemei.evaluation.Waits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The void of a published count makes the scores of an estate worse: its companies are heard, and until then the count stays (decision 82).
 * Once it holds, the households are told.
 */
@Component
class VoidHearings implements PollHearings {

    private static final Logger LOG = LoggerFactory.getLogger(VoidHearings.class);

    private final JdbcClient jdbc;
    private final ObjectProvider<Polls> polls;

    VoidHearings(JdbcClient jdbc, ObjectProvider<Polls> polls) {
        this.jdbc = jdbc;
        this.polls = polls;
    }

    /** By the version that voided it: what else is heard about the estate says nothing of its ballots. */
    @Override
    public Set<Place> heard(Collection<Long> polls) {
        return new HashSet<>(jdbc.sql("""
                        select distinct b.id as poll, p.estate
                        from evaluation_hearing h
                                 join evaluation_project p on p.id = h.project
                                 join evaluation_campaign c on c.id = p.campaign and c.state in ('objection', 'final')
                                 join poll b on c.poll = coalesce(b.again_of, b.id)
                        where b.id = any(:polls) and %s
                        """.formatted(Waits.VOIDS))
                .param("polls", polls.toArray(Long[]::new))
                .query(Place.class)
                .list());
    }

    /** Tells the households of what is over; what could not be told, or was not since the program stopped, is told the next time. */
    void settle() {
        var untold = polls.getObject().untold();
        var still = heard(untold.stream().map(Place::poll).distinct().toList());
        for (var place : untold) {
            try {
                if (!still.contains(place)) {
                    polls.getObject().settled(place.poll(), place.estate());
                }
            } catch (RuntimeException e) {
                LOG.error("households of estate {} in poll {} could not be told", place.estate(), place.poll(), e);
            }
        }
    }
}
