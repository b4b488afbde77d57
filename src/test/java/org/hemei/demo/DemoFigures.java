package org.hemei.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.hemei.Hemei;
import org.hemei.oversight.ArticleFigures;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.MechanismCheck.Figure;
import org.hemei.platform.time.ToldTime;
import org.hemei.testing.Counting;
import org.hemei.testing.Database;
import org.hemei.testing.Orders;
import org.hemei.testing.Pump;
import org.hemei.testing.TestSettings;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;

/** The figures of the article, counted on the demo city by the queries that serve any city. */
@SpringBootTest(classes = Hemei.class)
@ContextConfiguration(initializers = {TestSettings.class, DemoFigures.OwnDatabase.class})
@Import({DemoFigures.StoppedClock.class, Towns.class, Orders.class, Pump.class, Counting.class})
@DirtiesContext
abstract class DemoFigures {

    static final Instant NOW = Instant.parse("2026-11-23T06:05:00Z");

    /** Many times what it takes; a load that hangs must not hang the suite. */
    private static final Duration LONGEST_LOAD = Duration.ofMinutes(10);

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    static final class OwnDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            try (var connection = DriverManager.getConnection(Database.url(), "postgres", "");
                    var statement = connection.createStatement()) {
                statement.execute("drop database if exists demo_city with (force)");
                statement.execute("create database demo_city");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            TestPropertyValues.of(
                            "hemei.demo=on", "hemei.db.url=" + Database.url().replaceFirst("/postgres$", "/demo_city"))
                    .applyTo(context);
        }
    }

    static final class StoppedClock {

        @Bean
        @Primary
        InstantSource stopped() {
            return ToldTime.over(() -> NOW);
        }
    }

    @Autowired
    DemoProgress progress;

    @Autowired
    ArticleFigures figures;

    @Autowired
    List<MechanismCheck> checks;

    /** Where the load is: one that waits for a lock of its own transaction says so here. */
    private static String loadingThread() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().equals("demo-city"))
                .flatMap(thread -> Arrays.stream(thread.getValue()))
                .map(StackTraceElement::toString)
                .filter(line -> line.contains("hemei") || line.contains("postgresql"))
                .collect(Collectors.joining("\n"));
    }

    @BeforeEach
    void loaded() throws InterruptedException {
        var start = System.nanoTime();
        while (progress.loading()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("the load of the demo city stands at: %s\n%s", progress.state(), loadingThread())
                    .isLessThan(LONGEST_LOAD);
            Thread.sleep(Duration.ofMillis(100));
        }
        if (progress.fault() != null) {
            throw new AssertionError("the demo city could not be loaded", progress.fault());
        }
        var waited = Duration.ofNanos(System.nanoTime() - start);
        if (waited.toSeconds() > 0) {
            System.out.println("demo city loaded while the test waited " + waited.toMillis() + " ms");
        }
        assertThat(progress.state().words()).isEqualTo("示例城市已装好");
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
