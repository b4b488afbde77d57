package org.hemei.workorder.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Where;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How what waits is counted, which every page does: among what is open, not among all that was ever done. */
@HemeiTest
class InboxPlansTest {

    private static final int DONE = 20_000;

    @Autowired
    Towns towns;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    InstantSource clock;

    Town.Side near;

    @BeforeEach
    void fill() {
        near = towns.make().near();
        jdbc.sql("""
                insert into work_order (district, id, version, state, community, estate, category, urgency, channel, filed_by, holder,
                                        submitted_at, closed_at, due_at)
                select :district, 8100000000000 + n, 1, case when n > :done then 'in_progress' else 'closed' end,
                       case when n % 2 = 0 then :community else :other end, :estate, 'facility.light', 'ordinary', 'patrol', :account,
                       :company, now() - interval '1 year', case when n > :done then null else now() end,
                       case when n > :done then now() end
                from generate_series(1, :done + 400) n;
                -- most of what is open is held by others
                insert into work_order (district, id, version, state, community, estate, category, urgency, channel, filed_by, holder,
                                        submitted_at, due_at)
                select :district, 8200000000000 + n, 1, 'in_progress', :other, :estate, 'facility.light', 'ordinary', 'patrol', :account,
                       :backstop, now() - interval '1 year', now()
                from generate_series(1, 8000) n;
                analyze work_order
                """)
                .param("district", near.district())
                .param("community", near.community())
                .param("other", near.community().substring(0, 9) + "998")
                .param("estate", near.garden())
                .param("account", near.communityDesk().account())
                .param("company", near.company())
                .param("backstop", near.backstop())
                .param("done", DONE)
                .update();
    }

    @AfterEach
    void empty() {
        jdbc.sql("delete from work_order where district = :district and id > 8100000000000; analyze work_order")
                .param("district", near.district())
                .update();
    }

    @Test
    void a_company_is_asked_about_what_it_holds_and_not_about_what_it_held() {
        towns.grant(near.manager().account(), Role.MANAGER, null, null, near.company(), null);
        var plan = plan(towns.reader(near.manager().account()));
        assertThat(plan).contains("work_order_held").doesNotContain("Bitmap Index Scan on work_order_holder");
    }

    @Test
    void a_community_reads_its_own_part_of_the_open_ones_only() {
        assertThat(plan(near.communityDesk()))
                .contains("work_order_open")
                .contains("(community >= '" + near.community() + "'::text)")
                .doesNotContain("Seq Scan on work_order ");
    }

    private String plan(Reader reader) {
        var where = new Where();
        var sql = InboxQueries.with(reader, where, CivilTime.date(clock.instant())) + "select count(*) from mine";
        return String.join(
                "\n",
                jdbc.sql("explain " + sql)
                        .params(where.params())
                        .query(String.class)
                        .list());
    }
}
