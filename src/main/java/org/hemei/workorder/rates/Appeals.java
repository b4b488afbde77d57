package org.hemei.workorder.rates;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hemei.platform.Reader;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.measure.Part;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.measure.RateSql;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Appeals with their history; what they come to are {@link Rulings}. */
@Repository
class Appeals {

    /** A reason one can give, with its basis. */
    record Reason(String code, boolean countIn, String words, String hint, boolean evidence, String basis) {}

    private static final String SELECT = """
            select a.*, o.reporter, o.submitted_at as order_at, r.words as reason_words, w.title, e.name as estate_name
            from rate_appeal a
                     join work_order o on o.district = a.district and o.id = a.order_id
                     join work_order_words w on w.district = a.district and w.order_id = a.order_id
                     join estate e on e.id = a.estate
                     join rate_appeal_reason r on r.code = a.reason
            """;

    private final JdbcClient jdbc;
    private final InstantSource clock;

    Appeals(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    List<Reason> reasons(boolean countIn) {
        return jdbc.sql("""
                select code, kind = 'count_in' as count_in, words, hint, evidence, basis from rate_appeal_reason
                where active and kind = ? order by position
                """).param(kind(countIn)).query(Reason.class).list();
    }

    static String kind(boolean countIn) {
        return countIn ? "count_in" : "leave_out";
    }

    Optional<Appeal> find(AppealId id) {
        return jdbc.sql(SELECT + "where a.district = ? and a.id = ?")
                .params(id.district(), id.id())
                .query(Appeals::read)
                .optional();
    }

    Optional<Appeal> lock(AppealId id) {
        return jdbc.sql(SELECT + "where a.district = ? and a.id = ? for update of a")
                .params(id.district(), id.id())
                .query(Appeals::read)
                .optional();
    }

    List<Appeal> of(OrderId order) {
        return jdbc.sql(SELECT + "where a.district = ? and a.order_id = ? order by a.filed_at, a.id")
                .params(order.district(), order.id())
                .query(Appeals::read)
                .list();
    }

    /** How an order counts now, or empty when there is none. */
    Optional<Counted> counted(OrderId id) {
        return jdbc.sql("""
                select o.*, w.title, e.name as estate_name, c.name as category_name, h.short_name as holder_name,
                       greatest(case when o.contact_due < :now then o.contact_due end, o.contacted_at, o.closed_at,
                                (select max(r.at) from work_order_rating r
                                 where r.district = o.district and r.order_id = o.id)) as latest
                from work_order o
                         join work_order_words w on w.district = o.district and w.order_id = o.id
                         join estate e on e.id = o.estate
                         join category c on c.code = o.category
                         left join body h on h.id = o.holder
                where o.district = :district and o.id = :id
                """)
                .param("now", Timestamp.from(clock.instant()))
                .param("district", id.district())
                .param("id", id.id())
                .query((r, n) -> new Counted(
                        id,
                        r.getTimestamp("submitted_at").toInstant(),
                        r.getString("title"),
                        r.getString("estate_name"),
                        r.getString("category_name"),
                        r.getString("holder_name"),
                        r.getString("community"),
                        r.getLong("estate"),
                        r.getObject("holder", Long.class),
                        r.getObject("reporter", Long.class),
                        OrderState.of(r.getString("state")),
                        instant(r, "latest"),
                        parts(id),
                        false,
                        before(id)))
                .optional();
    }

    /** The same of an earlier holder's first contact. */
    Optional<Counted> counted(OrderId id, @Nullable Long before) {
        var whole = counted(id);
        if (before == null) {
            return whole;
        }
        long wanted = before;
        return whole.flatMap(order -> order.before().stream()
                .filter(one -> one.holder() == wanted)
                .findFirst()
                .map(order::of));
    }

    private List<Counted.Before> before(OrderId id) {
        return jdbc.sql("select c.part, h.holder, h.contact_due, h.contacted_at, b.short_name from ("
                        + RateSql.cases("o.district = :district and o.id = :id") + """
                        ) c join held_before h on h.district = c.district and h.order_id = c.id and h.holder = c.former
                            join body b on b.id = h.holder
                        order by h.contact_due, h.holder
                        """)
                .param("district", id.district())
                .param("id", id.id())
                .param("now", Timestamp.from(clock.instant()))
                .query((r, n) -> new Counted.Before(
                        r.getLong("holder"),
                        r.getString("short_name"),
                        r.getTimestamp("contact_due").toInstant(),
                        instant(r, "contacted_at"),
                        Part.of(r.getString("part"))))
                .list();
    }

    private Map<Rate, List<Part>> parts(OrderId id) {
        Map<Rate, List<Part>> parts = new EnumMap<>(Rate.class);
        jdbc.sql("select c.rate, c.part from (" + RateSql.cases("o.district = :district and o.id = :id")
                        + ") c where c.former is null")
                .param("district", id.district())
                .param("id", id.id())
                .param("now", Timestamp.from(clock.instant()))
                .query(r -> {
                    parts.computeIfAbsent(Rate.of(r.getString("rate")), rate -> new ArrayList<>())
                            .add(Part.of(r.getString("part")));
                });
        return parts;
    }

    void insert(Appeal appeal) {
        jdbc.sql("""
                insert into rate_appeal (district, id, order_id, community, estate, holder, kind, rates, reason, side, filed_by,
                                         filed_at, state, due_at)
                values (:district, :id, :order, :community, :estate, :holder, :kind, :rates, :reason, :side, :by, :at, 'filed', :due)
                """)
                .param("district", appeal.id().district())
                .param("id", appeal.id().id())
                .param("order", appeal.order().id())
                .param("community", appeal.community())
                .param("estate", appeal.estate())
                .param("holder", appeal.holder())
                .param("kind", kind(appeal.countIn()))
                .param("rates", appeal.rates().stream().map(Rate::code).toArray(String[]::new))
                .param("reason", appeal.reason())
                .param("side", appeal.side().code())
                .param("by", appeal.filedBy())
                .param("at", Timestamp.from(appeal.filedAt()))
                .param("due", stamp(appeal.dueAt()))
                .update();
    }

    /** The row as it is after a verb; the version goes up by one. */
    void update(Appeal was, AppealState state, @Nullable Instant due, @Nullable Boolean upheld, Reader reader) {
        var decides = upheld != null;
        jdbc.sql("""
                update rate_appeal
                set version = version + 1, state = :state, due_at = :due,
                    upheld = coalesce(:upheld, upheld),
                    decided_by = case when :decides then :by else decided_by end,
                    decided_at = case when :decides then :at else decided_at end
                where district = :district and id = :id
                """)
                .param("state", state.code())
                .param("due", stamp(due))
                .param("upheld", upheld)
                .param("decides", decides)
                .param("by", reader.account())
                .param("at", Timestamp.from(clock.instant()))
                .param("district", was.id().district())
                .param("id", was.id().id())
                .update();
    }

    void second(Appeal was, Side side, Reader reader) {
        jdbc.sql("update rate_appeal set second_side = ?, second_by = ? where district = ? and id = ?")
                .params(
                        side.code(),
                        reader.account(),
                        was.id().district(),
                        was.id().id())
                .update();
    }

    void step(AppealId id, int seq, AppealVerb verb, Reader reader, String as, String words) {
        jdbc.sql("""
                insert into rate_appeal_step (district, appeal, seq, at, verb, actor, actor_as) values (?, ?, ?, ?, ?, ?, ?)
                """)
                .params(id.district(), id.id(), seq, Timestamp.from(clock.instant()), verb.code(), reader.account(), as)
                .update();
        if (!words.isBlank()) {
            jdbc.sql("insert into rate_appeal_remark (district, appeal, seq, words) values (?, ?, ?, ?)")
                    .params(id.district(), id.id(), seq, words)
                    .update();
        }
    }

    List<Appeal.Step> steps(AppealId id) {
        return jdbc.sql("""
                select s.at, s.verb, s.actor_as, m.words
                from rate_appeal_step s
                         left join rate_appeal_remark m on m.district = s.district and m.appeal = s.appeal and m.seq = s.seq
                where s.district = ? and s.appeal = ? order by s.seq
                """)
                .params(id.district(), id.id())
                .query((r, n) -> new Appeal.Step(
                        r.getTimestamp("at").toInstant(),
                        AppealVerb.of(r.getString("verb")),
                        r.getString("actor_as"),
                        r.getString("words")))
                .list();
    }

    /** Whether the account ever did anything with the order: then it does not judge it. */
    boolean touched(OrderId order, long account) {
        return jdbc.sql("""
                select exists (select from work_order_step where district = ? and order_id = ? and actor = ?)
                """)
                .params(order.district(), order.id(), account)
                .query(Boolean.class)
                .single();
    }

    static Appeal read(ResultSet r, int n) throws SQLException {
        var district = r.getInt("district");
        return new Appeal(
                new AppealId(district, r.getLong("id")),
                r.getInt("version"),
                new OrderId(district, r.getLong("order_id")),
                r.getString("community"),
                r.getLong("estate"),
                r.getObject("holder", Long.class),
                r.getObject("reporter", Long.class),
                r.getString("kind").equals("count_in"),
                Arrays.stream((String[]) r.getArray("rates").getArray())
                        .map(Rate::of)
                        .toList(),
                r.getString("reason"),
                r.getString("reason_words"),
                Side.of(r.getString("side")),
                r.getLong("filed_by"),
                r.getTimestamp("filed_at").toInstant(),
                AppealState.of(r.getString("state")),
                instant(r, "due_at"),
                (Boolean) r.getObject("upheld"),
                r.getObject("decided_by", Long.class),
                r.getString("second_side") == null ? null : Side.of(r.getString("second_side")),
                r.getObject("second_by", Long.class),
                r.getTimestamp("order_at").toInstant(),
                r.getString("title"),
                r.getString("estate_name"));
    }

    private static @Nullable Timestamp stamp(@Nullable Instant at) {
        return at == null ? null : Timestamp.from(at);
    }

    private static @Nullable Instant instant(ResultSet r, String column) throws SQLException {
        var at = r.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    static String select() {
        return SELECT;
    }
}
