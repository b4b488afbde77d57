package org.hemei.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import org.hemei.platform.transfer.Imports;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The housing bureau loads a sheet with a mistake in it, then the right one, and takes it back; axe looks at every page. */
class ImportJourneyTest extends Browsing {

    private static final String HEADINGS = "社区代码,小区名称,楼栋名称,单元数,层数\n";

    @Autowired
    Imports imports;

    @Autowired
    JdbcClient jdbc;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_sheet_is_checked_written_and_taken_back(boolean script) {
        var town = town();
        var side = town.near();
        var estate = side.community() + ",试和美花园" + town.city() + "-1,";
        try (var pc = visit(side.housingDesk(), Screen.DESK, script)) {
            pc.open("/imports").sees("还没有导入过").follow("楼栋").sees("有哪些列");
            upload(pc, HEADINGS + estate + "51幢,2,11\n" + estate + "52幢,2,很高\n");
            pc.sees("正在核对");
            work(pc, side.housingDesk());
            pc.sees("1 行，1 处").sees("要填整数").sees("一行也没有写入");

            pc.follow("改好再传");
            upload(pc, HEADINGS + estate + "51幢,2,11\n" + estate + "52幢,2,33\n");
            work(pc, side.housingDesk());
            pc.sees("没有错").press("写入这 2 行").sees("正在写入");
            work(pc, side.housingDesk());
            assertThat(buildings(side.garden())).isEqualTo(2);

            pc.press("撤销这次导入").sees("正在撤销");
            work(pc, side.housingDesk());
            assertThat(buildings(side.garden())).isZero();
            pc.open("/imports").sees("1 处错").sees("新建 2");
        }
    }

    private static void upload(Visit pc, String csv) {
        pc.page()
                .locator("#f-file")
                .setInputFiles(new FilePayload("楼栋.csv", "text/csv", csv.getBytes(StandardCharsets.UTF_8)));
        pc.press("上传并核对");
    }

    /** What the running system does in the background; then the page is opened again. */
    private void work(Visit pc, org.hemei.platform.Reader reader) {
        imports.worked(reader, Long.parseLong(pc.path().replaceAll(".*/", "")));
        pc.open(pc.path());
    }

    private int buildings(long estate) {
        return jdbc.sql("select count(*) from building where estate = ? and name in ('51幢', '52幢')")
                .param(estate)
                .query(Integer.class)
                .single();
    }
}
