package org.hemei.registry.estate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.LocalDate;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Pointers;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** Another community answers for an estate, in another district: what is shown first, what is done, and where its orders are. */
@HemeiTest
class EstateMoveTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    Estates estates;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Pointers pointers;

    Town town;
    Town.Side near;
    Reader housing;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
        housing = towns.account(Role.HOUSING, town.city(), null, null, null);
    }

    private MockHttpServletResponse move(Reader reader, String community, LocalDate day, String seen) throws Exception {
        return mvc.perform(post("/estates/" + near.garden() + "/move")
                        .param("version", String.valueOf(estate().version()))
                        .param("community", community)
                        .param("day", day.toString())
                        .param("reason", "区划调整，民函〔2026〕3号")
                        .param("seen", seen)
                        .with(as(reader))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    private EstateView estate() {
        return estates.find(near.garden()).orElseThrow();
    }

    private MockHttpServletResponse page(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader))).andReturn().getResponse();
    }

    @Test
    void what_follows_is_shown_first_and_orders_stay_where_they_were_filed() throws Exception {
        var far = town.far();
        var old = orders.at(Orders.Stage.WORKING, near, near.resident(), "单元门坏了");
        var today = estates.today();
        var preview = move(housing, far.community(), today.minusDays(3), "");
        assertThat(preview.getStatus()).isEqualTo(200);
        assertThat(preview.getContentAsString())
                .contains("会这样", "没办完的 1 件工单", "派单规则和时限按", "确认换社区", "value=\"" + far.community());
        assertThat(estate().district()).as("nothing is done yet").isEqualTo(near.district());
        // another choice than the one that was shown is shown again
        assertThat(move(housing, far.community(), today, far.community() + " " + today.minusDays(3))
                        .getStatus())
                .isEqualTo(200);

        assertThat(move(housing, far.community(), today.minusDays(3), far.community() + " " + today.minusDays(3))
                        .getStatus())
                .isEqualTo(303);
        assertThat(estate().district()).isEqualTo(far.district());
        assertThat(estate().street()).isEqualTo(far.street());
        assertThat(jdbc.sql("select district || ' ' || until from estate_past where estate = ?")
                        .param(near.garden())
                        .query(String.class)
                        .list())
                .containsExactly(near.district() + " " + today.minusDays(3));
        assertThat(page(housing, "/estates/" + near.garden() + "/desk").getContentAsString())
                .contains("换了负责的社区", "起从", "区划调整，民函〔2026〕3号");
        assertThat(jdbc.sql("select count(*) from audit_entry where action = 'estate.moved' and subject_id = ?")
                        .param(String.valueOf(near.garden()))
                        .query(Integer.class)
                        .single())
                .isOne();

        var fresh = orders.file(near.resident(), near.garden(), "换了以后的事");
        assertThat(fresh.district()).isEqualTo(far.district());
        for (var reader : java.util.List.of(near.resident(), near.communityDesk(), near.manager(), town.cityDesk())) {
            assertThat(page(reader, "/orders/" + old).getStatus())
                    .as("the old order")
                    .isEqualTo(200);
        }
        assertThat(page(far.communityDesk(), "/orders/" + old).getStatus()).isEqualTo(404);
        assertThat(page(far.communityDesk(), "/orders/" + fresh).getStatus()).isEqualTo(200);
        assertThat(page(near.manager(), "/orders").getContentAsString())
                .as("whoever works there sees the orders of both districts")
                .contains("/orders/" + old);
        assertThat(page(town.cityDesk(), "/orders?estate=" + near.garden()).getContentAsString())
                .contains("/orders/" + old, "/orders/" + fresh);
    }

    @Test
    void it_has_a_day_that_has_come_and_a_community_that_the_mover_answers_for() throws Exception {
        var far = town.far().community();
        var today = estates.today();
        assertThat(move(housing, far, today.plusDays(1), "").getContentAsString())
                .contains("还没到那一天");
        assertThat(move(housing, far, today.minusYears(1), "").getStatus()).isEqualTo(200);
        assertThat(move(housing, far, today.minusYears(1).minusDays(1), "").getContentAsString())
                .contains("最多补登一年以内的");
        assertThat(move(near.housingDesk(), far, today, "").getContentAsString())
                .contains("请选负责的社区");
        assertThat(move(housing, near.community(), today, "").getContentAsString())
                .contains("本来就归这个社区");
        jdbc.sql("update estate set name = (select name from estate where id = ?) where id = ?")
                .params(near.garden(), town.far().oldYard())
                .update();
        assertThat(move(housing, far, today, "").getContentAsString()).contains("已经有同名的小区");
        jdbc.sql("update estate set name = name || '二' where id = ?")
                .param(town.far().oldYard())
                .update();
        assertThat(move(housing, far, today.minusDays(2), far + " " + today.minusDays(2))
                        .getStatus())
                .isEqualTo(303);
        assertThat(move(housing, near.community(), today.minusDays(3), "").getContentAsString())
                .contains("还早。请核对日子");
        assertThat(move(housing, near.community(), today, near.community() + " " + today)
                        .getStatus())
                .isEqualTo(303);
        assertThat(estate().district()).as("and back").isEqualTo(near.district());
    }

    private MockHttpServletResponse building(String path, int version, String... fields) throws Exception {
        var request = post("/estates/" + near.garden() + "/buildings" + path).param("version", String.valueOf(version));
        for (var n = 0; n < fields.length; n += 2) {
            request.param(fields[n], fields[n + 1]);
        }
        return mvc.perform(request.with(as(near.streetDesk())).with(csrf()))
                .andReturn()
                .getResponse();
    }

    private int units(String building) {
        return jdbc.sql("select count(*) from unit where building = ?")
                .param(Long.valueOf(building))
                .query(Integer.class)
                .single();
    }

    @Test
    void dwellings_are_shown_before_they_are_made_and_what_nobody_uses_can_go() throws Exception {
        var version = estate().version();
        var made = building(
                "",
                version,
                "_once",
                java.util.UUID.randomUUID().toString(),
                "name",
                "99幢",
                "entrances",
                "2",
                "floors",
                "3");
        var one = java.util.Objects.requireNonNull(made.getRedirectedUrl()).replaceAll(".*/buildings/(\\d+).*", "$1");
        var range = new String[] {"from", "1", "to", "3", "per_floor", "2", "area", "89.5"};
        var shown = building("/" + one + "/generate", version + 1, range);
        assertThat(shown.getStatus()).isEqualTo(200);
        assertThat(shown.getContentAsString()).contains("生成这 12 户", "1单元101", "2单元302");
        assertThat(units(one)).as("only shown").isZero();
        var sure = java.util.stream.Stream.concat(
                        java.util.Arrays.stream(range), java.util.stream.Stream.of("sure", "yes"))
                .toArray(String[]::new);
        assertThat(building("/" + one + "/generate", version, sure).getStatus())
                .as("the form was opened before somebody changed the estate")
                .isEqualTo(409);
        assertThat(building("/" + one + "/generate", version + 1, sure).getStatus())
                .isEqualTo(303);
        assertThat(units(one)).isEqualTo(12);
        assertThat(building("/" + one + "/generate", version + 2, range).getContentAsString())
                .contains("没有要生成的");

        var unit = jdbc.sql("select min(id) from unit where building = ?")
                .param(Long.valueOf(one))
                .query(Long.class)
                .single();
        assertThat(building("/" + one + "/units/" + near.unit() + "/remove", version + 2)
                        .getStatus())
                .as("somebody lives there")
                .isEqualTo(422);
        assertThat(building("/" + near.building() + "/remove", version + 2).getContentAsString())
                .contains("用到，不能删");
        assertThat(building("/" + one + "/units/" + unit + "/remove", version + 2)
                        .getStatus())
                .isEqualTo(303);
        assertThat(units(one)).isEqualTo(11);
        assertThat(pointers.to("unit"))
                .as("orders name a dwelling without a key")
                .anyMatch(pointer -> pointer.table().equals("work_order"));
        assertThat(building("/" + one + "/remove", version + 2).getStatus()).isEqualTo(409);
        assertThat(building("/" + one + "/remove", version + 3).getRedirectedUrl())
                .endsWith("/buildings?done=removed");
        assertThat(jdbc.sql("select count(*) from building where id = ?")
                        .param(Long.valueOf(one))
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
