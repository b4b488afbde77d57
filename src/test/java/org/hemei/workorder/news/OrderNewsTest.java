package org.hemei.workorder.news;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.DisputeDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.RatingDesk;
import org.hemei.workorder.SubmissionDesk.Submission;
import org.hemei.workorder.TransferDesk;
import org.hemei.workorder.WorkOrderDesk;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Each person hears what concerns them, once, and not what they did themselves. */
@HemeiTest
class OrderNewsTest {

    @Autowired
    Orders orders;

    @Autowired
    WorkOrderDesk desk;

    @Autowired
    RatingDesk ratings;

    @Autowired
    DisputeDesk disputes;

    @Autowired
    TransferDesk transfers;

    @Autowired
    MockMvc mvc;

    @Autowired
    Pump pump;

    @Autowired
    Towns towns;

    @Autowired
    FieldCipher cipher;

    @Autowired
    JdbcClient jdbc;

    @Test
    void everybody_concerned_is_told_once() throws Exception {
        var town = towns.make();
        var here = town.near();
        var id = submit(here);
        desk.dispatch(here.communityDesk(), id, 1, here.company());
        desk.take(here.manager(), id, 3);
        desk.resolve(here.manager(), id, 4, "换了灯", List.of(), List.of());
        desk.verify(here.communityDesk(), id, 5, "亮了");
        ratings.rate(here.resident(), id, 6, false, 1, "又灭了");

        follow();
        follow();

        assertThat(told(here.communityDesk(), id)).containsExactly("有新点单，等您受理", "处理单位说办好了，等您核验", "居民说没解决，已再次交办");
        assertThat(told(here.manager(), id)).containsExactly("社区派来一单，等您接单", "居民说没解决，请再办");
        assertThat(told(here.resident(), id))
                .containsExactly("社区受理了您的单，已经派出去", "处理单位接单了", "处理单位说办好了，社区还要去看", "核验过了，请您评价");
        assertThat(told(town.far().communityDesk(), id)).isEmpty();
        assertThat(told(here.helper(), id)).isEmpty();
        assertThat(texts(towns.phoneOf(here.resident())))
                .singleElement()
                .asString()
                .contains("请登录评价");
    }

    @Test
    void several_grants_of_one_person_tell_them_once() throws Exception {
        var here = towns.make().near();
        towns.grant(here.manager().account(), Role.MANAGER, null, null, here.company(), null);
        jdbc.sql("insert into mail_address (account, address_cipher, confirmed_at) values (?, ?, now())")
                .params(here.manager().account(), cipher.encrypt("both@example.org"))
                .update();
        var id = submit(here);
        desk.dispatch(here.communityDesk(), id, 1, here.company());
        follow();
        assertThat(told(here.manager(), id)).containsExactly("社区派来一单，等您接单");
        assertThat(jdbc.sql("select count(*) from mail_message where account = ?")
                        .param(here.manager().account())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whoever_it_is_taken_away_from_hears_that_it_is() throws Exception {
        var here = towns.make().near();
        var id = submit(here);
        desk.dispatch(here.communityDesk(), id, 1, here.company());
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.helperBody(), "归供水管");
        follow();
        assertThat(told(here.manager(), id)).containsExactly("社区派来一单，等您接单");
        assertThat(todo(here.manager())).containsExactly("这一单改派给别家了，不用您办");
        assertThat(told(here.utilityManager(), id)).containsExactly("社区派来一单，等您接单");

        // helpers of an order that is done, withdrawn, or given to another
        var done = orders.at(Stage.HELPING, here, towns.resident(here.garden(), here.unit()), "水管漏水。");
        desk.resolve(here.manager(), done, orders.version(done), "修好了", List.of(), List.of());
        var person = towns.resident(here.garden(), here.unit());
        var withdrawn = orders.at(Stage.HELPED, here, person, "水管还漏。");
        desk.withdraw(person, withdrawn, orders.version(withdrawn), "自己修了");
        var ruled = orders.at(Stage.HELPED, here, towns.resident(here.garden(), here.unit()), "水管又漏。");
        disputes.request(here.manager(), ruled, orders.version(ruled), "not_ours", "是供水的管子");
        disputes.grant(here.communityDesk(), ruled, orders.version(ruled), "");
        follow();
        assertThat(todo(here.helper())).containsExactly("这一单报处理好了，请您协办的事不用做了", "这一单撤了，请您协办的事不用做了", "处理单位换了，请您协办的事不用做了");
        desk.dispatch(here.communityDesk(), ruled, orders.version(ruled), here.helperBody());
        disputes.request(here.utilityManager(), ruled, orders.version(ruled), "contract", "表后管不归我们");
        disputes.rule(here.streetDesk(), ruled, orders.version(ruled), here.backstop(), "先修");
        follow();
        assertThat(todo(here.utilityManager())).last().isEqualTo("街道裁定这一单由别家办，不用您办了");
    }

    private List<String> todo(Reader reader) {
        return jdbc.sql("select title from notice where account = ? and link = '/todo' order by at, id")
                .param(reader.account())
                .query(String.class)
                .list();
    }

    @Test
    void whoever_phoned_reads_the_answer_itself_for_they_cannot_sign_in() throws Exception {
        var here = towns.make().near();
        var answered = orders.phoned(here, "电梯怎么停了。");
        desk.answer(here.communityDesk(), answered, 1, "电梯停用是年检，今晚八点恢复");
        var rejected = orders.phoned(here, "马路上的坑。");
        desk.reject(here.communityDesk(), rejected, 1, "是市政道路", "市政热线 12319");
        var verified = orders.at(Stage.CALLED, here, here.resident(), "灯不亮。");
        var joined = orders.phoned(here, "灯又不亮。");
        var kept = orders.at(Stage.WORKING, here, here.resident(), "路灯不亮。");
        desk.merge(here.communityDesk(), joined, 1, kept);
        var asked = orders.phoned(here, "门禁坏了。");
        var same = orders.file(here.resident(), here.garden(), "门禁坏了，进不来。");
        desk.merge(here.communityDesk(), asked, 1, same);
        var patrol = orders.at(Stage.CALLED, here, here.resident(), "墙皮要掉。");
        jdbc.sql("update work_order set channel = 'patrol' where district = ? and id = ?")
                .params(patrol.district(), patrol.id())
                .update();
        follow();
        assertThat(texts(caller(answered)))
                .singleElement()
                .asString()
                .contains("答复如下：电梯停用是年检，今晚八点恢复。", "试社区")
                .doesNotContain("登录");
        assertThat(texts(caller(rejected)))
                .singleElement()
                .asString()
                .contains("没有受理。是市政道路。该去：市政热线 12319。")
                .doesNotContain("登录");
        assertThat(texts(caller(verified)))
                .singleElement()
                .asString()
                .contains("可能会打电话问您修没修好")
                .doesNotContain("登录", "办好了");
        assertThat(texts(caller(joined))).singleElement().asString().contains("合在一起办");
        // and how it ended, but nothing that was said to the other
        desk.resolve(here.manager(), kept, orders.version(kept), "换了灯", List.of(), List.of());
        desk.verify(here.communityDesk(), kept, orders.version(kept), "");
        desk.answer(here.communityDesk(), same, orders.version(same), "王大妈家的钥匙卡补好了");
        follow();
        assertThat(texts(caller(joined)))
                .hasSize(2)
                .last()
                .asString()
                .contains("是合在一起办的，办完核验过了", number(joined))
                .contains("社区可能会打电话问您");
        assertThat(texts(caller(asked)))
                .hasSize(2)
                .last()
                .asString()
                .contains("社区答复了")
                .doesNotContain("王大妈");
        assertThat(texts(caller(patrol))).as("nobody asks them").isEmpty();
    }

    private String number(OrderId id) {
        return id.number(jdbc.sql("select submitted_at from work_order where district = ? and id = ?")
                .params(id.district(), id.id())
                .query((r, n) -> r.getTimestamp(1).toInstant())
                .single());
    }

    private String caller(OrderId id) {
        return cipher.decrypt(
                jdbc.sql("select caller_phone_cipher from work_order_words where district = ? and order_id = ?")
                        .params(id.district(), id.id())
                        .query(byte[].class)
                        .single());
    }

    @Test
    void a_message_reaches_whoever_it_was_left_for_and_a_logged_contact_is_told() throws Exception {
        var here = towns.make().near();
        var hidden = orders.file(
                here.resident(),
                new Submission(
                        here.garden(),
                        null,
                        null,
                        orders.category(),
                        "物业私自涨停车费。",
                        "",
                        true,
                        List.of(),
                        "resident",
                        null,
                        null));
        var rung = submit(here);
        var phoned = orders.phoned(here, "水管漏水。");
        var visited = orders.phoned(here, "水管还漏。");
        for (var id : List.of(hidden, rung, phoned, visited)) {
            desk.dispatch(here.communityDesk(), id, 1, here.company());
            desk.take(here.manager(), id, orders.version(id));
        }
        desk.contact(here.manager(), hidden, orders.version(hidden), "message", "请把通知的照片发上来");
        desk.contact(here.manager(), rung, orders.version(rung), "phone", "约好明早来");
        desk.contact(here.manager(), phoned, orders.version(phoned), "message", "明早九点来修");
        desk.contact(here.manager(), visited, orders.version(visited), "visit", "当面说了");
        follow();
        assertThat(told(here.resident(), hidden)).contains("处理单位给您留言了，请看看");
        assertThat(told(here.resident(), rung)).contains("处理单位记了联系过您，没联系到请点“没联系”");
        assertThat(texts(towns.phoneOf(here.resident())))
                .singleElement()
                .asString()
                .contains("留言", number(hidden))
                .doesNotContain("照片");
        assertThat(texts(caller(phoned)))
                .singleElement()
                .asString()
                .contains("处理单位留言：明早九点来修。", number(phoned))
                .doesNotContain("登录");
        assertThat(texts(caller(visited))).isEmpty();
        mvc.perform(get("/orders/" + hidden).with(as(here.resident())))
                .andExpect(content().string(containsString("请把通知的照片发上来")));
    }

    @Test
    void what_the_backstop_team_did_is_the_streets_to_verify() throws Exception {
        var here = towns.make().near();
        var id = orders.file(here.oldYardResident(), here.oldYard(), "楼道灯不亮了。");
        desk.dispatch(here.communityDesk(), id, 1, here.backstop());
        desk.take(here.backstopManager(), id, 3);
        desk.resolve(here.backstopManager(), id, 4, "好了", List.of(), List.of());
        follow();
        assertThat(told(here.streetDesk(), id)).containsExactly("处理单位说办好了，等您核验");
        assertThat(told(here.communityDesk(), id)).containsExactly("有新点单，等您受理");
    }

    @Test
    void an_urgent_order_reaches_who_is_on_duty_by_text_message_at_night_as_well() throws Exception {
        var here = towns.make().near();
        var urgent = orders.file(here.resident(), Orders.said(here.garden(), null, category("urgent"), "电梯里困着人，快来。"));
        follow();
        assertThat(texts(towns.phoneOf(here.communityDesk())))
                .singleElement()
                .asString()
                .contains("来了紧急单", "等您受理")
                .doesNotContain("困着人");
        desk.dispatch(here.communityDesk(), urgent, 1, here.company());
        follow();
        assertThat(texts(towns.phoneOf(here.manager())))
                .singleElement()
                .asString()
                .contains("派来紧急单");
        assertThat(jdbc.sql("select to_cipher, urgent from sms_message")
                        .query((r, n) ->
                                cipher.decrypt(r.getBytes(1)).equals(towns.phoneOf(here.manager())) && r.getBoolean(2))
                        .list())
                .as("at night as well")
                .contains(true);
        // an ordinary one comes by inbox, unless somebody asked for more
        submit(here);
        follow();
        assertThat(texts(towns.phoneOf(here.communityDesk()))).hasSize(1);
        jdbc.sql(
                        "insert into notice_choice (account, topic, channel, wanted) values (?, 'order_work', 'sms', true), (?, 'order_urgent', 'sms', false)")
                .params(here.communityDesk().account(), here.communityDesk().account())
                .update();
        submit(here);
        orders.file(here.resident(), Orders.said(here.garden(), null, category("urgent"), "燃气味很重，快来。"));
        follow();
        assertThat(texts(towns.phoneOf(here.communityDesk())))
                .hasSize(2)
                .last()
                .asString()
                .contains("来了单");
    }

    @Test
    void an_offer_taken_back_leads_the_other_side_to_what_it_can_still_open() throws Exception {
        var town = towns.make();
        var here = town.near();
        var there = town.far().communityDesk();
        jdbc.sql("insert into mail_address (account, address_cipher, confirmed_at) values (?, ?, now())")
                .params(there.account(), cipher.encrypt("there@example.org"))
                .update();
        var id = submit(here);
        transfers.offer(
                here.communityDesk(),
                id,
                1,
                "other_estate",
                String.valueOf(town.far().garden()),
                "是那边的灯");
        follow();
        assertThat(told(there, id)).containsExactly("有一张单想转给您，等您答复");
        transfers.recall(here.communityDesk(), id, orders.version(id), "问清楚了，是我们的灯");
        follow();
        assertThat(told(there, id)).as("no second one leads to the order").hasSize(1);
        for (var told : List.of("notice", "mail_message")) {
            assertThat(jdbc.sql("select link from " + told + " where account = ? order by id")
                            .param(there.account())
                            .query(String.class)
                            .list())
                    .as(told)
                    .containsExactly("/orders/" + id, "/transfers?state=all");
        }
        mvc.perform(get("/transfers?state=all").with(as(there)))
                .andExpect(status().isOk())
                .andExpect(content().string(allOf(containsString("收回了"), not(containsString("/orders/" + id)))));
        assertThat(told(here.resident(), id)).contains("您的单不转了，还由这边办");
    }

    private String category(String urgency) {
        return jdbc.sql(
                        "select code from category where parent is not null and active and urgency = ? order by code limit 1")
                .param(urgency)
                .query(String.class)
                .single();
    }

    @Test
    void who_is_not_on_duty_yet_hears_nothing() throws Exception {
        var here = towns.make().near();
        var tomorrow = towns.account();
        jdbc.sql("""
                insert into access_grant (account, role, area, since) values (?, 'COMMUNITY', ?, now() + interval '1 day');
                insert into access_grant (account, role, body, since) values (?, 'MANAGER', ?, now() + interval '1 day')
                """)
                .params(tomorrow, here.community(), tomorrow, here.company())
                .update();
        var id = submit(here);
        desk.dispatch(here.communityDesk(), id, 1, here.company());
        follow();
        assertThat(told(here.manager(), id)).isNotEmpty();
        assertThat(jdbc.sql("select count(*) from notice where account = ?")
                        .param(tomorrow)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    /** The application's own tick may be at it at the same moment: wait until nothing is left to tell. */
    private void follow() throws InterruptedException {
        var until = Instant.now().plus(Duration.ofSeconds(20));
        do {
            pump.run();
            var left = jdbc.sql("""
                    select exists (select from event_log e, event_cursor c
                                   where c.consumer = 'work-order-news' and (e.tx, e.id) > (c.tx, c.id))
                    """).query(Boolean.class).single();
            if (!left) {
                return;
            }
            Thread.sleep(50);
        } while (Instant.now().isBefore(until));
        throw new AssertionError("the event log was not followed to its end");
    }

    private OrderId submit(Town.Side here) {
        return orders.file(here.resident(), here.garden(), "楼道灯不亮了。");
    }

    private List<String> told(Reader reader, OrderId id) {
        return jdbc.sql("select title from notice where account = ? and link = ? order by at, id")
                .params(reader.account(), "/orders/" + id)
                .query(String.class)
                .list();
    }

    private List<String> texts(String phone) {
        return jdbc
                .sql("select to_cipher, body_cipher from sms_message order by id")
                .query((r, n) -> List.of(cipher.decrypt(r.getBytes(1)), cipher.decrypt(r.getBytes(2))))
                .list()
                .stream()
                .filter(text -> text.getFirst().equals(phone))
                .map(List::getLast)
                .toList();
    }
}
