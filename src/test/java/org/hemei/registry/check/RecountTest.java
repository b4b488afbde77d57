package org.hemei.registry.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town.Side;
import org.hemei.testing.Towns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A small city made by chance, counted by SQL over everything and by hand one by one: on every day both say the same. */
@HemeiTest
class RecountTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final int DAYS = 120;

    /** Something that holds from a day on until another, which no longer counts. */
    private record Span(LocalDate since, @Nullable LocalDate until) {
        boolean on(LocalDate day) {
            return !day.isBefore(since) && (until == null || day.isBefore(until));
        }
    }

    private record Organisation(long id, Span span) {}

    private record Covering(int company, String mode, int organisation, Span span) {}

    private record Worker(long person, Span span) {}

    @Autowired
    private Towns towns;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private FieldCipher cipher;

    @Autowired
    private List<MechanismCheck> checks;

    private Random dice = new Random();

    private Span span() {
        var since = FIRST.plusDays(dice.nextInt(DAYS));
        return new Span(since, dice.nextBoolean() ? since.plusDays(1 + dice.nextInt(DAYS)) : null);
    }

    private String sql(String code, String area, LocalDate on) {
        return checks.stream().filter(c -> c.rule().code().equals(code)).findFirst().orElseThrow().measure(on).stream()
                .filter(f -> f.area().equals(area))
                .map(f -> f.part() + "/" + f.whole() + " " + f.notice())
                .findFirst()
                .orElse("0/0 0");
    }

    @RepeatedTest(2)
    void both_count_the_same(RepetitionInfo info) {
        dice = new Random(info.getCurrentRepetition() * 31L);
        var network = new Network(jdbc, cipher);
        var side = towns.make().near();
        var district = String.valueOf(side.district());
        var companies = new ArrayList<Long>(List.of(side.company()));
        var lives = new ArrayList<Span>(List.of(new Span(LocalDate.of(2000, 1, 1), null)));
        for (int n = 0; n < 6; n++) {
            var life = span();
            var id = network.company(district, life.since);
            if (life.until != null) {
                network.end(id, life.until);
            }
            companies.add(id);
            lives.add(life);
        }
        var organisations = organisations(network, district);
        var coverings = coverings(network, companies, organisations);
        var workers = workers(network, side);
        // other tests left the tables as if they had never been looked at
        jdbc.sql("analyze").update();
        for (int n = 0; n < DAYS; n += 24) {
            var on = FIRST.plusDays(n);
            Predicate<Covering> organised = c -> c.span.on(on)
                    && !c.mode.equals("adviser")
                    && organisations.get(c.organisation).span.on(on);
            assertThat(sql("company-organisation", district, on)).isEqualTo(count(lives, coverings, organised, on));
            assertThat(sql("company-work", district, on))
                    .isEqualTo(
                            count(lives, coverings, organised.or(c -> c.span.on(on) && c.mode.equals("adviser")), on));
            assertThat(sql("staffing", side.community(), on)).isEqualTo(staffing(workers, on));
        }
    }

    private List<Organisation> organisations(Network network, String district) {
        var all = new ArrayList<Organisation>();
        for (int n = 0; n < 4; n++) {
            var life = span();
            var id = network.party("company_organisation", district, null, life.since);
            if (life.until != null) {
                network.end(id, life.until);
            }
            all.add(new Organisation(id, life));
        }
        return all;
    }

    private List<Covering> coverings(Network network, List<Long> companies, List<Organisation> organisations) {
        var all = new ArrayList<Covering>();
        for (int n = 0; n < 14; n++) {
            var company = dice.nextInt(companies.size());
            var organisation = dice.nextInt(organisations.size());
            var mode = List.of("single", "joint", "adviser").get(dice.nextInt(3));
            var span = span();
            var taken = all.stream()
                    .anyMatch(c -> c.company == company && c.organisation == organisation && !c.mode.equals("adviser"));
            if (!taken || mode.equals("adviser")) {
                network.covered(
                        companies.get(company),
                        mode,
                        mode.equals("adviser") ? null : organisations.get(organisation).id,
                        mode.equals("adviser") ? network.person() : null,
                        span.since,
                        span.until);
                all.add(new Covering(company, mode, organisation, span));
            }
        }
        return all;
    }

    private List<Worker> workers(Network network, Side side) {
        var all = new ArrayList<Worker>();
        for (int n = 0; n < 4; n++) {
            var span = span();
            var person = network.person();
            network.post(person, side.committee(), "物业专员", span.since, span.until);
            all.add(new Worker(person, span));
        }
        return all;
    }

    private static String count(List<Span> lives, List<Covering> coverings, Predicate<Covering> covers, LocalDate on) {
        int whole = 0;
        int part = 0;
        for (int company = 0; company < lives.size(); company++) {
            if (lives.get(company).on(on)) {
                whole++;
                var mine = company;
                part += coverings.stream().anyMatch(c -> c.company == mine && covers.test(c)) ? 1 : 0;
            }
        }
        return part + "/" + whole + " 0";
    }

    private static String staffing(List<Worker> workers, LocalDate on) {
        var there = new HashSet<Long>();
        workers.stream().filter(w -> w.span.on(on)).forEach(w -> there.add(w.person));
        return (there.isEmpty() ? 0 : 1) + "/1 " + (there.size() > 2 ? 1 : 0);
    }
}
