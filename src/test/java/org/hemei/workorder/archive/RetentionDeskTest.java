package org.hemei.workorder.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.Missing;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.Kept;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** How long what is kept is set from a day to come, after a look at what that would erase; the past stays as it was. */
@HemeiTest
class RetentionDeskTest {

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    RetentionDesk desk;

    @Autowired
    Retention retention;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvc mvc;

    private Town town;
    private LocalDate today;

    @BeforeEach
    void build() {
        town = towns.make();
        today = desk.today();
        restore();
    }

    /** The rules that the system begins with, and nothing else. */
    @AfterEach
    void restore() {
        jdbc.sql("delete from retention_rule where lower(valid) > date '2020-01-01'")
                .update();
        jdbc.sql("update retention_rule set valid = daterange(lower(valid), null)")
                .update();
    }

    private RetentionDesk.Change words(int months, LocalDate since) {
        return new RetentionDesk.Change(Kept.ORDER_WORDS, months, since, "试行办法");
    }

    /** from, until, months of each version of the words, in order. */
    private List<String> versions() {
        return jdbc.sql(
                        "select concat_ws(' ', lower(valid), upper(valid), months) from retention_rule where kind = 'order_words' order by valid")
                .query(String.class)
                .list();
    }

    @Test
    void a_version_ends_the_one_before_and_ends_where_the_next_begins() {
        desk.set(town.cityDesk(), words(96, today.plusDays(30)));
        desk.set(town.cityDesk(), words(108, today.plusDays(10)));
        assertThat(versions())
                .containsExactly(
                        "2020-01-01 " + today.plusDays(10) + " 120",
                        today.plusDays(10) + " " + today.plusDays(30) + " 108",
                        today.plusDays(30) + " 96");
        assertThat(retention.rules())
                .extracting(Retention.Rule::months)
                .containsExactlyInAnyOrder(60, 24, 120, 24, 60, 60);
        assertThatThrownBy(() -> desk.set(town.cityDesk(), words(100, today.plusDays(30))))
                .as("nothing that was set is overwritten")
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("先撤回那一条");
        desk.takeBack(town.cityDesk(), desk.coming().getLast().id());
        assertThat(versions()).hasSize(2).last().isEqualTo(today.plusDays(10) + " 108");
        desk.set(town.cityDesk(), words(100, today.plusDays(30)));
        assertThat(versions()).hasSize(3).last().isEqualTo(today.plusDays(30) + " 100");
        var first = desk.coming().getFirst();
        desk.takeBack(town.cityDesk(), first.id());
        assertThat(versions())
                .containsExactly("2020-01-01 " + today.plusDays(30) + " 120", today.plusDays(30) + " 100");
        assertThatThrownBy(() -> desk.takeBack(town.cityDesk(), first.id())).isInstanceOf(Missing.class);
        var now = retention.rules().getFirst();
        assertThatThrownBy(() -> desk.takeBack(town.cityDesk(), now.id()))
                .as("what holds already")
                .isInstanceOf(Missing.class);
    }

    @Test
    void nothing_is_set_for_a_day_that_has_begun() {
        assertThatThrownBy(() -> desk.set(town.cityDesk(), words(96, today))).isInstanceOf(Refusal.class);
        assertThat(versions()).containsExactly("2020-01-01 120");
    }

    @Test
    void the_look_before_says_how_many_more_orders_are_reached() throws Exception {
        var since = today.plusDays(1);
        var base = desk.preview(words(6, since)).more();
        var near = town.near();
        var id = orders.at(Stage.CLOSED, near, near.resident(), "灯不亮了，请来看看。");
        closed(id.district(), id.id(), since.minusMonths(6));
        assertThat(desk.preview(words(6, since)).more())
                .as("closed on the very day stays")
                .isEqualTo(base);
        closed(id.district(), id.id(), since.minusMonths(6).minusDays(1));
        assertThat(desk.preview(words(6, since)).more()).isEqualTo(base + 1);
        assertThat(desk.preview(words(130, since)).more())
                .as("kept longer: none")
                .isZero();
        var page = mvc.perform(post("/retention/new")
                        .with(as(town.cityDesk()))
                        .with(csrf())
                        .param("kind", "order_words")
                        .param("months", "6")
                        .param("since", since.toString())
                        .param("basis", "试行办法"))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(page).contains("现在留 10 年", "起留 6 个月", "删掉的找不回来");
        assertThat(versions()).as("a look changes nothing").containsExactly("2020-01-01 120");
        desk.set(town.cityDesk(), words(6, since));
        assertThat(mvc.perform(get("/retention").with(as(town.cityDesk())))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains("以后的", "试行办法", CivilTime.day(since));
    }

    private void closed(int district, long id, LocalDate day) {
        jdbc.sql("update work_order set closed_at = ? where district = ? and id = ?")
                .params(Timestamp.from(CivilTime.startOf(day)), district, id)
                .update();
    }
}
