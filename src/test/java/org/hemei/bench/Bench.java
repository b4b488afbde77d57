package org.hemei.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hemei.outside.Requests;
import org.hemei.outside.RunningApplication;

/** Measures the bars that are named, all of them when none is, and prints one JSON line for each on standard output. */
public final class Bench {

    private static final List<String> BARS = List.of("M1", "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9");

    /** Measured first, on the city as it was loaded: what they are about is not how much was filed since. */
    private static final Set<String> ON_THE_DEMO_CITY = Set.of("S6", "S7", "S8", "M1");

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        var wanted = new TreeSet<>(arguments.length == 0 ? BARS : Arrays.asList(arguments));
        if (!BARS.containsAll(wanted)) {
            System.err.println("These bars can be measured: " + String.join(", ", BARS));
            System.exit(2);
        }
        var settings = Settings.read();
        RunningApplication.delete(settings.plan().data());
        Files.deleteIfExists(settings.plan().folder().resolve("application.log"));
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (wanted.stream().anyMatch(ON_THE_DEMO_CITY::contains)) {
            say("Starting on a fresh data folder with the demo city");
            try (var application = start(settings)) {
                onTheDemoCity(wanted, application, out);
            }
        }
        if (wanted.contains("S6")) {
            out.println(starts(settings));
        }
        if (!ON_THE_DEMO_CITY.containsAll(wanted)) {
            say("Starting for the load");
            try (var application = start(settings)) {
                underLoad(wanted, application, settings, out);
            }
        }
    }

    private static RunningApplication start(Settings settings) throws IOException, InterruptedException {
        var application = RunningApplication.start(settings.plan());
        say("First page after " + rounded(application.secondsToFirstPage()) + " s");
        return application;
    }

    private static void onTheDemoCity(Set<String> wanted, RunningApplication application, PrintStream out)
            throws Exception {
        var city = City.load(application);
        city.quiet();
        if (wanted.contains("S7")) {
            out.println(memory(application));
        }
        if (wanted.contains("M1")) {
            out.println(new MechanismTimes(application).measure());
        }
        if (wanted.contains("S8")) {
            out.println(new PageWeights(city).measure());
        }
    }

    private static void underLoad(
            Set<String> wanted, RunningApplication application, Settings settings, PrintStream out) throws Exception {
        var city = City.load(application);
        if (wanted.contains("S1")) {
            out.println(new Submissions(application, settings, city).measure());
        }
        if (wanted.contains("S2")) {
            out.println(new Lives(application, settings, city).measure());
        }
        var dashboards = new Dashboards(application, settings, city);
        if (wanted.contains("S4")) {
            dashboards.measureFew();
        }
        if (wanted.contains("S3")) {
            out.println(new Lists(application).measure());
        }
        if (wanted.contains("S4")) {
            out.println(dashboards.measure());
        }
        if (wanted.contains("S5")) {
            out.println(new Scoring(application).measure());
        }
        if (wanted.contains("S9")) {
            out.println(new Loading(application).measure());
        }
    }

    private static String starts(Settings settings) throws IOException, InterruptedException {
        var jar = starts("from the jar", settings.plan());
        var fast = starts("unpacked, with an AOT cache", settings.fastPlan());
        return line("S6", median(jar), "s", "runs", list(jar), "aot_s", rounded(median(fast)), "aot_runs", list(fast));
    }

    private static List<Double> starts(String how, RunningApplication.Plan plan)
            throws IOException, InterruptedException {
        var seconds = new ArrayList<Double>();
        for (var n = 1; n <= 3; n++) {
            try (var application = RunningApplication.start(plan)) {
                seconds.add(application.secondsToFirstPage());
                say("S6: start " + n + " on existing data, " + how + ": first page after " + rounded(seconds.getLast())
                        + " s");
            }
        }
        return seconds;
    }

    private static double median(List<Double> three) {
        return three.stream().sorted().toList().get(1);
    }

    private static String list(List<Double> values) {
        return values.stream().map(Bench::rounded).collect(Collectors.joining(",", "[", "]"));
    }

    private static String memory(RunningApplication application) throws IOException, InterruptedException {
        say("S7: waiting 30 s for the system to be idle");
        Thread.sleep(30_000);
        var app = application.applicationMemory() / 1e6;
        var database = application.databaseMemory() / 1e6;
        return line("S7", app + database, "MB", "application_mb", rounded(app), "database_mb", rounded(database));
    }

    static void say(String words) {
        System.err.println("bench: " + words);
    }

    static String rounded(double value) {
        if (value >= 100) {
            return String.valueOf(Math.round(value));
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }

    /** @param more names and JSON values, in turn */
    static String line(String bar, double figure, String unit, String... more) {
        var text = new StringBuilder(
                "{\"bar\":\"%s\",\"figure\":%s,\"unit\":\"%s\"".formatted(bar, rounded(figure), unit));
        for (var n = 0; n < more.length; n += 2) {
            text.append(",\"").append(more[n]).append("\":").append(more[n + 1]);
        }
        return text.append('}').toString();
    }

    static String form(Map<String, String> fields) {
        return Requests.encode(fields);
    }
}
