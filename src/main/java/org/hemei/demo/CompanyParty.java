package org.hemei.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.demo.Companies.Company;
import org.hemei.demo.Rows.During;
import org.hemei.platform.crypto.FieldCipher;

/**
 * How the companies are covered: {@value #ORGANISATIONS} organisations, some of one company (单建), some of several
 * (联建), advisers for others (派驻), a few companies without any; and {@value #MEMBERS} Party members among their staff.
 */
final class CompanyParty {

    static final int ORGANISATIONS = 337;
    static final int MEMBERS = 2555;
    private static final int JOINT = 71;
    private static final int ADVISED = 118;
    private static final double JOINED = 0.2; // of the members also take part in the branch of an estate they serve

    final Rows coverage = new Rows("company_coverage", "id, company, mode, organisation, adviser, during");
    final Rows memberships =
            new Rows("party_membership", "id, organisation, kind, employer, holder_cipher, holder_index, during");
    /** By company: the people who work for it and are known by name, its head first. */
    final Map<Long, List<Long>> staff = new HashMap<>();

    private final Dice dice = new Dice("company party");
    private final Companies companies;
    private final Bodies bodies;
    private final PartyTree tree;
    private final People people;
    private final FieldCipher cipher;

    CompanyParty(Companies companies, Bodies bodies, PartyTree tree, People people, FieldCipher cipher) {
        this.companies = companies;
        this.bodies = bodies;
        this.tree = tree;
        this.people = people;
        this.cipher = cipher;
    }

    void build() {
        heads();
        var queue = new ArrayList<>(dice.shuffled(companies.list));
        Map<Long, Long> organisations = new HashMap<>(); // by company
        for (int n = 0; n < ORGANISATIONS; n++) {
            found(queue, n < JOINT ? dice.between(2, 4) : 1, organisations);
        }
        for (int n = 0; n < ADVISED; n++) {
            advise(queue.removeLast());
        }
        members(organisations);
    }

    private void heads() {
        for (var company : companies.list) {
            long head = people.person();
            people.post(head, company.id(), "负责人", null, LocalDate.of(2021, 3, 1));
            staff.put(company.id(), new ArrayList<>(List.of(head)));
        }
    }

    private void found(List<Company> queue, int number, Map<Long, Long> organisations) {
        var since = LocalDate.of(2018, 1, 1).plusDays(dice.between(0, 1500));
        var covered = new ArrayList<Company>();
        for (int n = 0; n < number; n++) {
            covered.add(queue.removeLast());
        }
        var first = covered.getFirst();
        var name = first.shortName() + (number > 1 ? "联合支部委员会" : "支部委员会");
        long parent = Known.in(tree.industry, "3401");
        long body = bodies.party("company_organisation", name, "3401", since, parent, null);
        people.post(Known.in(staff, first.id()).getFirst(), body, "书记", null, since);
        for (var company : covered) {
            var mode = number > 1 ? "joint" : "single";
            coverage.add(coverage.nextId(), company.id(), mode, body, null, During.since(since));
            organisations.put(company.id(), body);
        }
    }

    private void advise(Company company) {
        var since = LocalDate.of(2021, 1, 1).plusDays(dice.between(0, 1500));
        long adviser = people.person();
        people.post(adviser, company.id(), "党建指导员", null, since);
        coverage.add(coverage.nextId(), company.id(), "adviser", null, adviser, During.since(since));
    }

    /** At least three in each organisation of a company (a branch needs three), the rest as chance has it. */
    private void members(Map<Long, Long> organisations) {
        var employers = companies.list.stream()
                .map(Company::id)
                .filter(organisations::containsKey)
                .toList();
        Map<Long, Long> estates = new HashMap<>(); // by company: one it serves that has a branch
        companies.byEstate.forEach((estate, charge) -> {
            if (tree.branches.containsKey(estate)) {
                estates.merge(charge.company().id(), estate, Math::min);
            }
        });
        for (int n = 0; n < MEMBERS; n++) {
            long employer = n < 3 * employers.size() ? employers.get(n / 3) : dice.pick(employers);
            member(employer, Known.in(organisations, employer), estates.get(employer));
        }
    }

    private void member(long employer, long organisation, @org.jspecify.annotations.Nullable Long estate) {
        var since = LocalDate.of(2021, 6, 1).plusDays(dice.between(0, 1500));
        long person = people.person();
        people.post(person, employer, "物业员工", estate, since);
        Known.in(staff, employer).add(person);
        join(person, organisation, "full", employer, since);
        if (estate != null && dice.chance(JOINED)) {
            join(person, Known.in(tree.branches, estate), "joined", employer, since.plusMonths(3));
        }
    }

    /** Who it is stays unreadable: the person is named only in what is encrypted. */
    void join(
            long person,
            long organisation,
            String kind,
            @org.jspecify.annotations.Nullable Long employer,
            LocalDate since) {
        memberships.add(
                memberships.nextId(),
                organisation,
                kind,
                employer,
                cipher.encrypt(String.valueOf(person)),
                cipher.blindIndex("party:" + person),
                During.since(since));
    }
}
