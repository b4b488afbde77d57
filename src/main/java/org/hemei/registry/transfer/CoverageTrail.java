package org.hemei.registry.transfer;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Leaves of coverage that a file writes, or that its undoing takes back, the same entries as the pages do, and what was. */
@Component
class CoverageTrail {

    /**
     * One entry that a file made or changed.
     *
     * @param was its first day without coverage before the file; @param until the one after it; null while it has none
     */
    private record Change(
            long id,
            long company,
            String area,
            String mode,
            @Nullable Long organisation,
            @Nullable Long adviser,
            LocalDate first,
            boolean made,
            @Nullable LocalDate was,
            @Nullable LocalDate until) {

        int district() {
            return area.length() < 6 ? 0 : Integer.parseInt(area.substring(0, 6));
        }
    }

    private final JdbcClient jdbc;
    private final Audit audit;
    private final EventLog events;

    CoverageTrail(JdbcClient jdbc, Audit audit, EventLog events) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.events = events;
    }

    void tell(long run, boolean undone) {
        var account = jdbc.sql("select cast(current_setting('hemei.account') as bigint)")
                .query(Long.class)
                .single();
        // the audit trail takes the account from it and nothing else
        var reader = new Reader(account, 0, "", List.of(), false);
        changes(run).forEach(change -> tell(reader, run, change, undone));
    }

    private List<Change> changes(long run) {
        return jdbc.sql("""
                        select cast(c.row_id as bigint) as id, b.id as company, b.area, c.after ->> 'mode' as mode,
                               cast(c.after ->> 'organisation' as bigint) as organisation, cast(c.after ->> 'adviser' as bigint) as adviser,
                               lower(cast(c.after ->> 'during' as daterange)) as first, c.before is null as made,
                               upper(cast(c.before ->> 'during' as daterange)) as was, upper(cast(c.after ->> 'during' as daterange)) as until
                        from import_change c join body b on b.id = cast(c.after ->> 'company' as bigint)
                        where c.run = ? and c.tab = 'company_coverage' order by 1
                        """).param(run).query(Change.class).list();
    }

    private void tell(Reader reader, long run, Change change, boolean undone) {
        var detail = new HashMap<String, @Nullable Object>();
        detail.put("coverage", change.id);
        detail.put("mode", change.mode);
        detail.put("organisation", change.organisation);
        detail.put("adviser", change.adviser);
        detail.put("first", change.first.toString());
        detail.put("until", String.valueOf(undone ? change.was : change.until));
        detail.put("run", run);
        if (!change.made) {
            detail.put("was", String.valueOf(undone ? change.until : change.was));
        }
        var what =
                change.made ? undone ? "company.coverage_taken_back" : "company.covered" : "company.coverage_corrected";
        audit.record(reader, change.district(), what, "body", change.company, change.area, detail);
        events.announce(change.district(), what, change.company, Map.of("coverage", change.id, "run", run));
    }
}
