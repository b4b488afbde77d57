package org.hemei.workorder.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.hemei.platform.Command;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.util.HtmlUtils;

/** A company's figures on its two pages: from the roll-ups, and each leading to a list of as many for whoever may read it. */
@HemeiTest
class CompanyCountsTest {

    private static final Pattern FIGURE =
            Pattern.compile("<a class=\"link(?: red)?\" href=\"(/orders\\?[^\"]*)\">([\\d,]+)</a>");

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    List<Command> commands;

    Town town;
    Town.Side near;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
        orders.at(Stage.CLOSED, near, near.resident(), "楼道灯不亮了");
        orders.at(Stage.WORKING, near, near.resident(), "电梯里按钮失灵");
        orders.at(Stage.RESOLVED, near, near.resident(), "单元门关不上");
        commands.stream()
                .filter(command -> command.name().equals("rebuild-rollups"))
                .findFirst()
                .orElseThrow()
                .run(List.of(), new PrintStream(OutputStream.nullOutputStream()));
    }

    private String page(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    @Test
    void everyFigureOfTheStaffPageOpensAListOfAsMany() throws Exception {
        var page = page(near.communityDesk(), "/companies/" + near.company());
        assertThat(page).contains("今年的工单", "响应率", "解决率", "满意率", "100.0%");
        var figures = FIGURE.matcher(page);
        var seen = 0;
        while (figures.find()) {
            var list = page(near.communityDesk(), HtmlUtils.htmlUnescape(figures.group(1)));
            assertThat(list).as(figures.group(1)).contains("筛出 " + figures.group(2) + " 件");
            seen++;
        }
        // filed, open and done of the one project
        assertThat(seen).isEqualTo(3);
    }

    @Test
    void whoeverReadsNoOrdersSeesTheFiguresWithoutLists() throws Exception {
        var page = page(near.housingDesk(), "/companies/" + near.company());
        assertThat(page).contains("今年的工单", "满意率").doesNotContain("/orders?holder=");
        // of another street: nothing of its orders is theirs to read
        assertThat(page(town.far().communityDesk(), "/companies/" + near.company()))
                .doesNotContain("/orders?fact=", "100.0%");
    }

    @Test
    void everybodyReadsThePublicPageAndOnlyWhoMayReadAllGetsTheLists() throws Exception {
        var path = "/companies/" + near.company() + "/public";
        var visitor = mvc.perform(get(path)).andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8);
        assertThat(visitor).contains("今年办事", "按时联系", "居民说解决了", "不到 5 份评价，先不公布").doesNotContain("/orders?", "1 / 1");
        assertThat(page(town.cityDesk(), path)).contains("/orders?holder=" + near.company());
        assertThat(page(near.manager(), path)).contains("/orders?holder=" + near.company());
        assertThat(page(town.far().districtDesk(), path)).doesNotContain("/orders?");
    }
}
