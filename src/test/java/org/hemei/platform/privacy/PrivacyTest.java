package org.hemei.platform.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hemei.access.Readers;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.privacy.PrivacyRequest.Kind;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.SubmissionDesk;
import org.hemei.workorder.WorkOrderDesk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** What is held on a person: all of it shown, handed out, put right, erased as far as it may be, and answered in time. */
@HemeiTest
class PrivacyTest {

    private static final String SAID = "我家门口的灯坏了三天了";

    @Autowired
    Holdings holdings;

    @Autowired
    PrivacyDesk desk;

    @Autowired
    PrivacyRequests requests;

    @Autowired
    PrivacyReminders reminders;

    @Autowired
    SubmissionDesk submissions;

    @Autowired
    WorkOrderDesk orders;

    @Autowired
    Readers readers;

    @Autowired
    FieldCipher cipher;

    @Autowired
    Towns towns;

    @Autowired
    MovableClock clock;

    @Autowired
    Pump pump;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvc mvc;

    Town town;
    Town.Side side;
    Reader resident;

    private String masked(Reader reader) {
        return jdbc.sql("select p.masked_name from account a join person p on p.id = a.person where a.id = ?")
                .param(reader.account())
                .query(String.class)
                .single();
    }

    @BeforeEach
    void build() {
        town = towns.make();
        side = town.near();
        resident = side.resident();
    }

    @AfterEach
    void rightTime() {
        clock.reset();
    }

    private OrderId file() {
        return submissions.submit(
                resident,
                UUID.randomUUID().toString(),
                new SubmissionDesk.Submission(
                        side.garden(),
                        null,
                        null,
                        "facility.light",
                        SAID,
                        "",
                        false,
                        List.of(),
                        "resident",
                        null,
                        null));
    }

    private static PrivacyDesk.Answer yes() {
        return new PrivacyDesk.Answer(true, null, "办好了。", null, null);
    }

    @Test
    void a_person_sees_all_of_it_in_plain_words_and_takes_it_along() throws Exception {
        file();
        var page = mvc.perform(get("/me/data").with(as(resident))).andReturn().getResponse();
        assertThat(page.getStatus()).isEqualTo(200);
        assertThat(page.getContentAsString()).contains("王小试", towns.phoneOf(resident), SAID, "业主", "为什么存", "存多久");
        var file =
                mvc.perform(get("/me/data.json").with(as(resident))).andReturn().getResponse();
        assertThat(file.getContentAsString()).contains(SAID, "王小试");
        assertThat(file.getHeader("Content-Disposition")).contains("attachment");
        assertThat(holdings.held(side.neighbour().person()).toString()).doesNotContain(SAID);
    }

    @Test
    void other_words_under_the_same_key_are_refused_and_not_taken_for_done() throws Exception {
        var key = UUID.randomUUID().toString();
        var answers = new java.util.ArrayList<Integer>();
        for (var words : List.of("名字写错了", "名字写错了", "门牌写错了")) {
            answers.add(mvc.perform(post("/me/requests")
                            .with(as(resident))
                            .with(csrf())
                            .param("_once", key)
                            .param("kind", "correction")
                            .param("words", words))
                    .andReturn()
                    .getResponse()
                    .getStatus());
        }
        assertThat(answers).containsExactly(303, 303, 422);
        assertThat(requests.own(resident)).hasSize(1);
    }

    @Test
    void whoever_looked_up_the_phone_is_named_to_its_owner() {
        var order = file();
        jdbc.sql("""
                        insert into audit_entry (district, id, at, account, action, subject_kind, subject_id, detail)
                        values (?, (select coalesce(max(id), 0) + 1 from audit_entry), now(), ?, 'work_order.reveal_phone', 'work_order', ?,
                                '{"reason": "contact"}')
                        """)
                .params(order.district(), side.communityDesk().account(), order.toString())
                .update();
        assertThat(holdings.reveals(resident.person())).singleElement().satisfies(reveal -> {
            assertThat(reveal.who()).isEqualTo("王**");
            assertThat(reveal.why()).isEqualTo("联系点单人");
        });
        assertThat(holdings.reveals(side.neighbour().person())).isEmpty();
    }

    /** 15 working days over the National Day holidays of 2025, with the working days of 28 September and 11 October. */
    @Test
    void the_deadline_is_fifteen_working_days() {
        assertThat(desk.due(Instant.parse("2025-09-26T02:00:00Z"))).isEqualTo("2025-10-23T09:30:00Z");
    }

    @Test
    void an_erasure_takes_the_words_and_leaves_the_numbers() {
        var order = file();
        orders.answer(side.communityDesk(), order, version(order), "已经转给物业了");
        var phone = towns.phoneOf(resident);
        var id = desk.ask(resident, Kind.ERASURE, "请都删掉");
        finish(order);
        pump.run();
        assertThat(titles(order)).isNotEmpty().anyMatch(SAID::startsWith);
        desk.answer(side.communityDesk(), id, 0, yes());

        assertThat(words(order)).doesNotContain(SAID);
        assertThat(titles(order)).as("what others were told says it no more").containsOnly("（本人要求删除）");
        assertThat(jdbc.sql("select count(*) from work_order_step where district = ? and order_id = ?")
                        .params(order.district(), order.id())
                        .query(Integer.class)
                        .single())
                .as("history stays")
                .isPositive();
        assertThat(jdbc.sql("select count(*) from person where phone_index = ?")
                        .param(cipher.blindIndex(phone))
                        .query(Integer.class)
                        .single())
                .as("nobody has the number any more")
                .isZero();
        assertThat(readers.of(resident.account())).as("the account is closed").isEmpty();
        assertThat(jdbc.sql("select state from privacy_request where id = ?")
                        .param(id)
                        .query(String.class)
                        .single())
                .isEqualTo("done");
        assertThat(jdbc.sql("select count(*) from household_member where person = ? and upper_inf(during)")
                        .param(resident.person())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private List<String> titles(OrderId order) {
        return jdbc.sql("select distinct body from notice where link = ?")
                .param("/orders/" + order)
                .query(String.class)
                .list();
    }

    private void finish(OrderId order) {
        jdbc.sql("update work_order set state = 'closed_unrated', closed_at = now() where district = ? and id = ?")
                .params(order.district(), order.id())
                .update();
    }

    private int version(OrderId order) {
        return jdbc.sql("select version from work_order where district = ? and id = ?")
                .params(order.district(), order.id())
                .query(Integer.class)
                .single();
    }

    private String words(OrderId order) {
        return jdbc.sql("select title || words from work_order_words where district = ? and order_id = ?")
                .params(order.district(), order.id())
                .query(String.class)
                .single();
    }

    @Test
    void an_open_order_and_an_office_stay_with_the_ground_told() {
        var order = file();
        var id = desk.ask(resident, Kind.ERASURE, "");
        desk.answer(side.communityDesk(), id, 0, yes());
        assertThat(words(order)).as("still needed").contains(SAID);
        assertThat(jdbc.sql("select state || ' ' || ground from privacy_request where id = ?")
                        .param(id)
                        .query(String.class)
                        .single())
                .isEqualTo("partly open_orders");

        var worker = side.staff();
        var own = desk.ask(worker, Kind.ERASURE, "");
        desk.answer(town.system(), own, 0, yes());
        assertThat(readers.of(worker.account())).as("still works here").isPresent();
        assertThat(towns.phoneOf(worker)).isNotEmpty();
    }

    @Test
    void a_refusal_has_a_ground_and_words_and_only_those_of_the_place_answer() {
        var id = desk.ask(resident, Kind.ERASURE, "");
        assertThatThrownBy(() -> desk.ask(resident, Kind.ERASURE, ""))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("等答复");
        var far = town.far().communityDesk();
        assertThatThrownBy(() -> desk.answer(far, id, 0, yes())).isInstanceOf(Missing.class);
        var bare = new PrivacyDesk.Answer(false, null, "不行", null, null);
        assertThatThrownBy(() -> desk.answer(side.communityDesk(), id, 0, bare))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("理由");
        var silent = new PrivacyDesk.Answer(false, Ground.LAW, " ", null, null);
        assertThatThrownBy(() -> desk.answer(side.communityDesk(), id, 0, silent))
                .isInstanceOf(Refusal.class);
        desk.answer(side.streetDesk(), id, 0, new PrivacyDesk.Answer(false, Ground.LAW, "物业合同还没到期。", null, null));
        assertThatThrownBy(() -> desk.answer(side.communityDesk(), id, 0, yes()))
                .isInstanceOf(Stale.class)
                .hasMessageStartingWith(masked(side.streetDesk()) + "刚刚办了");
        assertThat(requests.own(resident)).singleElement().satisfies(request -> {
            assertThat(request.ground()).isEqualTo(Ground.LAW);
            assertThat(request.answer()).isEqualTo("物业合同还没到期。");
        });
        assertThat(towns.phoneOf(resident)).isNotEmpty();
    }

    @Test
    void a_correction_puts_the_name_and_the_number_right() {
        assertThatThrownBy(() -> desk.ask(resident, Kind.CORRECTION, " ")).isInstanceOf(Refusal.class);
        var id = desk.ask(resident, Kind.CORRECTION, "我姓汪");
        var taken = towns.phoneOf(side.neighbour());
        var answer = new PrivacyDesk.Answer(true, null, "改好了。", "汪小试", taken);
        assertThatThrownBy(() -> desk.answer(side.communityDesk(), id, 0, answer))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("别人名下");
        var fresh = towns.phone();
        desk.answer(side.communityDesk(), id, 0, new PrivacyDesk.Answer(true, null, "改好了。", "汪小试", fresh));
        assertThat(holdings.held(resident.person()).toString()).contains("汪小试", "汪**", fresh);
    }

    @Test
    void whoever_answers_is_reminded_once_and_those_above_are_told_once_when_it_is_late() {
        var id = desk.ask(resident, Kind.CORRECTION, "我姓汪");
        var withdrawn = desk.ask(resident, Kind.ERASURE, "");
        desk.withdraw(resident, withdrawn);
        var due = requests.own(resident).getLast().dueAt();
        clock.set(due.minus(Duration.ofDays(4)));
        reminders.run();
        assertThat(told(id)).isEmpty();

        clock.set(due.minus(Duration.ofDays(3)));
        reminders.run();
        reminders.run();
        assertThat(told(id)).containsExactly(side.communityDesk().account() + " 个人信息更正请求快到期了");

        clock.set(due.plusSeconds(1));
        reminders.run();
        reminders.run();
        assertThat(told(id))
                .containsExactly(
                        side.communityDesk().account() + " 个人信息更正请求快到期了",
                        side.streetDesk().account() + " 个人信息更正请求过期还没答复");
        assertThat(told(withdrawn)).isEmpty();
    }

    @Test
    void what_was_answered_is_not_reminded_of_and_who_has_no_area_is_the_administrators() {
        var id = desk.ask(resident, Kind.ERASURE, "");
        var due = requests.own(resident).getFirst().dueAt();
        desk.answer(side.communityDesk(), id, 0, new PrivacyDesk.Answer(false, Ground.LAW, "还要留着。", null, null));
        var nowhere = desk.ask(side.neighbour(), Kind.CORRECTION, "我姓汪");
        jdbc.sql("update privacy_request set area = null where id = ?")
                .param(nowhere)
                .update();
        clock.set(due.plusSeconds(1));
        reminders.run();
        assertThat(told(id)).isEmpty();
        assertThat(told(nowhere)).contains(town.system().account() + " 个人信息更正请求过期还没答复");
    }

    /** Accounts with the titles they were told, oldest first. */
    private List<String> told(long request) {
        return jdbc.sql("select account || ' ' || title from notice where link = ? order by id")
                .param("/privacy/requests/" + request)
                .query(String.class)
                .list();
    }

    @Test
    void what_is_asked_is_withdrawn_by_its_author_only() {
        var id = desk.ask(resident, Kind.CORRECTION, "我姓汪");
        assertThatThrownBy(() -> desk.withdraw(side.neighbour(), id)).isInstanceOf(Missing.class);
        desk.withdraw(resident, id);
        assertThat(requests.own(resident)).extracting(PrivacyRequest::open).containsExactly(false);
        desk.ask(resident, Kind.CORRECTION, "我姓王");
    }
}
