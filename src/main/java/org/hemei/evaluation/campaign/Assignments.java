package org.hemei.evaluation.campaign;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hemei.evaluation.Interests;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who inspects which estate: in turn, in an order that follows from the seed, so that nobody chooses. Whoever is tied to the company
 * is passed over; a second look goes to another assessor than the first.
 */
@Repository
public class Assignments {

    /** @param areas all that the account was granted as assessor */
    private record Assessor(long account, Set<String> areas) {

        boolean covers(String community) {
            return areas.stream().anyMatch(community::startsWith);
        }
    }

    private record Lost(long estate, int turn) {}

    private record Place(long estate, int district, String community, Set<Long> companies) {}

    private record Turn(Place place, int turn, long assessor) {}

    /** @param lost how many looks one assessor lost; given: how many of them others took over; to: who, once for each */
    public record Moved(int lost, int given, List<Long> to) {

        public static final Moved NOTHING = new Moved(0, 0, List.of());
    }

    private final JdbcClient jdbc;
    private final Interests interests;

    Assignments(JdbcClient jdbc, Interests interests) {
        this.jdbc = jdbc;
        this.interests = interests;
    }

    /** @return how many estates nobody could be found for */
    int assign(Campaign campaign, int secondShare, Instant now) {
        var places = places(campaign);
        var assessors = assessors(campaign.area(), now);
        var conflicts = conflicts(campaign.id());
        var seconds = (places.size() * secondShare + 99) / 100;
        List<Turn> turns = new ArrayList<>();
        int next = 0;
        int without = 0;
        for (int n = 0; n < places.size(); n++) {
            var place = places.get(n);
            var first = pick(assessors, next++, place, conflicts, null);
            if (first == null) {
                without++;
                continue;
            }
            turns.add(new Turn(place, 1, first));
            var second = n < seconds ? pick(assessors, next, place, conflicts, first) : null;
            if (second != null) {
                turns.add(new Turn(place, 2, second));
            }
        }
        insert(campaign, turns, now);
        return without;
    }

    /** Looks that were given out. @param count how many of them to this account */
    public record Given(long account, long count) {}

    /** @param open how many looks an assessor had still to do; given: to whom some of them went */
    public record Handed(int open, List<Given> given) {

        public int count() {
            return (int) given.stream().mapToLong(Given::count).sum();
        }
    }

    private static List<Given> given(List<Turn> turns) {
        return turns.stream()
                .collect(Collectors.groupingBy(Turn::assessor, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(one -> new Given(one.getKey(), one.getValue()))
                .toList();
    }

    /**
     * Estates that nobody sees go to whoever can see them now; so do looks whose assessor has no grant for the place any more.
     *
     * @return who was given how many
     */
    List<Given> fill(Campaign campaign, Instant now) {
        var ended = ended(campaign, now);
        var lacking = Set.copyOf(
                jdbc.sql("""
                        select distinct p.estate from evaluation_project p
                        where p.campaign = :campaign
                          and not exists (select from evaluation_inspection i where i.campaign = p.campaign and i.estate = p.estate
                                                                                and i.turn = 1 and i.state <> 'replaced')
                        """).param("campaign", campaign.id()).query(Long.class).list());
        var seconds =
                ended.stream().filter(one -> one.turn == 2).map(Lost::estate).collect(Collectors.toSet());
        if (lacking.isEmpty() && seconds.isEmpty()) {
            return List.of();
        }
        var assessors = assessors(campaign.area(), now);
        var conflicts = conflicts(campaign.id());
        List<Turn> turns = new ArrayList<>();
        int next = 0;
        for (var place : places(campaign)) {
            var sitting = sitting(campaign.id(), place.estate);
            if (lacking.contains(place.estate)) {
                var one = pick(assessors, next++, place, conflicts, sitting);
                if (one != null) {
                    turns.add(new Turn(place, 1, one));
                    sitting = one;
                }
            }
            if (seconds.contains(place.estate)) {
                var one = pick(assessors, next++, place, conflicts, sitting);
                if (one != null) {
                    turns.add(new Turn(place, 2, one));
                }
            }
        }
        insert(campaign, turns, now);
        return given(turns);
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
                        returning i.estate, i.turn
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
        var others = assessors(campaign.area(), now).stream()
                .filter(one -> one.account != assessor)
                .toList();
        var conflicts = conflicts(campaign.id());
        List<Turn> turns = new ArrayList<>();
        List<Long> taken = new ArrayList<>();
        int next = 0;
        for (var place : places(campaign)) {
            for (var one : open) {
                var other = one.estate == place.estate
                        ? pick(others, next++, place, conflicts, colleague(campaign.id(), one.estate, assessor))
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

    /** Who looks at an estate beside somebody. */
    private @Nullable Long colleague(long campaign, long estate, long but) {
        return jdbc.sql("""
                        select assessor from evaluation_inspection
                        where campaign = ? and estate = ? and assessor <> ? and state <> 'replaced' limit 1
                        """)
                .params(campaign, estate, but)
                .query(Long.class)
                .optional()
                .orElse(null);
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
        var assessors = assessors(campaign.area(), now);
        var conflicts = conflicts(campaign.id());
        var lost = jdbc.sql("""
                        update evaluation_inspection i set state = 'replaced', done_at = null, version = version + 1
                        where i.campaign = :campaign and i.assessor = :assessor and i.state <> 'replaced'
                          and exists (select from evaluation_project p
                                      where p.campaign = i.campaign and p.estate = i.estate and p.company = :company)
                        returning i.estate, i.turn
                        """)
                .param("campaign", campaign.id())
                .param("assessor", assessor)
                .param("company", company)
                .query(Lost.class)
                .list();
        if (lost.isEmpty()) {
            return Moved.NOTHING;
        }
        List<Turn> turns = new ArrayList<>();
        int next = 0;
        for (var place : places(campaign)) {
            for (var one : lost) {
                if (one.estate == place.estate) {
                    var other = pick(assessors, next++, place, conflicts, sitting(campaign.id(), one.estate));
                    if (other != null) {
                        turns.add(new Turn(place, one.turn, other));
                    }
                }
            }
        }
        insert(campaign, turns, now);
        return new Moved(
                lost.size(),
                turns.size(),
                turns.stream().map(Turn::assessor).sorted().toList());
    }

    /** Every tie once more: a company may have come to an estate that its assessor had looked at before. @return who took over how many */
    List<Given> conflicting(Campaign campaign, Instant now) {
        var counts = new TreeMap<Long, Long>();
        for (var conflict : conflicts(campaign.id())) {
            var cut = conflict.indexOf(':');
            var moved = replace(
                    campaign,
                    Long.parseLong(conflict.substring(0, cut)),
                    Long.parseLong(conflict.substring(cut + 1)),
                    now);
            moved.to().forEach(account -> counts.merge(account, 1L, Long::sum));
        }
        return counts.entrySet().stream()
                .map(one -> new Given(one.getKey(), one.getValue()))
                .toList();
    }

    private @Nullable Long sitting(long campaign, long estate) {
        return jdbc.sql("""
                        select assessor from evaluation_inspection where campaign = ? and estate = ? and state <> 'replaced' limit 1
                        """)
                .params(campaign, estate)
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    private static @Nullable Long pick(
            List<Assessor> assessors, int from, Place place, Set<String> conflicts, @Nullable Long but) {
        for (int n = 0; n < assessors.size(); n++) {
            var one = assessors.get((from + n) % assessors.size());
            var tied = place.companies.stream().anyMatch(company -> conflicts.contains(one.account + ":" + company));
            if (one.covers(place.community) && !tied && (but == null || one.account != but)) {
                return one.account;
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
                .param("districts", turns.stream().map(t -> t.place.district).toArray(Integer[]::new))
                .param("estates", turns.stream().map(t -> t.place.estate).toArray(Long[]::new))
                .param("turns", turns.stream().map(Turn::turn).toArray(Integer[]::new))
                .param("assessors", turns.stream().map(Turn::assessor).toArray(Long[]::new))
                .update();
    }

    static LocalDate due(Campaign campaign, Instant now) {
        return CivilTime.date(now).isAfter(campaign.collectUntil()) ? campaign.reviewUntil() : campaign.collectUntil();
    }

    private List<Place> places(Campaign campaign) {
        return jdbc.sql("""
                        select p.estate, p.district, e.community, array_agg(distinct p.company) as companies
                        from evaluation_project p
                                 join estate e on e.id = p.estate
                        where p.campaign = :campaign
                        group by p.estate, p.district, e.community
                        order by sha256(convert_to(:seed || ':' || p.estate, 'UTF8'))
                        """)
                .param("campaign", campaign.id())
                .param("seed", campaign.seed())
                .query((r, n) ->
                        new Place(r.getLong("estate"), r.getInt("district"), r.getString("community"), Set.of((Long[])
                                r.getArray("companies").getArray())))
                .list();
    }

    private List<Assessor> assessors(String area, Instant now) {
        return jdbc.sql("""
                        select g.account, array_agg(distinct g.area) as areas
                        from access_grant g join account a on a.id = g.account and a.disabled_at is null
                        where g.role = 'ASSESSOR' and (g.area like :area || '%' or :area like g.area || '%')
                          and g.since <= :now and (g.until is null or g.until > :now)
                        group by g.account order by g.account
                        """)
                .param("area", area)
                .param("now", Timestamp.from(now))
                .query((r, n) -> new Assessor(r.getLong("account"), Set.of((String[])
                        r.getArray("areas").getArray())))
                .list();
    }

    /** What assessors said of themselves, what others found, and what is recorded of them anyway. */
    private Set<String> conflicts(long campaign) {
        Set<String> conflicts = new HashSet<>();
        jdbc.sql("select assessor, company from evaluation_conflict where campaign = ?")
                .param(campaign)
                .query((RowCallbackHandler) r -> conflicts.add(r.getLong("assessor") + ":" + r.getLong("company")));
        var known = jdbc.sql("""
                        select account from access_grant where role = 'ASSESSOR'
                        union select assessor from evaluation_inspection where campaign = ?
                        """).param(campaign).query(Long.class).list();
        interests.of(campaign, known).forEach(tie -> conflicts.add(tie.account() + ":" + tie.company()));
        return conflicts;
    }
}
