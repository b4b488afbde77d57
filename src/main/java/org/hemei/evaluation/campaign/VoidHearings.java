package org.hemei.evaluation.campaign;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hemei.ballot.PollHands.Place;
import org.hemei.ballot.PollHearings;
import org.hemei.ballot.Polls;
import org.hemei.evaluation.Waits;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The void of a published count makes the scores of an estate worse: its companies are heard, and until then the count stays (decision 82).
 * Once it holds, the households are told.
 */
@Component
class VoidHearings implements PollHearings {

    private static final String VOIDS = """
            jsonb_path_exists(%s.inputs, '$.corrections[*] ? (@.item == "satisfaction" && @.value == "void")')
            """;

    private final JdbcClient jdbc;
    private final ObjectProvider<Polls> polls;

    VoidHearings(JdbcClient jdbc, ObjectProvider<Polls> polls) {
        this.jdbc = jdbc;
        this.polls = polls;
    }

    @Override
    public Set<Place> heard(Collection<Long> polls) {
        return polls.isEmpty() ? Set.of() : places("b.id = any(:polls)", polls.toArray(Long[]::new));
    }

    /** All of them. */
    Set<Place> open() {
        return places("cardinality(:polls) = 0", new Long[0]);
    }

    /** By the version that voided it: what else is heard about the estate says nothing of its ballots. */
    private Set<Place> places(String which, Long[] polls) {
        return new HashSet<>(
                jdbc.sql("""
                        select distinct b.id as poll, p.estate
                        from evaluation_hearing h
                                 join evaluation_score o on o.id = h.score and %s
                                 join evaluation_project p on p.id = h.project
                                 join evaluation_campaign c on c.id = p.campaign and c.state in ('objection', 'final')
                                 join poll b on c.poll = coalesce(b.again_of, b.id)
                        where %s and %s and %s
                          and not exists (select from evaluation_score x where x.project = o.project and x.version = o.version - 1 and %s)
                        """.formatted(VOIDS.formatted("o"), which, Waits.RUNS, Waits.STANDS, VOIDS.formatted("x")))
                        .param("polls", polls)
                        .query(Place.class)
                        .list());
    }

    /** @param before those that were heard before the calendar turned */
    void settled(Set<Place> before) {
        var still = heard(List.copyOf(before.stream().map(Place::poll).toList()));
        before.stream()
                .filter(place -> !still.contains(place))
                .forEach(place -> polls.getObject().settled(place.poll(), place.estate()));
    }
}
