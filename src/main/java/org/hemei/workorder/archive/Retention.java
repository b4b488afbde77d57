package org.hemei.workorder.archive;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Kept;
import org.hemei.workorder.KeptFiles;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How long orders and the words in them are kept, by rules that are data: long-ended orders go to the archive, whole, in batches;
 * who called, and after long what was said, is erased here and there. Each batch leaves an entry in the log, never the data.
 */
@Service
public class Retention {

    static final int BATCH = 200;
    static final String ERASED = "（保存期满，原话已删）";

    /** @param count orders of the year in the archive */
    public record Year(int year, long count) {}

    public record Rule(long id, String kind, int months, String basis, LocalDate since) {

        public Kept kept() {
            return Kept.of(kind).orElseThrow();
        }
    }

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final PastYears past;
    private final List<KeptFiles> files;
    private final Audit audit;
    private final InstantSource clock;

    Retention(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            PastYears past,
            List<KeptFiles> files,
            Audit audit,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.past = past;
        this.files = files;
        this.audit = audit;
        this.clock = clock;
    }

    /** The rules of today. */
    List<Rule> rules() {
        return jdbc.sql(
                        "select id, kind, months, basis, lower(valid) as since from retention_rule where valid @> cast(? as date) order by kind")
                .param(CivilTime.date(clock.instant()))
                .query(Rule.class)
                .list();
    }

    private Instant before(String kind) {
        var months = rules().stream()
                .filter(rule -> rule.kind.equals(kind))
                .mapToInt(Rule::months)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
        return months == Integer.MAX_VALUE
                ? Instant.EPOCH
                : CivilTime.startOf(CivilTime.date(clock.instant()).minusMonths(months));
    }

    /** All that is due, batch by batch; another copy of the process may do the same meanwhile. */
    public void run() {
        for (var district : districts()) {
            while (move(district) == BATCH) {
                // a batch is a transaction
            }
            eraseAll(district, "caller");
            eraseAll(district, "order_words");
        }
        for (var district : withCities()) {
            files.forEach(one -> eraseAll(district, one));
        }
    }

    private List<Integer> districts() {
        return jdbc.sql("select cast(code as int) from area where level = 'district' order by code")
                .query(Integer.class)
                .list();
    }

    /** What belongs to a whole city stands under its code with two noughts. */
    private List<Integer> withCities() {
        return jdbc.sql(
                        "select cast(rpad(code, 6, '0') as int) from area where level in ('city', 'district') order by 1")
                .query(Integer.class)
                .list();
    }

    /** @return how many orders of the district went to the archive, {@value #BATCH} at most */
    int move(int district) {
        var before = before("order_archive");
        return Objects.requireNonNull(transaction.execute(status -> {
            // not while the district is counted anew: what left between two statements of the count would be in no
            // figure
            jdbc.sql("select pg_advisory_xact_lock(hashtext('recount'), ?)")
                    .param(district)
                    .query((r, n) -> 0)
                    .list();
            var moved = jdbc.sql("select archive.move(?, ?, ?)")
                    .params(district, Timestamp.from(before), BATCH)
                    .query(Integer.class)
                    .single();
            record(district, "work_order.archived", moved);
            return moved;
        }));
    }

    private void record(int district, String action, int orders) {
        if (orders > 0) {
            audit.record(
                    Reader.VISITOR,
                    district,
                    action,
                    "area",
                    district,
                    String.valueOf(district),
                    Map.of("orders", orders));
        }
    }

    private void eraseAll(int district, String kind) {
        while (erase(district, kind) == BATCH) {
            // a batch is a transaction
        }
    }

    private void eraseAll(int district, KeptFiles one) {
        var before = before(one.kept().code());
        while (erase(district, one, before) == BATCH) {
            // a batch is a transaction
        }
    }

    private int erase(int district, KeptFiles one, Instant before) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var count = one.erase(district, before, BATCH);
            if (count > 0) {
                audit.record(
                        Reader.VISITOR,
                        district,
                        one.kept().code() + ".erased",
                        "area",
                        district,
                        String.valueOf(district).replaceFirst("00$", ""),
                        Map.of("things", count));
            }
            return count;
        }));
    }

    /** @return how many orders were stripped, of the living or of the archive */
    int erase(int district, String kind) {
        var before = Timestamp.from(before(kind));
        return Objects.requireNonNull(transaction.execute(status -> {
            var count = new int[] {strip(district, kind, before)};
            if (count[0] < BATCH) {
                past.also(() -> count[0] = Math.max(count[0], strip(district, kind, before)));
            }
            record(district, "work_order." + kind + "_erased", count[0]);
            return count[0];
        }));
    }

    private int strip(int district, String kind, Timestamp before) {
        var still = kind.equals("caller")
                ? "(w.caller_name_cipher is not null or w.caller_phone_cipher is not null)"
                : "w.words <> :erased";
        var due = """
                select w.district, w.order_id from work_order o
                join work_order_words w on w.district = o.district and w.order_id = o.id
                where o.district = :district and o.closed_at < :before and %s
                order by o.closed_at limit %d""".formatted(still, BATCH);
        var ids = jdbc.sql(due)
                .param("district", district)
                .param("before", before)
                .param("erased", ERASED)
                .query((r, n) -> r.getLong(2))
                .list()
                .toArray(Long[]::new);
        if (ids.length == 0) {
            return 0;
        }
        var all = kind.equals("caller") ? List.of("""
                        update work_order_words set caller_name_cipher = null, caller_phone_cipher = null, caller_phone_index = null
                        where district = :district and order_id = any(:ids) and :erased <> ''
                        """) : List.of("""
                        update work_order_words set title = :erased, words = :erased, place = '', grams = '{}'
                        where district = :district and order_id = any(:ids)
                        """, """
                        update work_order_remark set words = :erased where district = :district and order_id = any(:ids)
                        """, """
                        update work_order_step set detail = jsonb_set(detail, '{elsewhere}', to_jsonb(cast(:erased as text)))
                        where district = :district and order_id = any(:ids) and jsonb_exists(detail, 'elsewhere')
                        """, """
                        update notice set body = :erased where district = :district and order_id = any(:ids)
                        """, """
                        update assist_task set what = :erased, result = case when result <> '' then :erased else result end
                        where district = :district and order_id = any(:ids)
                        """, """
                        update leader_mark_words x set words = :erased, answer = case when x.answer <> '' then :erased else '' end
                        from leader_mark m
                        where m.district = x.district and m.id = x.mark_id and m.district = :district and m.order_id = any(:ids)
                        """, """
                        update rate_appeal_remark x set words = :erased from rate_appeal a
                        where a.district = x.district and a.id = x.appeal and a.district = :district and a.order_id = any(:ids)
                        """, """
                        update work_order_rating set words = '' where district = :district and order_id = any(:ids) and :erased <> ''
                        """, """
                        update attachment set owner_kind = null, owner_id = null
                        where district = :district and owner_kind = 'work_order' and :erased <> ''
                          and owner_id = any(select :district || '-' || i from unnest(cast(:ids as bigint[])) i)
                        """);
        for (var sql : all) {
            jdbc.sql(sql)
                    .param("district", district)
                    .param("ids", ids)
                    .param("erased", ERASED)
                    .update();
        }
        return ids.length;
    }

    /** What lies in the archive, by year. */
    List<Year> years() {
        return jdbc.sql("""
                select archived_year as year, count(*) as count from archive_years.work_order group by 1 order by 1 desc
                """).query(Year.class).list();
    }
}
