package org.hemei.platform.transfer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.platform.Grant;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.job.BackgroundWork;
import org.hemei.platform.job.Job;
import org.hemei.platform.job.Jobs;
import org.hemei.platform.log.Audit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Hands out sheets. A big one is made behind the pages, kept in pieces, and gone after a day. */
@Service
public class ExportDesk implements BackgroundWork {

    static final String KIND = "export";
    static final int AT_ONCE = 5_000;

    private static final Duration KEPT = Duration.ofHours(24);

    record Export(long id, String sheet, String format, Instant expiresAt, boolean done) {}

    private record Asked(String sheet, String[] areas, String format) {}

    private final ExportFile file;
    private final Sheets sheets;
    private final Jobs jobs;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    ExportDesk(
            ExportFile file,
            Sheets sheets,
            Jobs jobs,
            Audit audit,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.file = file;
        this.sheets = sheets;
        this.jobs = jobs;
        this.audit = audit;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    static String format(String format) {
        if (!format.equals("xlsx") && !format.equals("csv")) {
            throw Refusal.of("format", "请选 Excel 或 CSV。");
        }
        return format;
    }

    /** Whether it is small enough to be handed out at once. */
    boolean small(Reader reader, Sheet sheet) {
        return file.count(sheet, areas(sheet, reader)) <= AT_ONCE;
    }

    private static List<String> areas(Sheet sheet, Reader reader) {
        return List.of(Sheets.areas(sheet, reader));
    }

    @Transactional
    public void write(Reader reader, Sheet sheet, String format, OutputStream out) throws IOException {
        audit.record(reader, 0, "export.taken", "sheet", sheet.key(), null, Map.of("format", format));
        file.write(sheet, areas(sheet, reader), format, out, rows -> {});
    }

    /** @return the job that makes it */
    @Transactional
    public long order(Reader reader, Sheet sheet, String format) {
        var now = clock.instant();
        var id = jdbc.sql("""
                        insert into export_run (sheet, account, areas, format, grants, expires_at, created_at) values (?, ?, ?, ?, ?, ?, ?) returning id
                        """)
                .param(sheet.key())
                .param(reader.account())
                .param(Sheets.areas(sheet, reader))
                .param(format)
                .param(grants(reader))
                .param(Timestamp.from(now.plus(KEPT)))
                .param(Timestamp.from(now))
                .query(Long.class)
                .single();
        audit.record(reader, 0, "export.ordered", "export", id, null, Map.of("sheet", sheet.key(), "format", format));
        return jobs.start(reader, KIND, "导出“" + sheet.title() + "”表", Map.of("export", String.valueOf(id)), null);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome run(Job job) {
        var id = Long.parseLong(job.input("export"));
        var asked = jdbc.sql("select sheet, areas, format from export_run where id = ?")
                .param(id)
                .query((r, n) ->
                        new Asked(r.getString(1), (String[]) r.getArray(2).getArray(), r.getString(3)))
                .optional()
                .orElseThrow(() -> Refusal.of("等得太久，已经作废了。请再导出一次。"));
        var sheet = sheets.named(asked.sheet);
        var areas = Arrays.asList(asked.areas);
        var rows = Objects.requireNonNull(transaction.execute(status -> {
            jdbc.sql("delete from export_piece where run = ?").param(id).update();
            job.begin(Math.max(1, file.count(sheet, areas)), "写表");
            try (var out = new BufferedOutputStream(new Pieces(jdbc, id), Pieces.SIZE)) {
                var written = file.write(sheet, areas, asked.format, out, job::advance);
                out.flush();
                jdbc.sql("update export_run set rows = ? where id = ?")
                        .params(written, id)
                        .update();
                return written;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
        return new Outcome("导好了，共 " + rows + " 行。24 小时内可以下载。", "/exports/" + id);
    }

    /** All that the reader was granted, each grant in a word: what an export rests on. */
    static String[] grants(Reader reader) {
        return reader.grants().stream().map(Grant::toString).distinct().toArray(String[]::new);
    }

    /** One's own that is made and not expired, for whoever lost none of what they were granted when they asked for it. */
    Export one(Reader reader, long id) {
        return jdbc.sql("""
                        select id, sheet, format, expires_at, rows is not null from export_run
                        where id = ? and account = ? and expires_at > ? and rows is not null and grants <@ cast(? as text[])
                        """)
                .params(id, reader.account(), Timestamp.from(clock.instant()), grants(reader))
                .query((r, n) -> new Export(
                        r.getLong(1),
                        r.getString(2),
                        r.getString(3),
                        r.getTimestamp(4).toInstant(),
                        r.getBoolean(5)))
                .optional()
                .orElseThrow(() -> new Missing("没有这个导出，或者过了 24 小时已经删掉，或者您的职责后来变了。请再导出一次。"));
    }

    @Transactional
    public void hand(Reader reader, Export export, OutputStream out) throws IOException {
        audit.record(reader, 0, "export.taken", "sheet", export.sheet, null, Map.of("format", export.format));
        for (var n = 0; ; n++) {
            var piece = jdbc.sql("select bytes from export_piece where run = ? and n = ?")
                    .params(export.id, n)
                    .query(byte[].class)
                    .optional();
            if (piece.isEmpty()) {
                return;
            }
            out.write(piece.get());
        }
    }
}
