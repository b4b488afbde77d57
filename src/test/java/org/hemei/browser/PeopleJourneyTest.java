package org.hemei.browser;

import org.hemei.platform.time.CivilTime;
import org.hemei.testing.MovableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A community appoints and is told of a conflict; a resident sees what is held about them, asks, and is answered. */
class PeopleJourneyTest extends Browsing {

    @Autowired
    private MovableClock clock;

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void the_community_appoints_and_a_conflict_is_refused(boolean script) {
        var side = town().near();
        var owners = towns.bodyOf("owners_committee", null, "试花园业委会", side.community(), side.garden());
        var worker = towns.person("孙师傅");
        towns.post(worker, side.company(), "物业员工");
        towns.post(worker, side.backstop(), "队员");
        try (var pc = visit(side.communityDesk(), Screen.DESK, script)) {
            pc.open("/appointments/new?body=" + owners).sees("试花园业委会");
            pc.expecting(422).press("任命").sees("请填姓名").expecting(200);
            pc.write("姓名", "何玉兰").write("手机号", towns.phone());
            pc.page().locator("#f-post").selectOption("业委会主任");
            pc.press("任命").sees("何玉兰").sees("任命").sees("现在");

            pc.open("/appointments/new?body=" + owners + "&person=" + worker).sees("孙师傅");
            pc.page().locator("#f-post").selectOption("业委会委员");
            pc.expecting(422).press("任命").sees("不能进这个小区的业委会").expecting(200);

            pc.open("/people").sees("何玉兰").follow("何玉兰").sees("业委会主任").follow("业委会主任");
            pc.page().locator("#f-reason").selectOption("resigned");
            pc.press("结束任职").sees("今天是最后一天，还在任").sees("本人辞去");
            pc.open("/people?surname=何").sees("何玉兰");
            pc.open("/cross-appointments").open("/staffing").sees("没有人").open("/appointments/conflicts");
            pc.open("/party-members").sees("不显示");
        }
    }

    @Test
    void on_a_phone_the_lists_hold_too() {
        var side = town().near();
        towns.post(towns.person("周委员"), side.committee(), "居委会委员");
        try (var phone = visit(side.communityDesk(), Screen.PHONE, true)) {
            phone.open("/people").sees("周委员").follow("周委员").open("/staffing").open("/cross-appointments");
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void a_resident_asks_for_erasure_and_the_community_answers(boolean script) {
        var side = town().near();
        try (var phone = visit(side.resident(), Screen.PHONE, script)) {
            phone.open("/me").follow("我的个人信息").sees("王小试").sees("为什么存");
            phone.follow("请求更正").expecting(422).press("提交更正请求").sees("请写哪里不对").expecting(200);
            phone.open("/me/data").follow("请求删除").sees("不能恢复").press("提交删除请求").sees("等答复");
        }
        try (var pc = visit(side.communityDesk(), Screen.DESK, script)) {
            pc.open("/privacy/requests").sees("王**").follow("删除").sees("同意后会怎样");
            pc.choose("不办").write("写给本人的答复", "物业合同里有您的签字，合同期满才能删。");
            pc.expecting(422).press("发出答复").sees("不办要有理由").expecting(200);
            pc.choose("不办").page().locator("#f-ground").selectOption("law");
            pc.press("发出答复").sees("没有办");
            pc.open("/privacy/requests?state=answered").sees("没有办");
        }
        try (var phone = visit(side.resident(), Screen.PHONE, script)) {
            phone.open("/me/data").sees("合同期满才能删").sees("法律要求保存");
        }
    }

    @Test
    void the_secretary_says_why_before_seeing_names_and_the_organisation_department_sees_counts() {
        var side = town().near();
        var branch = towns.bodyOf("party_organisation", "estate_branch", "试花园党支部", side.community(), side.garden());
        towns.post(side.neighbour().person(), branch, "书记");
        var today = CivilTime.date(clock.instant());
        try (var phone = visit(side.neighbour(), Screen.PHONE, true)) {
            phone.open("/me").follow("试花园党支部").sees("少于 3 人").follow("登记党员");
            phone.write("姓名", "党春来").write("手机号", towns.phone()).write("从哪天起", today.toString());
            phone.press("登记").seesNot("党春来").expecting(422);
            phone.page().locator("input[name=reason]").first().evaluate("e => e.form.noValidate = true");
            phone.press("看名册").sees("请选为什么要看名册").expecting(200);
            phone.choose("安排组织生活").press("看名册").sees("党春来").sees("已经记下");
        }
        try (var pc = visit(side.organisationDesk(), Screen.DESK, true)) {
            pc.open("/party-members/" + branch).sees("这里只显示人数").seesNot("党春来");
        }
    }
}
