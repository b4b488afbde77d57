package org.hemei.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.UUID;
import org.hemei.platform.webhook.WebhookDesk;
import org.hemei.testing.Pump;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The words of a notice are changed and seen beforehand; a webhook is set up, fails, and is looked into. */
class DoorsJourneyTest extends Browsing {

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private WebhookDesk desk;

    @Autowired
    private Pump pump;

    @AfterEach
    void asShipped() {
        jdbc.sql("delete from notice_template").update();
    }

    @ParameterizedTest
    @CsvSource({"DESK, true", "PHONE, false"})
    void the_words_of_a_notice(Screen screen, boolean script) {
        var town = town();
        try (var pc = visit(town.system(), screen, script)) {
            pc.open("/admin/notices").sees("22:00—07:00");
            pc.page()
                    .locator("details.fold-x", new Page.LocatorOptions().setHasText("有新点单，等您受理"))
                    .locator("summary")
                    .click();
            pc.sees("有新点单，等您受理");
            pc.open("/admin/notices/work_order.dispatch/reporter/mail").sees("{estate}");
            pc.write("内容", "{name}的单派出去了")
                    .expecting(422)
                    .press("看看发出来什么样")
                    .sees("没有“{name}”这个位置")
                    .expecting(200);
            pc.write("内容", "您在{estate}的单派出去了。").press("看看发出来什么样").sees("您在和平花园的单派出去了。");
            pc.press("从现在起这么说").sees("改好了").sees("第 1 次");
        }
    }

    @ParameterizedTest
    @CsvSource({"DESK, true", "PHONE, false"})
    void another_system_is_told_and_the_log_says_how_that_went(Screen screen, boolean script) {
        var town = town();
        var worker = town.near().districtDesk();
        try (var pc = visit(worker, screen, script)) {
            pc.open("/webhooks").follow("新建推送");
            pc.write("推给谁", "区城运中心").write("对方的网址", "https://192.168.1.10/");
            pc.choose("工单：点单").expecting(422).press("建好，开始推").sees("在内部网络里").expecting(200);
            pc.write("对方的网址", "https://1.1.1.1/hook").press("建好，开始推").sees("建好了");
            pc.press("看密钥").sees("whsec_");
        }
        var id = Long.parseLong(desk.create(
                worker,
                UUID.randomUUID().toString(),
                new WebhookDesk.Wanted(
                        "街道系统",
                        "https://1.1.1.1/x",
                        String.valueOf(town.near().district()),
                        List.of("work_order.submit"))));
        orders.file(town.near().resident(), town.near().garden(), "水管漏水，请来看看。");
        pump.run();
        jdbc.sql("update webhook_delivery set state = 'failed', attempts = 1, tries_left = 0 where webhook = ?")
                .param(id)
                .update();
        jdbc.sql("""
                        insert into webhook_attempt (district, event, webhook, n, at, status, millis)
                        select district, event, webhook, 1, now(), 503, 120 from webhook_delivery where webhook = ?
                        """).param(id).update();
        try (var pc = visit(worker, screen, script)) {
            pc.open("/webhooks/" + id).sees("没发成");
            pc.page()
                    .locator("summary")
                    .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("1 次尝试"))
                    .click();
            pc.sees("HTTP 503").press("再发一次").sees("排上了");
            assertThat(jdbc.sql("select state from webhook_delivery where webhook = ?")
                            .param(id)
                            .query(String.class)
                            .single())
                    .isEqualTo("waiting");
        }
    }
}
