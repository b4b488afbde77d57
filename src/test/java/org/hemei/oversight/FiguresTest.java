package org.hemei.oversight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.MechanismCheck.State;
import org.hemei.platform.Missing;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.registry.check.Network;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Sums going up, months that are kept and never computed again, thresholds that change on their day. */
@HemeiTest
class FiguresTest {

    private static final LocalDate EARLY = LocalDate.of(2024, 1, 1);

    @Autowired
    private MockMvc mvc;

    @Autowired
    private Towns towns;

    @Autowired
    private Figures figures;

    @Autowired
    private Checks checks;

    @Autowired
    private CheckQueries queries;

    @Autowired
    private ArticleFigures articles;

    @Autowired
    private ThresholdDesk desk;

    @Autowired
    private Thresholds thresholds;

    @Autowired
    private MovableClock clock;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private FieldCipher cipher;

    @Autowired
    private org.hemei.platform.transfer.ListExport mechanismExport;

    private Town town;
    private Network network;

    @BeforeEach
    void build() {
        town = towns.make();
        network = new Network(jdbc, cipher);
    }

    @AfterEach
    void putBack() {
        clock.reset();
    }

    private Figures.Row now(String rule, String area) {
        figures.refresh(checks.of(rule));
        return queries.figures(rule, List.of(area)).get(area);
    }

    @Test
    void those_above_are_sums_of_parts_and_wholes() {
        network.post(network.person(), town.near().committee(), "物业专员", EARLY, null);
        assertThat(now("staffing", town.near().community()))
                .extracting("part", "whole", "state")
                .containsExactly(1L, 1L, State.MET);
        assertThat(now("staffing", town.far().street()))
                .extracting("part", "whole", "state")
                .containsExactly(0L, 1L, State.NOT_MET);
        assertThat(now("staffing", town.city()))
                .extracting("part", "whole", "state")
                .containsExactly(1L, 2L, State.NOT_MET);
        // one of one and one of three are two of four, not two thirds
        for (int n = 0; n < 2; n++) {
            network.company(String.valueOf(town.far().district()), EARLY);
        }
        var adviser = network.person();
        network.covered(town.near().company(), "adviser", null, adviser, EARLY, null);
        network.covered(town.far().company(), "adviser", null, adviser, EARLY, null);
        assertThat(now("company-work", town.city())).extracting("part", "whole").containsExactly(2L, 4L);
    }

    @Test
    void what_is_gone_from_the_data_is_gone_from_the_figures() {
        var owners = network.body(
                "owners_committee",
                null,
                "业委会",
                town.near().community(),
                town.near().garden(),
                EARLY);
        assertThat(now("conflict-free", town.city())).isNotNull();
        network.end(owners, LocalDate.of(2025, 1, 1));
        assertThat(now("conflict-free", town.city())).isNull();
    }

    @Test
    void a_month_is_kept_as_it_was_and_never_computed_again() {
        var check = checks.of("staffing");
        var worker = network.person();
        clock.set(Instant.parse("2031-02-10T02:00:00Z"));
        network.post(worker, town.near().committee(), "物业专员", LocalDate.of(2031, 1, 20), null);
        assertThat(figures.months(check, LocalDate.of(2031, 1, 1))).isLessThanOrEqualTo(2);
        var kept = queries.months(town.city(), LocalDate.of(2031, 1, 1)).get("staffing");
        assertThat(kept).extracting(CheckQueries.Month::part).containsExactly(0L, 1L);
        assertThat(kept).allMatch(CheckQueries.Month::later); // made up for on the tenth
        jdbc.sql("delete from appointment where person = ?").param(worker).update();
        assertThat(figures.months(check, LocalDate.of(2031, 1, 1))).isZero();
        assertThat(queries.months(town.city(), LocalDate.of(2031, 1, 1)).get("staffing"))
                .isEqualTo(kept);
    }

    @Test
    void a_card_says_its_rule_and_a_threshold_leads_to_the_policy_it_rests_on() throws Exception {
        var near = String.valueOf(town.near().district());
        var office = town.near().organisationDesk();
        var policy = jdbc.sql("""
                        insert into policy (title, issuer, area, kind, issued_on, valid_from)
                        values ('试点办法', '区委', ?, 'measure', '2026-01-01', '2026-01-01') returning id
                        """).param(near).query(Long.class).single();
        var check = checks.of("company-work");
        var today = org.hemei.platform.time.CivilTime.date(clock.instant());
        desk.set(office, check, new ThresholdDesk.Change("target", near, 50, today, "第三条", policy));
        var link = "<a class=\"link\" href=\"/policies/" + policy + "\">《试点办法》</a>";
        var rule = "/mechanism/company-work";
        for (var path : List.of(rule + "?area=" + near, rule + "/thresholds?area=" + near)) {
            mvc.perform(get(path).with(as(office))).andExpect(content().string(containsString(link)));
        }
        mvc.perform(get("/mechanism/basis").with(as(office)))
                .andExpect(content().string(containsString("href=\"/policies/" + policy + "\"")));
        mvc.perform(get("/mechanism?area=" + near).with(as(office)))
                .andExpect(content()
                        .string(containsString(
                                "<p class=\"small\">" + check.rule().words())));
    }

    @Test
    void a_card_leads_to_what_its_rule_rests_on_and_that_back_to_the_rule() throws Exception {
        var office = town.near().organisationDesk();
        var rule = checks.of("company-work").rule();
        var article = jdbc.sql("select id from policy where number = ?")
                .param(rule.basis().name())
                .query(Long.class)
                .single();
        var link = "<a class=\"link\" href=\"/policies/" + article + "\">"
                + rule.basis().name() + "</a>";
        for (var path : List.of("/mechanism", "/mechanism/company-work", "/mechanism/basis")) {
            mvc.perform(get(path).with(as(office))).andExpect(content().string(containsString(link)));
        }
        mvc.perform(get("/policies/" + article).with(as(office)))
                .andExpect(content().string(containsString("href=\"/mechanism/company-work\"")))
                .andExpect(content().string(containsString(rule.basis().quote())));
        mvc.perform(get("/policies/" + article))
                .andExpect(content().string(containsString(rule.title())))
                .andExpect(content().string(not(containsString("href=\"/mechanism/"))));
        jdbc.sql("update policy set link = 'https://example.org/a' where id = ?")
                .param(article)
                .update();
        try {
            mvc.perform(get("/mechanism").with(as(office)))
                    .andExpect(content().string(containsString("href=\"https://example.org/a\" rel=\"noreferrer\"")));
        } finally {
            jdbc.sql("update policy set link = null where id = ?")
                    .param(article)
                    .update();
        }
    }

    @Test
    void a_threshold_holds_from_its_day_in_its_area_and_the_past_keeps_its_own() {
        var check = checks.of("company-work");
        var today = org.hemei.platform.time.CivilTime.date(clock.instant());
        var near = String.valueOf(town.near().district());
        network.company(near, EARLY);
        network.covered(town.near().company(), "adviser", null, network.person(), EARLY, null);
        assertThat(now("company-work", near).state()).isEqualTo(State.NOT_MET);
        var change = new ThresholdDesk.Change("target", near, 50, today, "试行办法", null);
        assertThatThrownBy(() -> desk.set(town.near().streetDesk(), check, change))
                .isInstanceOf(Missing.class);
        assertThatThrownBy(() -> desk.set(town.far().organisationDesk(), check, change))
                .isInstanceOf(Missing.class);
        desk.set(town.near().organisationDesk(), check, change);
        assertThat(queries.figures("company-work", List.of(near)).get(near).state())
                .isEqualTo(State.MET);
        assertThat(figures.on(check, today.minusDays(1)).get(near).state()).isEqualTo(State.NOT_MET);
        assertThat(figures.on(check, today).get(town.city()).state()).isEqualTo(State.NOT_MET);
        assertThatThrownBy(() -> desk.set(town.near().organisationDesk(), check, change))
                .isInstanceOf(Refusal.class);
        desk.set(
                town.near().organisationDesk(),
                check,
                new ThresholdDesk.Change("target", near, 80, today.plusDays(30), "正式办法", null));
        assertThat(thresholds.versions("company-work", near))
                .filteredOn(v -> v.area().equals(near))
                .extracting(Thresholds.Version::value)
                .containsExactly(80, 50);
        assertThatThrownBy(() -> desk.set(
                        town.near().organisationDesk(),
                        check,
                        new ThresholdDesk.Change("target", near, 10, today.minusDays(1), "倒签", null)))
                .isInstanceOf(Refusal.class);

        var wrong = own(near).getLast();
        assertThatThrownBy(() -> desk.takeBack(town.far().organisationDesk(), check, wrong.id()))
                .isInstanceOf(Missing.class);
        assertThatThrownBy(() -> desk.takeBack(town.near().organisationDesk(), checks.of("staffing"), wrong.id()))
                .isInstanceOf(Missing.class);
        desk.takeBack(town.near().organisationDesk(), check, wrong.id());
        assertThat(queries.figures("company-work", List.of(near)).get(near).state())
                .as("measured by the city's again")
                .isEqualTo(State.NOT_MET);
        desk.set(town.near().organisationDesk(), check, change);
        desk.takeBack(
                town.near().organisationDesk(), check, own(near).getFirst().id());
        assertThat(own(near)).singleElement().satisfies(held -> {
            assertThat(held.value()).isEqualTo(50);
            assertThat(held.until()).as("nothing comes after it any more").isNull();
        });
        clock.advance(java.time.Duration.ofDays(1));
        assertThatThrownBy(() -> desk.takeBack(
                        town.near().organisationDesk(),
                        check,
                        own(near).getFirst().id()))
                .hasMessageContaining("撤不回");
    }

    private List<Thresholds.Version> own(String area) {
        return thresholds.versions("company-work", area).stream()
                .filter(version -> version.area().equals(area))
                .toList();
    }

    @Test
    void a_rule_that_fails_holds_up_no_other() {
        var first = checks.all().getFirst();
        var last = checks.all().getLast();
        var failing = new MechanismCheck() {
            @Override
            public Rule rule() {
                return first.rule();
            }

            @Override
            public List<Figure> measure(LocalDate on) {
                throw new IllegalStateException("cannot be counted");
            }

            @Override
            public List<Shortfall> shortfalls(String area, LocalDate on, String after, int most) {
                return List.of();
            }
        };
        figures.refresh(last);
        clock.advance(java.time.Duration.ofMinutes(7));
        var jobs = new FigureJobs(
                new Checks(List.of(failing, last)), figures, jdbc, clock, new org.hemei.platform.DemoMode("off"));
        assertThatThrownBy(jobs::compute).hasMessage("cannot be counted");
        assertThat(jdbc.sql("select computed_at from check_clock where rule = ?")
                        .param(last.rule().code())
                        .query(java.sql.Timestamp.class)
                        .single()
                        .toInstant())
                .isCloseTo(
                        clock.instant(),
                        org.assertj.core.api.Assertions.within(1, java.time.temporal.ChronoUnit.MINUTES));
    }

    @Test
    void the_sheet_has_the_cards_that_the_page_shows() throws Exception {
        var parts = new java.util.TreeSet<String>();
        var part = checks.all().getFirst().rule().part();
        mechanismExport.write(
                town.near().organisationDesk(),
                java.util.Map.of("part", part.name()),
                1_000,
                cells -> parts.add(String.valueOf(cells[1])));
        assertThat(parts).containsExactly(part.words());
    }

    @Test
    void each_figure_opens_the_list_that_it_counts() throws Exception {
        var near = town.near();
        var city = towns.account(Role.CITY, town.city(), null, null, null);
        var today = org.hemei.platform.time.CivilTime.date(clock.instant());
        for (var area : List.of(town.city(), String.valueOf(near.district()), near.community())) {
            for (var figure : articles.of(area, today)) {
                var list = figure.kind().list(area, today, true);
                if (list == null) {
                    assertThat(figure.kind()).isEqualTo(ArticleFigures.Kind.MEMBERS);
                    continue;
                }
                mvc.perform(get(java.net.URI.create(list)).with(as(city)))
                        .andExpect(content()
                                .string(
                                        figure.counted() == 0
                                                ? not(containsString("card-f\">筛出"))
                                                : org.hamcrest.Matchers.matchesRegex(
                                                        "(?s).*(筛出|共) " + figure.counted() + " [家个].*")));
            }
        }
    }
}
