package org.hemei.demo;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import org.hemei.platform.DemoMode;
import org.hemei.platform.job.Tick;
import org.hemei.workorder.OrderId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Orders of six years ago, which lie in the archive: some of the first ones of the city, told as of four years earlier. Once all
 * orders were counted, what moves old ones every night comes forward and moves these, so that figures of those years agree with their cases.
 */
@Component
class OldOrders implements Tick {

    static final String MARK = "demo_archive";

    private static final int MANY = 180;

    /** The same day of the week, and about four years. */
    private static final int WEEKS = 208;

    private final JdbcClient jdbc;
    private final DemoMode demo;
    private final InstantSource clock;
    private volatile boolean done;

    OldOrders(JdbcClient jdbc, DemoMode demo, InstantSource clock) {
        this.jdbc = jdbc;
        this.demo = demo;
        this.clock = clock;
    }

    /** Those that nothing else hangs on, first those around the showcase. */
    void build(Instant now) {
        var old = jdbc.sql("""
                select o.district, o.id from work_order o
                where o.state in ('closed', 'closed_unrated', 'rejected', 'answered', 'withdrawn') and o.joined = 0
                  and o.closed_at < cast(:now as timestamptz) - interval '18 months'
                  and not exists (select from work_order x where x.district = o.district and x.kept = o.id)
                  and not exists (select from assist_task t where t.district = o.district and t.order_id = o.id)
                  and not exists (select from rate_appeal a where a.district = o.district and a.order_id = o.id)
                  and not exists (select from attachment f where f.owner_kind = 'work_order' and f.district = o.district
                                    and f.owner_id = o.district || '-' || o.id)
                order by o.community like '340111002%' desc, o.submitted_at, o.id limit :many
                """)
                .param("now", Timestamp.from(now))
                .param("many", MANY)
                .query((r, n) -> new OrderId(r.getInt(1), r.getLong(2)))
                .list();
        jdbc.sql("""
                with old as (select * from unnest(cast(:districts as int[]), cast(:ids as bigint[])) x (district, id)),
                step as (update work_order_step s set at = s.at - :back, due_at = s.due_at - :back
                         from old x where x.district = s.district and x.id = s.order_id),
                rating as (update work_order_rating r set at = r.at - :back from old x where x.district = r.district and x.id = r.order_id),
                words as (
                    update work_order_words w
                    set grams = array(select case when g ~ '^#[0-9]+$' then '#' || (cast(substr(g, 2) as bigint) - :weeks) else g end
                                      from unnest(w.grams) g)
                    from old x where x.district = w.district and x.id = w.order_id)
                update work_order o
                set submitted_at = o.submitted_at - :back, closed_at = o.closed_at - :back, contact_due = o.contact_due - :back,
                    resolve_due = o.resolve_due - :back, contacted_at = o.contacted_at - :back, resolved_at = o.resolved_at - :back
                from old x where x.district = o.district and x.id = o.id
                """.replace(":back", "interval '" + WEEKS + " weeks'"))
                .param("districts", old.stream().map(OrderId::district).toArray(Integer[]::new))
                .param("ids", old.stream().map(OrderId::id).toArray(Long[]::new))
                .param("weeks", WEEKS)
                .update();
    }

    @Override
    public String name() {
        return "demo-archive";
    }

    @Override
    public void run() {
        if (done || demo.on() && !waits()) {
            return;
        }
        if (demo.on()) {
            // the nightly task, now instead of tonight
            jdbc.sql("""
                    update scheduled_tasks set execution_time = :now, version = version + 1
                    where task_name = 'retention' and not picked and execution_time > :now;
                    insert into installation (name, value) values (:mark, '') on conflict (name) do nothing
                    """)
                    .param("now", Timestamp.from(clock.instant()))
                    .param("mark", MARK)
                    .update();
        }
        done = true;
    }

    /** Whether they were counted and are still here. */
    private boolean waits() {
        return jdbc.sql("""
                select exists (select from order_count_state) and exists (select from installation where name = ?)
                       and not exists (select from installation where name = ?)
                """).params(DemoCity.MARK, MARK).query(Boolean.class).single();
    }
}
