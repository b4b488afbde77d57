package org.hemei.workorder.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.workorder.routing.RoutingDrafts.line;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.hemei.platform.Missing;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.Routing.Target;
import org.hemei.workorder.RoutingBook;
import org.hemei.workorder.Urgency;
import org.hemei.workorder.WorkOrderDesk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;

/** Changes to routing rules, from the first line to the day they hold; what they do to orders, and what they leave alone. */
@HemeiTest
class RoutingDeskTest {

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    WorkOrderDesk desk;

    @Autowired
    RoutingDrafts make;

    @Autowired
    Drafts drafts;

    @Autowired
    DraftDesk draftDesk;

    @Autowired
    AdoptionDesk adoption;

    @Autowired
    RoutingBook book;

    @Autowired
    Simulator simulator;

    @Autowired
    ReferenceRouting reference;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    Town town;
    Town.Side near;
    String district;
    String category;

    @BeforeEach
    void aTown() {
        town = towns.make();
        near = town.near();
        district = String.valueOf(near.district());
        category = orders.category();
    }

    @AfterEach
    void today() {
        clock.reset();
    }

    private Line toHelper() {
        return line(district, category, Set.of(), Target.NAMED, near.helperBody(), Urgency.COMPLEX);
    }

    @Test
    void a_rule_names_the_holder_and_the_clock_from_its_day_on_and_the_order_remembers_it() {
        var running = orders.at(Stage.DISPATCHED, near, near.resident(), "路灯不亮，请来看看");
        var due = due(running);
        make.adopted(near.districtDesk(), district, toHelper());
        assertThat(book.answer(near.garden(), category).body()).isEqualTo(near.company());
        clock.advance(Duration.ofDays(1));
        var answer = book.answer(near.garden(), category);
        assertThat(answer.body()).isEqualTo(near.helperBody());
        assertThat(answer.urgency()).isEqualTo(Urgency.COMPLEX);

        var order = orders.file(near.resident(), near.garden(), "水管漏水，请来看看");
        desk.dispatch(near.communityDesk(), order, 1, near.helperBody());
        var other = orders.file(near.resident(), near.garden(), "水管又漏水，请来看看");
        desk.dispatch(near.communityDesk(), other, 1, near.company());
        assertThat(remembered(order)).isEqualTo(answer.rule().id() + " true complex");
        assertThat(remembered(other)).isEqualTo(answer.rule().id() + " false complex");
        assertThat(due(order)).isAfter(due(running));
        assertThat(due(running)).isEqualTo(due);
        assertThat(remembered(running)).isEqualTo("null null null");
    }

    private String remembered(org.hemei.workorder.OrderId id) {
        return jdbc.sql("""
                        select concat_ws(' ', coalesce(s.detail ->> 'rule', 'null'), coalesce(s.detail ->> 'followed', 'null'),
                                         coalesce(o.deadline_class, 'null'))
                        from work_order o join work_order_step s on s.district = o.district and s.order_id = o.id
                        where o.district = ? and o.id = ? and s.verb = 'dispatch'
                        """).params(id.district(), id.id()).query(String.class).single();
    }

    private java.time.Instant due(org.hemei.workorder.OrderId id) {
        return jdbc.sql("select resolve_due from work_order where district = ? and id = ?")
                .params(id.district(), id.id())
                .query(java.sql.Timestamp.class)
                .single()
                .toInstant();
    }

    @Test
    void the_replay_counts_what_would_go_elsewhere_and_leaves_it_where_it_is() {
        for (var n = 0; n < 3; n++) {
            orders.at(Stage.DISPATCHED, near, near.resident(), "第 " + n + " 件，请来看看");
        }
        orders.at(Stage.DISPATCHED, town.far(), town.far().resident(), "远处的，请来看看");
        var draft = make.open(near.districtDesk(), district);
        make.put(near.districtDesk(), draft, toHelper());
        make.replay(near.districtDesk(), draft);
        var result = drafts.one(near.districtDesk().scope(org.hemei.access.Role.DISTRICT), draft)
                .replay();
        assertThat(result.orders()).isEqualTo(3);
        assertThat(result.moved()).isEqualTo(3);
        assertThat(result.paced()).isEqualTo(3);
        assertThat(result.nobody()).isZero();
        assertThat(result.holders())
                .extracting(Replay.Shift::body, Replay.Shift::before, Replay.Shift::after)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(near.company(), 3L, 0L),
                        org.assertj.core.groups.Tuple.tuple(near.helperBody(), 0L, 3L));
        assertThat(result.examples()).hasSize(1);
        assertThat(result.examples().getFirst().like()).isEqualTo(3);
        assertThat(jdbc.sql("select count(*) from work_order where estate = ? and holder = ?")
                        .params(near.garden(), near.company())
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);
    }

    @Test
    void the_replay_goes_on_after_an_estate_has_moved_to_another_district() {
        orders.at(Stage.DISPATCHED, near, near.resident(), "搬走以前的，请来看看");
        var far = town.far();
        jdbc.sql("""
                update estate set district = :to, street = :street, community = :community where id = :estate;
                insert into estate_past (estate, district, until) values (:estate, :from, current_date) on conflict do nothing
                """)
                .param("to", far.district())
                .param("street", far.street())
                .param("community", far.community())
                .param("estate", near.garden())
                .param("from", near.district())
                .update();
        var draft = make.open(near.districtDesk(), district);
        make.put(near.districtDesk(), draft, toHelper());
        make.replay(near.districtDesk(), draft);
        var result = drafts.one(near.districtDesk().scope(org.hemei.access.Role.DISTRICT), draft)
                .replay();
        assertThat(result.orders()).isEqualTo(1);
        make.adopt(near.districtDesk(), draft);
    }

    @Test
    void nothing_takes_effect_without_a_replay_of_just_these_changes_or_for_a_day_that_is_there() {
        var draft = make.open(near.districtDesk(), district);
        assertThatThrownBy(() -> make.adopt(near.districtDesk(), draft)).hasMessageContaining("还没有改动");
        make.put(near.districtDesk(), draft, toHelper());
        assertThatThrownBy(() -> make.adopt(near.districtDesk(), draft)).hasMessageContaining("再重放一次");
        make.replay(near.districtDesk(), draft);
        make.put(near.districtDesk(), draft, line(near.community(), null, Set.of(), Target.BACKSTOP, null, null));
        assertThatThrownBy(() -> make.adopt(near.districtDesk(), draft)).hasMessageContaining("再重放一次");
        make.replay(near.districtDesk(), draft);
        assertThatThrownBy(() -> adoption.adopt(near.districtDesk(), draft, make.version(draft), drafts.today()))
                .hasMessageContaining("从明天起");
        make.adopt(near.districtDesk(), draft);
        assertThat(versions()).isEqualTo(2);
    }

    private int versions() {
        return jdbc.sql("select count(*) from routing_rule where starts_with(area, ?) and withdrawn_at is null")
                .param(district)
                .query(Integer.class)
                .single();
    }

    @Test
    void two_rules_that_nothing_tells_apart_are_refused_until_a_third_settles_it() {
        jdbc.sql("update estate set kinds = array['三无', '老旧'] where id = ?")
                .param(near.oldYard())
                .update();
        var draft = make.open(near.districtDesk(), district);
        make.put(near.districtDesk(), draft, line(district, null, Set.of("三无"), Target.BACKSTOP, null, null));
        var old = line(district, null, Set.of("老旧"), Target.NAMED, near.helperBody(), null);
        assertThatThrownBy(() -> make.put(near.districtDesk(), draft, old))
                .isInstanceOfSatisfying(Refusal.class, refused -> {
                    assertThat(refused.reasons().getFirst().field()).isEqualTo("kinds");
                    assertThat(refused.getMessage()).contains("分不出先后").contains("三无＋老旧");
                });
        // the same answer is no tie
        make.put(near.districtDesk(), draft, line(district, null, Set.of("老旧"), Target.BACKSTOP, null, null));
        make.put(near.districtDesk(), draft, line(district, null, Set.of("老旧", "三无"), Target.HOLDER, null, null));
        make.put(near.districtDesk(), draft, old);
        make.replay(near.districtDesk(), draft);
        make.adopt(near.districtDesk(), draft);
        clock.advance(Duration.ofDays(1));
        assertThat(book.answer(near.oldYard(), category).rule().about().kinds()).containsOnly("三无", "老旧");
    }

    @Test
    void versions_follow_each_other_and_a_set_can_be_taken_back_before_its_day() {
        make.adopted(near.districtDesk(), district, toHelper());
        clock.advance(Duration.ofDays(3));
        var second = make.adopted(near.districtDesk(), district, line(district, category, Set.of(), null, null, null));
        assertThat(periods()).hasSize(1).allMatch(period -> period.matches("\\[.*,2.*\\)"));
        adoption.withdraw(near.districtDesk(), second, make.version(second));
        assertThat(periods()).hasSize(1).allMatch(period -> period.endsWith(",)"));
        make.adopted(near.districtDesk(), district, line(district, category, Set.of(), Target.BACKSTOP, null, null));
        assertThat(periods()).hasSize(2);
        assertThatThrownBy(() -> make.adopted(
                        near.districtDesk(), district, line(district, category, Set.of(), Target.HOLDER, null, null)))
                .hasMessageContaining("已经排了");
        clock.advance(Duration.ofDays(1));
        assertThatThrownBy(() -> adoption.withdraw(near.districtDesk(), second, make.version(second)))
                .isInstanceOf(Refusal.class);
        assertThat(book.answer(near.garden(), category).body()).isEqualTo(near.backstop());
    }

    private List<String> periods() {
        return jdbc.sql("select valid::text from routing_rule where area = ? and withdrawn_at is null order by id")
                .param(district)
                .query(String.class)
                .list();
    }

    @Test
    void whoever_is_not_of_the_area_neither_reads_nor_changes() {
        var draft = make.open(near.districtDesk(), district);
        for (var stranger : List.of(town.far().districtDesk(), town.far().housingDesk())) {
            assertThatThrownBy(() -> make.put(stranger, draft, toHelper())).isInstanceOf(Missing.class);
            assertThatThrownBy(() -> make.open(stranger, district)).isInstanceOf(Refusal.class);
        }
        assertThatThrownBy(() -> make.put(near.communityDesk(), draft, toHelper()))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> make.put(
                        near.districtDesk(),
                        draft,
                        line(town.far().community(), null, Set.of(), Target.BACKSTOP, null, null)))
                .hasMessageContaining("只管");
        assertThatThrownBy(() -> make.put(
                        near.districtDesk(),
                        draft,
                        line(district, null, Set.of(), Target.NAMED, town.far().helperBody(), null)))
                .hasMessageContaining("不管这个地区");
        assertThat(simulator.ask(
                        town.far().districtDesk().scope(org.hemei.access.Role.DISTRICT), near.garden(), category, null))
                .isEmpty();
        // the city's desk keeps rules for the whole of it
        make.adopted(town.cityDesk(), town.city(), line(near.community(), null, Set.of(), Target.BACKSTOP, null, null));
    }

    @Test
    void of_two_editors_at_once_one_wins_and_the_other_learns_who_was_first() throws Exception {
        var draft = make.open(near.districtDesk(), district);
        var racing = new ArrayList<Callable<Object>>();
        for (var editor : List.of(near.districtDesk(), near.housingDesk(), near.districtDesk(), near.housingDesk())) {
            racing.add(() -> {
                try {
                    draftDesk.put(editor, draft, 1, toHelper());
                    return "put";
                } catch (Stale stale) {
                    return stale.what();
                }
            });
        }
        try (var pool = Executors.newFixedThreadPool(4)) {
            var results =
                    pool.invokeAll(racing).stream().map(f -> f.resultNow()).toList();
            assertThat(results)
                    .containsOnlyOnce("put")
                    .filteredOn("改了这批规则"::equals)
                    .hasSize(3);
        }
        // two sets about the same rule: the second must look at the first before it holds
        var mine = make.open(near.districtDesk(), district);
        var theirs = make.open(near.housingDesk(), district);
        make.put(near.districtDesk(), mine, toHelper());
        make.put(near.housingDesk(), theirs, line(district, null, Set.of(), Target.BACKSTOP, null, null));
        make.replay(near.districtDesk(), mine);
        make.replay(near.housingDesk(), theirs);
        make.adopt(near.districtDesk(), mine);
        assertThatThrownBy(() -> make.adopt(near.housingDesk(), theirs)).hasMessageContaining("再重放一次");
        make.replay(near.housingDesk(), theirs);
        make.adopt(near.housingDesk(), theirs);
    }

    @Test
    void the_reference_comes_once_and_says_where_it_is_from() {
        assertThat(reference.load()).isZero();
        assertThat(jdbc.sql("select count(*) from routing_rule where area = '3401' and basis <> '' and set_by is null")
                        .query(Integer.class)
                        .single())
                .isGreaterThan(10);
    }
}
