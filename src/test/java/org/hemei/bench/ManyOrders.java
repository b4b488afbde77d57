package org.hemei.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.hemei.outside.Sql;
import org.hemei.workorder.Grams;

/**
 * Fills a city with orders by the million, as set-based SQL past the application: five years of them, spread over the
 * estates of the demo city, each with its words, its steps and, where a resident spoke, its rating. One word
 * ({@link #COMMON}) is in five of a hundred orders, one ({@link #RARE}) in one of a hundred thousand. The roll-ups and
 * the event log know nothing of them: {@code rebuild-rollups} comes after.
 */
public final class ManyOrders {

    /** In 5 % of the orders and in no other. */
    public static final String COMMON = "漏水";

    /** In one order of 100,000. */
    public static final String RARE = "白蚁";

    private static final int TEXTS = 200;
    private static final int WITH_COMMON = 10;
    private static final int RARELY = 100_000;
    private static final int BATCH = 250_000;
    private static final int HANDS = 2;
    private static final int INDEXES_DROPPED_FROM = 300_000;
    private static final List<String> TABLES =
            List.of("work_order", "work_order_words", "work_order_step", "work_order_rating");

    private static final String[] PLACES = {"东门", "西门", "地下车库", "楼道", "电梯厅", "中心花园", "垃圾房", "配电房", "活动室", "北侧围墙"};
    private static final String[] THINGS = {
        "路灯不亮", "电梯有异响", "垃圾没有清运", "门禁刷不开", "井盖松动", "消防通道被占", "绿化带积水", "狗没有牵绳", "充电桩断电", "夜里施工太吵", "墙砖脱落", "水压太低",
        "快递柜坏了", "车位被占", "扶手松脱", "监控不能用", "物业费对不上", "楼顶隔热层翘起", "健身器材断裂"
    };

    /** Where the database is; each hand has a connection of its own, as its superuser. */
    public interface Database {
        Connection connect() throws SQLException, IOException;
    }

    private final Database database;

    public ManyOrders(Database database) {
        this.database = database;
    }

    /** Adds orders until there are so many in all. */
    public void fillTo(long orders) throws SQLException, IOException, InterruptedException, ExecutionException {
        try (var connection = database.connect()) {
            var sql = new Sql(connection);
            var more = orders - sql.number("select count(*) from work_order");
            if (more > 0) {
                add(connection, more);
            }
        }
    }

    private void add(Connection connection, long count)
            throws SQLException, IOException, InterruptedException, ExecutionException {
        var begin = System.nanoTime();
        var sql = new Sql(connection);
        Bench.say("Adding " + count + " orders");
        run(connection, "set session_replication_role = replica");
        prepare(connection);
        var base = sql.number("select nextval('work_order_seq')") + 100_000;
        var indexes = count >= INDEXES_DROPPED_FROM ? dropIndexes(connection) : List.<String>of();
        insert(base, count);
        Bench.say("The rows are there after " + seconds(begin) + " s; indexes and statistics next");
        run(connection, "set maintenance_work_mem = '1GB'");
        for (var index : indexes) {
            run(connection, index);
        }
        run(connection, "select setval('work_order_seq', " + ((base + count) / 100 + 1) * 100 + " + 1, false)");
        for (var table : TABLES) {
            run(connection, "vacuum analyze " + table);
        }
        run(connection, "drop table bench_estate, bench_text");
        Bench.say(count + " orders were added in " + seconds(begin) + " s");
    }

    private static long seconds(long since) {
        return Duration.ofNanos(System.nanoTime() - since).toSeconds();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Where orders come from, and what they say. */
    private static void prepare(Connection connection) throws SQLException {
        run(connection, "drop table if exists bench_estate, bench_text");
        run(connection, """
                create unlogged table bench_estate as
                select row_number() over (order by e.id) - 1 as n, e.id, e.district, e.community, h.holder,
                       (select min(b.id) from building b where b.estate = e.id) as building,
                       array(select g.account from access_grant g where g.role = 'RESIDENT' and g.estate = e.id
                             order by g.account limit 40) as residents,
                       coalesce((select min(g.account) from access_grant g where g.role = 'COMMUNITY' and g.area = e.community),
                                (select min(id) from account)) as worker,
                       coalesce((select min(g.account) from access_grant g where g.role = 'MANAGER' and g.body = h.holder),
                                (select min(id) from account)) as manager
                from estate e,
                     lateral (select coalesce(
                         (select o.holder from work_order o where o.district = e.district and o.estate = e.id and o.holder is not null
                          order by o.submitted_at desc, o.id desc limit 1),
                         (select min(c.company) from contract c where c.estate = e.id),
                         (select min(b.id) from body b where b.kind = 'backstop_team' and e.community like b.area || '%')) as holder) h
                where h.holder is not null
                """);
        run(connection, "create unique index on bench_estate (n)");
        run(connection, """
                create unlogged table bench_text (n int primary key, category text not null, urgency text not null,
                                                  title text not null, words text not null, grams text[] not null)
                """);
        var leaves = new Sql(connection)
                .rows("select code, urgency from category where parent is not null and active order by position, code");
        try (var insert = connection.prepareStatement("insert into bench_text values (?, ?, ?, ?, ?, ?)")) {
            for (var n = 0; n <= TEXTS; n++) {
                var leaf = leaves.get(n * 7 % leaves.size());
                var thing = n == TEXTS ? "墙根有" + RARE : n < WITH_COMMON ? "屋顶" + COMMON : THINGS[n % THINGS.length];
                var place = PLACES[n / THINGS.length % PLACES.length];
                var title = place + thing;
                var words = place + "这里" + thing + "，已经第 " + (n % 9 + 1) + " 天，出入很不方便，请来人看看。";
                insert.setInt(1, n);
                insert.setString(2, leaf.get(0));
                insert.setString(3, leaf.get(1));
                insert.setString(4, title);
                insert.setString(5, words);
                insert.setArray(6, connection.createArrayOf("text", Grams.of(title, words)));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        run(connection, "analyze bench_estate; analyze bench_text");
    }

    /** @return how to make them again */
    private static List<String> dropIndexes(Connection connection) throws SQLException {
        var again = new ArrayList<String>();
        for (var table : TABLES) {
            var indexes = new Sql(connection).rows("""
                    select c.relname, pg_get_indexdef(i.indexrelid) from pg_index i join pg_class c on c.oid = i.indexrelid
                    where i.indrelid = cast(? as regclass) and not exists (select from pg_constraint p where p.conindid = i.indexrelid)
                    """, table);
            for (var index : indexes) {
                run(connection, "drop index " + index.get(0));
                again.add(index.get(1));
            }
        }
        return again;
    }

    private void insert(long base, long count) throws InterruptedException, ExecutionException {
        var next = new AtomicLong();
        try (var pool = Executors.newFixedThreadPool(HANDS)) {
            var hands = new ArrayList<Callable<Void>>();
            for (var hand = 0; hand < HANDS; hand++) {
                hands.add(() -> {
                    try (var connection = database.connect()) {
                        run(connection, "set session_replication_role = replica; set synchronous_commit = off");
                        for (var from = next.getAndAdd(BATCH); from < count; from = next.getAndAdd(BATCH)) {
                            batch(connection, base, count, from, Math.min(from + BATCH, count));
                            Bench.say("… " + Math.min(from + BATCH, count) + " of " + count);
                        }
                        return null;
                    }
                });
            }
            for (var done : pool.invokeAll(hands)) {
                done.get();
            }
        }
    }

    private static void batch(Connection connection, long base, long count, long from, long until) throws SQLException {
        connection.setAutoCommit(false);
        for (var statement : List.of("drop table if exists g", PLAN, ORDERS, WORDS, STEPS, RATINGS)) {
            run(
                    connection,
                    statement
                            .replace(":base", String.valueOf(base))
                            .replace(":count", String.valueOf(count))
                            .replace(":from", String.valueOf(from))
                            .replace(":until", String.valueOf(until))
                            .replace(":texts", String.valueOf(TEXTS))
                            .replace(":rarely", String.valueOf(RARELY)));
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    /**
     * One row for each order: when each step happens. What lies in the future has not happened; {@code way} says how it
     * goes: through to the end, rejected, answered or withdrawn at the door, or stuck with the holder.
     */
    private static final String PLAN = """
            create temporary table g as
            select p.*, case when p.way = 'stuck' then null else p.taken_at + p.work end as resolved_at,
                   case when p.way = 'stuck' then null else p.taken_at + p.work + interval '16 hours' end as verified_at,
                   case when p.way = 'stuck' then null
                        when p.rated then p.taken_at + p.work + interval '40 hours'
                        else p.taken_at + p.work + interval '184 hours' end as ended_at
            from (
                select n.n + :base as id, e.district, e.community, e.id as estate, e.building, e.holder, e.manager, e.worker,
                       t.n as text, t.category, t.urgency, h.h3, at.at,
                       case when cardinality(e.residents) > 0 and h.h2 % 10 < 8
                            then e.residents[1 + h.h3 % cardinality(e.residents)] end as reporter,
                       case when h.h3 % 100 < 2 then 'reject' when h.h3 % 100 < 5 then 'answer' when h.h3 % 100 < 7 then 'withdraw'
                            when h.h3 % 1000 = 77 and at.at > now() - interval '60 days' then 'stuck' else 'through' end as way,
                       at.at + interval '40 minutes' as accepted_at,
                       at.at + interval '70 minutes' as dispatched_at,
                       at.at + interval '3 hours' as taken_at,
                       case when h.h2 % 100 < 93 then at.at + interval '5 hours'
                            when h.h2 % 100 < 97 then at.at + interval '30 hours' end as contacted_at,
                       case when h.h2 % 11 = 0 then interval '7 days' else make_interval(hours => cast(5 + h.h3 % 90 as int)) end as work,
                       cardinality(e.residents) > 0 and h.h2 % 10 < 8 and h.h3 % 9 < 4 as rated,
                       h.h2 % 97 < 12 as reopened
                from generate_series(cast(:from as bigint), :until - 1) n (n)
                         cross join lateral (select n.n * 2654435761 % 4294967296 as h1, n.n % 1000003 * 2246822519 % 4294967296 as h2,
                                                    n.n % 999983 * 3266489917 % 4294967296 as h3) h
                         cross join lateral (select date_trunc('second', now() - interval '5 minutes'
                             - interval '5 years' * (1 - cast(n.n as float8) / :count) - make_interval(secs => h.h1 % 300)) as at) at
                         join bench_estate e on e.n = h.h1 % (select count(*) from bench_estate)
                         join bench_text t on t.n = case when n.n % :rarely = 4711 then :texts else (h.h2 / 7) % :texts end) p
            """;

    private static final String ORDERS = """
            alter table g add state text, add version int, add first_rating boolean;
            update g set
                state = case
                    when way = 'reject' then case when accepted_at <= now() then 'rejected' else 'submitted' end
                    when way = 'answer' then case when accepted_at <= now() then 'answered' else 'submitted' end
                    when way = 'withdraw' then case when accepted_at <= now() then 'withdrawn' else 'submitted' end
                    when accepted_at > now() then 'submitted'
                    when dispatched_at > now() then 'awaiting_dispatch'
                    when taken_at > now() then 'dispatched'
                    when resolved_at is null or resolved_at > now() then 'in_progress'
                    when verified_at > now() then 'resolved'
                    when ended_at > now() then 'awaiting_rating'
                    when rated and reopened and ended_at + interval '3 days' > now() then 'in_progress'
                    when rated and reopened and ended_at + interval '4 days' > now() then 'resolved'
                    when rated and reopened and ended_at + interval '11 days' > now() then 'awaiting_rating'
                    when rated and not reopened then 'closed'
                    else 'closed_unrated' end,
                first_rating = way = 'through' and rated and ended_at <= now();
            update g set version = case
                when state in ('rejected', 'answered', 'withdrawn') then 2
                when state = 'submitted' then 1
                when state = 'awaiting_dispatch' then 2
                when state = 'dispatched' then 3
                else 4 + case when contacted_at < least(now(), coalesce(resolved_at, now())) then 1 else 0 end
                     + case when resolved_at <= now() then 1 else 0 end + case when verified_at <= now() then 1 else 0 end
                     + case when ended_at <= now() then 1 else 0 end
                     + case when first_rating and reopened then case when ended_at + interval '3 days' <= now() then 1 else 0 end
                         + case when ended_at + interval '4 days' <= now() then 1 else 0 end
                         + case when ended_at + interval '11 days' <= now() then 1 else 0 end else 0 end end;
            insert into work_order (district, id, version, state, community, estate, building, category, urgency, channel,
                                    reporter, filed_by, holder, round, submitted_at, due_at, contact_due, resolve_due, contacted_at,
                                    resolved_at, resolved_by, closed_at, solved, satisfied)
            select district, id, version, state, community, estate, building, category, urgency,
                   case when reporter is null then 'phone' else 'resident' end, reporter, coalesce(reporter, worker),
                   case when sent then holder end, case when first_rating and reopened then 2 else 1 end, at,
                   case state when 'submitted' then at + interval '1 day'
                              when 'awaiting_dispatch' then at + interval '1 day'
                              when 'dispatched' then dispatched_at + interval '1 day'
                              when 'in_progress' then dispatched_at + interval '5 days'
                                  + case when first_rating and reopened then interval '9 days' else interval '0' end
                              when 'resolved' then resolved_at + interval '2 days'
                              when 'awaiting_rating' then ended_at + interval '11 days' end,
                   case when sent then dispatched_at + interval '1 day' end,
                   case when sent then dispatched_at + interval '5 days' end,
                   case when sent and contacted_at < least(now(), coalesce(resolved_at, now())) then contacted_at end,
                   case when state in ('resolved', 'awaiting_rating', 'closed', 'closed_unrated') then resolved_at end,
                   case when state in ('resolved', 'awaiting_rating', 'closed', 'closed_unrated') then manager end,
                   case when state in ('rejected', 'answered', 'withdrawn') then accepted_at
                        when state = 'closed' then ended_at
                        when state = 'closed_unrated' then ended_at + case when first_rating and reopened then interval '11 days' else interval '0' end end,
                   case when state = 'closed' then true end,
                   case when state = 'closed' then case when h3 % 100 < 15 then 3 when h3 % 100 < 60 then 4 else 5 end end
            from (select g.*, state not in ('submitted', 'awaiting_dispatch', 'rejected', 'answered', 'withdrawn') as sent from g) s
            """;

    private static final String WORDS = """
            insert into work_order_words (district, order_id, title, words, grams)
            select g.district, g.id, t.title, t.words,
                   t.grams || array['@' || g.district, '@' || left(g.community, 9), '@' || g.community,
                                    '#' || cast(floor(extract(epoch from g.at) / 604800) as int)]
            from g join bench_text t on t.n = g.text
            """;

    private static final String STEPS = """
            insert into work_order_step (district, order_id, seq, at, verb, from_state, to_state, actor, actor_as, body)
            select g.district, g.id, row_number() over (partition by g.district, g.id order by s.at, s.rank), s.at, s.verb,
                   s.from_state, s.to_state, s.actor, s.actor_as, s.body
            from g cross join lateral (values
                (1, at, 'submit', null, 'submitted', coalesce(reporter, worker),
                    case when reporter is null then 'community' else 'reporter' end, null),
                (2, case when way in ('through', 'stuck') then accepted_at end, 'accept', 'submitted', 'awaiting_dispatch', worker,
                    'community', null),
                (2, case when way in ('reject', 'answer', 'withdraw') then accepted_at end, way, 'submitted',
                    case way when 'reject' then 'rejected' when 'answer' then 'answered' else 'withdrawn' end, worker, 'community', null),
                (3, case when way in ('through', 'stuck') then dispatched_at end, 'dispatch', 'awaiting_dispatch', 'dispatched',
                    worker, 'community', holder),
                (4, case when way in ('through', 'stuck') then taken_at end, 'take', 'dispatched', 'in_progress', manager,
                    'manager', holder),
                (5, case when way in ('through', 'stuck') and contacted_at < coalesce(resolved_at, now()) then contacted_at end,
                    'contact', 'in_progress', 'in_progress', manager, 'manager', holder),
                (6, case when way = 'through' then resolved_at end, 'resolve', 'in_progress', 'resolved', manager, 'manager', holder),
                (7, case when way = 'through' then verified_at end, 'verify', 'resolved', 'awaiting_rating', worker, 'community', null),
                (8, case when way = 'through' and not rated then ended_at end, 'close_unrated', 'awaiting_rating', 'closed_unrated',
                    null, 'clock', null),
                (8, case when way = 'through' and rated and not reopened then ended_at end, 'rate', 'awaiting_rating', 'closed',
                    reporter, 'reporter', null),
                (8, case when way = 'through' and rated and reopened then ended_at end, 'reopen', 'awaiting_rating', 'in_progress',
                    reporter, 'reporter', holder),
                (9, case when way = 'through' and rated and reopened then ended_at + interval '3 days' end, 'resolve', 'in_progress',
                    'resolved', manager, 'manager', holder),
                (10, case when way = 'through' and rated and reopened then ended_at + interval '4 days' end, 'verify', 'resolved',
                    'awaiting_rating', worker, 'community', null),
                (11, case when way = 'through' and rated and reopened then ended_at + interval '11 days' end, 'close_unrated',
                    'awaiting_rating', 'closed_unrated', null, 'clock', null)
            ) s (rank, at, verb, from_state, to_state, actor, actor_as, body)
            where s.at <= now()
            """;

    private static final String RATINGS = """
            insert into work_order_rating (district, order_id, account, round, solved, satisfied, at)
            select district, id, reporter, 1, not reopened,
                   case when reopened then 1 + h3 % 2 when h3 % 100 < 15 then 3 when h3 % 100 < 60 then 4 else 5 end, ended_at
            from g where first_rating
            """;
}
