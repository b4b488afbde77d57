package org.hemei.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.FilePayload;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** City and district find where the mechanism does not run, and give tasks; the community does them, with evidence. */
class OversightJourneyTest extends Browsing {

    private static byte[] png() throws IOException {
        try (var out = new ByteArrayOutputStream()) {
            ImageIO.write(new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB), "png", out);
            return out.toByteArray();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void from_the_card_down_to_a_task_and_back_with_evidence(boolean script) throws IOException {
        var town = town();
        var near = town.near();
        try (var city = visit(town.cityDesk(), Screen.DESK, script)) {
            city.open("/mechanism").sees("社区有 1—2 人专管物业").sees("截至");
            city.open("/mechanism/staffing?area=" + town.city());
            city.press("重新算").sees("重新算过了").sees("0 / 2");
            city.follow("试区" + town.city() + "-1").sees("0 / 1");
            city.follow("试街道" + town.city() + "-1").follow("试社区" + town.city() + "-1");
            city.sees("没有物业专员").sees("怎么算").sees("在每个社区配备1—2人从事物业管理工作");
        }
        try (var district = visit(near.districtDesk(), Screen.DESK, script)) {
            district.open("/mechanism/staffing");
            district.page().locator("input[name=key]").first().check();
            district.press("给选中的建任务").sees("给 1 个建任务").choose("社区");
            district.page().locator("#f-days").fill("99");
            district.expecting(422).press("建 1 件任务").sees("1 到 60").expecting(200);
            district.page().locator("#f-days").fill("5");
            district.page().locator("input[name=evidence]").check();
            district.press("建 1 件任务").sees("任务建好了").sees("没有物业专员");
        }
        try (var desk = visit(near.communityDesk(), script ? Screen.DESK : Screen.PHONE, script)) {
            desk.open("/tasks").sees("1 件").follow("没有物业专员").sees("报结果要附照片或文件");
            desk.write("办了什么", "配了一个人，已经到岗")
                    .expecting(422)
                    .press("报结果")
                    .sees("这件事要附证据")
                    .expecting(200);
            desk.page().setInputFiles("input[name=files]", new FilePayload("任命.png", "image/png", png()));
            if (script) {
                desk.page().locator(".thumbs img").first().waitFor();
            }
            desk.press("报结果").sees("办了，等确认").sees("已经到岗");
        }
        try (var district = visit(near.districtDesk(), Screen.DESK, script)) {
            district.open("/tasks?box=given&state=done").follow("没有物业专员").sees("证据");
            assertThat(district.page().locator(".thumbs img").count()).isEqualTo(1);
            district.press("确认办结").sees("办结");
        }
    }

    @Test
    void heat_map_totals_basis_and_thresholds_stand_on_every_screen() {
        var town = town();
        for (var screen : new Screen[] {Screen.DESK, Screen.PHONE}) {
            try (var visit = visit(town.near().organisationDesk(), screen, true)) {
                visit.open("/mechanism")
                        .open("/mechanism/map?rule=estate-holder")
                        .sees("达标");
                visit.open("/mechanism/figures")
                        .sees("物业企业")
                        .open("/mechanism/basis")
                        .sees("原文");
                visit.open("/mechanism/estate-branch").sees("没有党支部的小区");
                visit.open("/mechanism/estate-branch?on=2026-01-01").sees("那天的记录现算");
                visit.open("/mechanism/estate-branch/thresholds")
                        .write("定多少", "60")
                        .write("依据", "试行办法");
                visit.page().locator("#f-since").fill(screen == Screen.DESK ? "2199-01-01" : "2199-02-01");
                visit.press("定新标准").sees("改好了").sees("试行办法").sees("2199年");
            }
        }
    }
}
