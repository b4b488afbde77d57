package org.hemei.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.hemei.platform.Missing;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** Contracts at the edges of their days, the gaps between them, and what one company hands to the next. */
@HemeiTest
class ContractTest {

    @Autowired
    ContractDesk desk;

    @Autowired
    Contracts contracts;

    @Autowired
    Handovers handovers;

    @Autowired
    HandoverDesk handing;

    @Autowired
    Towns towns;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvc mvc;

    Town.Side side;
    Town.Side other;
    LocalDate today;

    @BeforeEach
    void build() {
        var town = towns.make();
        side = town.near();
        other = town.far();
        today = CivilTime.date(clock.instant());
    }

    @AfterEach
    void rightTime() {
        clock.reset();
    }

    private long sign(long estate, long company, LocalDate first, @Nullable LocalDate last) {
        return desk.sign(
                side.housingDesk(), new ContractDesk.Signing(estate, company, first, last, 160, List.of(), null, null));
    }

    private Contract contract(long id) {
        return contracts.find(id).orElseThrow();
    }

    private long holder(long estate, LocalDate day) {
        return jdbc.sql("select default_holder(?, ?)")
                .params(estate, day)
                .query(Long.class)
                .single();
    }

    private Contract gardens() {
        return contracts.of(side.garden()).getFirst();
    }

    @Test
    void the_next_contract_begins_the_day_after_the_last_one_and_not_a_day_earlier() {
        var last = today.plusDays(30);
        var first = contract(sign(side.oldYard(), side.company(), today, last));
        assertThatThrownBy(() -> sign(side.oldYard(), other.company(), last, null))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(first.companyName())
                .hasMessageContaining(first.days())
                .hasMessageContaining(CivilTime.day(last.plusDays(1)));
        var next = sign(side.oldYard(), other.company(), last.plusDays(1), null);
        assertThat(contract(next).ahead(today)).isTrue();
        assertThat(holder(side.oldYard(), last)).isEqualTo(side.company());
        assertThat(holder(side.oldYard(), last.plusDays(1))).isEqualTo(other.company());
        assertThatThrownBy(() -> desk.extend(side.housingDesk(), first, 0, last.plusDays(1), "续签"))
                .hasMessageContaining("重叠");
    }

    @Test
    void a_contract_begins_no_earlier_than_its_company_and_one_of_before_that_was_asked_stays() {
        var founded = today.minusDays(30);
        var held = contract(sign(side.oldYard(), side.company(), today.minusDays(90), today.minusDays(61)));
        jdbc.sql("update body set since = ? where id = ?")
                .params(founded, side.company())
                .update();
        assertThatThrownBy(() -> sign(side.oldYard(), side.company(), founded.minusDays(1), today))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.reasons()).singleElement().satisfies(reason -> {
                            assertThat(reason.field()).isEqualTo("first");
                            assertThat(reason.words()).contains(CivilTime.day(founded) + " 才成立");
                        }));
        desk.correct(
                side.housingDesk(),
                held,
                held.version(),
                new ContractDesk.Entry(side.company(), held.first(), held.last(), 170),
                "费用登记错了");
        assertThat(contract(held.id()).feeFen()).isEqualTo(170);
        assertThat(contract(sign(side.oldYard(), side.company(), founded, today))
                        .first())
                .isEqualTo(founded);
    }

    @Test
    void a_contract_without_an_end_is_in_the_way_of_every_later_one() {
        assertThatThrownBy(() -> sign(side.garden(), other.company(), today.plusYears(9), null))
                .hasMessageContaining("请先定下它的最后一天");
        assertThatThrownBy(() -> sign(side.oldYard(), side.company(), today, today.minusDays(1)))
                .hasMessageContaining("最后一天在第一天前面");
    }

    @Test
    void ended_early_the_backstop_team_takes_over_until_the_next_company() {
        var held = gardens();
        desk.end(side.housingDesk(), held, 0, today, "双方说好", null);
        assertThat(holder(side.garden(), today)).isEqualTo(side.company());
        assertThat(holder(side.garden(), today.plusDays(1))).isEqualTo(side.backstop());
        sign(side.garden(), other.company(), today.plusDays(11), null);
        clock.advance(Duration.ofDays(5));
        var gap = contracts.over(contracts.of(side.garden())).get(1);
        assertThat(gap.contract()).isNull();
        assertThat(gap.days()).isEqualTo(10);
        assertThat(gap.first()).isEqualTo(today.plusDays(1));
        assertThat(gap.last()).isEqualTo(today.plusDays(10));
        assertThatThrownBy(() -> desk.end(side.housingDesk(), held, 0, today.minusDays(3), "再早些", null))
                .isInstanceOf(Stale.class);
    }

    @Test
    void what_has_not_begun_is_taken_back_and_leaves_only_its_story() {
        desk.end(side.housingDesk(), gardens(), 0, today.plusDays(5), "到期不续", null);
        var next = contract(sign(side.garden(), other.company(), today.plusDays(6), null));
        assertThat(handovers.exists(next.id())).isTrue();
        desk.takeBack(side.housingDesk(), next, 0, "企业反悔", null);
        assertThat(contracts.find(next.id())).isEmpty();
        assertThat(handovers.exists(next.id())).isFalse();
        assertThat(contracts.story(next.id()))
                .extracting(Contracts.Change::verb)
                .containsExactly("taken_back", "signed");
        assertThatThrownBy(() -> desk.takeBack(side.housingDesk(), gardens(), 1, "反悔", null))
                .hasMessageContaining("已经开始");
    }

    @Test
    void one_company_hands_to_the_next_and_both_confirm_the_same_list() {
        desk.end(side.housingDesk(), gardens(), 0, today.minusDays(1), "到期不续", null);
        var id = sign(side.garden(), other.company(), today, null);
        var incoming = towns.account(org.hemei.access.Role.MANAGER, null, null, other.company(), null);
        var handover = handovers.find(side.manager(), id).orElseThrow();
        assertThat(handover.due()).isEqualTo(today.plusDays(15));
        assertThat(handover.dueBasis()).contains("示例");
        assertThat(handover.items())
                .hasSizeGreaterThan(5)
                .allMatch(item -> item.state().equals("open"));
        assertThat(handovers.waiting(side.communityDesk())).isEqualTo(1);
        assertThat(handovers.waiting(incoming)).isEqualTo(1);
        assertThat(handovers.find(other.manager(), id)).isEmpty();
        assertThat(handovers.list(side.streetDesk(), false, side.community(), 0, 50))
                .extracting(Handover::contract)
                .contains(id);
        assertThat(handovers.list(side.streetDesk(), false, other.community(), 0, 50))
                .as("of another place")
                .isEmpty();
        assertThatThrownBy(() -> handing.confirm(side.manager(), id, 0, Handover.Side.GIVEN, null))
                .hasMessageContaining("没说交没交");

        var list = handover.items().stream()
                .map(item -> new Handover.Item(item.item(), "given", ""))
                .toList();
        handing.note(side.communityDesk(), id, 0, list, today.plusDays(20));
        handing.confirm(side.manager(), id, 1, Handover.Side.GIVEN, null);
        var changed = new java.util.ArrayList<>(list);
        changed.set(0, new Handover.Item(list.getFirst().item(), "missing", "少一张图"));
        handing.note(incoming, id, 2, changed, today.plusDays(20));
        var again = handovers.find(incoming, id).orElseThrow();
        assertThat(again.given()).as("it was said of another list").isNull();
        assertThat(again.dueBasis()).isEqualTo("双方约定");

        handing.confirm(incoming, id, 3, Handover.Side.TAKEN, null);
        assertThatThrownBy(() -> handing.confirm(side.communityDesk(), id, 4, Handover.Side.GIVEN, "代"))
                .isInstanceOf(Missing.class);
        assertThatThrownBy(() -> handing.confirm(side.streetDesk(), id, 4, Handover.Side.GIVEN, null))
                .hasMessageContaining("为什么替企业确认");
        handing.confirm(side.streetDesk(), id, 4, Handover.Side.GIVEN, "企业已撤场");
        assertThat(handovers.find(side.streetDesk(), id).orElseThrow().doneOn()).isEqualTo(today);
        assertThat(handovers.waiting(side.communityDesk())).isZero();
    }

    private void correct(long id, int version, long company, LocalDate first, @Nullable LocalDate last) {
        desk.correct(
                side.housingDesk(),
                contract(id),
                version,
                new ContractDesk.Entry(company, first, last, 160),
                "录入时看错了行");
    }

    @Test
    void what_was_typed_wrongly_is_put_right_with_what_it_was_and_handing_over_follows() {
        desk.end(side.housingDesk(), gardens(), 0, today.minusDays(1), "到期不续", null);
        var first = gardens();
        var id = sign(side.garden(), other.company(), today.plusDays(1), null);
        assertThatThrownBy(() -> correct(id, 0, other.company(), today.plusDays(1), null))
                .hasMessageContaining("没有要更正的");
        assertThatThrownBy(() -> correct(id, 0, other.company(), today.minusDays(1), null))
                .hasMessageContaining("重叠");
        assertThatThrownBy(() -> correct(id, 0, other.company(), today, today.minusDays(1)))
                .hasMessageContaining("第一天前面");
        assertThatThrownBy(() -> correct(id, 0, side.backstop(), today, null)).hasMessageContaining("没有这家企业");

        correct(id, 0, other.company(), today, today.plusYears(1));
        assertThat(holder(side.garden(), today)).isEqualTo(other.company());
        assertThat(handovers.find(side.manager(), id).orElseThrow().due()).isEqualTo(today.plusDays(15));
        var list = handovers.find(side.manager(), id).orElseThrow().items().stream()
                .map(item -> new Handover.Item(item.item(), "given", ""))
                .toList();
        var version = handovers.find(side.manager(), id).orElseThrow().version();
        handing.note(side.communityDesk(), id, version, list, today.plusDays(15));
        handing.confirm(side.manager(), id, version + 1, Handover.Side.GIVEN, null);

        var third = towns.make().near().company();
        correct(id, 1, third, today, today.plusYears(1));
        var followed = handovers.find(side.manager(), id).orElseThrow();
        assertThat(followed.given()).as("said to another company").isNull();
        assertThat(followed.items()).isEqualTo(list);
        assertThat(contracts.story(id)).first().satisfies(change -> {
            assertThat(change.words()).isEqualTo("更正了登记");
            assertThat(change.differs())
                    .containsExactly("企业从“%s”改成“%s”"
                            .formatted(
                                    jdbc.sql("select name from body where id = ?")
                                            .param(other.company())
                                            .query(String.class)
                                            .single(),
                                    contract(id).companyName()));
        });

        correct(id, 2, side.company(), today, null);
        assertThat(handovers.exists(id)).as("nobody hands over to themselves").isFalse();
        assertThatThrownBy(() -> correct(id, 2, third, today, null)).isInstanceOf(Stale.class);
        correct(first.id(), 1, third, first.first(), first.last());
        assertThat(handovers.find(side.housingDesk(), id).orElseThrow().company(Handover.Side.GIVEN))
                .as("the one before was another")
                .isEqualTo(third);
        assertThat(jdbc.sql("select count(*) from event_log where kind = 'contract.corrected' and subject = ?")
                        .param(String.valueOf(side.garden()))
                        .query(Integer.class)
                        .single())
                .isEqualTo(4);
    }

    /** One after the other, each with another company; then the fourth turns out to have been the second. */
    @Test
    void records_of_handing_over_change_their_places_in_one_go() {
        var yard = side.oldYard();
        var third = towns.make().near().company();
        var firms = new long[] {side.company(), other.company(), side.company(), third, other.company()};
        var starts = new int[] {0, 20, 30, 40, 50};
        var ids = new long[5];
        for (var n = 0; n < 5; n++) {
            ids[n] = sign(yard, firms[n], today.plusDays(starts[n]), today.plusDays(starts[n] + 9));
        }
        correct(ids[3], 0, third, today.plusDays(10), today.plusDays(19));
        assertThat(jdbc.sql("""
                        select h.contract || ' ' || h.previous from contract_handover h join contract k on k.id = h.contract
                        where k.estate = ? order by lower(k.during)
                        """).param(yard).query(String.class).list())
                .containsExactly(
                        ids[3] + " " + ids[0], ids[1] + " " + ids[3], ids[2] + " " + ids[1], ids[4] + " " + ids[2]);
        assertThat(jdbc.sql(
                                "select due - lower(k.during) from contract_handover h join contract k on k.id = h.contract where k.id = ?")
                        .param(ids[3])
                        .query(Integer.class)
                        .single())
                .isEqualTo(15);
    }

    @Test
    void the_form_tells_of_a_code_that_nobody_has_and_puts_right_what_is_sound() throws Exception {
        var held = gardens();
        var form = MockMvcRequestBuilders.post("/contracts/" + held.id() + "/correct")
                .param("version", "0")
                .param("first", held.first().plusDays(1).toString())
                .param("fee", "1.80")
                .param("reason", "合同上是第二天");
        var wrong = mvc.perform(MockMvcRequestBuilders.post("/contracts/" + held.id() + "/correct")
                        .param("code", "91340100MA2NOBODY9")
                        .with(as(side.housingDesk()))
                        .with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(wrong.getStatus()).isEqualTo(422);
        assertThat(wrong.getContentAsString()).contains("没有这家企业", "请选第一天");
        var right = mvc.perform(form.param("code", contracts.code(held.company()))
                        .with(as(side.housingDesk()))
                        .with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(right.getRedirectedUrl()).isEqualTo("/contracts/" + held.id() + "?done=corrected");
        assertThat(gardens().first()).isEqualTo(held.first().plusDays(1));
        assertThat(gardens().fee()).isEqualTo("1.80");
    }

    @Test
    void staff_of_the_company_on_the_committee_are_named_before_it_is_signed() throws Exception {
        var owners = towns.bodyOf("owners_committee", null, "试业委会", side.community(), side.oldYard());
        var person = towns.person("钱委员");
        towns.post(person, owners, "业委会委员");
        towns.post(person, side.company(), "物业员工");
        var form = MockMvcRequestBuilders.multipart("/estates/" + side.oldYard() + "/contracts/new")
                .param("_once", UUID.randomUUID().toString())
                .param("company", String.valueOf(side.company()))
                .param("first", today.toString());
        var warned = mvc.perform(form.with(as(side.housingDesk())).with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(warned.getStatus()).isEqualTo(422);
        assertThat(warned.getContentAsString()).contains("钱**", "利益冲突").doesNotContain("钱委员");
        assertThat(contracts.of(side.oldYard())).isEmpty();
        var signed = mvc.perform(
                        form.param("aware", "on").with(as(side.housingDesk())).with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(signed.getStatus()).isEqualTo(303);
        assertThat(contracts.of(side.oldYard())).hasSize(1);
    }
}
