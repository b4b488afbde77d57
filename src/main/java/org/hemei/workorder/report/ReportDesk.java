package org.hemei.workorder.report;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.measure.RateRules;
import org.hemei.workorder.measure.RateRules.Name;
import org.hemei.workorder.rates.Period;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 月报: freezes closed months and seals them. The digests go into the audit log in the same transaction, so that its own
 * chain of seals covers them. What is frozen is never changed; a correction is another version.
 */
@Service
public class ReportDesk {

    /** From which month on reports are made; set when the first is due. */
    static final String FROM = "reports_from";

    private final Reports reports;
    private final ReportFigures figures;
    private final RateRules rules;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    ReportDesk(
            Reports reports,
            ReportFigures figures,
            RateRules rules,
            Audit audit,
            JdbcClient jdbc,
            InstantSource clock) {
        this.reports = reports;
        this.figures = figures;
        this.rules = rules;
        this.audit = audit;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The last month whose report is due in a city: closed, and its day has come. */
    YearMonth lastDue(String city) {
        var today = CivilTime.date(clock.instant());
        var day = rules.of(Name.REPORT_DAY, city, today);
        return YearMonth.from(today).minusMonths(today.getDayOfMonth() >= day ? 1 : 2);
    }

    /** From which month on; the first time it is asked, the last one that is due. Nothing before anybody filed an order. */
    @Transactional
    public @Nullable YearMonth from(YearMonth otherwise) {
        if (!jdbc.sql("select exists (select from work_order)")
                .query(Boolean.class)
                .single()) {
            return null;
        }
        jdbc.sql("insert into installation (name, value) values (?, ?) on conflict do nothing")
                .params(FROM, otherwise.toString())
                .update();
        return YearMonth.parse(jdbc.sql("select value from installation where name = ?")
                .param(FROM)
                .query(String.class)
                .single());
    }

    /**
     * Makes what is missing of one month and one level: all in one transaction, one copy of the process at a time.
     *
     * @param prefix only where the area begins with it
     * @return how many were made
     */
    @Transactional
    public int produce(Level level, YearMonth month, String prefix) {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('rate-report'))")
                .query((r, n) -> 0)
                .list();
        var period = Period.of(month);
        var there = new HashSet<>(made(level, month));
        var missing = figures.subjects(level, prefix, period).stream()
                .filter(subject -> !there.contains(subject.key()))
                .toList();
        if (missing.isEmpty()) {
            return 0;
        }
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var all = figures.all(level, period, level == Level.COMPANY ? "" : prefix, now);
        for (var subject : missing) {
            seal(
                    Reader.VISITOR,
                    subject,
                    month,
                    1,
                    null,
                    all.getOrDefault(subject.key(), ReportFigures.Of.NOTHING),
                    now);
        }
        return missing.size();
    }

    private Set<String> made(Level level, YearMonth month) {
        return new HashSet<>(jdbc.sql("""
                select coalesce(cast(company as text), area) from rate_report where level = ? and month = ? and version = 1
                """)
                .params(level.code(), month.atDay(1))
                .query(String.class)
                .list());
    }

    /** Who may have a month's report made anew: the district or the city it belongs to. */
    static boolean corrects(Reader reader, Report report) {
        return reader.scope(Role.CITY, Role.DISTRICT).covers(report.subject().area());
    }

    /** Counts the month again and seals it as the next version; the earlier one stays. */
    @Transactional
    public long correct(Reader reader, long id, String reason) {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('rate-report'))")
                .query((r, n) -> 0)
                .list();
        var report = reports.find(id).orElseThrow(() -> new Missing("没有这份月报。"));
        if (!corrects(reader, report)) {
            throw Refusal.of("更正由区里或市里出。");
        }
        if (reason.isBlank() || reason.codePointCount(0, reason.length()) > 500) {
            throw Refusal.of("reason", "请写清为什么要出新版，500 字以内。");
        }
        var latest = reports.versions(report.subject(), report.month()).getFirst();
        if (latest.id() != id) {
            throw Refusal.of("已经有第 " + latest.version() + " 版了。请从最新一版更正。");
        }
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var again = figures.one(report.subject(), Period.of(report.month()), now);
        var same = report.readable()
                .filter(said ->
                        again.rates().equals(said.rates()) && again.leftOut().equals(said.leftOut()));
        if (same.isPresent()) {
            throw Refusal.of("重新数了一遍，一个数都没有变，不用出新版。");
        }
        return seal(reader, report.subject(), report.month(), latest.version() + 1, reason.strip(), again, now);
    }

    private long seal(
            Reader reader,
            Subject subject,
            YearMonth month,
            int version,
            @Nullable String reason,
            ReportFigures.Of of,
            Instant now) {
        var number = number(subject, month, version);
        LocalDate first = month.atDay(1);
        var content = new ReportContent(
                ReportContent.FORM,
                number,
                subject.level().code(),
                subject.area(),
                subject.company(),
                subject.name(),
                month.toString(),
                version,
                now.toString(),
                rules.of(Name.SATISFIED_FROM, subject.area(), first),
                of.rates(),
                of.below(),
                of.categories(),
                of.leftOut(),
                reason);
        var text = Digests.text(content);
        var digests = Digests.of(text);
        var id = reports.insert(
                new Report(
                        0,
                        number,
                        subject,
                        month,
                        version,
                        text,
                        digests.sha256(),
                        digests.sm3(),
                        now,
                        version > 1,
                        reason),
                reader.signedIn() ? reader.account() : null);
        audit.record(
                reader,
                subject.district(),
                "rate_report.seal",
                "rate_report",
                number,
                subject.area(),
                Map.of("sha256", digests.sha256(), "sm3", digests.sm3(), "version", version));
        return id;
    }

    /** 和美月报〔2026〕10-340111; a company's with its number; later versions with theirs. */
    private static String number(Subject subject, YearMonth month, int version) {
        return "和美月报〔%d〕%02d-%s%s"
                .formatted(
                        month.getYear(),
                        month.getMonthValue(),
                        subject.company() == null ? subject.area() : "Q" + subject.company(),
                        version == 1 ? "" : "-" + version);
    }
}
