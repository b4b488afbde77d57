package org.hemei.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.demo.City.Community;
import org.hemei.demo.City.Estate;

/**
 * Who sits on the committees: residents' committees, owners' committees, and those who sit on two (双向进入、交叉任职).
 * Some communities have none of it, and three people sit where they may not.
 */
final class Committees {

    private static final int OWNERS_COMMITTEES = 640;
    private static final int ORGANISATIONS = 12;
    private static final int CONFLICTS = 3;
    private static final double SECRETARY_IS_CHAIR = 0.85; // 一肩挑
    private static final double CROSSED = 0.6;
    private static final double PART_TIME = 0.82;
    private static final double RED =
            0.95; // of the owners' committees have more than half of their members in the Party

    private final Dice dice = new Dice("committees");
    private final City city;
    private final Companies companies;
    private final Bodies bodies;
    private final PartyTree tree;
    private final CompanyParty company;
    private final People people;
    private final LocalDate today;
    private int organisations;
    private int conflicts;

    Committees(
            City city,
            Companies companies,
            Bodies bodies,
            PartyTree tree,
            CompanyParty company,
            People people,
            LocalDate today) {
        this.city = city;
        this.companies = companies;
        this.bodies = bodies;
        this.tree = tree;
        this.company = company;
        this.people = people;
        this.today = today;
    }

    void build() {
        var candidates = new ArrayList<>(city.estates().stream()
                .filter(Estate::showcase)
                .filter(Estate::managed)
                .toList());
        candidates.addAll(dice.shuffled(city.estates().stream()
                .filter(Estate::managed)
                .filter(estate -> !estate.showcase())
                .toList()));
        var chosen = City.byCommunity(candidates.subList(0, OWNERS_COMMITTEES));
        var all = City.byCommunity(city.estates());
        for (var community : city.communities()) {
            if (bodies.committees.containsKey(community.code())) {
                community(
                        community,
                        all.getOrDefault(community.code(), List.of()),
                        chosen.getOrDefault(community.code(), List.of()));
            }
        }
    }

    private void community(Community community, List<Estate> estates, List<Estate> withOwners) {
        var since = since();
        long committee = Known.in(bodies.committees, community.code());
        long chair = people.person();
        people.post(chair, committee, "居委会主任", null, since);
        long deputy = people.person();
        people.post(deputy, committee, "居委会副主任", null, since);
        long member = people.person();
        people.post(member, committee, "居委会委员", null, since);
        var party = tree.communities.get(community.code());
        if (party != null) {
            people.post(dice.chance(SECRETARY_IS_CHAIR) ? chair : people.person(), party, "书记", null, since);
            people.post(deputy, party, "党委委员", null, since);
            partTime(estates, party, committee);
        }
        boolean crossed = dice.chance(CROSSED);
        for (var estate : withOwners) {
            owners(estate, crossed ? member : 0);
            crossed = false;
        }
    }

    /** 物业企业负责人任社区“两委”兼职委员, and the big committee with the utilities of the place. */
    private void partTime(List<Estate> estates, long party, long committee) {
        if (!dice.chance(PART_TIME)) {
            return;
        }
        var since = since();
        estates.stream()
                .map(estate -> companies.byEstate.get(estate.id()))
                .filter(java.util.Objects::nonNull)
                .map(charge -> charge.company().id())
                .distinct()
                .limit(2)
                .forEach(served -> {
                    long head = Known.in(company.staff, served).getFirst();
                    people.partTime(head, party, "党委兼职委员", since);
                    if (dice.chance(0.5)) {
                        people.partTime(head, committee, "居委会兼职委员", since);
                    }
                });
        for (int n = dice.between(1, 3); n > 0; n--) {
            people.partTime(people.person(), party, "大党委成员", since);
        }
    }

    /** @param neighbour a member of the residents' committee who sits here too; 0 for nobody */
    private void owners(Estate estate, long neighbour) {
        var since = since();
        long body = bodies.ownersCommittee(estate, since);
        int seats = dice.of(5, 5, 5, 7);
        int inParty = dice.chance(RED) ? dice.between(seats / 2 + 1, seats) : dice.between(1, seats / 2);
        for (int n = 0; n < seats; n++) {
            long person = n == 1 && neighbour != 0 ? neighbour : n == 2 ? outsider(estate) : people.person();
            people.post(person, body, n == 0 ? "业委会主任" : n == 1 ? "业委会副主任" : "业委会委员", null, since);
            if (n == 0
                    && estate.showcase()
                    && organisations < ORGANISATIONS
                    && tree.branches.get(estate.id()) instanceof Long branch) {
                organisation(estate, branch, person, since.plusMonths(2));
            }
            var home = tree.branches.getOrDefault(
                    estate.id(), tree.communities.get(estate.community().code()));
            if (n != 2 && (n < 2 ? n : n - 1) < inParty && home != null) {
                company.join(person, home, "full", null, since);
            }
        }
    }

    /** 业委会党组织 of some of the showcase's committees, under the estate's branch and led by the chair. */
    private void organisation(Estate estate, long branch, long chair, LocalDate since) {
        organisations++;
        var name = estate.name() + "业主委员会支部委员会";
        var area = estate.community().code();
        long body = bodies.party("owners_committee_organisation", name, area, since, branch, estate.id());
        people.post(chair, body, "书记", null, since);
    }

    /** Mostly an owner like the others; three times somebody who works for the company that serves the estate. */
    private long outsider(Estate estate) {
        var charge = companies.byEstate.get(estate.id());
        if (conflicts < CONFLICTS && charge != null && !estate.showcase()) {
            var staff = Known.in(company.staff, charge.company().id());
            if (staff.size() > 1) {
                conflicts++;
                return staff.getLast();
            }
        }
        return people.person();
    }

    private LocalDate since() {
        return today.minusDays(dice.between(120, 1400));
    }
}
