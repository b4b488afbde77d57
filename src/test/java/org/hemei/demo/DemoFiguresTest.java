package org.hemei.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.hemei.Hemei;
import org.hemei.oversight.ArticleFigures;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.MechanismCheck.Figure;
import org.hemei.testing.Orders;
import org.hemei.testing.TestSettings;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;

/** The figures of the article, counted on the demo city by the queries that serve any city. */
@SpringBootTest(classes = Hemei.class)
@ContextConfiguration(initializers = {TestSettings.class, DemoCityTest.OwnDatabase.class})
@Import({DemoCityTest.StoppedClock.class, Towns.class, Orders.class})
@DirtiesContext
class DemoFiguresTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    @Autowired
    DemoProgress progress;

    @Autowired
    ArticleFigures figures;

    @Autowired
    List<MechanismCheck> checks;

    @BeforeEach
    void loaded() throws InterruptedException {
        var start = System.nanoTime();
        while (progress.loading()) {
            Thread.sleep(Duration.ofMillis(100));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(4));
        }
    }

    private String share(String code) {
        var rows = check(code).measure(TODAY);
        return rows.stream().map(Figure::part).reduce(0, Integer::sum)
                + "/"
                + rows.stream().map(Figure::whole).reduce(0, Integer::sum);
    }

    private MechanismCheck check(String code) {
        return checks.stream()
                .filter(c -> c.rule().code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_article_is_reproduced() {
        var counted = figures.of("3401", TODAY);
        assertThat(counted).extracting(ArticleFigures.Figure::kind).containsExactly(ArticleFigures.Kind.values());
        assertThat(counted).allSatisfy(figure -> {
            assertThat(figure.stated()).as("%s", figure.kind()).isNotNull();
            assertThat(figure.stated().agrees(figure.counted()))
                    .as("%s: %d", figure.kind(), figure.counted())
                    .isTrue();
        });
        // both coverages are of distinct companies, and not 337 of 621
        assertThat(share("company-organisation")).endsWith("/621").isNotEqualTo("337/621");
        assertThat(share("company-work")).endsWith("/621");
        assertThat(counted.getFirst().counted()).isEqualTo(621);
    }

    @Test
    void the_demo_falls_short_of_most_rules_somewhere_as_life_does() {
        var broken = checks.stream()
                .filter(check -> !check.shortfalls("3401", TODAY, "", 1).isEmpty())
                .count();
        assertThat(broken).isGreaterThanOrEqualTo(10);
        assertThat(share("street-department")).isEqualTo("159/160");
        assertThat(share("industry-committee")).isEqualTo("12/13");
    }
}
