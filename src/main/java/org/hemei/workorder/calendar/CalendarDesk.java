package org.hemei.workorder.calendar;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.time.WorkCalendars;
import org.hemei.workorder.Said;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Keeps the working-day calendar up to date, year by year, as the State Council announces it. Deadlines set before stay. */
@Service
class CalendarDesk {

    /** The holidays and working weekends that a date can be. */
    static final List<String> KINDS = List.of("holiday", "workday");

    private final JdbcClient jdbc;
    private final Audit audit;
    private final WorkCalendars calendars;

    CalendarDesk(JdbcClient jdbc, Audit audit, WorkCalendars calendars) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.calendars = calendars;
    }

    /** Sets the days from the first to the last; a day that is set already is set anew. */
    @Transactional
    public void set(Reader reader, LocalDate first, LocalDate last, String kind, String name, String basis) {
        var reasons = new ArrayList<Refusal.Reason>();
        if (last.isBefore(first) || last.isAfter(first.plusDays(30))) {
            reasons.add(new Refusal.Reason("last", "最后一天要在第一天以后，一次最多 31 天。"));
        }
        if (first.getYear() < 2021 || first.getYear() > 2100) {
            reasons.add(new Refusal.Reason("first", "年份请填 2021 到 2100。"));
        }
        if (!KINDS.contains(kind)) {
            reasons.add(new Refusal.Reason("kind", "请选放假还是上班。"));
        }
        reasons.addAll(short40("name", name, "名称"));
        reasons.addAll(basis.isBlank() ? List.of(new Refusal.Reason("basis", "还没写依据，比如通知的文号。")) : List.of());
        Said.check(reasons, Said.atMost("basis", basis, "依据"));
        for (var day = first; !day.isAfter(last); day = day.plusDays(1)) {
            jdbc.sql("""
                    insert into calendar_day (day, kind, name, basis) values (:day, :kind, :name, :basis)
                    on conflict (day) do update set kind = excluded.kind, name = excluded.name, basis = excluded.basis
                    """)
                    .param("day", day)
                    .param("kind", kind)
                    .param("name", name.strip())
                    .param("basis", basis.strip())
                    .update();
        }
        audit.record(
                reader, 0, "calendar.set", "calendar_day", first, null, Map.of("last", last.toString(), "kind", kind));
        forget();
    }

    private static List<Refusal.Reason> short40(String field, String words, String what) {
        if (words.isBlank()) {
            return List.of(new Refusal.Reason(field, "还没写" + what + "。"));
        }
        return words.strip().length() > 40 ? List.of(new Refusal.Reason(field, what + "请写在 40 字以内。")) : List.of();
    }

    /** Back to Monday to Friday. */
    @Transactional
    public void clear(Reader reader, LocalDate first, LocalDate last) {
        var gone = jdbc.sql("delete from calendar_day where day between ? and ?")
                .params(first, last)
                .update();
        if (gone == 0) {
            throw new Missing("这些天没有单独安排。");
        }
        audit.record(reader, 0, "calendar.clear", "calendar_day", first, null, Map.of("last", last.toString()));
        forget();
    }

    private void forget() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                calendars.changed();
            }
        });
    }
}
