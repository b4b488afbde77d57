package org.hemei.registry.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.job.JobRunner;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.estate.Estates;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Many estates at once: all or nothing, and back again while nothing builds on it. */
@HemeiTest
class BatchTest {

    @Autowired
    BatchDesk desk;

    @Autowired
    Batches batches;

    @Autowired
    Estates estates;

    @Autowired
    JobRunner runner;

    @Autowired
    Towns towns;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

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

    private Batches.Batch plan(Reader reader, BatchKind kind, Map<String, String> detail, Long... ids) {
        return batch(desk.plan(reader, kind, detail, "区里的文件", List.of(ids)));
    }

    private Batches.Batch batch(long id) {
        return batches.one(id);
    }

    private List<String> kinds(long estate) {
        return estates.find(estate).orElseThrow().kinds();
    }

    private void apply(Reader reader, Batches.Batch batch) {
        desk.apply(reader, batch, step -> {});
    }

    @Test
    void one_that_cannot_stops_all_and_without_it_all_go() {
        var planned = plan(
                side.streetDesk(),
                BatchKind.ADD_KIND,
                Map.of("kind", "三无"),
                side.garden(),
                side.oldYard(),
                town.far().garden());
        assertThat(batches.count(planned.id()))
                .as("what lies elsewhere is not taken in")
                .isEqualTo(new Batches.Count(2, 1));
        assertThat(batches.rows(planned.id(), 0, 9).getFirst().problem()).contains("本来就有");
        assertThatThrownBy(() -> apply(side.streetDesk(), planned)).isInstanceOf(Refusal.class);
        assertThat(kinds(side.garden())).containsExactly("商品房");

        var fine = batch(desk.withoutProblems(side.streetDesk(), planned));
        apply(side.streetDesk(), fine);
        assertThat(kinds(side.garden())).containsExactly("商品房", "三无");
        assertThat(batch(fine.id()).state()).isEqualTo("done");
        var audited = jdbc.sql(
                        "select count(*) from audit_entry where subject_kind = 'estate_batch' and subject_id = ?")
                .param(String.valueOf(fine.id()))
                .query(Integer.class)
                .single();
        assertThat(audited).isEqualTo(1);

        desk.undo(side.streetDesk(), batch(fine.id()), step -> {});
        assertThat(kinds(side.garden())).containsExactly("商品房");
        assertThat(batch(fine.id()).state()).isEqualTo("undone");
    }

    @Test
    void what_changed_since_it_was_shown_is_not_overwritten_nor_taken_back() {
        var detail = Map.of("phone", "0551-62200000");
        var planned = plan(side.housingDesk(), BatchKind.PHONE, detail, side.garden(), side.oldYard());
        jdbc.sql("update estate set phone = '0551-1' where id = ?")
                .param(side.garden())
                .update();
        assertThatThrownBy(() -> apply(side.housingDesk(), planned)).hasMessageContaining("预览以后有人改过");
        var again = plan(side.housingDesk(), BatchKind.PHONE, detail, side.garden(), side.oldYard());
        apply(side.housingDesk(), again);
        jdbc.sql("update estate set phone = '0551-2' where id = ?")
                .param(side.oldYard())
                .update();
        assertThatThrownBy(() -> desk.undo(side.housingDesk(), batch(again.id()), step -> {}))
                .hasMessageContaining("后来又改过电话");
        assertThat(estates.find(side.garden()).orElseThrow().phone()).isEqualTo("0551-62200000");
    }

    @Test
    void contracts_of_one_company_are_signed_and_ended_together() {
        var far = town.far().company();
        var first = today.plusDays(40);
        var sign = Map.of(
                "company",
                String.valueOf(far),
                "company_name",
                "远处的物业",
                "first",
                first.toString(),
                "last",
                "",
                "fee",
                "180");
        var blocked = plan(side.housingDesk(), BatchKind.SIGN, sign, side.garden(), side.oldYard());
        assertThat(batches.rows(blocked.id(), 0, 9).getFirst().problem()).contains("重叠");
        var end = Map.of(
                "company",
                String.valueOf(side.company()),
                "company_name",
                "近处的物业",
                "last",
                first.minusDays(1).toString());
        var ended = plan(side.housingDesk(), BatchKind.END, end, side.garden());
        apply(side.housingDesk(), ended);
        var owners = towns.bodyOf("owners_committee", null, "试业委会", side.community(), side.garden());
        var both = towns.person("吴委员");
        towns.post(both, owners, "业委会委员");
        towns.post(both, far, "物业员工");
        var signed = plan(side.housingDesk(), BatchKind.SIGN, sign, side.garden(), side.oldYard());
        assertThat(batches.rows(signed.id(), 0, 9))
                .as("told, and no bar")
                .filteredOn(row -> row.after().contains("留意：本小区业委会委员 吴** 也是"))
                .hasSize(1);
        apply(side.housingDesk(), signed);
        assertThatThrownBy(() -> desk.undo(side.housingDesk(), batch(ended.id()), step -> {}))
                .as("the next contract builds on the end of the first")
                .hasMessageContaining("重叠");
        desk.undo(side.housingDesk(), batch(signed.id()), step -> {});
        desk.undo(side.housingDesk(), batch(ended.id()), step -> {});
        assertThat(jdbc.sql("select count(*) from contract where estate = ? and upper_inf(during)")
                        .param(side.garden())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThatThrownBy(() -> desk.mayAll(side.streetDesk(), batch(signed.id()), false))
                .isInstanceOf(Missing.class);
    }

    /** Somebody whose scope was the whole city when they planned it, and who is left with one district. */
    @Test
    void whoever_is_left_with_less_takes_back_nothing_that_lies_or_goes_elsewhere() {
        var far = town.far();
        var wide = towns.account(Role.HOUSING, town.city(), null, null, null);
        var moved = plan(wide, BatchKind.COMMUNITY, Map.of("community", far.community()), side.garden());
        assertThatThrownBy(() -> desk.mayAll(far.housingDesk(), moved, false))
                .as("it lies elsewhere")
                .isInstanceOf(Missing.class);
        assertThatThrownBy(() -> desk.mayAll(side.housingDesk(), moved, false))
                .as("it goes elsewhere")
                .isInstanceOf(Missing.class);
        desk.mayAll(wide, moved, false);
        apply(wide, moved);
        assertThatThrownBy(() -> desk.mayAll(far.housingDesk(), moved, true))
                .as("it lies here now, and would go back elsewhere")
                .isInstanceOf(Missing.class);
        assertThatThrownBy(() -> desk.hand(far.housingDesk(), batch(moved.id()), true))
                .isInstanceOf(Missing.class);
        desk.mayAll(wide, moved, true);
        desk.undo(wide, batch(moved.id()), step -> {});
        assertThat(estates.find(side.garden()).orElseThrow().community()).isEqualTo(side.community());

        var kinds = plan(wide, BatchKind.ADD_KIND, Map.of("kind", "三无"), side.garden(), far.garden());
        var phones = plan(wide, BatchKind.PHONE, Map.of("phone", "0551-62200009"), side.garden(), far.garden());
        for (var planned : List.of(kinds, phones)) {
            apply(wide, planned);
            assertThatThrownBy(() -> desk.mayAll(side.housingDesk(), batch(planned.id()), true))
                    .isInstanceOf(Missing.class);
            desk.mayAll(wide, batch(planned.id()), true);
        }
    }

    @Test
    void ones_own_plan_is_opened_but_not_run_once_its_estates_lie_elsewhere() throws Exception {
        var own = plan(side.streetDesk(), BatchKind.ADD_KIND, Map.of("kind", "三无"), side.garden());
        jdbc.sql("update estate set community = ?, street = ?, district = ? where id = ?")
                .params(town.far().community(), town.far().street(), town.far().district(), side.garden())
                .update();
        for (var verb : List.of("apply", "undo")) {
            mvc.perform(post("/estates/bulk/" + own.id() + "/" + verb)
                            .with(as(side.streetDesk()))
                            .with(csrf()))
                    .andExpect(status().isNotFound());
        }
        mvc.perform(post("/estates/bulk/" + own.id() + "/without-problems")
                        .with(as(side.streetDesk()))
                        .with(csrf()))
                .andExpect(status().isUnprocessableContent());
        assertThat(kinds(side.garden())).containsExactly("商品房");
        mvc.perform(get("/estates/bulk/" + own.id()).with(as(town.far().streetDesk())))
                .andExpect(status().isOk());
        mvc.perform(get("/estates/bulk")
                        .param("pick", String.valueOf(side.garden()))
                        .with(as(side.streetDesk())))
                .andExpect(content()
                        .string(not(containsString(
                                estates.find(side.garden()).orElseThrow().name()))));
    }

    @Test
    void many_go_on_in_the_background() {
        var many = IntStream.range(0, BatchPages.AT_ONCE + 1)
                .mapToObj(i ->
                        towns.estate("试批量" + i, String.valueOf(side.district()), side.street(), side.community(), "老旧"))
                .toArray(Long[]::new);
        var planned = plan(side.housingDesk(), BatchKind.ADD_KIND, Map.of("kind", "自管"), many);
        var run = desk.hand(side.housingDesk(), planned, false);
        runner.run(run);
        assertThat(batch(planned.id()).state()).isEqualTo("done");
        assertThat(kinds(many[100])).containsExactly("老旧", "自管");
        runner.run(desk.hand(side.housingDesk(), batch(planned.id()), true));
        assertThat(batch(planned.id()).state()).isEqualTo("undone");
        assertThat(kinds(many[0])).containsExactly("老旧");
    }
}
