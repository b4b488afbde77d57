package org.hemei.platform.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.job.Jobs;
import org.hemei.platform.log.Audit;
import org.hemei.platform.web.Once;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.multipart.MultipartFile;

/**
 * The verbs of loading a file. It is read while it is handed in, and never kept: what stays are its rows, personal cells
 * encrypted, until they are loaded or dropped. The long work is done behind the pages by {@link ImportWork}.
 */
@Service
class ImportDesk {

    private static final int NAME = 100;

    /** A file on its way in. */
    private interface Incoming {
        void to(Path path) throws IOException;
    }

    private final ImportRuns runs;
    private final Sheets sheets;
    private final Staging staging;
    private final Jobs jobs;
    private final Audit audit;
    private final Once once;
    private final Path folder;

    ImportDesk(
            ImportRuns runs,
            Sheets sheets,
            Staging staging,
            Jobs jobs,
            Audit audit,
            Once once,
            @Value("${hemei.data}") Path data) {
        this.runs = runs;
        this.sheets = sheets;
        this.staging = staging;
        this.jobs = jobs;
        this.audit = audit;
        this.once = once;
        this.folder = data.toAbsolutePath().normalize().resolve("incoming");
    }

    /** Reads the file and has it checked. @return the run */
    @Transactional
    public String read(Reader reader, String key, String sheetKey, @Nullable MultipartFile file) {
        var sheet = sheets.of(reader, sheetKey);
        if (file == null || file.isEmpty()) {
            throw Refusal.of("file", "请选一个 .xlsx 或 .csv 文件。");
        }
        var name = name(file.getOriginalFilename());
        return once.run(
                reader,
                key,
                List.of("import", sheetKey, name, file.getSize()),
                () -> stage(reader, sheet, file::transferTo, name));
    }

    /** The same with a file that nobody handed in. @return the run */
    @Transactional
    public long told(Reader reader, String sheetKey, String name, byte[] file) {
        return Long.parseLong(stage(reader, sheets.of(reader, sheetKey), path -> Files.write(path, file), name));
    }

    private String stage(Reader reader, Sheet sheet, Incoming file, String name) {
        Path kept = null;
        try {
            Files.createDirectories(folder);
            kept = Files.createTempFile(
                    folder,
                    "import-",
                    ".part",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            file.to(kept);
            try (var table = Table.open(kept)) {
                var heading = Heading.of(sheet, table.next());
                var id = runs.open(reader, sheet, name, heading, table.notes());
                var rows = staging.copy(id, table, heading);
                start(reader, id, sheet, "check", "checking", rows);
                return String.valueOf(id);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(kept);
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without its folders, and not longer than anybody reads. */
    private static String name(@Nullable String original) {
        var plain = original == null
                ? ""
                : original.replaceAll("^.*[/\\\\]", "")
                        .replaceAll("[\\p{Cntrl}\\p{Cf}]", "")
                        .strip();
        return plain.isEmpty() ? "没有名字" : plain.substring(0, Math.min(NAME, plain.length()));
    }

    /** Writes all of it, if everything is still right by then. */
    @Transactional
    public void apply(Reader reader, long id) {
        var run = own(reader, id, "ready", "这次导入现在不能写入。请看最新情况。");
        start(reader, id, sheets.named(run.sheet()), "apply", "applying", run.rows());
    }

    @Transactional
    public void undo(Reader reader, long id) {
        var run = own(reader, id, "applied", "这次导入现在不能撤销。请看最新情况。");
        start(reader, id, sheets.named(run.sheet()), "undo", "undoing", run.rows());
    }

    @Transactional
    public void drop(Reader reader, long id) {
        runs.one(reader, id);
        var run = runs.locked(id);
        if (!run.state().equals("ready") && !run.state().equals("wrong")) {
            throw Refusal.of("这次导入现在不能放弃。请看最新情况。");
        }
        runs.dropped(id);
        audit.record(reader, 0, "import.dropped", "import", id, null, Map.of("sheet", run.sheet()));
    }

    private ImportRun own(Reader reader, long id, String state, String otherwise) {
        runs.one(reader, id);
        var run = runs.locked(id);
        if (!run.state().equals(state)) {
            throw Refusal.of(otherwise);
        }
        return run;
    }

    private void start(Reader reader, long id, Sheet sheet, String action, String state, int rows) {
        var title = switch (action) {
            case "check" -> "核对“" + sheet.title() + "”表";
            case "apply" -> "导入“" + sheet.title() + "”表";
            default -> "撤销导入“" + sheet.title() + "”表";
        };
        var job = jobs.start(
                reader, ImportWork.KIND, title, Map.of("run", String.valueOf(id), "action", action), "/imports/" + id);
        runs.started(id, state, rows, job);
    }
}
