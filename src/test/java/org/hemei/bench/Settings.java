package org.hemei.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.outside.RunningApplication.Plan;

/** How to start what is measured, and how long to measure; {@code ./hemei bench} fills it in. */
record Settings(Plan plan, Plan fastPlan, int seconds) {

    /** Connections of the application to its database, and of the baseline. */
    static final int POOL = 16;

    static Settings read() {
        var target = Path.of(System.getProperty("bench.home", "."))
                .toAbsolutePath()
                .normalize()
                .resolve("target");
        var java = System.getProperty("bench.java", "java");
        var options = List.of(System.getProperty("bench.options", "-Xmx288m").split(" "));
        var port = Integer.parseInt(System.getenv().getOrDefault("HEMEI_BENCH_PORT", "9180"));
        var seconds = Integer.parseInt(System.getenv().getOrDefault("HEMEI_BENCH_SECONDS", "30"));
        var jar = command(java, options, "-jar", target.resolve("hemei.jar").toString());
        var fast = command(
                java,
                options,
                "-XX:AOTCache=" + target.resolve("fast/hemei.aot"),
                "-jar",
                target.resolve("fast/app/hemei.jar").toString());
        return new Settings(plan(jar, target, port), plan(fast, target, port), seconds);
    }

    private static List<String> command(String java, List<String> options, String... rest) {
        var command = new ArrayList<String>();
        command.add(java);
        command.addAll(options);
        command.addAll(List.of(rest));
        return command;
    }

    private static Plan plan(List<String> command, Path target, int port) {
        return new Plan(command, limitsAboveTheLoad(), Map.of("HEMEI_DEMO", "on"), target.resolve("bench"), port);
    }

    /** The limits stay on, as the bar asks; they are only set above what the bench sends. */
    private static List<String> limitsAboveTheLoad() {
        return List.of(
                "--spring.datasource.hikari.maximum-pool-size=" + POOL, "--hemei.limits.orders-per-hour=1000000");
    }
}
