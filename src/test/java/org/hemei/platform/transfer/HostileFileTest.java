package org.hemei.platform.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.platform.transfer.Files.book;
import static org.hemei.platform.transfer.Files.changed;
import static org.hemei.platform.transfer.Files.excel;
import static org.hemei.platform.transfer.Files.fill;
import static org.hemei.platform.transfer.Files.row;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.VisibilityState;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Files that nobody vouches for: refused by name before anything is kept, or read as what they are. */
@HemeiTest
class HostileFileTest {

    private static final Object[] ESTATES = row("社区代码", "小区名称", "类型", "户数", "楼栋数", "建成年份");
    private static final String SHEET = "xl/worksheets/sheet1.xml";

    @Autowired
    MockMvc mvc;

    @Autowired
    Imports imports;

    @Autowired
    Towns towns;

    @Autowired
    JdbcClient jdbc;

    Town town;

    @BeforeEach
    void build() {
        town = towns.make();
    }

    private Object[] estate(Object name) {
        return row(town.near().community(), name, "老旧", 100, 3, 2001);
    }

    /** What the page says about a file that is not read. */
    private String refused(String name, byte[] file) throws Exception {
        var before =
                jdbc.sql("select count(*) from import_run").query(Long.class).single();
        var answer = imports.upload(mvc, town.near().housingDesk(), "estates", name, file);
        assertThat(answer.getStatus()).isEqualTo(422);
        assertThat(jdbc.sql("select count(*) from import_run").query(Long.class).single())
                .isEqualTo(before);
        return answer.getContentAsString();
    }

    private ImportRun read(String name, byte[] file) throws Exception {
        return imports.checked(mvc, town.near().housingDesk(), "estates", name, file);
    }

    @Test
    void no_spreadsheet_at_all() throws Exception {
        assertThat(refused("a.xlsx", new byte[0])).contains("请选一个 .xlsx 或 .csv 文件");
        assertThat(refused("a.xlsx", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0}))
                .contains("这不是表格文件");
        assertThat(refused("a.xls", new byte[] {
                    (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1, 0, 0
                }))
                .contains("旧版 .xls");
        assertThat(refused("a.xlsx", excel(ESTATES))).contains("只有列名");
        assertThat(refused("a.xlsx", excel(row("甲", "乙")))).contains("不是“小区”表的列名");
        var half = excel(ESTATES, estate("园"));
        assertThat(refused("a.xlsx", java.util.Arrays.copyOf(half, half.length / 2)))
                .contains("文件坏了");
        assertThat(refused("a.xlsx", zip("readme.txt", 10))).contains("不是 Excel");
    }

    @Test
    void zip_bombs() throws Exception {
        var bomb = changed(excel(ESTATES, estate("园")), Map.of("xl/styles.xml", text -> " ".repeat(20 << 20)));
        assertThat(refused("a.xlsx", bomb)).contains("解开后太大");
        assertThat(refused(
                        "a.xlsx",
                        changed(excel(ESTATES, estate("园")), Map.of("xl/media/x.bin", text -> "0".repeat(30 << 20)))))
                .contains("解开后太大");
        var many = new java.util.HashMap<String, UnaryOperator<String>>();
        IntStream.range(0, 600).forEach(n -> many.put("xl/media/" + n, text -> "x"));
        assertThat(refused("a.xlsx", changed(excel(ESTATES, estate("园")), many)))
                .contains("解开后太大");
    }

    @Test
    void xml_bombs_and_addresses_past_the_end() throws Exception {
        var doctype = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"" + "x".repeat(50) + "\">]>";
        assertThat(refused(
                        "a.xlsx",
                        changed(
                                excel(ESTATES, estate("园")),
                                Map.of(SHEET, text -> text.replaceFirst("<\\?xml[^>]*>", doctype)))))
                .contains("不该有的 XML 声明");
        assertThat(refused(
                        "a.xlsx",
                        changed(
                                excel(ESTATES, estate("园")),
                                Map.of(SHEET, text -> text.replace("r=\"A2\"", "r=\"ZZZZZZ2\"")))))
                .contains("文件坏了");
        assertThat(refused(
                        "a.xlsx",
                        changed(
                                excel(ESTATES, estate("园")),
                                Map.of(SHEET, text -> text.replaceAll("<v>\\d+</v>", "<v>99999999</v>")))))
                .as("a text past the end of the list, for which a reader that trusts the number fills its memory")
                .contains("文件坏了");
        assertThat(refused(
                        "a.xlsx",
                        changed(
                                excel(ESTATES, estate("园")),
                                Map.of(SHEET, text -> text.replaceAll("<sheetData>.*", "<sheetData><row r=\"1\"><c")))))
                .contains("文件坏了");
    }

    @Test
    void two_hundred_columns() throws Exception {
        var wide = new ArrayList<Object>(List.of(ESTATES));
        IntStream.range(0, 200).forEach(n -> wide.add("列" + n));
        assertThat(refused("a.xlsx", excel(wide.toArray(), estate("园")))).contains("有 206 列，太多了");
        assertThat(refused("a.xlsx", excel(row("社区代码", "小区名称", "类型", "户数", "楼栋数", "备注", "户数"), estate("园"))))
                .contains("“户数”这一列有两个");
        assertThat(refused("a.xlsx", excel(row("社区代码", "小区名称", "类型", "备注"), estate("园"))))
                .contains("少了这些列：户数、楼栋数", "D 列“备注”");
        var run = read("a.xlsx", excel(ESTATES, row(town.near().community(), "园", "老旧", 1, 1, 2001, null, "在外面")));
        assertThat(imports.wrong(run)).isEqualTo("H2 这一列没有列名。请删掉，或在第一行写上列名。");
    }

    @Test
    void merged_cells_hidden_sheets_formulas() throws Exception {
        assertThat(refused("a.xlsx", book(book -> {
                    var sheet = book.newWorksheet("表");
                    fill(sheet, ESTATES, estate("园"), estate("园二"));
                    sheet.range(1, 0, 2, 0).merge();
                })))
                .contains("合并的单元格：A2:A3");
        var usual = book(book -> {
            var sheet = book.newWorksheet("表");
            fill(sheet, ESTATES, estate("园"), estate("园二"));
            sheet.range(1, 0, 2, 0).merge();
        });
        assertThat(refused("a.xlsx", renamed(usual)))
                .as("the part of the sheet has another number")
                .contains("合并的单元格：A2:A3");
        var hidden = read("a.xlsx", book(book -> {
            var secret = book.newWorksheet("藏着");
            fill(secret, row("社区代码"), row("x"));
            secret.setVisibilityState(VisibilityState.HIDDEN);
            fill(book.newWorksheet("表"), ESTATES, estate("园"));
        }));
        assertThat(hidden.state()).isEqualTo("ready");
        assertThat(hidden.notes()).contains("隐藏的工作表“藏着”没有读。");
        var formula = read("a.xlsx", book(book -> {
            var sheet = book.newWorksheet("表");
            fill(sheet, ESTATES, estate("园"));
            sheet.formula(1, 1, "HYPERLINK(\"http://x\",A1)");
        }));
        assertThat(imports.wrong(formula)).startsWith("B2 这一格是公式");
        var csv = read(
                "a.csv",
                ("社区代码,小区名称,类型,户数,楼栋数\n" + town.near().community() + ",=cmd|' /C calc'!A0,老旧,1,1\n")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(imports.wrong(csv)).startsWith("B2 这一格是公式");
    }

    /** As some programs write it, which keep the names of parts when sheets are taken out. */
    private static byte[] renamed(byte[] xlsx) throws IOException {
        var file = Files.createTempFile("renamed", ".xlsx");
        Files.write(file, xlsx);
        var out = new ByteArrayOutputStream();
        try (var in = new ZipFile(file.toFile());
                var zip = new ZipOutputStream(out)) {
            for (var entry : Collections.list(in.entries())) {
                var bytes = in.getInputStream(entry).readAllBytes();
                var named = entry.getName().endsWith(".rels") || entry.getName().equals("[Content_Types].xml");
                zip.putNextEntry(new ZipEntry(entry.getName().replace("sheet1.xml", "sheet7.xml")));
                zip.write(
                        named
                                ? new String(bytes, StandardCharsets.UTF_8)
                                        .replace("sheet1.xml", "sheet7.xml")
                                        .getBytes(StandardCharsets.UTF_8)
                                : bytes);
            }
        } finally {
            Files.delete(file);
        }
        return out.toByteArray();
    }

    @Test
    void encodings() throws Exception {
        var text = "社区代码,小区名称,类型,户数,楼栋数\r\n" + town.near().community() + ",\"镕基，\"\"喆\"\"园\",老旧,1,1\r\n";
        var gb = Charset.forName("GB18030");
        assertThat(name(read("a.csv", text.getBytes(StandardCharsets.UTF_8)))).isEqualTo("镕基，\"喆\"园");
        assertThat(name(read("a.csv", ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("镕基，\"喆\"园");
        var run = read("a.csv", text.getBytes(gb));
        assertThat(name(run)).isEqualTo("镕基，\"喆\"园");
        assertThat(run.notes()).containsExactly("文字编码认出来是 GB18030（国标码）。");
        assertThat(name(read("a.txt", ("\uFEFF" + text.replace(',', '\t')).getBytes(StandardCharsets.UTF_16LE))))
                .isEqualTo("镕基，\"喆\"园");
        assertThat(refused("a.csv", mixed(text.getBytes(gb), text.getBytes(StandardCharsets.UTF_8))))
                .contains("认不出来");
        assertThat(refused("a.csv", ("社区代码,小区名称,类型,户数,楼栋数\n\"" + "x".repeat(200_000)).getBytes(StandardCharsets.UTF_8)))
                .contains("引号没有配对");
    }

    private static byte[] mixed(byte[] a, byte[] b) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(a);
        out.writeBytes(b);
        out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xFF, '\n'});
        return out.toByteArray();
    }

    private String name(ImportRun run) {
        assertThat(imports.wrong(run)).isEmpty();
        return jdbc.sql("select cells[2] from import_row where run = ?")
                .param(run.id())
                .query(String.class)
                .single();
    }

    @Test
    void numbers_days_and_texts_in_each_others_clothes() {
        var cells = new Cells(null, false);
        var day = Column.day("day", "日");
        for (var written : List.of(
                "2026-3-1", "2026/03/01", "2026.3.1", "2026年3月1日", "20260301", "２０２６－０３－０１", "2026-03-01 00:00:00")) {
            assertThat(cells.read(day, Raw.text(written)).value()).as(written).isEqualTo("2026-03-01");
        }
        var serial = String.valueOf(LocalDate.of(2026, 3, 1).toEpochDay()
                - LocalDate.of(1899, 12, 30).toEpochDay());
        assertThat(cells.read(day, new Raw(Raw.Kind.NUMBER, serial)).value()).isEqualTo("2026-03-01");
        assertThat(new Cells(null, true)
                        .read(day, new Raw(Raw.Kind.NUMBER, "44620"))
                        .value())
                .isEqualTo("2026-03-01");
        for (var wrong : List.of("2026-02-30", "26-3-1", "3月1日", "明天", "99999999")) {
            assertThat(cells.read(day, Raw.text(wrong)).wrong()).as(wrong).isNotNull();
        }
        var whole = Column.whole("n", "数", 1, 5000);
        assertThat(cells.read(whole, Raw.text("　1,200 ")).value()).isEqualTo("1200");
        assertThat(cells.read(whole, new Raw(Raw.Kind.NUMBER, "12.0")).value()).isEqualTo("12");
        assertThat(cells.read(whole, Raw.text("1e3")).wrong()).isNotNull();
        var code = Column.code("c", "代码", "\\d{12}");
        assertThat(cells.read(code, new Raw(Raw.Kind.NUMBER, "340104001001.0")).value())
                .isEqualTo("340104001001");
        assertThat(cells.read(Column.text("t", "名", 40), Raw.text("'-3号楼")).value())
                .isEqualTo("-3号楼");
        assertThat(cells.read(Column.text("t", "名", 4), Raw.text("a\u202Eb")).wrong())
                .contains("看不见");
    }

    private static byte[] zip(String name, int length) throws Exception {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(new byte[length]);
        }
        return out.toByteArray();
    }
}
