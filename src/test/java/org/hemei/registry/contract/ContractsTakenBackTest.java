package org.hemei.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.attachment.Samples;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

/** What is left of a contract that was taken back, for whom; and who is told of contracts. */
@HemeiTest
class ContractsTakenBackTest {

    @Autowired
    ContractDesk desk;

    @Autowired
    Contracts contracts;

    @Autowired
    Handovers handovers;

    @Autowired
    Attachments attachments;

    @Autowired
    Towns towns;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Pump pump;

    @Autowired
    MockMvc mvc;

    Town town;
    Town.Side side;
    LocalDate today;

    @BeforeEach
    void build() {
        town = towns.make();
        side = town.near();
        today = CivilTime.date(clock.instant());
    }

    private long sign(long estate, long company, LocalDate first, @Nullable LocalDate last, List<UUID> papers) {
        return desk.sign(
                side.housingDesk(), new ContractDesk.Signing(estate, company, first, last, 160, papers, null, null));
    }

    private MockHttpServletResponse page(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader))).andReturn().getResponse();
    }

    private List<String> told(Reader reader) {
        return jdbc.sql("select title || '：' || body from notice where account = ? order by id")
                .param(reader.account())
                .query(String.class)
                .list();
    }

    @Test
    void its_story_and_papers_stay_with_the_estate_for_those_who_could_read_it() throws Exception {
        var file = new MockMultipartFile("file", "合同.pdf", "application/pdf", Samples.pdf());
        var paper = attachments.store(side.housingDesk(), side.district(), file, Attachments.Purpose.DOCUMENT);
        var id = sign(side.oldYard(), side.company(), today.plusDays(6), today.plusYears(1), List.of(paper));
        desk.takeBack(side.housingDesk(), contracts.find(id).orElseThrow(), 0, "企业反悔", null);

        assertThat(page(side.communityDesk(), "/estates/" + side.oldYard() + "/desk")
                        .getContentAsString())
                .contains("撤回的合同，不算数", "/contracts/" + id, "企业反悔");
        var story = page(side.communityDesk(), "/contracts/" + id);
        assertThat(story.getStatus()).isEqualTo(200);
        assertThat(story.getContentAsString())
                .contains("撤回的合同", CivilTime.day(today.plusDays(6)), "每平米每月 1.60 元", "签了合同", "开始前撤回", "企业反悔", "合同.pdf");
        var address = story.getContentAsString().replaceAll("(?s).*href=\"([^\"]*)\">合同.pdf.*", "$1");
        assertThat(page(side.communityDesk(), address).getStatus()).isEqualTo(200);
        assertThat(page(town.far().communityDesk(), address).getStatus()).isEqualTo(404);
        assertThat(page(town.far().communityDesk(), "/contracts/" + id).getStatus())
                .isEqualTo(404);
        assertThat(page(side.resident(), "/contracts/" + id).getStatus()).isEqualTo(403);
    }

    @Test
    void the_managers_of_both_companies_and_the_community_are_told_and_nobody_else() {
        var incoming = towns.account(Role.MANAGER, null, null, town.far().company(), null);
        desk.end(side.housingDesk(), contracts.of(side.garden()).getFirst(), 0, today.plusDays(5), "到期不续", null);
        sign(side.garden(), town.far().company(), today.plusDays(6), null, List.of());
        pump.run();
        assertThat(told(side.manager())).singleElement().asString().contains("提前结束了", CivilTime.day(today.plusDays(5)));
        assertThat(told(incoming)).singleElement().asString().contains("签了", "交接清单开好了");
        assertThat(told(side.communityDesk())).hasSize(2);
        assertThat(told(town.far().manager())).as("of another estate").isEmpty();
        assertThat(told(town.far().communityDesk())).isEmpty();
        assertThat(told(side.streetDesk())).isEmpty();
    }

    @Test
    void a_contract_put_right_is_told_to_both_companies_and_many_at_once_in_one() {
        var whole = towns.account(Role.MANAGER, null, null, side.company(), null);
        var incoming = towns.account(Role.MANAGER, null, null, town.far().company(), null);
        var known = contracts.of(side.garden()).getFirst();
        desk.correct(
                side.housingDesk(),
                known,
                0,
                new ContractDesk.Entry(town.far().company(), known.first(), null, null),
                "看错了");
        pump.run();
        assertThat(told(whole))
                .singleElement()
                .asString()
                .contains("更正了", "这份合同不是它的")
                .doesNotContain("日起");
        assertThat(told(incoming))
                .singleElement()
                .asString()
                .contains("更正了", "日起")
                .doesNotContain("不是它的");
        assertThat(told(side.communityDesk()))
                .as("what holds now, once")
                .singleElement()
                .asString()
                .doesNotContain("不是它的");

        for (var n = 0; n < 5; n++) {
            var estate = towns.estate(
                    "批量" + n + town.city(), String.valueOf(side.district()), side.street(), side.community(), "商品房");
            sign(estate, side.company(), today, null, List.of());
        }
        pump.run();
        assertThat(told(whole)).hasSize(2).last().asString().contains("签了5 个小区的物业合同");
    }

    @Test
    void a_manager_has_nothing_more_to_do_once_their_side_is_confirmed() {
        desk.end(side.housingDesk(), contracts.of(side.garden()).getFirst(), 0, today.minusDays(1), "到期不续", null);
        var id = sign(side.garden(), town.far().company(), today, null, List.of());
        assertThat(handovers.waiting(side.manager())).isEqualTo(1);
        jdbc.sql("update contract_handover set given_at = now(), given_by = ? where contract = ?")
                .params(side.manager().account(), id)
                .update();
        assertThat(handovers.waiting(side.manager())).isZero();
        assertThat(handovers.waiting(side.communityDesk()))
                .as("the list is open")
                .isEqualTo(1);
    }
}
