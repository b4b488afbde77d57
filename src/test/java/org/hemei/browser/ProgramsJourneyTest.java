package org.hemei.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.RequestOptions;
import org.hemei.access.token.TokenThings;
import org.hemei.platform.Reader;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A program on its way from three people's desks to its first call; and the page that tells it how. */
class ProgramsJourneyTest extends Browsing {

    @Autowired
    private TokenThings things;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void three_people_let_a_program_in() {
        var town = town();
        var near = town.near();
        things.thing("$keeper-name", town, null);
        orders.file(near.resident(), near.garden(), "水管漏水，请来看看。");
        String address;
        try (var pc = visit(town.system(), Screen.DESK, true)) {
            pc.open("/admin/integrations").sees("还没有对接程序").follow("登记程序");
            pc.page().locator("#f-owner").fill("社区居委会" + town.city() + "-1");
            pc.press("找单位").follow("试社区居委会" + town.city() + "-1");
            pc.expecting(422).press("登记").sees("请勾选它能办什么").expecting(200);
            pc.write("程序的名称", "12345 平台").write("拿来做什么", "把热线的事转进来");
            pc.write("保管人的登录账号", "user" + near.communityDesk().account());
            pc.page().locator("input[value='orders:read']").check(new Locator.CheckOptions().setForce(true));
            pc.press("登记").sees("等核准").sees("还没有授权");
            address = pc.path();
        }
        try (var pc = visit(town.security(), Screen.DESK, true)) {
            pc.open(address).press("核准").sees("等领令牌").follow("看它的账号");
            pc.open(pc.path() + "?role=COMMUNITY&area=" + near.community())
                    .press("加这个职责")
                    .sees("社区工作人员");
        }
        try (var phone = visit(near.communityDesk(), Screen.PHONE, true)) {
            phone.open("/me").follow("我保管的令牌").sees("12345 平台").press("领令牌").sees("只显示这一次");
            var token = phone.page().locator("#f-token").inputValue();
            var answer = phone.page()
                    .context()
                    .request()
                    .get(
                            origin() + "/api/v1/orders",
                            RequestOptions.create().setHeader("Authorization", "Bearer " + token));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).contains("水管漏水");
            phone.follow("放好了")
                    .sees("在用")
                    .sees("…" + token.substring(token.length() - 4))
                    .press("作废")
                    .sees("作废");
        }
        assertThat(jdbc.sql("select count(*) from audit_entry where subject_kind = 'integration' and subject_id = ?")
                        .param(address.substring(address.lastIndexOf('/') + 1))
                        .query(Long.class)
                        .single())
                .isEqualTo(4);
    }

    @Test
    void the_page_of_the_interface_is_read_searched_and_printed() {
        try (var pc = visit(Reader.VISITOR, Screen.DESK, true)) {
            pc.open("/").follow("接口说明").sees("给程序用").sees("工单列表");
            pc.write("办什么", "派单")
                    .press("找")
                    .sees("/api/v1/orders/{id}/dispatch")
                    .seesNot("/api/v1/categories</code>");
        }
        try (var phone = visit(Reader.VISITOR, Screen.PHONE, false)) {
            phone.open("/docs/api?q=点单").sees("Idempotency-Key").sees("curl -X POST");
        }
    }
}
