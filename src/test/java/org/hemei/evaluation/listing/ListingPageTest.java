package org.hemei.evaluation.listing;

import static org.assertj.core.api.Assertions.assertThat;

import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The page of a case says what holds for its reader, and offers nothing that would be refused. */
@HemeiTest
class ListingPageTest {

    private static final String FORM = "/answer\" enctype";
    private static final String TOLD = "有关的各方会收到通知";

    @Autowired
    private Towns towns;

    @Autowired
    private ListingThings things;

    @Autowired
    private ListingSheets sheets;

    @Autowired
    private JdbcClient jdbc;

    private Town.Side near;

    @BeforeEach
    void build() {
        near = towns.make().near();
    }

    private String page(Reader reader, long id, String query) throws Exception {
        return sheets.page(reader, "/listings/" + id + query);
    }

    @Test
    void who_took_part_in_the_decision_is_not_asked_to_answer_the_objection_to_it() throws Exception {
        var id = things.at(ListingState.LISTED, near);
        assertThat(page(things.manager(near), id, "")).contains("可以提一次").doesNotContain("提过了");
        things.object(id, near);
        var member = towns.reader(jdbc.sql("select min(account) from listing_vote where listing = ?")
                .param(id)
                .query(Long.class)
                .single());
        assertThat(page(member, id, "")).contains("异议要由没参加的人审查").doesNotContain(FORM);
        assertThat(page(near.housingDesk(), id, "")).contains(FORM).doesNotContain("您参加过这次集体决定");
        things.answer(id, near, false);
        assertThat(page(things.manager(near), id, ""))
                .as("once only")
                .contains("提过了")
                .doesNotContain("可以提一次");
    }

    @Test
    void nobody_is_said_to_be_told_who_is_not() throws Exception {
        var alone = things.proposed(things.company(near));
        things.notice(alone, near, Weight.ORDINARY, things.basis(near));
        assertThat(page(near.housingDesk(), alone, "?done=notice"))
                .contains("请您自己告诉它")
                .doesNotContain(TOLD);
        var reached = things.at(ListingState.NOTICED, near);
        assertThat(page(near.housingDesk(), reached, "?done=notice")).contains(TOLD);
        var other = towns.make().near();
        assertThat(page(other.housingDesk(), things.at(ListingState.DECIDED, other), "?done=decision"))
                .contains("企业现在看不到")
                .doesNotContain(TOLD);
    }

    @Test
    void whoever_wrote_the_decision_down_is_told_which_colleague_can_look_at_it_and_what_to_do_where_there_is_none()
            throws Exception {
        var id = things.at(ListingState.LISTED, near);
        things.object(id, near);
        var writer = towns.reader(jdbc.sql("select actor from listing_step where listing = ? and verb = 'list'")
                .param(id)
                .query(Long.class)
                .single());
        jdbc.sql("delete from listing_vote where listing = ? and account = ?")
                .params(id, writer.account())
                .update();
        assertThat(page(writer, id, "")).contains("能办的同事").doesNotContain(FORM, "一位也没有");
        jdbc.sql("""
                        update access_grant g set until = g.since where g.role = 'HOUSING'
                          and starts_with((select area from listing where id = :id), g.area)
                          and g.account not in (select account from listing_vote where listing = :id) and g.account <> :writer
                        """).param("id", id).param("writer", writer.account()).update();
        assertThat(page(writer, id, "")).contains("现在一位也没有", "房管部门").doesNotContain("能办的同事");
    }
}
