package org.hemei.browser;

import java.time.Instant;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.CreditCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The housing bureau registers a company and files its contract; a street keeps its estates; axe looks at every page. */
class CompanyJourneyTest extends Browsing {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_housing_bureau_registers_a_company_and_signs_for_an_estate(boolean script) {
        var town = town();
        var side = town.near();
        var today = CivilTime.date(Instant.now());
        var name = "新和物业" + side.district() + "有限公司";
        var code = CreditCode.complete("94" + side.district() + "MA0000007").value();
        try (var pc = visit(side.housingDesk(), Screen.DESK, script)) {
            pc.open("/companies").sees("组织覆盖").follow("登记企业").expecting(422);
            pc.write("统一社会信用代码", code.substring(0, 17) + "！")
                    .write("企业全称", name)
                    .press("登记企业");
            pc.sees("请对照营业执照改正").expecting(200);
            pc.write("统一社会信用代码", code)
                    .write("成立日期", today.minusYears(3).toString())
                    .press("登记企业")
                    .sees("登记好了")
                    .sees("现在没有合同");
            pc.follow("派指导员").sees("工作覆盖").open("/estates/manage?company=no");
            pc.follow("试老院子").sees("社区兜底").follow("签合同").write("企业名", name).press("找企业");
            pc.follow("选 新和物业")
                    .write("第一天", today.toString())
                    .write("物业费", "1.6")
                    .press("签合同");
            pc.sees("合同签好了").sees("每平米每月 1.60 元");
            pc.follow("试老院子").sees(name);
            pc.follow("看公开页").sees("谁管过").follow(name).sees("现在服务 1 个小区");
        }
        try (var phone = visit(Reader.VISITOR, Screen.PHONE, script)) {
            phone.open("/estates/" + side.oldYard()).sees(name).sees("还没成立");
        }
    }

    @Test
    void a_street_keeps_its_estates_one_by_one_and_many_at_once() {
        var side = town().near();
        try (var pc = visit(side.streetDesk(), Screen.DESK, true)) {
            pc.open("/estates/manage?missing=facilities").follow("试和美花园").follow("改设施");
            pc.write("电梯（台）", "12").press("保存").sees("设施改好了").sees("12 台");
            pc.follow("改资料").write("建成年份", "2010").press("保存").sees("2010 年");
            pc.follow("楼栋、房屋")
                    .write("楼号", "2幢")
                    .write("几个单元", "2")
                    .write("几层", "6")
                    .press("加楼栋");
            pc.sees("再生成房屋")
                    .write("每层几户", "2")
                    .write("每户平米", "88.5")
                    .press("看看会生成什么")
                    .press("生成这 24 户")
                    .sees("登记了 24 户");
            pc.open("/estates/manage").choose("选 试和美花园").choose("选 试老院子").press("批量改勾选的");
            pc.press("换服务电话")
                    .write("新的服务电话", "0551-62205555")
                    .write("原因和依据", "街道总机")
                    .press("预览");
            pc.sees("都能改").press("改这 2 个").sees("改好了").press("全部撤回").sees("撤回了");
        }
    }

    @Test
    void what_one_company_hands_to_the_next() {
        var town = town();
        var side = town.near();
        var today = CivilTime.date(Instant.now());
        try (var pc = visit(side.housingDesk(), Screen.DESK, true)) {
            pc.open("/estates/" + side.garden() + "/desk");
            pc.page().locator("ol.tl a").first().click();
            pc.look().follow("提前结束").write("最后一天", today.minusDays(1).toString());
            pc.write("原因和依据", "到期不续").press("提前结束合同").sees("记下了最后一天");
            pc.open("/estates/" + side.garden() + "/contracts/new?company="
                    + town.far().company());
            pc.write("第一天", today.toString()).press("签合同").follow("交接清单").sees("物业管理条例");
        }
        for (var reader : List.of(side.communityDesk(), side.manager())) {
            try (var window = visit(reader, reader == side.manager() ? Screen.PHONE : Screen.DESK, true)) {
                window.open("/handovers").follow("试和美花园").sees("交出方确认");
                window.page().locator("input[type=radio][value=given]").all().forEach(radio -> radio.check());
                window.press("记下清单").sees("清单记下了");
            }
        }
        try (var phone = visit(side.manager(), Screen.PHONE, true)) {
            phone.open("/handovers").follow("试和美花园").press("交出方确认").sees("已确认");
        }
    }
}
