package org.hemei.workorder.bulk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Acts on many orders as they are stored: one's own only. */
@Repository
class Bulks {

    static final int PAGE = 100;

    /**
     * @param target the body or the worker; 0 for each estate's default holder; null while it has not been asked
     * @param state planned, running or done
     * @param job the run behind the pages, where there is one
     */
    record Bulk(
            long id,
            long account,
            BulkAct act,
            @Nullable Long target,
            @Nullable String targetName,
            String reason,
            String state,
            String filter,
            @Nullable Long job,
            Instant createdAt,
            @Nullable Instant doneAt) {

        /** Whether everything is known that the preview needs. */
        boolean asked() {
            return act.asks() == null || target != null;
        }

        /** To what the order has become, where the act made another of it; null where the reader cannot open it: an offer that is gone. */
        @Nullable
        String link(Row row) {
            if (row.words.startsWith("/")) {
                return row.words;
            }
            return act == BulkAct.TAKE_TRANSFER && row.state != OrderState.TRANSFER_OFFERED
                    ? null
                    : "/orders/" + row.id;
        }
    }

    /** @param outcome can, cannot, done or failed */
    record Row(
            int n,
            OrderId id,
            int version,
            String outcome,
            String words,
            @Nullable Instant submittedAt,
            @Nullable String title,
            @Nullable String where,
            @Nullable OrderState state) {

        String number() {
            return submittedAt == null ? id.toString() : id.number(submittedAt);
        }
    }

    record Tally(int all, int can, int cannot, int done, int failed) {}

    /** Somebody or some body to choose. */
    record Target(long id, String name, String kind) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;

    Bulks(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private static final String COLUMNS = """
            select b.*, case when b.act = 'dispatch' and b.target = 0 then '各小区默认的处理单位'
                             when b.act = 'dispatch' then (select name from body where id = b.target)
                             when b.act = 'assign' then (select p.masked_name from account a join person p on p.id = a.person
                                                         where a.id = b.target) end as target_name
            from order_bulk b
            """;

    /** @throws Missing when it is somebody else's */
    Bulk own(Reader reader, long id) {
        return jdbc.sql(COLUMNS + "where b.id = ? and b.account = ?")
                .params(id, reader.account())
                .query(Bulks::bulk)
                .optional()
                .orElseThrow(() -> new Missing("没有这次批量办理，或它不是您的。"));
    }

    Bulk one(long id) {
        return jdbc.sql(COLUMNS + "where b.id = ?").param(id).query(Bulks::bulk).single();
    }

    long add(Reader reader, BulkAct act, String filter, List<OrderId> ids) {
        var bulk = jdbc.sql("""
                        insert into order_bulk (account, act, filter, created_at) values (?, ?, ?, ?) returning id
                        """)
                .params(reader.account(), act.code(), filter, now())
                .query(Long.class)
                .single();
        jdbc.sql("""
                insert into order_bulk_row (bulk, n, district, order_id, version, outcome)
                select :bulk, c.n, c.district, c.id, o.version, 'can'
                from unnest(cast(:districts as int[]), cast(:ids as bigint[])) with ordinality c (district, id, n)
                         join work_order o on o.district = c.district and o.id = c.id
                """)
                .param("bulk", bulk)
                .param("districts", ids.stream().map(OrderId::district).toArray(Integer[]::new))
                .param("ids", ids.stream().map(OrderId::id).toArray(Long[]::new))
                .update();
        return bulk;
    }

    Tally tally(long bulk) {
        return jdbc.sql("""
                select count(*) as everything, count(*) filter (where outcome = 'can') as can,
                       count(*) filter (where outcome = 'cannot') as cannot, count(*) filter (where outcome = 'done') as done,
                       count(*) filter (where outcome = 'failed') as failed
                from order_bulk_row where bulk = ?
                """)
                .param(bulk)
                .query((r, n) -> new Tally(r.getInt(1), r.getInt(2), r.getInt(3), r.getInt(4), r.getInt(5)))
                .single();
    }

    /** What did not or will not go comes first. @param after n of the last row of the page before, 0 for the first page */
    List<Row> rows(long bulk, int after, int most) {
        return jdbc.sql("""
                select r.*, o.submitted_at, w.title, o.state, concat_ws(' ', e.name, d.name) as place
                from order_bulk_row r
                         left join work_order o on o.district = r.district and o.id = r.order_id
                         left join work_order_words w on w.district = r.district and w.order_id = r.order_id
                         left join estate e on e.id = o.estate
                         left join building d on d.id = o.building
                where r.bulk = :bulk
                  and (:after = 0 or (r.outcome in ('can', 'done'), r.n) > (
                          select x.outcome in ('can', 'done'), x.n from order_bulk_row x where x.bulk = :bulk and x.n = :after))
                order by r.outcome in ('can', 'done'), r.n
                limit :most
                """)
                .param("bulk", bulk)
                .param("after", after)
                .param("most", most)
                .query(Bulks::row)
                .list();
    }

    List<Row> open(long bulk) {
        return jdbc.sql("""
                select r.*, null as submitted_at, null as title, null as state, null as place
                from order_bulk_row r where r.bulk = ? and r.outcome = 'can' order by r.n
                """).param(bulk).query(Bulks::row).list();
    }

    void outcome(long bulk, Row row, String outcome, String words) {
        jdbc.sql("update order_bulk_row set outcome = ?, words = ? where bulk = ? and n = ?")
                .params(outcome, words, bulk, row.n)
                .update();
    }

    /** Takes a row up for doing; false when it was done before. Holds the row until the transaction ends. */
    boolean claim(long bulk, Row row) {
        return jdbc.sql("select true from order_bulk_row where bulk = ? and n = ? and outcome = 'can' for update")
                .params(bulk, row.n)
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    void target(long bulk, long target, String reason) {
        jdbc.sql("update order_bulk set target = ?, reason = ? where id = ? and state = 'planned'")
                .params(target, reason, bulk)
                .update();
        jdbc.sql("update order_bulk_row set outcome = 'can', words = '' where bulk = ? and outcome = 'cannot'")
                .param(bulk)
                .update();
    }

    /** @return false when somebody was first */
    boolean turn(long bulk, String from, String to) {
        return jdbc.sql("""
                        update order_bulk set state = :to, done_at = case when :to = 'done' then cast(:now as timestamptz) end
                        where id = :id and state = :from
                        """)
                        .param("to", to)
                        .param("now", now())
                        .param("id", bulk)
                        .param("from", from)
                        .update()
                == 1;
    }

    void job(long bulk, long job) {
        jdbc.sql("update order_bulk set job = ? where id = ?").params(job, bulk).update();
    }

    /** Bodies that can hold at least one of the orders; the default of each estate is offered besides. */
    List<Target> holders(long bulk) {
        var today = CivilTime.date(clock.instant());
        return jdbc.sql("""
                with places as (select distinct o.estate, o.community from order_bulk_row r
                                join work_order o on o.district = r.district and o.id = r.order_id where r.bulk = :bulk)
                select b.id, b.name, b.kind from body b
                where b.kind <> 'party_organisation' and b.since <= :today and (b.until is null or b.until > :today)
                  and case b.kind
                      when 'company' then exists (select from contract c join places p on p.estate = c.estate
                                                  where c.company = b.id and c.during @> cast(:today as date))
                      else exists (select from places p where p.community like b.area || '%') end
                order by b.kind <> 'company', b.kind, b.name
                limit 100
                """)
                .param("bulk", bulk)
                .param("today", today)
                .query((r, n) -> new Target(r.getLong(1), r.getString(2), r.getString(3)))
                .list();
    }

    /** People of the orders' holders who can do the work. */
    List<Target> workers(long bulk) {
        return jdbc.sql("""
                select a.id, p.masked_name || '（' || b.short_name || '）' as name, max(g.role) as kind
                from (select distinct o.holder from order_bulk_row r
                      join work_order o on o.district = r.district and o.id = r.order_id where r.bulk = :bulk) h
                         join access_grant g on g.body = h.holder and g.role in ('MANAGER', 'STAFF')
                         join account a on a.id = g.account and a.disabled_at is null
                         join person p on p.id = a.person
                         join body b on b.id = h.holder
                where g.since <= :now and (g.until is null or g.until > :now)
                group by a.id, p.masked_name, b.short_name
                order by b.short_name, a.id
                limit 100
                """)
                .param("bulk", bulk)
                .param("now", now())
                .query((r, n) -> new Target(r.getLong(1), r.getString(2), r.getString(3)))
                .list();
    }

    /** The default holder of each order today. */
    Map<OrderId, Long> defaults(long bulk) {
        return jdbc
                .sql("""
                select r.district, r.order_id, default_holder(o.estate, o.community, :today) as holder
                from order_bulk_row r join work_order o on o.district = r.district and o.id = r.order_id
                where r.bulk = :bulk
                """)
                .param("bulk", bulk)
                .param("today", CivilTime.date(clock.instant()))
                .query((r, n) -> Map.entry(new OrderId(r.getInt(1), r.getLong(2)), r.getLong(3)))
                .list()
                .stream()
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private static Bulk bulk(ResultSet r, int n) throws SQLException {
        var done = r.getTimestamp("done_at");
        return new Bulk(
                r.getLong("id"),
                r.getLong("account"),
                BulkAct.find(r.getString("act")).orElseThrow(),
                r.getObject("target", Long.class),
                r.getString("target_name"),
                r.getString("reason"),
                r.getString("state"),
                r.getString("filter"),
                r.getObject("job", Long.class),
                r.getTimestamp("created_at").toInstant(),
                done == null ? null : done.toInstant());
    }

    private static Row row(ResultSet r, int n) throws SQLException {
        var at = r.getTimestamp("submitted_at");
        var state = r.getString("state");
        return new Row(
                r.getInt("n"),
                new OrderId(r.getInt("district"), r.getLong("order_id")),
                r.getInt("version"),
                r.getString("outcome"),
                Objects.requireNonNullElse(r.getString("words"), ""),
                at == null ? null : at.toInstant(),
                r.getString("title"),
                r.getString("place"),
                state == null ? null : OrderState.of(state));
    }
}
