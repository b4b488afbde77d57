package org.hemei.registry.company;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.AttachmentGate;
import org.hemei.registry.CreditCode;
import org.hemei.registry.contract.ContractDesk;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.testing.Waiting;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** What companies that end or merge leave behind: papers handed over, posts, branches, and the histories of all of them. */
@HemeiTest
class MergedCompaniesTest {

    @Autowired
    CompanyDesk desk;

    @Autowired
    Companies companies;

    @Autowired
    ContractDesk contracts;

    @Autowired
    List<AttachmentGate> gates;

    @Autowired
    Towns towns;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvc mvc;

    @Autowired
    TransactionTemplate transactions;

    Town.Side side;
    LocalDate today;
    long other;

    @BeforeEach
    void build() {
        side = towns.make().near();
        today = companies.today();
        other = company(1);
    }

    private long company(int number) {
        var code = CreditCode.complete("93" + side.district() + "MB000000" + number)
                .value();
        var id = desk.register(
                side.housingDesk(),
                new CompanyDraft(
                        code,
                        "试并进物业" + number + "号" + side.district(),
                        "试并进" + number,
                        String.valueOf(side.district()),
                        LocalDate.of(2020, 1, 1),
                        null,
                        null));
        return id;
    }

    private CompanyView view(long company) {
        return companies.find(company).orElseThrow();
    }

    private MockHttpServletResponse press(Reader who, String path, long body, String... fields) throws Exception {
        var version = jdbc.sql("select version from body where id = ?")
                .param(body)
                .query(String.class)
                .single();
        var request = post(path).param("version", version);
        for (var n = 0; n < fields.length; n += 2) {
            request.param(fields[n], fields[n + 1]);
        }
        return mvc.perform(request.with(as(who)).with(csrf())).andReturn().getResponse();
    }

    private void merge(long from, long to, LocalDate day) throws Exception {
        var answer = press(
                side.housingDesk(),
                "/bodies/" + from + "/merge",
                from,
                "into",
                String.valueOf(to),
                "day",
                day.toString(),
                "basis",
                "吸收合并");
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(303);
    }

    private MockHttpServletResponse correct(long body, String verb, LocalDate day) throws Exception {
        var entry = jdbc.sql("select max(id) from body_change where body = ? and verb = ?")
                .params(body, verb)
                .query(String.class)
                .single();
        return press(
                side.housingDesk(),
                "/bodies/" + body + "/correct",
                body,
                "change",
                entry,
                "day",
                day.toString(),
                "basis",
                "看错了");
    }

    private String page(Reader who, String path) throws Exception {
        return mvc.perform(get(path).with(as(who)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    private long contract(LocalDate on) {
        return jdbc.sql("select id from contract where estate = ? and during @> cast(? as date)")
                .params(side.garden(), on)
                .query(Long.class)
                .single();
    }

    private void ends(LocalDate past) {
        jdbc.sql("update contract set during = daterange(lower(during), ?) where estate = ?")
                .params(past, side.garden())
                .update();
    }

    private long sign(long company, LocalDate first) {
        return contracts.sign(
                side.housingDesk(),
                new ContractDesk.Signing(side.garden(), company, first, null, null, List.of(), "续聘", null));
    }

    private AttachmentGate papers() {
        return gates.stream()
                .filter(gate -> gate.ownerKind().equals("contract"))
                .findFirst()
                .orElseThrow();
    }

    private Reader manager(long company) {
        return towns.account(Role.MANAGER, null, null, company, null);
    }

    private List<String> told(String table, String of, long id) {
        return jdbc.sql("select verb from " + table + " where " + of + " = ? order by id")
                .param(id)
                .query(String.class)
                .list();
    }

    private long appointed(String name, long body, LocalDate from, @Nullable LocalDate past) {
        return towns.post(towns.person(name), body, "项目经理", from, past);
    }

    @Test
    void nobodyHandsPapersToThemselvesWhenTheCompanyThatFollowsMergesIntoTheOneBefore() throws Exception {
        ends(today.plusDays(30));
        var next = sign(other, today.plusDays(30));
        assertThat(page(side.housingDesk(), "/contracts/" + next + "/handover")).contains("等 ");
        merge(other, side.company(), today.plusDays(5));
        assertThat(jdbc.sql("select count(*) from contract_handover where contract = ?")
                        .param(next)
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(contract(today.plusDays(40)))
                .as("planned, it changes hands as it is")
                .isEqualTo(next);
        assertThat(page(manager(side.company()), "/handovers")).doesNotContain("/contracts/" + next + "/handover");
    }

    @Test
    void whoHandsOverIsWhoeverServesTheEstateUntilTheLastDay() throws Exception {
        ends(today.plusDays(30));
        var third = company(3);
        var next = sign(third, today.plusDays(30));
        merge(side.company(), other, today.plusDays(2));
        var carried = contract(today.plusDays(3));
        assertThat(jdbc.sql("select previous from contract_handover where contract = ?")
                        .param(next)
                        .query(Long.class)
                        .single())
                .isEqualTo(carried);
        assertThat(page(manager(other), "/contracts/" + next + "/handover")).contains("交出方确认</button>");
        assertThat(jdbc.sql("select count(*) from contract_handover where contract = ?")
                        .param(carried)
                        .query(Integer.class)
                        .single())
                .as("between the merged and its heir there is nothing to hand over")
                .isZero();
        assertThat(told("contract_change", "contract", carried)).containsExactly("signed");
        assertThat(jdbc.sql(
                                "select count(*) from event_log where kind in ('contract.ended', 'contract.signed') and subject = ?")
                        .param(String.valueOf(side.garden()))
                        .query(Integer.class)
                        .single())
                .as("webhooks hear of the merger at each estate")
                .isGreaterThanOrEqualTo(3);

        assertThat(correct(side.company(), "merged", today.plusDays(9)).getStatus())
                .isEqualTo(303);
        assertThat(told("contract_change", "contract", carried)).containsExactly("signed", "corrected");
        assertThat(page(side.housingDesk(), "/contracts/" + carried)).contains("更正了登记", "企业合并的日子更正了", "第一天");
        assertThat(page(side.housingDesk(), "/contracts/" + contract(today))).contains("更正了登记", "最后一天");
        assertThat(jdbc.sql("select count(*) from audit_entry where action = 'contract.corrected' and subject_id = ?")
                        .param(String.valueOf(side.garden()))
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void whatWasConfirmedBeforeTheMergerCountsForWhoeverFollows() throws Exception {
        ends(today.plusDays(30));
        var third = company(3);
        var next = sign(third, today.plusDays(30));
        jdbc.sql("""
                        update contract_handover
                        set given_by = :by, given_at = now(), taken_by = :by, taken_at = now(), done_on = :on
                        where contract = :contract
                        """)
                .param("by", side.housingDesk().account())
                .param("on", today)
                .param("contract", next)
                .update();
        merge(side.company(), other, today.plusDays(2));
        assertThat(jdbc.sql(
                                "select (previous = ?) || ' ' || (done_on = ?) || ' ' || (given_at is not null) || ' ' || (taken_at is not null) from contract_handover where contract = ?")
                        .params(contract(today.plusDays(3)), today, next)
                        .query(String.class)
                        .single())
                .isEqualTo("true true true true");
    }

    @Test
    void aMergerWaitsForWhoeverIsAtAContractOfTheEstate() throws Exception {
        var held = contract(today);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var merged = new AtomicReference<Future<?>>();
            transactions.executeWithoutResult(status -> {
                jdbc.sql("select id from estate where id = ? for update")
                        .param(side.garden())
                        .query(Long.class)
                        .single();
                merged.set(threads.submit(() -> {
                    merge(side.company(), other, today.plusDays(2));
                    return true;
                }));
                Waiting.forThis(jdbc);
                assertThat(jdbc.sql("select id from contract where id = ? for update skip locked")
                                .param(held)
                                .query(Long.class)
                                .list())
                        .containsExactly(held);
            });
            merged.get().get();
        }
        assertThat(contract(today.plusDays(2))).isNotEqualTo(held);
    }

    @Test
    void whatACompanyTookOverBeforeItMergedItsHeirConfirms() throws Exception {
        var third = company(3);
        ends(today);
        var taken = sign(third, today);
        merge(third, other, today.plusDays(1));
        assertThat(mvc.perform(get("/contracts/" + taken + "/handover").with(as(manager(other))))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .as("not before the day")
                .isEqualTo(404);
        jdbc.sql("update body set until = ? where id = ?").params(today, third).update();
        assertThat(page(manager(other), "/contracts/" + taken + "/handover"))
                .contains("已并入 " + view(other).name(), "接收方确认</button>");
        // and where the two have become one, nobody waits any more
        jdbc.sql("update body set until = ?, ending = 'merged', successor = ? where id = ?")
                .params(today, other, side.company())
                .update();
        assertThat(page(manager(other), "/contracts/" + taken + "/handover"))
                .contains("不用再交接")
                .doesNotContain("确认</button>");
        assertThat(page(manager(other), "/handovers")).doesNotContain("/contracts/" + taken + "/handover");
        assertThat(page(manager(other), "/handovers?done=1")).contains("/contracts/" + taken + "/handover", "两家合并了");
    }

    @Test
    void postsOfAMergedCompanyTellWhatBecameOfEach() throws Exception {
        var day = today.plusDays(20);
        var over = appointed("任期到了", side.company(), today.minusYears(1), day);
        var running = appointed("接着干", side.company(), today.minusYears(1), null);
        var planned = towns.post(towns.person("还没来"), side.company(), "负责人", day.plusDays(9), null);
        jdbc.sql("update appointment set estate = ? where id = ?")
                .params(side.garden(), planned)
                .update();
        jdbc.sql("update appointment set estate = ? where id = ?")
                .params(side.garden(), towns.post(towns.person("有人了"), other, "负责人", today, null))
                .update();
        merge(side.company(), other, day);
        assertThat(told("appointment_change", "appointment", over))
                .as("its term was over")
                .isEmpty();
        assertThat(told("appointment_change", "appointment", running)).containsExactly("ended");
        assertThat(told("appointment_change", "appointment", planned)).containsExactly("taken_back");
        assertThat(jdbc.sql(
                                "select detail ->> 'post' || ' ' || (detail ->> 'first') || ' ' || (detail ->> 'estate') from appointment_change where appointment = ?")
                        .param(planned)
                        .query(String.class)
                        .single())
                .as("also of which estate it was")
                .isEqualTo("负责人 " + day.plusDays(9) + " " + side.garden());
        var begun = jdbc.sql("select id from appointment where body = ? and lower(during) = ?")
                .params(other, day)
                .query(Long.class)
                .single();
        assertThat(correct(side.company(), "merged", day.plusDays(3)).getStatus())
                .isEqualTo(303);
        assertThat(told("appointment_change", "appointment", running)).containsExactly("ended", "ended");
        assertThat(told("appointment_change", "appointment", begun)).containsExactly("appointed", "corrected");
        assertThat(jdbc.sql("select upper(during) from appointment where id = ?")
                        .param(over)
                        .query(LocalDate.class)
                        .single())
                .as("a term that was over stays over")
                .isEqualTo(day);
    }

    @Test
    void theEndOfACompanyIsNotPutBeforeWhatItsBranchesBeganSince() throws Exception {
        ends(today.plusDays(1));
        var branch =
                desk.addBranch(side.housingDesk(), view(side.company()), "试分公司", "试分", String.valueOf(side.district()));
        var head = appointed("后来的经理", branch, today.plusDays(5), null);
        desk.end(side.housingDesk(), view(side.company()), today.plusDays(10), "不做了");
        for (var early : List.of(today.plusDays(3), today)) {
            var refused = correct(side.company(), "dissolved", early);
            assertThat(refused.getStatus()).isEqualTo(422);
            assertThat(refused.getContentAsString()).contains("分公司“试分”");
        }
        assertThat(correct(side.company(), "dissolved", today.plusDays(7)).getStatus())
                .isEqualTo(303);
        assertThat(jdbc.sql("select until from body where id = ?")
                        .param(branch)
                        .query(LocalDate.class)
                        .single())
                .isEqualTo(today.plusDays(7));
        assertThat(jdbc.sql("select upper(during) from appointment where id = ?")
                        .param(head)
                        .query(LocalDate.class)
                        .single())
                .isEqualTo(today.plusDays(7));
    }

    @Test
    void aBranchThatIsToEndLaterEndsWithItsCompanyAndComesBackWithItsDay() throws Exception {
        ends(today.plusDays(1));
        var branch =
                desk.addBranch(side.housingDesk(), view(side.company()), "试分公司", "试分", String.valueOf(side.district()));
        var head = appointed("分公司的", branch, today, null);
        var planned = today.plusDays(60);
        press(
                side.housingDesk(),
                "/companies/" + side.company() + "/branches/" + branch + "/end",
                side.company(),
                "day",
                planned.toString(),
                "reason",
                "先定了");
        var until = "select until from body where id = ?";
        assertThat(jdbc.sql(until).param(branch).query(LocalDate.class).single())
                .isEqualTo(planned);
        desk.end(side.housingDesk(), view(side.company()), today.plusDays(10), "不做了");
        assertThat(jdbc.sql(until).param(branch).query(LocalDate.class).single())
                .as("no branch outlives its company")
                .isEqualTo(today.plusDays(10));
        assertThat(jdbc.sql("select upper(during) from appointment where id = ?")
                        .param(head)
                        .query(LocalDate.class)
                        .single())
                .isEqualTo(today.plusDays(10));
        assertThat(press(side.housingDesk(), "/bodies/" + side.company() + "/restore", side.company(), "basis", "登记错了")
                        .getStatus())
                .isEqualTo(303);
        assertThat(jdbc.sql(until).param(branch).query(LocalDate.class).single())
                .as("its own day stands")
                .isEqualTo(planned);
    }

    @Test
    void theDayOfAnEndIsPutRightPastTheDayOfABranchAndItsPostsEndWithTheBranch() throws Exception {
        ends(today.plusDays(1));
        var branch =
                desk.addBranch(side.housingDesk(), view(side.company()), "试分公司", "试分", String.valueOf(side.district()));
        var head = appointed("分公司的", branch, today, null);
        var planned = today.plusDays(60);
        press(
                side.housingDesk(),
                "/companies/" + side.company() + "/branches/" + branch + "/end",
                side.company(),
                "day",
                planned.toString(),
                "reason",
                "先定了");
        desk.end(side.housingDesk(), view(side.company()), today.plusDays(10), "不做了");
        assertThat(correct(side.company(), "dissolved", today.plusDays(90)).getStatus())
                .isEqualTo(303);
        assertThat(jdbc.sql("select until from body where id = ?")
                        .param(branch)
                        .query(LocalDate.class)
                        .single())
                .isEqualTo(planned);
        assertThat(jdbc.sql("select upper(during) from appointment where id = ?")
                        .param(head)
                        .query(LocalDate.class)
                        .single())
                .as("nobody is in office in what is no more")
                .isEqualTo(planned);
    }

    @Test
    void aBranchGoesAlongThroughTwoMergersEnteredAhead() throws Exception {
        var third = company(3);
        var branch =
                desk.addBranch(side.housingDesk(), view(side.company()), "试分公司", "试分", String.valueOf(side.district()));
        merge(side.company(), other, today.plusDays(10));
        merge(other, third, today.plusDays(50));
        var above = "select parent from body_parent where body = ? and during @> cast(? as date)";
        assertThat(jdbc.sql(above)
                        .params(branch, today.plusDays(49))
                        .query(Long.class)
                        .single())
                .isEqualTo(other);
        assertThat(jdbc.sql(above)
                        .params(branch, today.plusDays(50))
                        .query(Long.class)
                        .single())
                .isEqualTo(third);
    }

    @Test
    void theCompanyToMergeIntoIsFoundByItsName() throws Exception {
        var path = "/bodies/" + side.company() + "/merge";
        assertThat(page(side.housingDesk(), path))
                .contains("value=\"" + other + "\"")
                .doesNotContain("role=\"search\" action=\"" + path);
        assertThat(page(side.housingDesk(), path + "?q=并进物业1号"))
                .contains("value=\"" + other + "\"", "名称里有“并进物业1号”的 1 个");
        var found = press(
                        side.housingDesk(),
                        path,
                        side.company(),
                        "find",
                        "some",
                        "q",
                        "并进物业1号",
                        "day",
                        today.plusDays(3).toString(),
                        "basis",
                        "<i>吸收合并")
                .getContentAsString();
        assertThat(found)
                .as("what was filled in before looking for it stays")
                .contains("value=\"" + other + "\"", "value=\"" + today.plusDays(3) + "\"", "&lt;i>吸收合并");
        assertThat(view(side.company()).until()).as("nothing is done yet").isNull();
        assertThat(page(side.housingDesk(), path + "?q=没有这样的"))
                .doesNotContain("value=\"" + other + "\"")
                .contains("的 0 个");
    }

    @Test
    void thePaperOfAContractIsReadWithTheOneThatGoesOn() throws Exception {
        var signed = contract(today);
        jdbc.sql("""
                        insert into attachment (district, id, owner_kind, owner_id, purpose, media_type, byte_size, sha256, file_name, uploaded_by, uploaded_at)
                        values (?, ?, 'contract', ?, 'DOCUMENT', 'application/pdf', 9, repeat('0', 64), '物业服务合同.pdf', ?, now())
                        """)
                .params(
                        side.district(),
                        UUID.randomUUID(),
                        String.valueOf(signed),
                        side.housingDesk().account())
                .update();
        merge(side.company(), other, today);
        var carried = contract(today);
        assertThat(carried).isNotEqualTo(signed);
        assertThat(page(manager(other), "/contracts/" + carried)).contains("合并以前的企业签的", "物业服务合同.pdf");
        assertThat(papers().may(manager(other), side.district(), String.valueOf(signed)))
                .isTrue();
        assertThat(papers().may(manager(company(3)), side.district(), String.valueOf(signed)))
                .isFalse();
        var past = jdbc.sql(
                        "insert into contract (company, estate, during) values (?, ?, '[2011-01-01,2012-01-01)') returning id")
                .params(side.company(), side.garden())
                .query(Long.class)
                .single();
        assertThat(papers().may(manager(side.company()), side.district(), String.valueOf(past)))
                .isTrue();
        assertThat(papers().may(manager(other), side.district(), String.valueOf(past)))
                .as("over long before the merger")
                .isFalse();
    }
}
