package org.hemei.workorder.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.hamcrest.Matchers;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.measure.Part;
import org.hemei.workorder.measure.Rate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** A month is frozen once, says what was counted, cannot be altered unseen, and is corrected by another version only. */
@HemeiTest
class ReportsTest {

    @Autowired
    private Towns towns;

    @Autowired
    private ReportThings things;

    @Autowired
    private ReportDesk desk;

    @Autowired
    private Reports reports;

    @Autowired
    private Verification verification;

    @Autowired
    private ReportTick tick;

    @Autowired
    private MovableClock clock;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvc mvc;

    private Town town;

    @BeforeEach
    void build() {
        town = towns.make();
    }

    @AfterEach
    void putBack() {
        clock.reset();
    }

    private Report find(long id) {
        return reports.find(id).orElseThrow();
    }

    private byte[] get200(String path) throws Exception {
        return mvc.perform(get(path))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
    }

    @Test
    void a_report_says_what_was_counted_and_is_sound() throws Exception {
        var report = find(things.report(town));
        var tallies = report.said().tallies();
        assertThat(tallies.orders()).isEqualTo(2);
        assertThat(tallies.of(Rate.RESPONSE).numerator()).isEqualTo(2);
        assertThat(tallies.of(Rate.RESOLUTION).denominator()).isEqualTo(1);
        assertThat(tallies.of(Rate.RESOLUTION).of(Part.NOT_YET)).isEqualTo(1);
        assertThat(report.said().below())
                .singleElement()
                .satisfies(row -> assertThat(row.tallies()).isEqualTo(tallies));
        assertThat(report.said().categories())
                .singleElement()
                .satisfies(row -> assertThat(row.tallies()).isEqualTo(tallies));
        assertThat(verification.of(report).sound()).isTrue();
        // anybody can compute it with a tool of their own
        var text = get200(report.path() + ".json");
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text)))
                .isEqualTo(report.sha256());
        // the words of nobody are in it
        assertThat(new String(text, StandardCharsets.UTF_8)).doesNotContain("路灯");
        mvc.perform(get(report.path() + "/verify")).andExpect(content().string(Matchers.containsString("没有改过")));
    }

    @Test
    void the_digest_of_the_cases_is_over_their_numbers() throws Exception {
        var report = find(things.report(town));
        var numbers = jdbc.sql(
                        "select string_agg(district || '-' || id, ',' order by district, id) from work_order where district = ?")
                .param(town.near().district())
                .query(String.class)
                .single();
        var digest = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(numbers.getBytes(StandardCharsets.UTF_8)));
        assertThat(report.said().rates().get("response").get("in_time").cases()).isEqualTo(digest);
    }

    @Test
    void what_happens_later_is_told_but_is_no_break_and_a_correction_is_another_version() throws Exception {
        var id = things.report(town);
        var result = verification.of(find(id));
        assertThat(result.sound()).isTrue();
        assertThat(result.drifts())
                .extracting(drift -> drift.rate() + " " + drift.part() + " " + drift.then() + "→" + drift.now())
                .contains("RESOLUTION SOLVED 1→2", "SATISFACTION NOT_YET 1→0");
        var districtDesk = town.near().districtDesk();
        for (var not : List.of(town.near().streetDesk(), town.far().districtDesk(), Reader.VISITOR)) {
            assertThatThrownBy(() -> desk.correct(not, id, "又有评价")).isInstanceOf(Refusal.class);
        }
        assertThatThrownBy(() -> desk.correct(districtDesk, id, " ")).hasMessageContaining("为什么");
        var next = desk.correct(districtDesk, id, "又来了一份评价");
        // as years later, when some of its orders lie in the archive and some do not yet: the figures are the same
        assertThat(jdbc.sql("select archive.move(?, timestamptz '2200-01-01', 1)")
                        .param(town.near().district())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThat(verification.of(find(next)).drifts()).isEmpty();
        assertThat(find(next).version()).isEqualTo(2);
        assertThat(find(next).said().tallies().of(Rate.RESOLUTION).denominator())
                .isEqualTo(2);
        assertThat(find(id).said().tallies().of(Rate.RESOLUTION).denominator())
                .as("the old one stays")
                .isEqualTo(1);
        assertThat(verification.of(find(next)).sound()).isTrue();
        assertThatThrownBy(() -> desk.correct(districtDesk, id, "再来")).hasMessageContaining("第 2 版");
        assertThatThrownBy(() -> desk.correct(districtDesk, next, "再来")).hasMessageContaining("一个数都没有变");
        mvc.perform(get(find(id).path())).andExpect(content().string(Matchers.containsString("看第 2 版")));
    }

    @Test
    void altered_on_purpose_is_found_whatever_was_altered() throws Exception {
        var id = things.report(town);
        var sound = find(id);
        var better = sound.content().replace("\"not_yet\":{", "\"not_yeT\":{").replace("\"count\":2", "\"count\":9");
        assertThat(better).isNotEqualTo(sound.content());
        // the figures
        jdbc.sql("update rate_report set content = ? where id = ?")
                .params(sound.content().replace("\"count\":2", "\"count\":9"), id)
                .update();
        assertThat(verification.of(find(id)).sound()).isFalse();
        mvc.perform(get(sound.path() + "/verify")).andExpect(content().string(Matchers.containsString("对不上")));
        // the figures and the digests beside them: the audit log still knows
        var digests = Digests.of(find(id).content());
        jdbc.sql("update rate_report set sha256 = ?, sm3 = ? where id = ?")
                .params(digests.sha256(), digests.sm3(), id)
                .update();
        assertThat(verification.of(find(id)).lines().stream()
                        .filter(line -> !line.holds())
                        .map(Verification.Line::what))
                .containsExactly("审计记录里的摘要");
        // the row it is found under
        jdbc.sql("update rate_report set content = ?, sha256 = ?, sm3 = ?, name = '别的区' where id = ?")
                .params(sound.content(), sound.sha256(), sound.sm3(), id)
                .update();
        assertThat(verification.of(find(id)).sound()).isFalse();
        // a text that is no report at all
        jdbc.sql("update rate_report set content = '{', name = ? where id = ?")
                .params(sound.subject().name(), id)
                .update();
        assertThat(verification.of(find(id)).sound()).isFalse();
        mvc.perform(get(sound.path() + "/verify")).andExpect(content().string(Matchers.containsString("对不上")));
        mvc.perform(get(sound.path())).andExpect(content().string(Matchers.containsString("读不出来")));
        mvc.perform(get("/reports").param("area", sound.subject().area()))
                .andExpect(content().string(Matchers.containsString("文字被改坏了，去核对")));
    }

    @Test
    void made_once_for_each_closed_month_and_no_month_is_skipped() {
        things.lastMonth(town.near(), Stage.CLOSED);
        var district = String.valueOf(town.near().district());
        var first = things.month();
        assertThat(desk.produce(Level.DISTRICT, first, district)).isEqualTo(1);
        assertThat(desk.produce(Level.DISTRICT, first, district))
                .as("there already")
                .isZero();
        assertThat(desk.produce(Level.STREET, first, district)).isEqualTo(1);
        assertThat(desk.produce(Level.COMPANY, first, district)).isEqualTo(1);
        // paged by key: each once, months before levels before areas, whatever the size of a page
        var wanted = ReportPages.wanted(java.util.Map.of("area", district));
        var whole = reports.list(wanted, 0, 100).stream().map(Report::id).toList();
        assertThat(whole).hasSizeGreaterThan(2);
        var paged = new java.util.ArrayList<Long>();
        for (var page = reports.list(wanted, 0, 2); !page.isEmpty(); page = reports.list(wanted, paged.getLast(), 2)) {
            page.forEach(report -> paged.add(report.id()));
        }
        assertThat(paged).isEqualTo(whole);
        // three months off: on the next run all of them are made up for
        jdbc.sql("delete from installation where name = ?")
                .param(ReportDesk.FROM)
                .update();
        desk.from(first);
        clock.set(CivilTime.startOf(first.plusMonths(4).atDay(20)));
        tick.makeUp(town.city());
        assertThat(months(district))
                .containsExactly(first, first.plusMonths(1), first.plusMonths(2), first.plusMonths(3));
        // on the day before it is due, last month is not closed for the report
        clock.set(CivilTime.startOf(first.plusMonths(5).atDay(15)).minusSeconds(1));
        tick.makeUp(town.city());
        assertThat(months(district)).hasSize(4);
        clock.advance(Duration.ofSeconds(2));
        tick.makeUp(town.city());
        assertThat(months(district)).hasSize(5);
        jdbc.sql("delete from installation where name = ?")
                .param(ReportDesk.FROM)
                .update();
    }

    private List<YearMonth> months(String area) {
        return jdbc.sql("select month from rate_report where area = ? and company is null order by month")
                .param(area)
                .query((r, n) -> YearMonth.from(r.getObject("month", java.time.LocalDate.class)))
                .list();
    }

    @Test
    void the_paper_reads_as_the_page() throws Exception {
        var report = find(things.report(town));
        var bytes = get200(report.path() + ".pdf");
        Files.createDirectories(Path.of("target/papers"));
        Files.write(Path.of("target/papers/report.pdf"), bytes);
        try (var document = Loader.loadPDF(bytes)) {
            var text = new PDFTextStripper().getText(document).replaceAll("\\s", "");
            assertThat(text)
                    .contains(
                            report.title().replaceAll("\\s", ""),
                            report.number(),
                            report.sha256().substring(0, 32),
                            "响应率　按时联系",
                            "100.0%2/2次应有的联系",
                            "还没到时候",
                            "第1页，共")
                    .doesNotContain("#", "示例数据");
            assertThat(document.getPage(0).getMediaBox().getWidth()).isBetween(595f, 596f);
            for (var name : document.getPage(0).getResources().getFontNames()) {
                var font = document.getPage(0).getResources().getFont(name);
                assertThat(font.isEmbedded()).as(font.getName()).isTrue();
            }
            assertThat(bytes.length).as("only the signs used are in it").isLessThan(300_000);
        }
    }

    @Test
    void the_sheet_reads_as_the_page() throws Exception {
        var report = find(things.report(town));
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(get200(report.path() + ".xlsx")))) {
            var rows = book.getFirstSheet().read();
            assertThat(rows.get(1).getCellText(0)).isEqualTo(report.subject().name());
            assertThat(rows.get(1).getCellText(2)).isEqualTo("2");
            assertThat(rows.get(0).getCellText(3)).isEqualTo("响应率（%）");
            assertThat(rows.get(1).getCellText(3)).isEqualTo("100.0");
            assertThat(rows.getLast().getCellText(0)).contains(report.sha256());
        }
    }

    @Test
    void published_for_everybody_with_cases_for_those_whose_they_are() throws Exception {
        var report = find(things.report(town));
        mvc.perform(get(report.path()))
                .andExpect(status().isOk())
                .andExpect(content().string(Matchers.not(Matchers.containsString("/rates/cases"))));
        mvc.perform(get(report.path()).with(as(town.near().districtDesk())))
                .andExpect(content().string(Matchers.containsString("/rates/cases")))
                .andExpect(content().string(Matchers.containsString("出新版")));
        mvc.perform(get(report.path()).with(as(town.far().districtDesk())))
                .andExpect(content().string(Matchers.not(Matchers.containsString("/rates/cases"))))
                .andExpect(content().string(Matchers.not(Matchers.containsString("出新版"))));
        mvc.perform(get("/reports").param("area", String.valueOf(town.near().district())))
                .andExpect(content().string(Matchers.containsString(report.path())));
    }
}
