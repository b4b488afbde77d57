package org.hemei.platform.transfer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.ReaderOf;
import org.hemei.platform.Refusal;
import org.hemei.platform.job.BackgroundWork;
import org.hemei.platform.job.Job;
import org.hemei.platform.job.Jobs;
import org.hemei.platform.table.ExcelTable;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.MultiValueMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the sheets of list pages behind the pages, with the grants the asker has when it is made; kept in pieces, handed to the
 * asker only, gone after a day.
 */
@Service
class ListExports implements BackgroundWork {

    static final String KIND = "list_export";
    /** As many rows as a spreadsheet program still opens gladly. */
    static final int MOST = 100_000;

    private static final String MARK = "list:";
    private static final Duration KEPT = Duration.ofHours(24);
    private static final int LONGEST_VALUE = 200;
    private static final int MOST_VALUES = 500;
    private static final int STEP = 200;
    private static final TypeReference<Map<String, String>> QUERY = new TypeReference<>() {};

    private record Asked(String list, String query) {}

    /** The rows of a list on their way into the table, with how far it is. */
    private static final class Written implements ListExport.Rows {

        private final ExcelTable table;
        private final Job job;
        private String foot = "";

        Written(ExcelTable table, Job job) {
            this.table = table;
            this.job = job;
        }

        @Override
        public void row(@Nullable Object... cells) throws IOException {
            table.row(cells);
            if (table.rows() % STEP == 0) {
                job.step("写了 " + table.rows() + " 行");
            }
        }

        @Override
        public void foot(String words) {
            foot = words;
        }
    }

    private final List<ListExport> lists;
    private final Jobs jobs;
    private final ReaderOf readers;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final JsonMapper json;

    ListExports(
            List<ListExport> lists,
            Jobs jobs,
            ReaderOf readers,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            InstantSource clock,
            JsonMapper json) {
        this.lists = lists;
        this.jobs = jobs;
        this.readers = readers;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
        this.json = json;
    }

    ListExport named(String key) {
        return lists.stream()
                .filter(list -> list.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new Missing("没有这张名单。"));
    }

    static boolean isList(String sheet) {
        return sheet.startsWith(MARK);
    }

    ListExport of(String sheet) {
        return named(sheet.substring(MARK.length()));
    }

    /** @return the job that makes it */
    @Transactional
    public long order(Reader reader, ListExport list, MultiValueMap<String, String> query) {
        var kept = new TreeMap<String, String>();
        query.forEach((name, values) -> {
            var said = values.stream()
                    .filter(value -> value != null && !value.isBlank() && value.length() <= LONGEST_VALUE)
                    .limit(MOST_VALUES)
                    .collect(Collectors.joining(","));
            if (!name.startsWith("_") && !said.isEmpty()) {
                kept.put(name, said);
            }
        });
        list.check(kept);
        var now = clock.instant();
        var id = jdbc.sql("""
                        insert into export_run (sheet, account, format, query, grants, expires_at, created_at)
                        values (?, ?, 'xlsx', cast(? as jsonb), ?, ?, ?) returning id
                        """)
                .param(MARK + list.key())
                .param(reader.account())
                .param(json.writeValueAsString(kept))
                .param(ExportDesk.grants(reader))
                .param(Timestamp.from(now.plus(KEPT)))
                .param(Timestamp.from(now))
                .query(Long.class)
                .single();
        return jobs.start(reader, KIND, "导出“" + list.title() + "”", Map.of("export", String.valueOf(id)), null);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome run(Job job) {
        var id = Long.parseLong(job.input("export"));
        var asked = jdbc.sql("select sheet, query from export_run where id = ?")
                .param(id)
                .query((r, n) -> new Asked(r.getString(1), r.getString(2)))
                .optional()
                .orElseThrow(() -> Refusal.of("等得太久，已经作废了。请再导出一次。"));
        var list = of(asked.list);
        var reader = readers.of(job.account()).orElseThrow(() -> Refusal.of("账号停用了，没有导出。"));
        try {
            list.admit(reader);
        } catch (AccessDeniedException lost) {
            throw new Refusal(List.of(new Refusal.Reason(null, "这张名单现在不归您看了，没有导出。")));
        }
        var rows = made(id, list, reader, json.readValue(asked.query, QUERY), job);
        return new Outcome(
                "导好了，共 " + rows + " 行" + (rows == MOST ? "，后面的没有导，请缩小筛选" : "") + "。24 小时内可以下载。", "/exports/" + id);
    }

    private int made(long id, ListExport list, Reader reader, Map<String, String> query, Job job) {
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                jdbc.sql("delete from export_piece where run = ?").param(id).update();
                job.begin(0, "写表");
                return write(id, list, reader, query, job);
            }));
        } catch (Missing gone) {
            // what the filter names is no longer there, or never was the asker's to see
            throw new Refusal(List.of(new Refusal.Reason(null, gone.getMessage() + "没有导出。")));
        }
    }

    private int write(long id, ListExport list, Reader reader, Map<String, String> query, Job job) {
        try (var out = new BufferedOutputStream(new Pieces(jdbc, id), Pieces.SIZE)) {
            int rows;
            try (var table = ExcelTable.open(out, list.title(), list.headings())) {
                var written = new Written(table, job);
                list.write(reader, query, MOST, written);
                rows = table.rows();
                table.foot(written.foot + "共 " + rows + " 行" + (rows == MOST ? "，后面的没有导出，请缩小筛选再导" : "") + "。"
                        + reader.name() + " 导出于 " + CivilTime.full(clock.instant()));
            }
            out.flush();
            jdbc.sql("update export_run set rows = ? where id = ?")
                    .params(rows, id)
                    .update();
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
