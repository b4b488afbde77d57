package org.hemei.workorder.report;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.hemei.workorder.measure.Part;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.rates.Period;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Recomputes a report's digests and holds them against what was written down, here and in the audit log. */
@Component
class Verification {

    /** One comparison: what it is, whether it holds. */
    record Line(String what, boolean holds, String words) {}

    /** A figure that would be another one today: not a break, since the month went on being rated and appealed. */
    record Drift(Rate rate, Part part, long then, long now) {}

    /** @param sha256 as computed just now */
    record Result(List<Line> lines, String sha256, String sm3, List<Drift> drifts) {

        boolean sound() {
            return lines.stream().allMatch(Line::holds);
        }
    }

    private record Kept(Instant at, List<Drift> drifts) {}

    /** Counting a month again is dear and anybody may ask: one at a time, and the answer holds for some minutes. */
    private static final Duration HOLDS = Duration.ofMinutes(10);

    private static final int MOST_KEPT = 200;

    private final Map<Long, Kept> recent = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Kept> eldest) {
            return size() > MOST_KEPT;
        }
    };
    private final ReportFigures figures;
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final InstantSource clock;

    Verification(ReportFigures figures, JdbcClient jdbc, JsonMapper json, InstantSource clock) {
        this.figures = figures;
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    Result of(Report report) {
        var digests = Digests.of(report.content());
        var lines = new ArrayList<Line>();
        lines.add(line("内容的 SHA-256", digests.sha256().equals(report.sha256()), "和封存时一样", "内容改过：算出来的和封存时的不一样"));
        lines.add(line("内容的 SM3", digests.sm3().equals(report.sm3()), "和封存时一样", "内容改过：算出来的和封存时的不一样"));
        var entry = entry(report);
        lines.add(
                entry == null
                        ? new Line("审计记录", false, "审计记录里没有这份月报")
                        : line(
                                "审计记录里的摘要",
                                entry.sha256().equals(digests.sha256())
                                        && entry.sm3().equals(digests.sm3()),
                                "和算出来的一样；审计记录自己也是一段一段封存的",
                                "和算出来的不一样"));
        var said = report.readable().orElse(null);
        lines.add(line("编号、单位、月份、版次", said != null && same(said, report), "内容里写的和目录里的一样", "内容里写的和目录里的不一样"));
        return new Result(lines, digests.sha256(), digests.sm3(), said == null ? List.of() : recent(report, said));
    }

    private static Line line(String what, boolean holds, String yes, String no) {
        return new Line(what, holds, holds ? yes : no);
    }

    private @Nullable Digests entry(Report report) {
        return jdbc.sql("""
                select detail from audit_entry
                where subject_kind = 'rate_report' and subject_id = ? and action = 'rate_report.seal' and district = ?
                order by id limit 1
                """)
                .params(report.number(), report.subject().district())
                .query((r, n) -> json.readTree(r.getString("detail")))
                .optional()
                .map(detail -> new Digests(
                        detail.path("sha256").asString(""), detail.path("sm3").asString("")))
                .orElse(null);
    }

    private static boolean same(ReportContent said, Report report) {
        return said.number().equals(report.number())
                && said.name().equals(report.subject().name())
                && said.area().equals(report.subject().area())
                && said.month().equals(report.month().toString())
                && said.version() == report.version();
    }

    private List<Drift> recent(Report report, ReportContent said) {
        synchronized (recent) {
            var now = clock.instant();
            var kept = recent.get(report.id());
            if (kept == null || kept.at.plus(HOLDS).isBefore(now)) {
                kept = new Kept(now, drifts(report, said));
                recent.remove(report.id());
                recent.put(report.id(), kept);
            }
            return kept.drifts;
        }
    }

    private List<Drift> drifts(Report report, ReportContent said) {
        var today = figures.one(report.subject(), Period.of(report.month()), clock.instant())
                .rates();
        var drifts = new ArrayList<Drift>();
        for (var rate : Rate.values()) {
            var then = said.rates().getOrDefault(rate.code(), Map.of());
            var now = today.getOrDefault(rate.code(), Map.of());
            var parts = new TreeSet<>(then.keySet());
            parts.addAll(now.keySet());
            for (var part : parts) {
                var was = then.get(part);
                var is = now.get(part);
                if (was == null || is == null || !was.equals(is)) {
                    drifts.add(
                            new Drift(rate, Part.of(part), was == null ? 0 : was.count(), is == null ? 0 : is.count()));
                }
            }
        }
        return drifts;
    }
}
