package org.hemei.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.registry.body.Network;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The organisation department at its desk: founds a branch, opens the tree, moves a group, merges two branches, prints. */
class OrganisationJourneyTest extends Browsing {

    @Autowired
    private JdbcClient jdbc;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void founds_moves_merges_and_prints(boolean script) {
        var town = town();
        var network = new Network(jdbc, town);
        var side = town.near();
        var committee = network.committee();
        var group = network.group("试一组");
        var office = towns.account(Role.ORGANISATION, town.city(), null, null, null);
        try (var desk = visit(office, Screen.DESK, script)) {
            desk.open("/bodies").sees("组织名册").follow("成立组织").follow("小区党支部");
            desk.follow("试区" + town.city() + "-1")
                    .follow("试街道")
                    .follow("试社区")
                    .sees("已有")
                    .follow("试老院子");
            desk.sees("归社区党委管")
                    .expecting(422)
                    .press("成立")
                    .sees("请填名称")
                    .sees("请写依据")
                    .expecting(200);
            desk.write("名称", "试老院子支部委员会")
                    .write("从哪一天起", "2026-03-01")
                    .write("依据", "街道批复")
                    .press("成立");
            desk.sees("成立了").sees("2026年3月1日起 成立");
            var founded = desk.path().replaceAll("\\D+(\\d+).*", "$1");

            desk.open("/bodies/" + group).follow("换上级");
            desk.page().locator("select[name=parent]").selectOption(founded);
            desk.write("从哪一天起", "2026-04-01")
                    .write("依据", "支部会议")
                    .press("换上级")
                    .sees("上级换好了")
                    .sees("试老院子支部委员会");
            desk.open("/bodies/" + group + "?on=2026-03-15")
                    .sees("这是2026年3月15日的情况")
                    .sees("试小区党支部");

            desk.open("/bodies/" + founded).follow("合并").sees("1 个下级");
            desk.page().locator("select[name=into]").selectOption(String.valueOf(network.branch()));
            desk.write("从哪一天起", "2026-05-01")
                    .write("依据", "社区党委会议")
                    .press("合并")
                    .sees("合并好了")
                    .sees("并入");
            desk.open("/bodies/chart").sees("选一个");
            desk.open("/bodies/chart?root=" + committee).sees("试一组").sees("组织图");
            desk.open("/bodies/chart?root=" + committee + "&on=2026-04-15").sees("试老院子支部委员会");
            openTree(desk, script, side.street(), side.community());
            if (script) {
                prints(desk, "/bodies/tree?at=" + side.community(), "试社区党委" + side.community());
                prints(desk, "/bodies/chart?root=" + committee, "试一组");
            }
        }
    }

    /** What is not right on the sheet: what only guides on a screen, a branch that stays closed, what reaches over the edge or is cut. */
    private static final String WRONG_ON_PAPER = """
            () => {
                const wrong = [], shown = (e) => e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true});
                document.querySelectorAll('.side, .tabbar, .skip, .btn, .tree-go, form').forEach(
                    (e) => shown(e) && wrong.push('not for paper: ' + e.className));
                document.querySelectorAll('.tree-ul li, .tree-leaf, .oc li').forEach(
                    (e) => shown(e) || wrong.push('not there: ' + e.textContent.trim().slice(0, 40)));
                document.querySelectorAll('.tree-ul *, .oc *').forEach((e) => {
                    if (getComputedStyle(e).overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1) {
                        wrong.push('cut: ' + e.textContent.trim().slice(0, 40));
                    }
                });
                const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
                return over > 0 ? [...wrong, 'wider than the sheet by ' + over] : wrong;
            }
            """;

    /** On A4 across, with its margins; every branch that was read is on it, closed or not. */
    private static void prints(Visit desk, String path, String low) {
        desk.open(path).sees(low);
        var page = desk.page();
        page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = false; })");
        var before = page.viewportSize();
        page.setViewportSize(1047, 718);
        assertThat((List<?>) page.evaluate(WRONG_ON_PAPER)).as("on a screen").isNotEmpty();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat((List<?>) page.evaluate(WRONG_ON_PAPER)).as(path).isEmpty();
        assertThat(page.getByText(low).first().isVisible()).as(low).isTrue();
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
        page.setViewportSize(before.width, before.height);
    }

    private static void openTree(Visit desk, boolean script, String street, String community) {
        if (script) {
            desk.open("/bodies/tree?at=" + street);
            desk.page()
                    .locator("summary", new Page.LocatorOptions().setHasText("试社区"))
                    .click();
            desk.page().getByText("试社区党委" + community).first().waitFor();
            desk.look();
        }
        desk.open("/bodies/tree?at=" + community).sees("试社区党委" + community);
    }
}
