package org.hemei.evaluation.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hemei.access.Role;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.campaign.EvaluationThings;
import org.hemei.evaluation.listing.Votes.Choice;
import org.hemei.evaluation.listing.Votes.Vote;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** Two years of a company, told from its first failed year to the day it is taken off the list; and what else can happen. */
@HemeiTest
class ListingStoryTest {

    @Autowired
    private ListingSheets sheets;

    @Autowired
    private Towns towns;

    @Autowired
    private ListingThings things;

    @Autowired
    private EvaluationThings evaluations;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private ListingDesk desk;

    @Autowired
    private DecisionDesk decisions;

    @Autowired
    private RepairDesk repairs;

    @Autowired
    private BasisDesk bases;

    @Autowired
    private ListingQueries queries;

    @Autowired
    private ListingDue due;

    @Autowired
    private ListingCheck check;

    @Autowired
    private PublicListings published;

    @Autowired
    private Pump pump;

    @Autowired
    private MovableClock clock;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvc mvc;

    private Town town;
    private Town.Side near;
    private long company;
    private Reader bureau;
    private Reader manager;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
        company = near.company();
        bureau = near.housingDesk();
        manager = things.speaksFor(near, company);
    }

    @AfterEach
    void putBack() {
        clock.reset();
    }

    private void on(String day) {
        clock.set(CivilTime.at(LocalDate.parse(day), LocalTime.of(10, 0)));
        pump.run();
        due.run();
        pump.run();
    }

    private List<Long> cases() {
        return jdbc.sql("select id from listing where company = ? order by id")
                .param(company)
                .query(Long.class)
                .list();
    }

    private String publicPage() throws Exception {
        return mvc.perform(get("/blacklist")).andReturn().getResponse().getContentAsString();
    }

    private String companyName() {
        return jdbc.sql("select name from body where id = ?")
                .param(company)
                .query(String.class)
                .single();
    }

    @Test
    void two_failed_years_a_listing_and_its_repair() throws Exception {
        // 2030 fails: one year is nothing
        on("2031-03-10");
        things.fails(company, 2030);
        on("2031-03-11");
        assertThat(cases()).isEmpty();

        // 2031 fails as well: proposed, and not listed
        on("2032-03-09");
        things.fails(company, 2031);
        on("2032-03-10");
        var id = cases().getFirst();
        assertThat(things.state(id)).isEqualTo(ListingState.PROPOSED);
        assertThat(sheets.told(bureau)).contains("有企业连续两年不合格，请看要不要告知");
        assertThat(sheets.toldOfCases(manager)).as("not before a human looked").isEmpty();
        assertThat(queries.waiting(bureau)).isEqualTo(1);
        assertThat(publicPage()).doesNotContain(companyName());

        // the notice: facts, basis, and ten working days to speak
        desk.notify(bureau, id, 0, Weight.ORDINARY, things.basis(near), "2030、2031 两年测评 55.12 分，低于 60 分。", List.of());
        assertThat(sheets.told(manager)).contains("拟列入“黑名单”，您可以陈述申辩");
        assertThat(queries.waiting(manager)).isEqualTo(1);
        assertThat(queries.waiting(bureau)).as("until it is served").isEqualTo(1);
        desk.deliver(bureau, id, 1, LocalDate.of(2032, 3, 10), "当面送达，办公室签收", List.of());
        assertThat(queries.waiting(bureau)).isZero();
        assertThat(sheets.told(manager)).contains("告知书送达了，陈述申辩的期限从第二天起算");
        desk.state(manager, id, 2, "2031 年接手时电梯已经停了，正在换。", List.of());
        assertThat(sheets.told(bureau)).contains("企业交了陈述申辩");

        // nobody decides before the defence is over; 24 March 2032 is its last day
        on("2032-03-24");
        var three = things.members(near, 3);
        assertThatThrownBy(() -> decisions.decide(bureau, id, 3, ListingThings.all(three, Choice.FOR), "理由", List.of()))
                .hasMessageContaining("已告知");
        on("2032-03-25");
        assertThat(things.state(id)).isEqualTo(ListingState.HEARD);
        assertThatThrownBy(() -> desk.state(manager, id, 4, "还有一点。", List.of())).isInstanceOf(Refusal.class);

        // three decide, one who once worked for the company withdraws
        var once = towns.account(Role.HOUSING, ListingThings.area(near), null, null, null);
        towns.post(once.person(), company, "项目经理", LocalDate.of(2030, 1, 1), LocalDate.of(2031, 1, 1));
        assertThatThrownBy(() -> decisions.decide(once, id, 4, ListingThings.all(three, Choice.FOR), "理由", List.of()))
                .hasMessageContaining("回避");
        var votes = new Votes(List.of(
                new Vote(three.get(0).account(), Choice.FOR, ""),
                new Vote(three.get(1).account(), Choice.FOR, ""),
                new Vote(three.get(2).account(), Choice.AGAINST, ""),
                new Vote(once.account(), Choice.RECUSED, "2030 年在这家企业当过项目经理")));
        decisions.decide(bureau, id, 4, votes, "接手一年没有换电梯。请换好 3 号楼电梯，公示维修记录。", List.of());
        assertThat(things.state(id)).isEqualTo(ListingState.DECIDED);
        assertThat(publicPage()).as("not before it was served").doesNotContain(companyName());

        // served: from this day on it stands on the list
        on("2032-03-27");
        desk.serve(bureau, id, 5, LocalDate.of(2032, 3, 27), "当面送达，企业负责人签收", List.of());
        assertThat(sheets.told(manager)).contains("列入“黑名单”的决定送达了，里面有怎么修复");
        assertThat(sheets.told(near.streetDesk())).contains("您这里的物业企业列入了“黑名单”");
        assertThat(publicPage()).contains(companyName(), "2032年3月27日—2033年3月27日", "只供参考，不限制投标");
        assertThat(paper(id, "decision", manager)).isEqualTo(200);

        // repair: not on the last day of the minimum term, but on the next
        on("2032-06-27");
        assertThatThrownBy(() -> repairs.apply(manager, id, 6, "电梯换好了。", List.of()))
                .hasMessageContaining("最短期限");
        on("2032-06-28");
        repairs.apply(manager, id, 6, "3 号楼电梯 5 月 20 日换好，记录贴在门厅。", List.of());
        assertThat(queries.waiting(near.streetDesk())).isEqualTo(1);
        repairs.verify(near.streetDesk(), id, 7, true, "6 月 28 日去看过，电梯在用，记录在。", List.of());
        repairs.conclude(bureau, id, 8, true, "整改到位，移出。", List.of());
        assertThat(things.state(id)).isEqualTo(ListingState.REMOVED);
        assertThat(sheets.told(manager)).contains("修复了，已从“黑名单”移出");
        assertThat(publicPage()).as("nothing after it ends").doesNotContain(companyName());
        assertThat(published.published(company)).isEmpty();

        // everything is written down, and can be read by its sides and nobody else
        var view = queries.find(id).orElseThrow();
        assertThat(view.steps())
                .extracting(ListingView.Step::verb)
                .containsExactly(
                        ListingVerb.PROPOSE,
                        ListingVerb.NOTIFY,
                        ListingVerb.DELIVER,
                        ListingVerb.STATE,
                        ListingVerb.CLOSE_DEFENCE,
                        ListingVerb.LIST,
                        ListingVerb.SERVE,
                        ListingVerb.APPLY_REPAIR,
                        ListingVerb.VERIFY,
                        ListingVerb.REMOVE);
        assertThat(view.voted().last()).hasSize(4);
        assertThat(jdbc.sql(
                                "select action from audit_entry where subject_kind = 'listing' and subject_id = ? order by id")
                        .param(String.valueOf(id))
                        .query(String.class)
                        .list())
                .hasSize(10);
        assertThat(check.measure(LocalDate.of(2032, 6, 28)))
                .filteredOn(figure -> figure.area().equals(ListingThings.area(near)))
                .containsExactly(new org.hemei.platform.MechanismCheck.Figure(ListingThings.area(near), 4, 4, 0));
        assertThat(paper(id, "notice", manager)).isEqualTo(200);
        assertThat(paper(id, "repair", near.streetDesk())).isEqualTo(200);
        assertThat(paper(id, "decision", town.far().manager())).isEqualTo(404);
    }

    private int paper(long id, String paper, Reader reader) throws Exception {
        return mvc.perform(get("/listings/" + id + "/" + paper + ".pdf").with(as(reader)))
                .andReturn()
                .getResponse()
                .getStatus();
    }

    @Test
    void a_year_overturned_before_the_decision_ends_the_case_and_afterwards_the_listing_was_wrong_from_the_start()
            throws Exception {
        var last = things.thisYear() - 1;
        var before = things.proposed(company);
        things.year(company, last, YearResult.PASS, false);
        pump.run();
        assertThat(things.state(before)).isEqualTo(ListingState.DROPPED);
        assertThat(sheets.toldOfCases(manager)).as("who was never told").isEmpty();
        assertThat(publicPage()).doesNotContain(companyName());

        // failed again after all: another case, and this one is served
        things.fails(company, last);
        pump.run();
        assertThat(cases()).hasSize(2);
        company = near.company();
        var id = things.at(ListingState.LISTED, near);
        company = jdbc.sql("select company from listing where id = ?")
                .param(id)
                .query(Long.class)
                .single();
        assertThat(publicPage()).contains(companyName());
        things.year(company, last - 1, YearResult.FAIL, true);
        pump.run();
        assertThat(things.state(id))
                .as("a margin that reaches over the line is no clear fail")
                .isEqualTo(ListingState.REVOKED);
        assertThat(publicPage()).contains(companyName(), "撤销：自始就是错的", "不是修复");
        assertThat(published.inForce(List.of(company))).isEmpty();
        assertThat(sheets.told(things.manager(near))).contains("列入撤销了，自始就是错的");

        // and a repaired one too: it is not shown as repaired
        var repaired = things.at(ListingState.REMOVED, near);
        company = jdbc.sql("select company from listing where id = ?")
                .param(repaired)
                .query(Long.class)
                .single();
        assertThat(published.published(company)).isEmpty();
        things.year(company, last, YearResult.NOT_RATED, false);
        pump.run();
        assertThat(things.state(repaired)).isEqualTo(ListingState.REVOKED);
        assertThat(published.published(company))
                .singleElement()
                .satisfies(one -> assertThat(one.wrong()).isTrue());
    }

    @Test
    void an_unrated_or_missing_year_between_proposes_nothing_until_it_is_corrected() {
        var year = things.thisYear();
        things.fails(company, year - 2);
        things.year(company, year - 1, YearResult.NOT_RATED, false);
        things.fails(company, year);
        pump.run();
        assertThat(cases()).isEmpty();
        things.fails(company, year - 1);
        pump.run();
        assertThat(cases()).as("the whole run at once").hasSize(2);
        things.fails(company, year - 1);
        pump.run();
        assertThat(cases())
                .as("a new version of the same fail proposes nothing twice")
                .hasSize(2);
        assertThat(queries.find(cases().getFirst())
                        .orElseThrow()
                        .years()
                        .getLast()
                        .corrected())
                .as("but its page says so")
                .isTrue();
    }

    @Test
    void a_run_does_not_follow_a_successor() {
        var year = things.thisYear();
        var old = things.company(near);
        things.fails(old, year - 1);
        things.fails(company, year);
        jdbc.sql("update body set until = ?, ending = 'merged', successor = ? where id = ?")
                .params(CivilTime.date(clock.instant()), company, old)
                .update();
        pump.run();
        assertThat(cases()).isEmpty();
        things.fails(old, year - 2);
        pump.run();
        var case1 = jdbc.sql("select id from listing where company = ?")
                .param(old)
                .query(Long.class)
                .single();
        assertThat(queries.find(case1).orElseThrow().successor())
                .as("what is the old company's own stays its own, and says who took it over")
                .isNotNull();
    }

    @Test
    void publication_ends_by_itself_and_an_objection_is_looked_at_by_others() throws Exception {
        var id = things.at(ListingState.LISTED, near);
        var decided = jdbc.sql("select account from listing_vote where listing = ? limit 1")
                .param(id)
                .query(Long.class)
                .single();
        desk.object(manager, id, things.version(id), "2024 年的样本里有不是我们服务的楼。", List.of());
        assertThat(queries.waiting(bureau)).isEqualTo(1);
        assertThatThrownBy(() -> desk.answer(towns.reader(decided), id, things.version(id), false, "查过了。", List.of()))
                .hasMessageContaining("没参加的人审查");
        desk.answer(bureau, id, things.version(id), false, "核对了合同，都是你们服务的。", List.of());
        assertThatThrownBy(() -> desk.object(manager, id, things.version(id), "再看看。", List.of()))
                .hasMessageContaining("行政复议");
        var last = jdbc.sql("select most_last from listing where id = ?")
                .param(id)
                .query((r, n) -> r.getObject(1, LocalDate.class))
                .single();
        clock.set(CivilTime.at(last, LocalTime.of(23, 59)));
        due.run();
        assertThat(publicPage()).contains(companyName());
        clock.set(CivilTime.startOf(last.plusDays(1)));
        assertThat(publicPage()).as("even before the clock did it").doesNotContain(companyName());
        due.run();
        assertThat(things.state(id)).isEqualTo(ListingState.EXPIRED);

        var other = things.at(ListingState.LISTED, near);
        var listed = things.manager(near);
        desk.object(listed, other, things.version(other), "那一年的合同不是我们的。", List.of());
        desk.answer(bureau, other, things.version(other), true, "属实。", List.of());
        assertThat(things.state(other)).isEqualTo(ListingState.REVOKED);

        company = companyOf(other);
        things.failsWith(company, things.thisYear() - 1, 5_100);
        pump.run();
        assertThat(cases())
                .as("the company was right: the same two years are not held against it again")
                .containsExactly(other);
    }

    @Test
    void a_decision_waits_for_an_objection_to_one_of_its_years_also_where_that_year_is_final() {
        var id = things.at(ListingState.HEARD, near);
        var objection = evaluations.objection(near);
        var year = jdbc.sql("select second_year from listing where id = ?")
                .param(id)
                .query(Integer.class)
                .single();
        var campaign = jdbc.sql("""
                        update evaluation_campaign set year = ? where id = (select p.campaign from evaluation_objection o
                               join evaluation_project p on p.id = o.project where o.id = ?) returning id
                        """).params(year, objection).query(Long.class).single();
        var three = ListingThings.all(things.members(near, 3), Choice.FOR);
        ThrowingCallable decide = () -> decisions.decide(bureau, id, things.version(id), three, "整改。", List.of());
        assertThatThrownBy(decide).hasMessageContaining("企业对这两年的成绩还有异议没有答复");
        assertThat(things.state(id)).isEqualTo(ListingState.HEARD);

        // neither one that was taken back, nor one to another year
        for (var free : List.of(
                "update evaluation_objection set state = 'withdrawn' where id = " + objection,
                "update evaluation_campaign set year = 2033 where id = " + campaign)) {
            transaction.executeWithoutResult(status -> {
                jdbc.sql(free).update();
                assertThatCode(decide).doesNotThrowAnyException();
                status.setRollbackOnly();
            });
        }
    }

    private long companyOf(long id) {
        return jdbc.sql("select company from listing where id = ?")
                .param(id)
                .query(Long.class)
                .single();
    }

    @Test
    void a_fail_put_right_to_another_fail_is_noticed_anew_and_of_a_listing_both_sides_are_told() throws Exception {
        var last = things.thisYear() - 1;
        var proposed = things.proposed(company);
        things.failsWith(company, last, 5_700);
        pump.run();
        assertThat(cases()).as("nobody was told of the old figures").containsExactly(proposed);
        assertThat(sheets.told(bureau)).contains("依据的成绩更正了，仍是连续两年不合格");
        assertThat(sheets.toldOfCases(manager)).isEmpty();
        assertThat(quoted(proposed)).isEqualTo("57.00");

        desk.notify(bureau, proposed, 1, Weight.ORDINARY, things.basis(near), "两年不合格。", List.of());
        things.deliver(proposed, near);
        things.failsWith(company, last, 5_700);
        pump.run();
        assertThat(things.state(proposed))
                .as("a version with the same figures starts nothing anew")
                .isEqualTo(ListingState.NOTICED);
        things.closeDefence(proposed);
        things.failsWith(company, last, 5_900);
        var three = ListingThings.all(things.members(near, 3), Choice.FOR);
        assertThatThrownBy(() -> decisions.decide(bureau, proposed, things.version(proposed), three, "整改。", List.of()))
                .as("before the examination came by")
                .hasMessageContaining("成绩刚更正过");
        pump.run();
        assertThat(things.state(proposed)).isEqualTo(ListingState.DROPPED);
        assertThat(sheets.told(manager)).contains("成绩变了，这件“黑名单”终止了");
        var again = cases().getLast();
        assertThat(things.state(again)).isEqualTo(ListingState.PROPOSED);
        assertThat(quoted(again)).isEqualTo("59.00");

        var listed = things.at(ListingState.LISTED, near);
        things.failsWith(companyOf(listed), last, 5_000);
        pump.run();
        assertThat(things.state(listed)).isEqualTo(ListingState.LISTED);
        assertThat(sheets.told(manager)).contains("依据的成绩更正了，仍是连续两年不合格");
        assertThat(quoted(listed)).as("its papers say what was decided on").isEqualTo("55.12");
    }

    /** What the papers of a case say of its second year. */
    private String quoted(long id) {
        return ListingView.Year.points(
                queries.find(id).orElseThrow().years().getLast().then());
    }

    @Test
    void a_company_that_nobody_signs_in_for_is_served_by_hand_and_whoever_manages_one_estate_does_not_speak_for_it() {
        var alone = things.company(near);
        var id = things.proposed(alone);
        desk.notify(bureau, id, 0, Weight.ORDINARY, things.basis(near), "两年不合格。", List.of());
        assertThat(sheets.told(bureau)).contains("企业没有能收消息的账号，告知书请当面或邮寄送达");
        var estate = towns.account(Role.MANAGER, null, near.garden(), alone, null);
        assertThatThrownBy(() -> desk.state(estate, id, 1, "我来说。", List.of())).isInstanceOf(Missing.class);
        assertThat(queries.waiting(estate)).isZero();
        assertThatThrownBy(() -> desk.deliver(bureau, id, 1, things.today().minusDays(1), "当面", List.of()))
                .hasMessageContaining("不能早于告知的那天");
        assertThatThrownBy(() -> desk.deliver(bureau, id, 1, null, "", List.of()))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        no -> assertThat(no.reasons())
                                .extracting(Refusal.Reason::field)
                                .contains("servedOn", "words"));
        things.deliver(id, near);
        assertThatThrownBy(() -> things.deliver(id, near)).hasMessageContaining("已经送达");
    }

    @Test
    void only_a_law_lets_a_listing_exclude() {
        var area = ListingThings.area(near);
        var today = CivilTime.date(clock.instant());
        assertThatThrownBy(() ->
                        bases.add(bureau, new BasisDesk.Draft(area, "某局通知", "第三条", "不得参加投标", null, true, false, today)))
                .hasMessageContaining("法律、法规或者党中央、国务院文件");
        var practice = policy(area, "practice");
        assertThatThrownBy(() -> bases.add(
                        bureau, new BasisDesk.Draft(area, "某局做法", "第三条", "不得参加投标", practice, true, false, today)))
                .hasMessageContaining("法律、法规或者党中央、国务院文件");
        assertThatThrownBy(() -> bases.add(
                        town.far().housingDesk(), new BasisDesk.Draft(area, "x", "y", "z", null, false, false, today)))
                .isInstanceOf(Missing.class);
        var basis = bases.add(
                bureau, new BasisDesk.Draft(area, "某条例", "第九条", "不得参加投标", policy(area, "law"), true, false, today));
        var id = things.proposed(company);
        things.notice(id, near, Weight.SERIOUS, basis);
        jdbc.sql("update listing set due_at = now() - interval '1 minute' where id = ?")
                .param(id)
                .update();
        due.run();
        decisions.decide(bureau, id, 3, ListingThings.all(things.members(near, 3), Choice.FOR), "整改。", List.of());
        desk.serve(bureau, id, 4, today, "当面", List.of());
        assertThat(published.inForce(List.of(company))).singleElement().satisfies(one -> {
            assertThat(one.excludes()).isTrue();
            assertThat(one.until()).isEqualTo(today.plusYears(3));
        });
        jdbc.sql("update policy set valid_until = ? where id = (select policy from listing_basis where id = ?)")
                .params(today, basis)
                .update();
        assertThat(published.inForce(List.of(company)).getFirst().excludes())
                .as("a law that no longer holds allows nothing")
                .isFalse();
        jdbc.sql("update policy set valid_until = null where id = (select policy from listing_basis where id = ?)")
                .param(basis)
                .update();
        assertThat(published.inForce(List.of(company)).getFirst().excludes()).isTrue();
        jdbc.sql("update listing_basis set during = daterange(lower(during) - 10, ?) where id = ?")
                .params(today, basis)
                .update();
        assertThat(published.inForce(List.of(company)).getFirst().excludes())
                .as("a basis that no longer holds allows nothing")
                .isFalse();
    }

    private long policy(String area, String kind) {
        return jdbc.sql("""
                insert into policy (title, issuer, area, kind, issued_on, valid_from) values ('试条例', '试', ?, ?, date '2020-01-01', date '2020-01-01')
                returning id
                """).params(area, kind).query(Long.class).single();
    }

    @Test
    void two_at_once_and_everybody_who_has_no_part_are_turned_away() {
        var id = things.proposed(company);
        desk.notify(bureau, id, 0, Weight.ORDINARY, things.basis(near), "两年不合格。", List.of());
        assertThatThrownBy(() -> desk.notify(bureau, id, 0, Weight.ORDINARY, things.basis(near), "两年不合格。", List.of()))
                .isInstanceOf(Stale.class);
        for (var stranger :
                List.of(town.far().housingDesk(), town.far().manager(), near.communityDesk(), near.resident())) {
            assertThatThrownBy(() -> desk.state(stranger, id, 1, "我来说。", List.of()))
                    .isInstanceOf(Missing.class);
        }
        for (var other : List.of(bureau, near.streetDesk(), town.cityDesk())) {
            assertThatThrownBy(() -> desk.state(other, id, 1, "我来说。", List.of()))
                    .hasMessageContaining("归企业办");
        }
        assertThatThrownBy(() -> desk.state(manager, id, 1, " ", List.of()))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        no -> assertThat(no.reasons().getFirst().field()).isEqualTo("words"));
        assertThat(things.version(id)).isEqualTo(1);
    }
}
