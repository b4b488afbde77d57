package org.hemei.bench;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.hemei.outside.DemoCity;
import org.hemei.outside.RunningApplication;
import org.hemei.outside.Sql;
import org.hemei.outside.Visitor;

/**
 * S9: 100,000 dwellings from an Excel file, from the first byte handed in to the last row written: read, every cell checked,
 * looked up, written, with the images for undoing. Memory is the application's at its highest, beside that of 10,000 rows.
 */
final class Loading {

    private static final int FEW = 10_000;
    private static final int MANY = 100_000;
    private static final int IN_A_BUILDING = 50;
    private static final String[] HEADINGS = {"社区代码", "小区名称", "楼栋名称", "单元", "房屋名称", "楼层", "面积（㎡）"};

    private record Run(double seconds, double check, double peak) {}

    private final RunningApplication application;
    private final Visitor.Session session;
    private final HttpClient http = HttpClient.newHttpClient();

    Loading(RunningApplication application) throws IOException, SQLException {
        this.application = application;
        try (var visitor = new Visitor(application.port());
                var sql = application.sql()) {
            var username = sql.list("""
                            select a.username from account a join access_grant g on g.account = a.id
                            where g.role = 'HOUSING' and length(g.area) = 4 and a.username is not null order by a.id
                            """).getFirst();
            visitor.signInByPassword(username, DemoCity.PASSWORD);
            visitor.get("/imports/sheets/units");
            session = visitor.session();
        }
    }

    String measure() throws Exception {
        var few = run(FEW, "A");
        var many = run(MANY, "B");
        return Bench.line(
                "S9",
                many.seconds,
                "s",
                "rows",
                String.valueOf(MANY),
                "check_s",
                Bench.rounded(many.check),
                "rows_10k_s",
                Bench.rounded(few.seconds),
                "peak_mb",
                Bench.rounded(many.peak / 1e6),
                "peak_10k_mb",
                Bench.rounded(few.peak / 1e6),
                "growth_mb",
                String.valueOf(Math.round((many.peak - few.peak) / 1e6)));
    }

    private Run run(int rows, String mark) throws Exception {
        try (var sql = application.sql()) {
            var file = file(sql, rows, mark);
            Bench.say("S9: " + rows + " rows, " + file.length / 1000 + " KB");
            var peak = new AtomicLong();
            var going = new AtomicBoolean(true);
            var watch = Thread.ofVirtual().start(() -> watch(going, peak));
            var start = System.nanoTime();
            var id = upload(file);
            await(sql, id, "ready");
            var checked = System.nanoTime();
            post(
                    "/imports/" + id + "/apply",
                    "application/x-www-form-urlencoded",
                    ("_csrf=" + session.token()).getBytes(StandardCharsets.UTF_8));
            await(sql, id, "applied");
            var end = System.nanoTime();
            going.set(false);
            watch.join();
            var there = sql.number("select creates from import_run where id = " + id);
            if (there != rows) {
                throw new IllegalStateException(there + " rows were made of " + rows);
            }
            return new Run((end - start) / 1e9, (checked - start) / 1e9, peak.get());
        }
    }

    private void watch(AtomicBoolean going, AtomicLong peak) {
        try {
            while (going.get()) {
                peak.accumulateAndGet(application.applicationMemory(), Math::max);
                Thread.sleep(200);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(Sql sql, String id, String state) throws SQLException, InterruptedException {
        while (true) {
            var now = sql.list(
                            "select r.state || ' ' || j.state from import_run r join job_run j on j.id = r.job where r.id = "
                                    + id)
                    .getFirst();
            if (now.startsWith(state)) {
                return;
            }
            if (now.startsWith("wrong") || now.endsWith("failed")) {
                throw new IllegalStateException("import " + id + " is " + now);
            }
            Thread.sleep(50);
        }
    }

    private String upload(byte[] file) throws IOException, InterruptedException {
        var edge = "edge" + UUID.randomUUID();
        var body = new ByteArrayOutputStream();
        for (var field : List.of(
                List.of("_csrf", session.token()),
                List.of("_once", UUID.randomUUID().toString()))) {
            body.writeBytes(("--" + edge + "\r\nContent-Disposition: form-data; name=\"" + field.getFirst()
                            + "\"\r\n\r\n" + field.getLast() + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        body.writeBytes(("--" + edge + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"units.xlsx\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(file);
        body.writeBytes(("\r\n--" + edge + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return post("/imports/sheets/units", "multipart/form-data; boundary=" + edge, body.toByteArray())
                .replaceAll(".*/", "");
    }

    private String post(String path, String type, byte[] body) throws IOException, InterruptedException {
        var answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + application.port() + path))
                        .header("Cookie", session.cookie())
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 303) {
            throw new IOException(path + " was answered with " + answer.statusCode() + "\n" + answer.body());
        }
        return answer.headers().firstValue("Location").orElseThrow();
    }

    /** As a spreadsheet program writes it, texts in the cells themselves. */
    private static byte[] file(Sql sql, int rows, String mark) throws IOException, SQLException {
        var buildings = sql.rows("""
                select e.community, e.name, b.name from building b join estate e on e.id = b.estate order by b.id limit
                """ + rows / IN_A_BUILDING);
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            part(zip, "[Content_Types].xml", """
                    <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>""");
            part(zip, "_rels/.rels", """
                    <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            part(zip, "xl/workbook.xml", """
                    <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="units" sheetId="1" r:id="rId1"/></sheets></workbook>""");
            part(zip, "xl/_rels/workbook.xml.rels", """
                    <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""");
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            var text = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8));
            text.write(
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
            row(text, 1, (Object[]) HEADINGS);
            for (var n = 0; n < rows; n++) {
                var building = buildings.get(n / IN_A_BUILDING);
                row(
                        text,
                        n + 2,
                        building.get(0),
                        building.get(1),
                        building.get(2),
                        1,
                        mark + (n % IN_A_BUILDING + 1),
                        n % 30 + 1,
                        60 + n % 90);
            }
            text.write("</sheetData></worksheet>");
            text.flush();
        }
        return out.toByteArray();
    }

    private static void part(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + text).getBytes(StandardCharsets.UTF_8));
    }

    private static void row(BufferedWriter text, int line, Object... cells) throws IOException {
        text.write("<row r=\"" + line + "\">");
        for (var n = 0; n < cells.length; n++) {
            var at = (char) ('A' + n) + String.valueOf(line);
            text.write(
                    cells[n] instanceof Number
                            ? "<c r=\"" + at + "\"><v>" + cells[n] + "</v></c>"
                            : "<c r=\"" + at + "\" t=\"inlineStr\"><is><t>" + cells[n] + "</t></is></c>");
        }
        text.write("</row>");
    }
}
