package org.hemei.registry.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.hemei.platform.Missing;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.registry.people.AppointmentDesk;
import org.hemei.registry.people.EndReason;
import org.hemei.registry.people.EntryReason;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.testing.Waiting;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@HemeiTest
class CoveragesTest {

    private static final LocalDate DAY = LocalDate.of(2026, 5, 1);

    @Autowired
    Towns towns;

    @Autowired
    Coverages coverages;

    @Autowired
    AppointmentDesk appointments;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    Town town;
    Network network;

    @BeforeEach
    void build() {
        town = towns.make();
        network = new Network(jdbc, town);
    }

    private long cover(long company, CoverageMode mode, @Nullable Long organisation, LocalDate day) {
        return coverages.cover(town.near().organisationDesk(), company, mode, organisation, null, day);
    }

    private static List<@Nullable String> fields(Runnable work) {
        var refusal = catchThrowableOfType(Refusal.class, work::run);
        assertThat(refusal).as("refused").isNotNull();
        return refusal.reasons().stream().map(Reason::field).toList();
    }

    @Test
    void anOrganisationOfItsOwnHasOneCompanyAJointOneSeveral() {
        var own = network.organisation("单建");
        cover(network.company("一"), CoverageMode.SINGLE, own, DAY);
        assertThat(fields(() -> cover(network.company("二"), CoverageMode.SINGLE, own, DAY)))
                .containsExactly("mode");
        assertThat(fields(() -> cover(network.company("三"), CoverageMode.JOINT, own, DAY)))
                .containsExactly("mode");
        var joint = network.organisation("联建");
        cover(network.company("四"), CoverageMode.JOINT, joint, DAY);
        cover(network.company("五"), CoverageMode.JOINT, joint, DAY);
        assertThat(coverages.ofOrganisation(joint)).hasSize(2);
    }

    @Test
    void aCompanyHasOneOrganisationAtATimeAndAdvisersBesides() {
        var company = network.company("一家");
        var first = cover(company, CoverageMode.SINGLE, network.organisation("先"), DAY);
        var next = network.organisation("后");
        assertThat(fields(() -> cover(company, CoverageMode.SINGLE, next, DAY.plusDays(5))))
                .containsExactly("company");
        coverages.end(town.near().housingDesk(), first, DAY.plusDays(5));
        assertThat(fields(() -> cover(company, CoverageMode.SINGLE, next, DAY.plusDays(4))))
                .containsExactly("company");
        cover(company, CoverageMode.SINGLE, next, DAY.plusDays(5));
        var adviser = towns.person("周指导");
        var desk = town.near().organisationDesk();
        coverages.cover(desk, company, CoverageMode.ADVISER, null, adviser, DAY);
        assertThat(fields(() -> coverages.cover(desk, company, CoverageMode.ADVISER, null, adviser, DAY)))
                .containsExactly("adviser");
        assertThat(fields(() -> coverages.cover(desk, company, CoverageMode.ADVISER, null, null, DAY)))
                .containsExactly("adviser");
        assertThat(coverages.ofCompany(company).stream().filter(held -> held.runsOn(DAY.plusDays(4))))
                .hasSize(2);
    }

    @Test
    void itEndsOnceAndAfterItBegan() {
        var coverage = cover(network.company("要结束"), CoverageMode.SINGLE, network.organisation("它"), DAY);
        var desk = town.near().organisationDesk();
        assertThat(fields(() -> coverages.end(desk, coverage, DAY))).containsExactly("day");
        coverages.end(desk, coverage, DAY.plusDays(1));
        assertThat(fields(() -> coverages.end(desk, coverage, DAY.plusDays(9)))).containsExactly((String) null);
    }

    /** Two desks that end the one and the other at once wait for each other, and never both. */
    @Test
    void theCompanyIsHeldBeforeItsCoverageAsWhereAPostEnds() throws Exception {
        var company = network.company("派驻");
        var adviser = towns.person("吴指导");
        towns.post(adviser, company, "党建指导员");
        var desk = town.near().organisationDesk();
        var coverage = coverages.cover(desk, company, CoverageMode.ADVISER, null, adviser, DAY);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var free = new AtomicReference<Future<?>>();
            transactions.executeWithoutResult(status -> {
                jdbc.sql("select id from body where id = ? for no key update")
                        .param(company)
                        .query(Long.class)
                        .single();
                free.set(threads.submit(() -> coverages.end(desk, coverage, DAY.plusDays(9))));
                Waiting.forThis(jdbc);
                assertThat(jdbc.sql("select id from company_coverage where id = ? for no key update skip locked")
                                .param(coverage)
                                .query(Long.class)
                                .list())
                        .containsExactly(coverage);
            });
            free.get().get();
        }
        assertThat(jdbc.sql("select upper(during) from company_coverage where id = ?")
                        .param(coverage)
                        .query(LocalDate.class)
                        .single())
                .isEqualTo(DAY.plusDays(9));
    }

    /** The same act from the organisation's side as from the company's page: the adviser's post ends with the coverage. */
    @Test
    void anAdviserLeavesThePostWithTheLastCoverageThatNeedsIt() {
        var company = network.company("派驻");
        var adviser = towns.person("吴指导");
        var desk = town.near().organisationDesk();
        towns.post(adviser, company, "党建指导员");
        var coverage = coverages.cover(desk, company, CoverageMode.ADVISER, null, adviser, DAY);
        coverages.end(desk, coverage, DAY.plusDays(9));
        assertThat(jdbc.sql("select upper(during) from appointment where person = ? and body = ?")
                        .params(adviser, company)
                        .query(LocalDate.class)
                        .single())
                .isEqualTo(DAY.plusDays(9));
    }

    private LocalDate until(long company) {
        return coverages.ofCompany(company).getFirst().until();
    }

    /** An adviser of the near company, who holds the post since long ago and covers it since the day. */
    private long advised(long company) {
        var adviser = towns.person("吴指导");
        var post = towns.post(adviser, company, "党建指导员");
        coverages.cover(town.near().organisationDesk(), company, CoverageMode.ADVISER, null, adviser, DAY);
        return post;
    }

    @Test
    void whoeverLeavesThePostCoversTheCompanyNoLonger() {
        var company = network.company("派驻");
        var post = advised(company);
        var desk = town.near().organisationDesk();
        appointments.end(desk, post, 0, DAY.plusDays(9), EndReason.MOVED);
        assertThat(until(company)).as("the last day in office still counts").isEqualTo(DAY.plusDays(10));
        assertThat(work(company, DAY.plusDays(9))).isTrue();
        assertThat(work(company, DAY.plusDays(10))).isFalse();
        assertThat(jdbc.sql(
                                "select count(*) from audit_entry where action = 'company.coverage_ended' and subject_id = ?")
                        .param(String.valueOf(company))
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    private boolean work(long company, LocalDate day) {
        return coverages.ofCompany(company).stream().anyMatch(held -> held.runsOn(day));
    }

    @Test
    void aTermThatIsPutRightTakesTheCoverageAlongAndIsNotPutPastItsBeginning() {
        var company = network.company("派驻");
        var post = advised(company);
        var desk = town.near().organisationDesk();
        assertThat(fields(
                        () -> appointments.correct(desk, post, 0, false, DAY.plusDays(1), null, EntryReason.WRONG_DAY)))
                .as("it began while nobody was in office")
                .containsExactly((String) null);
        assertThat(fields(() -> appointments.takeBack(desk, post, 0, EntryReason.NEVER)))
                .as("nor was the post never there")
                .containsExactly((String) null);
        appointments.correct(desk, post, 0, false, DAY, DAY.plusDays(3), EntryReason.WRONG_DAY);
        assertThat(until(company)).isEqualTo(DAY.plusDays(4));
        appointments.correct(desk, post, 1, false, DAY, DAY.plusDays(30), EntryReason.EXTENDED);
        assertThat(until(company)).as("a longer term sends nobody anew").isEqualTo(DAY.plusDays(4));
    }

    @Test
    void anotherPostOfAnAdviserThereHoldsTheCoverage() {
        var company = network.company("派驻");
        var post = advised(company);
        var person = coverages.ofCompany(company).getFirst().adviser();
        jdbc.sql(
                        "insert into appointment (person, body, post, estate, during) values (?, ?, '党建指导员', ?, daterange(?, null))")
                .params(person, company, town.near().garden(), DAY)
                .update();
        appointments.end(town.near().organisationDesk(), post, 0, DAY.plusDays(9), EndReason.MOVED);
        assertThat(until(company)).isNull();
    }

    @Test
    void onlyAnOrganisationOfCompaniesCoversOnlyCompanies() {
        assertThat(fields(() -> cover(network.company("甲"), CoverageMode.SINGLE, network.branch(), DAY)))
                .contains("organisation");
        assertThat(fields(() -> cover(town.near().helperBody(), CoverageMode.SINGLE, network.organisation("乙"), DAY)))
                .contains("company");
        assertThat(fields(() -> cover(
                        network.company("丙"),
                        CoverageMode.SINGLE,
                        network.organisation("丁"),
                        Network.LONG_AGO.minusDays(1))))
                .contains("day");
    }

    @Test
    void whoIsOfElsewhereFindsNothing() {
        var company = network.company("近");
        var organisation = network.organisation("近");
        assertThat(catchThrowableOfType(
                        Missing.class,
                        () -> coverages.cover(
                                town.far().organisationDesk(), company, CoverageMode.SINGLE, organisation, null, DAY)))
                .isNotNull();
    }
}
