package org.hemei.evaluation.campaign;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hemei.evaluation.Interests;
import org.hemei.evaluation.campaign.Lookers.Looker;
import org.hemei.evaluation.campaign.Lookers.Place;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who inspects which estate: in turn, in an order that follows from the seed, so that nobody chooses. Whoever is tied to the company
 * is passed over; a second look goes to another assessor than the first.
 */
@Repository
public class Assignments {

    private record Lost(long assessor, long company, long estate, int turn) {}

    private record Turn(Place place, int turn, long assessor) {}

    /** @param lost how many looks one assessor lost; given: how many of them others took over; to: who, once for each */
    public record Moved(int lost, int given, List<Long> to) {

        public static final Moved NOTHING = new Moved(0, 0, List.of());
    }

    /** Looks that were given out. @param count how many of them to this account */
    public record Given(long account, long count) {}

    /** @param open how many looks an assessor had still to do; given: to whom some of them went */
    public record Handed(int open, List<Given> given) {

        public int count() {
            return (int) given.stream().mapToLong(Given::count).sum();
        }
    }

    /** @param ended of whom looks were taken that they cannot do any more; without: how many of those nobody took over */
    record Filled(List<Given> given, List<Given> ended, int without) {}

    /** An assessor that the register ties to a company whose estates they were to see, or saw; and what became of these. */
    record Tied(long assessor, long company, Moved moved) {}

    private final JdbcClient jdbc;
    private final Lookers lookers;

    Assignments(JdbcClient jdbc, Lookers lookers) {
        this.jdbc = jdbc;
        this.lookers = lookers;
    }

    /** @return how many estates nobody could be found for */
    int assign(Campaign campaign, int secondShare, Instant now) {
        var places = lookers.places(campaign);
        var assessors = lookers.of(campaign, now);
        var conflicts = lookers.conflicts(campaign.id());
        var seconds = (places.size() * secondShare + 99) / 100;
        List<Turn> turns = new ArrayList<>();
        int next = 0;
        int without = 0;
        for (int n = 0; n < places.size(); n++) {
            var place = places.get(n);
            var first = pick(assessors, next++, place, conflicts, Set.of());
            if (first == null) {
                without++;
                continue;
            }
            turns.add(new Turn(place, 1, first));
            var second = n < seconds ? pick(assessors, next, place, conflicts, Set.of(first)) : null;
            if (second != null) {
                turns.add(new Turn(place, 2, second));
            }
        }
        insert(campaign, turns, now);
        return without;
    }

    private static List<Given> given(List<Turn> turns) {
        return counted(turns.stream().map(Turn::assessor).toList());
    }

    private static List<Given> counted(List<Long> accounts) {
        return accounts.stream()
                .collect(Collectors.groupingBy(one -> one, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(one -> new Given(one.getKey(), one.getValue()))
                .toList();
    }

    /**
     * Estates that nobody sees go to whoever can see them now, second looks as well as first ones; so do looks whose assessor has no
     * grant for the place any more.
     */
    Filled fill(Campaign campaign, Instant now) {
        var ended = ended(campaign, now);
        var lacking = lacking(campaign.id());
        var turns = lacking.isEmpty() ? List.<Turn>of() : spread(campaign, lacking, now);
        var taken = turns.stream()
                .map(turn -> List.of(turn.place.estate(), (long) turn.turn))
                .collect(Collectors.toSet());
        return new Filled(
                given(turns), counted(ended.stream().map(Lost::assessor).toList()), (int) ended.stream()
                        .filter(one ->
                                lacking.getOrDefault(one.estate, Set.of()).contains(one.turn)
                                        && !taken.contains(List.of(one.estate, (long) one.turn)))
                        .count());
    }

    /** First looks that nobody has, of any estate; and second ones, of those that were to be seen twice. */
    private Map<Long, Set<Integer>> lacking(long campaign) {
        record Lacking(long estate, int turn) {}
        Map<Long, Set<Integer>> lacking = new HashMap<>();
        jdbc.sql("""
                        select distinct p.estate, t.turn
                        from evaluation_project p cross join (values (1), (2)) as t (turn)
                        where p.campaign = :campaign
                          and not exists (select from evaluation_inspection i where i.campaign = p.campaign and i.estate = p.estate
                                                                                and i.turn = t.turn and i.state <> 'replaced')
                          and (t.turn = 1 or exists (select from evaluation_inspection i
                                                     where i.campaign = p.campaign and i.estate = p.estate and i.turn = 2))
                        """)
                .param("campaign", campaign)
                .query(Lacking.class)
                .list()
                .forEach(one -> lacking.computeIfAbsent(one.estate, e -> new HashSet<>())
                        .add(one.turn));
        return lacking;
    }

    /** Takes looks that nobody did yet away from whoever cannot do them any more: no account, or no grant for the place. */
    private List<Lost> ended(Campaign campaign, Instant now) {
        return jdbc.sql("""
                        update evaluation_inspection i set state = 'replaced', version = version + 1
                        where i.campaign = :campaign and i.state = 'open'
                          and not exists (select from access_grant g join account a on a.id = g.account and a.disabled_at is null
                                                   join estate e on e.id = i.estate
                                          where g.account = i.assessor and g.role = 'ASSESSOR' and starts_with(e.community, g.area)
                                            and g.since <= :now and (g.until is null or g.until > :now))
                        returning i.assessor, 0 as company, i.estate, i.turn
                        """)
                .param("campaign", campaign.id())
                .param("now", Timestamp.from(now))
                .query(Lost.class)
                .list();
    }

    /** Gives what an assessor has still to do to others, as far as there are some; the rest stays theirs. */
    public Handed handOver(Campaign campaign, long assessor, Instant now) {
        record Open(long id, long estate, int turn) {}
        var open =
                jdbc.sql("""
                        select id, estate, turn from evaluation_inspection
                        where campaign = ? and assessor = ? and state = 'open' order by id for update
                        """).params(campaign.id(), assessor).query(Open.class).list();
        var others = lookers.of(campaign, now).stream()
                .filter(one -> one.account() != assessor)
                .toList();
        var conflicts = lookers.conflicts(campaign.id());
        var sitting = lookers.sitting(campaign.id());
        List<Turn> turns = new ArrayList<>();
        List<Long> taken = new ArrayList<>();
        int next = 0;
        for (var place : lookers.places(campaign)) {
            for (var one : open) {
                var other = one.estate == place.estate()
                        ? pick(others, next++, place, conflicts, sitting.getOrDefault(one.estate, Set.of()))
                        : null;
                if (other != null) {
                    turns.add(new Turn(place, one.turn, other));
                    taken.add(one.id);
                }
            }
        }
        jdbc.sql("update evaluation_inspection set state = 'replaced', version = version + 1 where id = any(?)")
                .param(taken.toArray(Long[]::new))
                .update();
        insert(campaign, turns, now);
        return new Handed(open.size(), given(turns));
    }

    /** The estates of a company whose looks by an assessor count. */
    public List<Long> looked(Campaign campaign, long assessor, long company) {
        return jdbc.sql("""
                        select distinct i.estate from evaluation_inspection i
                        where i.campaign = :campaign and i.assessor = :assessor and i.state = 'done'
                          and exists (select from evaluation_project p
                                      where p.campaign = i.campaign and p.estate = i.estate and p.company = :company)
                        order by i.estate
                        """)
                .param("campaign", campaign.id())
                .param("assessor", assessor)
                .param("company", company)
                .query(Long.class)
                .list();
    }

    /**
     * Takes an assessor's looks at the estates of a company away, when it is too late for another look.
     *
     * @return the looks
     */
    public Set<Long> strike(Campaign campaign, long assessor, long company) {
        return Set.copyOf(jdbc.sql("""
                        update evaluation_inspection i set state = 'replaced', done_at = null, version = version + 1
                        where i.campaign = :campaign and i.assessor = :assessor and i.state <> 'replaced'
                          and exists (select from evaluation_project p
                                      where p.campaign = i.campaign and p.estate = i.estate and p.company = :company)
                        returning i.id
                        """)
                .param("campaign", campaign.id())
                .param("assessor", assessor)
                .param("company", company)
                .query(Long.class)
                .list());
    }

    /**
     * Takes an assessor off the estates of a company and gives these to others.
     *
     * @return what went to whom; those for whom nobody is left stay without
     */
    public Moved replace(Campaign campaign, long assessor, long company, Instant now) {
        return replace(campaign, List.of(new Interests.Tie(assessor, company)), now).stream()
                .map(Tied::moved)
                .findFirst()
                .orElse(Moved.NOTHING);
    }

    /** Every tie once more: a company may have come to an estate that its assessor had looked at before. What is found is written down. */
    List<Tied> conflicting(Campaign campaign, Instant now) {
        var found = replace(campaign, List.copyOf(lookers.conflicts(campaign.id())), now);
        found.forEach(one -> jdbc.sql("""
                        insert into evaluation_conflict (campaign, assessor, company, kind, found, why, declared_at)
                        values (:campaign, :assessor, :company, 'employed', true, :why, :now) on conflict do nothing
                        """)
                .param("campaign", campaign.id())
                .param("assessor", one.assessor)
                .param("company", one.company)
                .param("why", "任职或授权的登记里有：三年里在这家企业、它的分公司任过职，或替它办过事")
                .param("now", Timestamp.from(now))
                .update());
        return found;
    }

    private List<Tied> replace(Campaign campaign, List<Interests.Tie> ties, Instant now) {
        var lost = jdbc.sql("""
                        update evaluation_inspection i set state = 'replaced', done_at = null, version = version + 1
                        from (select distinct on (i.id) i.id, t.company
                              from unnest(:assessors, :companies) as t (assessor, company)
                                       join evaluation_project p on p.campaign = :campaign and p.company = t.company
                                       join evaluation_inspection i on i.campaign = p.campaign and i.estate = p.estate
                                                                   and i.assessor = t.assessor and i.state <> 'replaced'
                              order by i.id, t.company) x
                        where i.id = x.id
                        returning i.assessor, x.company, i.estate, i.turn
                        """)
                .param("campaign", campaign.id())
                .param("assessors", ties.stream().map(Interests.Tie::account).toArray(Long[]::new))
                .param("companies", ties.stream().map(Interests.Tie::company).toArray(Long[]::new))
                .query(Lost.class)
                .list();
        if (lost.isEmpty()) {
            return List.of();
        }
        Map<Long, Set<Integer>> lacking = new HashMap<>();
        lost.forEach(
                one -> lacking.computeIfAbsent(one.estate, e -> new HashSet<>()).add(one.turn));
        var turns = spread(campaign, lacking, now);
        return lost.stream()
                .collect(Collectors.groupingBy(
                        one -> new Interests.Tie(one.assessor, one.company),
                        java.util.LinkedHashMap::new,
                        Collectors.toList()))
                .entrySet()
                .stream()
                .map(one -> new Tied(one.getKey().account(), one.getKey().company(), moved(one.getValue(), turns)))
                .toList();
    }

    private static Moved moved(List<Lost> lost, List<Turn> turns) {
        var to = turns.stream()
                .filter(turn ->
                        lost.stream().anyMatch(one -> one.estate == turn.place.estate() && one.turn == turn.turn))
                .map(Turn::assessor)
                .sorted()
                .toList();
        return new Moved(lost.size(), to.size(), to);
    }

    /** Gives looks that nobody has to whoever can do them, in turn. @param lacking which turns, by estate */
    private List<Turn> spread(Campaign campaign, Map<Long, Set<Integer>> lacking, Instant now) {
        var assessors = lookers.of(campaign, now);
        var conflicts = lookers.conflicts(campaign.id());
        var sitting = lookers.sitting(campaign.id());
        List<Turn> turns = new ArrayList<>();
        int next = 0;
        for (var place : lookers.places(campaign)) {
            for (int turn = 1; turn <= 2; turn++) {
                if (lacking.getOrDefault(place.estate(), Set.of()).contains(turn)) {
                    var others = sitting.computeIfAbsent(place.estate(), e -> new HashSet<>());
                    var one = pick(assessors, next++, place, conflicts, others);
                    if (one != null) {
                        turns.add(new Turn(place, turn, one));
                        others.add(one);
                    }
                }
            }
        }
        insert(campaign, turns, now);
        return turns;
    }

    private static @Nullable Long pick(
            List<Looker> assessors, int from, Place place, Set<Interests.Tie> conflicts, Set<Long> but) {
        for (int n = 0; n < assessors.size(); n++) {
            var one = assessors.get((from + n) % assessors.size());
            var tied = place.companies().stream()
                    .anyMatch(company -> conflicts.contains(new Interests.Tie(one.account(), company)));
            if (one.covers(place.community()) && !tied && !but.contains(one.account())) {
                return one.account();
            }
        }
        return null;
    }

    /** To be seen while residents vote; what is given out later, before the review ends. */
    private void insert(Campaign campaign, List<Turn> turns, Instant now) {
        jdbc.sql("""
                insert into evaluation_inspection (campaign, district, estate, turn, assessor, due_on)
                select :campaign, d, e, t, a, :due from unnest(:districts, :estates, :turns, :assessors) as r (d, e, t, a)
                """)
                .param("campaign", campaign.id())
                .param("due", due(campaign, now))
                .param("districts", turns.stream().map(t -> t.place.district()).toArray(Integer[]::new))
                .param("estates", turns.stream().map(t -> t.place.estate()).toArray(Long[]::new))
                .param("turns", turns.stream().map(Turn::turn).toArray(Integer[]::new))
                .param("assessors", turns.stream().map(Turn::assessor).toArray(Long[]::new))
                .update();
    }

    static LocalDate due(Campaign campaign, Instant now) {
        return CivilTime.date(now).isAfter(campaign.collectUntil()) ? campaign.reviewUntil() : campaign.collectUntil();
    }
}
