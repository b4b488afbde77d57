package org.hemei.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jakarta.servlet.RequestDispatcher;
import java.time.YearMonth;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.score.CompanyResults;
import org.hemei.evaluation.score.ScoreDesk;
import org.hemei.evaluation.score.Scores;
import org.hemei.registry.CreditCode;
import org.hemei.testing.Counting;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Transitions;
import org.hemei.workorder.Verb;
import org.hemei.workorder.archive.Retention;
import org.hemei.workorder.report.Level;
import org.hemei.workorder.report.ReportDesk;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** The demo city as the application itself loads it: the figures of the article, and histories that hold together. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoCityTest extends DemoFigures {

    @Autowired
    ReportDesk reports;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Scores scores;

    @Autowired
    ScoreDesk scoreDesk;

    @Autowired
    CompanyYears years;

    @Autowired
    CompanyResults companyResults;

    @Autowired
    DemoCity city;

    @Autowired
    DemoAccounts accounts;

    @Autowired
    OldOrders old;

    @Autowired
    Retention retention;

    @Autowired
    Counting counting;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    WebApplicationContext context;

    private long count(String sql) {
        return jdbc.sql("select count(*) from " + sql).query(Long.class).single();
    }

    @Test
    void the_city_has_the_figures_of_the_issue() {
        assertThat(count("area where level = 'district'")).isEqualTo(12);
        assertThat(count("area where level = 'street'")).isEqualTo(160);
        assertThat(count("area where level = 'community'")).isEqualTo(1773);
        assertThat(count("area where kind = 'residents'")).isEqualTo(1046);
        assertThat(count("area where kind = 'village'")).isEqualTo(720);
        assertThat(count("estate")).isEqualTo(4000);
        assertThat(count("building")).isBetween(38_000L, 42_000L);
        assertThat(jdbc.sql("select sum(households) from estate")
                        .query(Long.class)
                        .single())
                .isBetween(2_500_000L, 4_500_000L);
        assertThat(count("unit")).isBetween(39_000L, 41_000L);
        assertThat(jdbc.sql("select count(distinct estate) from unit")
                        .query(Long.class)
                        .single())
                .isEqualTo(60);
        assertThat(count("company")).isEqualTo(621);
        assertThat(count("estate e join area a on a.code = e.community where a.kind = 'special'"))
                .isZero();
        assertThat(count("work_order")).isGreaterThan(20_000);
        assertThat(count("attachment where owner_kind = 'work_order'")).isBetween(24L, 40L);
        assertThat(count("body where kind = 'street_department'")).isEqualTo(160);
        assertThat(count("body where party_kind = 'company_organisation'")).isEqualTo(337);
        assertThat(count("body where party_kind = 'estate_branch'")).isEqualTo(887);
        assertThat(count(
                        "body o join body_parent p on p.body = o.id join body b on b.id = p.parent and b.party_kind = 'estate_branch'"
                                + " where o.party_kind = 'owners_committee_organisation' and o.estate = b.estate"))
                .as("Party organisations of owners' committees, under their estate's branch")
                .isBetween(1L, 20L);
        assertThat(count("body where party_kind = 'building_group'")).isBetween(2000L, 3000L);
        assertThat(count("party_membership where kind = 'full' and employer is not null"))
                .isEqualTo(2555);
        assertThat(count("account a join access_grant g on g.account = a.id where g.role = 'RESIDENT'"))
                .isGreaterThanOrEqualTo(2500);
        assertThat(count("category where parent is not null")).isGreaterThanOrEqualTo(40);
    }

    @Test
    void every_estate_has_a_holder_and_exactly_567_have_no_company() {
        var today = "date '2026-11-23'";
        assertThat(count("estate where default_holder(id, " + today + ") is null"))
                .isZero();
        var without = " estate e where not exists (select from contract c where c.estate = e.id and c.during @> "
                + today + ")";
        assertThat(count(without)).isEqualTo(567);
        assertThat(count(without + " and not kinds && array['三无', '老旧', '自管']")).isZero();
        assertThat(count("contract where upper(during) <= " + today)).isGreaterThan(300);
        assertThat(count("company b where not exists (select from contract c where c.company = b.body)"))
                .isZero();
    }

    @Test
    void pages_with_a_frame_of_their_own_say_that_the_data_are_samples() throws Exception {
        var mvc = MockMvcBuilders.webAppContextSetup(context).build();
        var poll = jdbc.sql("select min(id) from poll where state <> 'cancelled'")
                .query(Long.class)
                .single();
        for (var path : List.of("/ballot-box", "/ballot-box/" + poll)) {
            mvc.perform(get(path))
                    .andExpect(content().string(containsString("<span class=\"push sample\">示例数据</span>")));
        }
        mvc.perform(get("/error").accept("text/html").requestAttr(RequestDispatcher.ERROR_STATUS_CODE, 500))
                .andExpect(status().is(500))
                .andExpect(content().string(containsString("<span class=\"sample\">示例数据</span>")));
    }

    @Test
    void a_spoilt_box_was_given_up_and_its_households_were_asked_once_more() {
        // a poll is held again for boxes that were given up, and for no others
        assertThat(
                        count(
                                "poll p join poll again on again.again_of = p.id where p.state = 'counted' and again.state = 'counted'"))
                .isEqualTo(1);
    }

    @Test
    void credit_codes_are_valid() {
        assertThat(jdbc.sql("select credit_code from company")
                        .query(String.class)
                        .list())
                .doesNotHaveDuplicates()
                .allSatisfy(code -> assertThat(CreditCode.problems(code)).isEmpty());
    }

    @Test
    void property_workers_are_one_or_two_with_a_few_breaches() {
        var byNumber = new TreeMap<Integer, Integer>();
        jdbc.sql("""
                select count(p.id) as workers
                from area a
                join body b on b.area = a.code and b.kind = 'residents_committee'
                left join appointment p on p.body = b.id and p.post = '物业专员'
                where a.kind = 'residents'
                group by a.code
                """).query(Integer.class).list().forEach(n -> byNumber.merge(n, 1, Integer::sum));
        assertThat(byNumber).containsEntry(0, 7).containsEntry(3, 5).containsOnlyKeys(0, 1, 2, 3);
        assertThat(byNumber.values().stream().mapToInt(n -> n).sum()).isEqualTo(1046);
    }

    @Test
    void the_network_has_a_past() {
        assertThat(count("""
                body_change m join body_change c on c.body = m.body and c.verb = 'corrected' and c.detail ->> 'change' = m.id::text
                    join body b on b.id = m.body
                where m.verb = 'merged' and b.until = m.day + 10 and b.ending = 'merged'
                """))
                .as("a merger that was put right, told on the page of each of the two")
                .isEqualTo(1);
        assertThat(count("body_change where verb = 'corrected'")).isEqualTo(2);
        assertThat(count("""
                estate e join estate_change c on c.estate = e.id and c.verb = 'moved'
                    join body b on b.estate = e.id and b.party_kind = 'estate_branch' and b.area = e.community
                    join body_change m on m.body = b.id and m.verb = 'moved'
                where e.community = c.detail -> 'community' ->> 1
                """))
                .as("an estate that moved, and its branch with it")
                .isEqualTo(1);
        assertThat(count("""
                import_run r join job_run j on j.id = r.job and j.state = 'done'
                where r.sheet = 'branches' and r.state = 'applied' and r.creates = 3
                  and (select count(*) from import_change c join body b on b.id::text = c.row_id and c.tab = 'body'
                       where c.run = r.id and b.kind = 'company_branch') = 3
                """))
                .as("branches that came in by an import with its log")
                .isEqualTo(1);
        assertThat(count("contract_handover where done_on is null"))
                .as("a company follows another and takes over")
                .isPositive();
        assertThat(count("appointment_conflict where resolved_on is null"))
                .as("what the nightly look would find")
                .isEqualTo(3);
    }

    @Test
    void the_network_breaks_each_rule_somewhere_but_the_database_none() {
        assertThat(count(
                        "body b join body_parent p on p.body = b.id join body o on o.id = p.parent where b.since < o.since"
                                + " and b.party_kind <> 'company_organisation'"))
                .isZero();
        assertThat(count("company c where not exists (select from company_coverage k where k.company = c.body)"))
                .isBetween(10L, 120L);
        assertThat(count("""
                area a where a.level = 'street' and 1 <> (select count(*) from body b
                    where b.kind = 'street_department' and b.area = a.code and b.until is null)
                """)).isEqualTo(1);
        assertThat(count("""
                appointment member join body committee on committee.id = member.body and committee.kind = 'owners_committee'
                    join appointment job on job.person = member.person
                    join contract k on k.company = job.body and k.estate = committee.estate and k.during @> date '2026-11-23'
                """)).isEqualTo(3);
        assertThat(count("""
                (select organisation, count(*) as members from party_membership where kind = 'full' and employer is not null
                 group by organisation) o where members < 3
                """)).isZero();
    }

    @Test
    void people_are_samples_with_masked_names() {
        assertThat(count("person where not sample")).isZero();
        // a program has a name, but is nobody: everybody may read it
        var programs = "select a.person from integration i join account a on a.id = i.account";
        assertThat(count("person where masked_name not like '_**' and id not in (" + programs + ")"))
                .isZero();
        assertThat(count("integration i join account a on a.id = i.account join person p on p.id = a.person"
                        + " where p.masked_name <> i.name"))
                .isZero();
        assertThat(DemoAccounts.residentPhone(0)).isEqualTo("19900010001");
    }

    /** Steps with a deadline of their own, the one for the written answer: the order's goes on beneath it. */
    private static final String PRESSED = "('supervise', 'return_answer', 'instruct')";

    @Test
    void each_history_follows_the_table_and_ends_where_the_order_stands() {
        assertThat(count("""
                work_order o left join lateral (select s.to_state, s.seq from work_order_step s
                    where s.district = o.district and s.order_id = o.id order by seq desc limit 1) s on true
                left join lateral (select s.due_at from work_order_step s
                    where s.district = o.district and s.order_id = o.id and s.verb not in %s order by seq desc limit 1) d on true
                where s.to_state is distinct from o.state or s.seq is distinct from o.version
                   or d.due_at is distinct from o.due_at
                """.formatted(PRESSED))).isZero();
        assertThat(count("work_order_step where verb in " + PRESSED)).isPositive();
        assertThat(count("work_order_step where verb in " + PRESSED + " and due_at is null"))
                .isZero();
        assertThat(count("""
                supervision v join lateral (select s.due_at from work_order_step s
                    where s.district = v.district and s.order_id = v.order_id and s.verb in ('supervise', 'return_answer')
                    order by seq desc limit 1) s on true
                where v.state in ('open', 'answered') and s.due_at is distinct from v.due_at
                """)).isZero();
        assertThat(count("""
                leader_mark m left join work_order_step s on s.district = m.district and s.order_id = m.order_id
                    and s.verb = 'instruct' and (s.detail ->> 'mark')::bigint = m.id
                where s.due_at is distinct from m.due_at
                """)).isZero();
        assertThat(count("""
                (select from_state, at, lag(to_state) over w as before, lag(at) over w as earlier, seq,
                        row_number() over w as place
                 from work_order_step window w as (partition by district, order_id order by seq)) s
                where s.from_state is distinct from s.before or s.at < s.earlier or s.seq <> s.place
                """)).isZero();
        assertThat(count("work_order_step where at > timestamptz '" + NOW + "'"))
                .isZero();
        for (var move : jdbc.sql(
                        "select distinct from_state, verb, to_state, actor_as from work_order_step where seq > 1")
                .query()
                .listOfRows()) {
            var row = Transitions.find(
                    OrderState.of((String) move.get("from_state")), Verb.of((String) move.get("verb")));
            assertThat(row).as(move.toString()).isPresent();
            assertThat(row.get().to().code()).isEqualTo(move.get("to_state"));
            assertThat(row.get().who()).contains(Standing.of((String) move.get("actor_as")));
        }
    }

    @Test
    void facts_of_an_order_agree_with_what_hangs_on_it() {
        assertThat(count("""
                work_order o where joined <> (select count(*) from me_too m where m.district = o.district and m.order_id = o.id)
                """)).isZero();
        assertThat(count("""
                work_order o where state = 'closed' and not exists (select from work_order_rating r
                    where r.district = o.district and r.order_id = o.id and r.round = o.round and r.solved)
                """)).isZero();
        assertThat(count("work_order where state not in (" + OrderState.OPEN_SQL + ")"
                        + " and (closed_at is null or due_at is not null)"))
                .isZero();
        assertThat(
                        count(
                                "work_order o join work_order k on k.district = o.district and k.id = o.kept where k.estate <> o.estate"))
                .isZero();
        assertThat(count("work_order_step s join work_order o on o.district = s.district and o.id = s.order_id"
                        + " where s.verb = 'verify' and s.actor = o.resolved_by"))
                .isZero();
    }

    /** States that the demo city has orders in; each arrives with the verbs that lead there. */
    private static final Set<OrderState> SHOWN = EnumSet.allOf(OrderState.class);

    @Test
    void every_list_of_disputes_has_something_that_waits_and_something_decided() {
        for (var waits : List.of(
                "order_dispute where outcome is null and number = 1",
                "order_dispute where outcome is null and number = 2",
                "order_dispute where outcome = 'ruled'",
                "supervision where state = 'open'",
                "supervision where state = 'answered'",
                "supervision where state = 'lifted'",
                "leader_mark where state = 'open'",
                "leader_mark where state = 'answered'",
                "order_transfer where state = 'offered'",
                "order_transfer where state = 'recalled'",
                "assist_task where joint",
                "incident where state = 'running' and attached > 0",
                "incident where state = 'ended'")) {
            assertThat(count(waits)).as(waits).isPositive();
        }
    }

    /** Where most orders stand; what is asked for on the way is rarer. */
    private static final Set<OrderState> USUAL = EnumSet.of(
            OrderState.SUBMITTED,
            OrderState.AWAITING_DISPATCH,
            OrderState.DISPATCHED,
            OrderState.IN_PROGRESS,
            OrderState.RESOLVED,
            OrderState.AWAITING_RATING);

    @Test
    void the_inboxes_around_the_showcase_are_alive() {
        Map<String, Long> open = new TreeMap<>();
        jdbc.sql("""
                select state, count(*) as n from work_order
                where community = '340111002004' and state in (%s)
                group by state
                """.formatted(OrderState.OPEN_SQL))
                .query((r, n) -> open.put(r.getString("state"), r.getLong("n")))
                .list();
        assertThat(open).hasSizeGreaterThanOrEqualTo(6);
        assertThat(open)
                .allSatisfy((state, n) ->
                        assertThat(n).as(state).isGreaterThanOrEqualTo(USUAL.contains(OrderState.of(state)) ? 3 : 1));
        assertThat(count("work_order where state = 'closed'")).isGreaterThan(8_000);
        for (var state : SHOWN) {
            assertThat(count("work_order where state = '" + state.code() + "'"))
                    .as(state.words())
                    .isPositive();
        }
    }

    @Test
    void the_blacklist_has_a_case_of_every_kind_and_there_is_a_tender_reference() {
        assertThat(jdbc.sql("select state from listing").query(String.class).list())
                .contains("proposed", "noticed", "listed", "removed", "revoked");
        assertThat(count("tender_reference")).isPositive();
    }

    @Test
    void evaluation_has_objections_a_conflict_a_late_correction_evidence_and_a_lawful_sharing() {
        assertThat(jdbc.sql("select distinct state from evaluation_objection")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("upheld", "refused", "filed");
        assertThat(count("evaluation_score where version = 2 and stage = 'preliminary' and reason like '异议 % 成立'"))
                .isPositive();
        assertThat(count("evaluation_conflict")).isPositive();
        assertThat(count("evaluation_inspection where state = 'replaced'")).isPositive();
        assertThat(count("evaluation_score where stage = 'final' and reason like '依据%'"))
                .isPositive();
        assertThat(count("company_year where version > 1 and campaign is not null"))
                .isPositive();
        assertThat(count("attachment where owner_kind = 'listing_step'")).isGreaterThanOrEqualTo(3);
        assertThat(count("attachment where owner_kind = 'evaluation_objection'"))
                .isPositive();
        assertThat(count(
                        "listing_share s join listing_share_item i on i.share = s.id join listing l on l.id = i.listing"
                                + " join listing_basis b on b.id = l.basis and b.shares"))
                .isPositive();
    }

    @Test
    void those_on_the_list_find_something_of_their_own() {
        var mine = "work_order o join account a on a.id = o.reporter join person p on p.id = a.person where a.id ="
                + " (select g.account from access_grant g where g.role = 'RESIDENT' order by g.account limit 1)";
        for (var state : List.of("submitted", "in_progress", "awaiting_rating")) {
            assertThat(count(mine + " and o.state = '" + state + "'")).as(state).isPositive();
        }
        var helps = "assist_task t join access_grant g on g.body = t.body join account a on a.id = g.account"
                + " where a.username = 'xunsheng' and t.state in ('asked', 'accepted')";
        assertThat(count(helps)).isGreaterThanOrEqualTo(3);
        var team = "work_order o join access_grant g on g.body = o.holder join account a on a.id = g.account"
                + " where a.username = 'zhuxi-dd' and o.state in ('dispatched', 'in_progress')";
        assertThat(count(team)).isPositive();
        var worker =
                "work_order o join account a on a.id = o.assignee where a.username = 'qinghe-wx' and o.state = 'in_progress'";
        assertThat(count(worker)).isPositive();
    }

    @Test
    void somebody_on_the_list_keeps_the_list_of_a_branch_that_has_members() {
        var kept = "party_membership m join appointment a on a.body = m.organisation and a.post = '副书记'"
                + " join person p on p.id = a.person where m.kind = 'full' and p.phone_index = (select phone_index from person q"
                + " join account c on c.person = q.id where c.username is null order by q.id offset 2 limit 1)";
        assertThat(count(kept)).isGreaterThanOrEqualTo(3);
    }

    @Test
    void the_open_doors_have_something_behind_them() {
        assertThat(count("hotline_case c join access_grant g on g.area = c.area"
                        + " join account a on a.id = g.account and a.username = 'zhuxi'"))
                .isGreaterThanOrEqualTo(10);
        assertThat(jdbc.sql(
                                "select count(distinct w.state) from hotline_order o join work_order w on w.district = o.district"
                                        + " and w.id = o.order_id")
                        .query(Integer.class)
                        .single())
                .as("states of what became an order")
                .isGreaterThanOrEqualTo(2);
        assertThat(count("hotline_case where refused is not null")).isEqualTo(1);
        assertThat(count("webhook w join account a on a.id = w.account and a.username = 'baohe'"
                        + " where w.state = 'off' and w.url like '%.invalid/%'"))
                .isEqualTo(1);
        assertThat(jdbc.sql("select distinct state from webhook_delivery order by 1")
                        .query(String.class)
                        .list())
                .as("nothing waits: a demo city speaks to nobody")
                .containsExactly("failed", "held", "sent");
    }

    @Test
    void everybody_on_the_list_can_come_in() {
        assertThat(accounts.people()).hasSameSizeAs(accounts.all());
        for (var signIn : accounts.all()) {
            if (signIn.secret().equals(DemoAccounts.PASSWORD)) {
                var hash = jdbc.sql("select password_hash from account where username = ?")
                        .param(signIn.name())
                        .query(String.class)
                        .single();
                assertThat(passwords.matches(DemoAccounts.PASSWORD, hash)).isTrue();
            }
        }
    }

    /** The last of all: what was audited of the first city stays, and says of the second that it is another. */
    @Test
    @Order(Integer.MAX_VALUE)
    void the_same_clock_gives_the_same_city_and_a_loaded_one_is_left_alone() {
        assertThat(city.loadIfMissing()).isFalse();
        var first = checksum();
        // rules that came with the application name no account, and stay when all accounts go
        jdbc.sql("""
                create table kept_rule as table handling_rule;
                create table kept_deadline as table deadline_rule;
                create table kept_step as table escalation_rule;
                create table kept_obstacle as table obstacle;
                create table kept_retention as table retention_rule;
                truncate installation, attachment, order_clock, work_order, body, estate, person, account cascade;
                insert into handling_rule select * from kept_rule;
                insert into deadline_rule select * from kept_deadline;
                insert into escalation_rule select * from kept_step;
                insert into obstacle select * from kept_obstacle;
                insert into retention_rule select * from kept_retention;
                drop table kept_rule, kept_deadline, kept_step, kept_obstacle, kept_retention
                """).update();
        assertThat(city.loadIfMissing()).isTrue();
        assertThat(checksum()).isEqualTo(first);
        whatIsSixYearsOldGoesToTheArchiveOnceItWasCounted();
    }

    private void whatIsSixYearsOldGoesToTheArchiveOnceItWasCounted() {
        var mark = "installation where name = '" + OldOrders.MARK + "'";
        old.run();
        assertThat(count(mark)).as("not before they were counted").isZero();
        counting.catchUp();
        var filed = "order_count where scope = '3401' and topic = '' and filed > 0";
        var counted = count(filed);
        old.run();
        assertThat(count(mark)).isEqualTo(1);
        retention.run();
        assertThat(count("archive.work_order")).isEqualTo(180);
        assertThat(count("archive.work_order where community like '340111002%'"))
                .isGreaterThan(10);
        assertThat(count("archive.work_order where closed_at >= timestamptz '2021-11-23'"))
                .isZero();
        assertThat(count("work_order where submitted_at < timestamptz '2024-01-01'"))
                .isZero();
        assertThat(
                        count(
                                "order_fact f where not exists (select from work_order o where o.district = f.district and o.id = f.order_id)"))
                .as("they stay counted")
                .isEqualTo(180);
        assertThat(count(filed)).isEqualTo(counted);
    }

    /**
     * Everything but what is encrypted or hashed, which differs each time by its nonce; and of the numbers that the desks
     * give only their order, since they go on where the first city stopped.
     */
    private Map<String, String> checksum() {
        Map<String, String> sums = new TreeMap<>();
        for (var table : List.of(
                "body",
                "company",
                "estate",
                "building",
                "unit",
                "contract",
                "appointment",
                "household_member",
                "access_grant",
                "binding_request")) {
            sums.put(table, sum(table, "t"));
        }
        // orders that were told through the desks have numbers of the desks as well
        for (var table : List.of("work_order_remark", "me_too", "work_order_rating")) {
            sums.put(table, sum(placed(table, "order_id"), "to_jsonb(t) - 'order_id'"));
        }
        sums.put("work_order", sum(placed("work_order", "id"), "to_jsonb(t) - 'id'"));
        sums.put(
                "assist_task",
                sum(
                        "(select *, dense_rank() over (order by id) as task, dense_rank() over (order by order_id) as place from assist_task)",
                        "to_jsonb(t) - 'id' - 'order_id'"));
        // routing rules of the demo are new rows each time
        sums.put("work_order_step", sum("""
                (select *, dense_rank() over (order by order_id) as place, dense_rank() over (order by assist) as helping,
                        dense_rank() over (order by cast(detail ->> 'mark' as bigint)) as marked
                 from work_order_step)""", """
                to_jsonb(t) - 'assist' - 'order_id' #- '{detail,mark}' #- '{detail,rule}' #- '{detail,followed}'
                """));
        sums.put("person", sum("person", "(t.id, t.masked_name, t.phone_index)"));
        sums.put("account", sum("account", "(t.id, t.person, t.username, t.care, t.created_at)"));
        sums.put(
                "work_order_words",
                sum(
                        "(select *, dense_rank() over (order by order_id) as at from work_order_words)",
                        "(t.at, t.title, t.words, t.place, t.grams)"));
        return sums;
    }

    private static String placed(String table, String id) {
        return "(select *, dense_rank() over (order by " + id + ") as place from " + table + ")";
    }

    private String sum(String table, String row) {
        return jdbc.sql("select md5(string_agg(h, '' order by h)) from (select md5((" + row + ")::text) as h from "
                        + table + " t) s")
                .query(String.class)
                .single();
    }

    /** Appeals wait at the street and at the district, are decided either way, and never by whom they concern. */
    @Test
    void appealsOfTheRatesAreAlive() {
        var states = jdbc.sql("select state, count(*) as n from rate_appeal group by state")
                .query((r, n) -> Map.entry(r.getString("state"), r.getInt("n")))
                .list();
        assertThat(states).extracting(Map.Entry::getKey).contains("filed", "decided", "second");
        assertThat(count("rate_appeal where upheld")).isPositive();
        assertThat(count("rate_ruling")).isEqualTo(count("rate_appeal where upheld"));
        assertThat(count("""
                rate_appeal a join work_order_step s on s.district = a.district and s.order_id = a.order_id
                    and s.actor = a.decided_by""")).isZero();
        assertThat(count("""
                rate_appeal a where a.version + 1 <>
                    (select count(*) from rate_appeal_step s where s.district = a.district and s.appeal = a.id)""")).isZero();
        assertThat(count("rate_appeal where filed_at > '%s' or decided_at > '%s'".formatted(NOW, NOW)))
                .isZero();
    }

    /** Its first reports are those of three months ago. */
    @Test
    void lastMonthsAreReportedOn() {
        assertThat(reports.from(YearMonth.of(2026, 10))).isEqualTo(YearMonth.of(2026, 8));
        assertThat(reports.produce(Level.CITY, YearMonth.of(2026, 10), "3401")).isEqualTo(1);
        assertThat(count("rate_report where cast(content as jsonb) #>> '{rates,response,in_time,count}' <> '0'"))
                .isEqualTo(1);
    }

    /** Every score of projects and companies comes out the same to the digit when it is computed again from what is stored. */
    @Test
    void scoresComeOutTheSameAgain() {
        var campaigns = jdbc.sql("select id from evaluation_campaign where state = 'final' order by year")
                .query(Long.class)
                .list();
        assertThat(campaigns).hasSize(2);
        for (var campaign : campaigns) {
            var all = scores.ofCampaign(campaign);
            assertThat(all).hasSizeGreaterThan(900);
            assertThat(all).allMatch(score -> score.isFinal() && scoreDesk.same(score));
            assertThat(all)
                    .extracting(Scores.Score::result)
                    .contains(YearResult.PASS, YearResult.FAIL, YearResult.NOT_RATED);
        }
        var companies = jdbc.sql("select distinct company from company_year order by 1")
                .query(Long.class)
                .list();
        assertThat(companies).hasSizeGreaterThan(500);
        int computed = 0;
        for (var company : companies) {
            for (var year : years.latest(company)) {
                // the years that the stories of the blacklist told are results alone
                var inputs = companyResults.inputs(company, year.year(), year.version());
                assertThat(inputs.stream().allMatch(one -> companyResults.same(year, one)))
                        .as(year.toString())
                        .isTrue();
                computed += inputs.isPresent() ? 1 : 0;
            }
        }
        assertThat(computed).isGreaterThan(1_000);
        assertThat(count("company_year where result = 'fail' and not margin_reaches_over_pass"))
                .isPositive();
        assertThat(count("company_year where final_at > timestamptz '" + NOW + "'"))
                .isZero();
    }
}
