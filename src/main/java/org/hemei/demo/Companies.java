package org.hemei.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.hemei.demo.City.Estate;
import org.hemei.demo.Rows.During;
import org.hemei.registry.CreditCode;

/** {@value #COMPANIES} property service companies, and who serves which estate since when. */
final class Companies {

    static final int COMPANIES = 621;
    private static final int SETTLED_DAYS = 780; // orders reach back two years, and their holder with them

    record Company(long id, String shortName) {}

    /** The company in charge of an estate, and from which day on. */
    record Charge(Company company, LocalDate since) {}

    final Rows companies = new Rows("company", "body, credit_code");
    final Rows contracts = new Rows("contract", "id, company, estate, during, fee_fen");
    final List<Company> list = new ArrayList<>();
    final Map<Long, Charge> byEstate = new HashMap<>();

    private final Dice dice = new Dice("companies");
    private final Phrases names = Phrases.read("demo/names.txt");
    private final City city;
    private final LocalDate today;
    private final Map<String, Company> byName = new HashMap<>();

    Companies(City city, LocalDate today) {
        this.city = city;
        this.today = today;
    }

    void build(Bodies bodies) {
        found(bodies);
        var open = new ArrayList<Estate>();
        for (var estate : city.estates()) {
            if (estate.company() != null) {
                sign(estate, Known.in(byName, estate.company()));
            } else if (estate.managed()) {
                open.add(estate);
            }
        }
        // everyone gets an estate; the rest go mostly to the bigger ones
        var shuffled = dice.shuffled(open);
        for (int i = 0; i < shuffled.size(); i++) {
            int rank = i < list.size() ? i : (int) (list.size() * Math.pow(dice.fraction(), 1.6));
            sign(shuffled.get(i), list.get(rank));
        }
    }

    private void found(Bodies bodies) {
        var names = new LinkedHashSet<String>();
        for (var estate : city.estates()) {
            if (estate.company() != null) {
                names.add(estate.company());
            }
        }
        while (names.size() < COMPANIES) {
            names.add(dice.pick(this.names.words("company.first")) + dice.pick(this.names.words("company.second")));
        }
        for (var name : names) {
            var home = dice.pick(city.districts());
            var full = dice.of("安徽", "合肥") + name + dice.pick(this.names.words("company.kind"));
            var since = LocalDate.of(dice.between(1998, 2019), dice.between(1, 12), dice.between(1, 28));
            var company = new Company(bodies.add("company", full, name + "物业", home.code(), since), name + "物业");
            companies.add(company.id(), code(home.code(), company.id()));
            list.add(company);
            byName.put(name, company);
        }
    }

    /** 91 (a company), the district, an organisation code with its own check (GB 11714), and the check character. */
    private static String code(String district, long number) {
        var organisation = "MA%06d".formatted(number * 7 + 100_000);
        int[] weights = {3, 7, 9, 10, 5, 8, 4, 2};
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += Character.digit(organisation.charAt(i), 36) * weights[i];
        }
        int check = (11 - sum % 11) % 11;
        return CreditCode.complete("91" + district + organisation + (check == 10 ? "X" : String.valueOf(check)))
                .value();
    }

    private void sign(Estate estate, Company company) {
        // a few estates changed company lately; the others long enough ago for two years of orders
        int days = !estate.showcase() && dice.chance(0.02)
                ? dice.between(60, 600)
                : dice.between(SETTLED_DAYS, SETTLED_DAYS + 2000);
        var since = today.minusDays(days);
        if (dice.chance(0.15) || days < SETTLED_DAYS) {
            var before = dice.pick(list);
            if (!before.equals(company)) {
                var during = new During(since.minusYears(dice.between(2, 6)), since);
                contracts.add(contracts.nextId(), before.id(), estate.id(), during, fee(estate));
            }
        }
        var until = !estate.showcase() && dice.chance(0.3) ? today.plusDays(dice.between(400, 1200)) : null;
        contracts.add(contracts.nextId(), company.id(), estate.id(), new During(since, until), fee(estate));
        byEstate.put(estate.id(), new Charge(company, since));
    }

    private int fee(Estate estate) {
        return estate.built() < 2001
                ? dice.between(30, 60)
                : estate.hasLift() ? dice.between(12, 28) * 10 : dice.between(60, 120);
    }
}
