package org.hemei.workorder.hotline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.archive.PastYears;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The matters of the hotline as the pages, the table that goes back and the API show them. */
@Component
class HotlineQueries {

    static final int PAGE = 30;

    /** Which ones. */
    enum Box {
        LACKING("要人工指定"),
        READY("可以转工单"),
        FILED("转好的"),
        RETURNED("退回热线的");

        private final String words;

        Box(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** By its code; what lacks something comes first. */
        static Box named(@Nullable String code) {
            return Arrays.stream(values())
                    .filter(one -> one.code().equals(code))
                    .findFirst()
                    .orElse(LACKING);
        }

        /** What waits is counted; of what is done there are ever more. */
        boolean counted() {
            return this == LACKING || this == READY;
        }

        String sql() {
            return switch (this) {
                case LACKING -> "c.waits and (c.estate is null or c.category is null or c.refused is not null)";
                case READY -> "c.waits and c.estate is not null and c.category is not null and c.refused is null";
                case FILED -> "o.order_id is not null";
                case RETURNED -> "c.returned_at is not null";
            };
        }
    }

    /**
     * @param order null until it is one
     * @param state of what it has become by now
     * @param done when it was reported done, or else ended, or went back; null while it runs
     * @param refused why it could not be made an order
     * @param returned why it went back to the hotline; null unless it did
     */
    record Row(
            long id,
            String number,
            LocalDate received,
            @Nullable LocalDate due,
            String topic,
            String place,
            @Nullable String estate,
            @Nullable String category,
            @Nullable OrderId order,
            @Nullable OrderState state,
            @Nullable Instant done,
            @Nullable String refused,
            @Nullable String returned) {

        boolean late(Instant now) {
            return HotlineQueries.late(due, done, now);
        }
    }

    /** Past the hotline's day when the work was reported done: nobody is late because nobody rated. */
    private static boolean late(@Nullable LocalDate due, @Nullable Instant done, Instant now) {
        return due != null && CivilTime.date(done == null ? now : done).isAfter(due);
    }

    private static @Nullable Instant done(ResultSet r) throws SQLException {
        var resolved = instant(r, "resolved_at");
        var ended = resolved == null ? instant(r, "closed_at") : resolved;
        return ended == null ? instant(r, "returned_at") : ended;
    }

    /** @param words in the clear, for whoever has to place it; null once they were erased */
    record Whole(
            Row row,
            String area,
            @Nullable Long estate,
            @Nullable String category,
            @Nullable String words,
            @Nullable String caller,
            boolean phone) {}

    record Place(long id, String name, String community) {}

    private static final String SELECT = """
            select c.*, e.name as estate_now, k.name as category_name, w.state, w.resolved_at, w.closed_at
            from matter c
                     left join estate e on e.id = c.estate
                     left join category k on k.code = c.category
                     left join last l on l.matter = c.id
                     left join work_order w on w.district = l.district and w.id = l.id
            """;

    /** Of order w. What was done is told when somebody has looked at it. */
    private static final String ANSWER = """
            (select nullif(concat_ws(' ', r.words, '该去：' || (s.detail ->> 'elsewhere'),
                                     (select concat_ws(' ', '该去：' || h.name, h.address, h.phone) from outside_channel h
                                      where h.id = cast(s.detail ->> 'channel' as bigint))), '')
             from work_order_step s
                      left join work_order_remark r on r.district = s.district and r.order_id = s.order_id and r.seq = s.seq
             where s.district = w.district and s.order_id = w.id
               and s.verb = case w.state when 'rejected' then 'reject' when 'answered' then 'answer' when 'transferred' then 'refer'
                                         when 'awaiting_rating' then 'resolve' when 'closed' then 'resolve'
                                         when 'closed_unrated' then 'resolve' end
             order by s.seq desc limit 1)""";

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final PastYears past;
    private final InstantSource clock;

    HotlineQueries(JdbcClient jdbc, FieldCipher cipher, PastYears past, InstantSource clock) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.past = past;
        this.clock = clock;
    }

    /** The same over the orders of past years, where there are any: the hotline asks about its matters for longer than orders are at hand. */
    private String evenPast(String sql) {
        return past.both(sql, Instant.EPOCH, clock.instant());
    }

    static Scope required(Reader reader) {
        return Role.required(reader, Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY);
    }

    private static Row read(ResultSet r) throws SQLException {
        var order = r.getObject("order_id", Long.class);
        var estate = r.getString("estate_now");
        return new Row(
                r.getLong("id"),
                r.getString("number"),
                r.getObject("received_on", LocalDate.class),
                r.getObject("due_on", LocalDate.class),
                r.getString("topic"),
                (r.getString("estate_name") + " " + r.getString("place")).strip(),
                estate,
                r.getString("category_name"),
                order == null ? null : new OrderId(r.getInt("order_district"), order),
                r.getString("state") == null ? null : OrderState.of(r.getString("state")),
                done(r),
                r.getString("refused"),
                r.getString("returned_reason"));
    }

    /** Oldest first: they wait longest. At most so many. */
    List<Row> list(Reader reader, Box box, long after, int most) {
        return jdbc.sql(evenPast(
                        Became.of("c.area like any(?) and c.id > ? and " + box.sql() + " order by c.id limit ?")
                                + SELECT + "order by c.id"))
                .params(required(reader).patterns(), after, most)
                .query((r, n) -> read(r))
                .list();
    }

    /** How many wait in one of the boxes that are {@linkplain Box#counted counted}. */
    long count(Reader reader, Box box) {
        return waiting(reader, box.sql());
    }

    /** How many wait for somebody: counted for every page of a desk, among those that wait alone. */
    int waiting(Reader reader) {
        return Math.toIntExact(waiting(reader, "c.waits"));
    }

    private long waiting(Reader reader, String which) {
        return jdbc.sql("select count(*) from hotline_case c where c.area like any(?) and " + which)
                .param(required(reader).patterns())
                .query(Long.class)
                .single();
    }

    Whole one(Reader reader, long id) {
        return jdbc.sql(evenPast(Became.of("c.id = ? and c.area like any(?)") + SELECT))
                .params(id, required(reader).patterns())
                .query((r, n) -> new Whole(
                        read(r),
                        r.getString("area"),
                        r.getObject("estate", Long.class),
                        r.getString("category"),
                        r.getBytes("words_cipher") == null ? null : cipher.decrypt(r.getBytes("words_cipher")),
                        r.getString("caller_masked"),
                        r.getBytes("caller_phone_cipher") != null))
                .optional()
                .orElseThrow(() -> new Missing("没有这件热线件，或者不归您管。"));
    }

    /** Estates of the reader's with the words in their name. */
    List<Place> places(Reader reader, String words) {
        return jdbc.sql("""
                        select e.id, e.name, a.name as community from estate_now e join area a on a.code = e.community
                        where e.community like any(:areas) and (strpos(e.name, :words) > 0 or strpos(coalesce(e.alias, ''), :words) > 0)
                        order by length(e.name), e.name, e.id limit 20
                        """)
                .param("areas", required(reader).patterns())
                .param("words", words)
                .query(Place.class)
                .list();
    }

    /**
     * How one stands, for the hotline, as what it has become by now.
     *
     * @param state in Chinese; 未转工单 before there is an order
     * @param reason why it went back to the hotline; null unless it did
     * @param answer what was written for the caller: why not and where instead, the answer, or what was done, once that was verified;
     *     null where it was written for another, and once words were erased
     * @param solved what the caller says, or was asked by phone; null while nobody said anything, and where the matter was joined to
     *     another's: what that one says is not the caller's word
     * @param satisfied 1 to 5, likewise
     * @param late past the hotline's own deadline and not reported done, or done after it
     */
    record Status(
            String number,
            @Nullable String order,
            String code,
            String state,
            @Nullable String estate,
            @Nullable String holder,
            LocalDate receivedOn,
            @Nullable LocalDate dueOn,
            @Nullable Instant filedAt,
            @Nullable Instant contactedAt,
            @Nullable Instant resolvedAt,
            @Nullable Instant closedAt,
            @Nullable String reason,
            @Nullable String answer,
            @Nullable Boolean solved,
            @Nullable Integer satisfied,
            boolean late) {}

    /** By the hotline's day of receipt, or for those that moved since an instant; at most so many, in the order of numbers. */
    List<Status> status(
            Reader reader,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable Instant since,
            String after,
            int most,
            Instant now) {
        var which = """
                c.area like any(:areas) and c.number > :after
                and c.received_on >= coalesce(cast(:from as date), '1900-01-01') and c.received_on <= coalesce(cast(:to as date), '2200-01-01')
                %s
                order by c.number limit :most""";
        var matters =
                since == null ? Became.of(which.formatted("")) : Became.moved(which.formatted("and " + Became.SINCE));
        return jdbc.sql(evenPast(matters + """
                        select c.number, c.received_on, c.due_on, e.name as estate, w.district, w.id as order_id, c.filed_at, w.state, w.submitted_at,
                               w.contacted_at, w.resolved_at, w.closed_at, case when not l.merged then w.solved end as solved,
                               case when not l.merged then w.satisfied end as satisfied, c.returned_at, c.returned_reason,
                               b.name as holder, case when not l.merged then %s end as answer
                        from matter c
                                 left join last l on l.matter = c.id
                                 left join work_order w on w.district = l.district and w.id = l.id
                                 left join estate e on e.id = coalesce(w.estate, c.estate)
                                 left join body b on b.id = w.holder
                        order by c.number
                        """.formatted(ANSWER)))
                .param("areas", required(reader).patterns())
                .param("after", after)
                .param("from", from)
                .param("to", to)
                .param("since", since == null ? null : Timestamp.from(since))
                .param("most", most)
                .query((r, n) -> status(r, now))
                .list();
    }

    private static Status status(ResultSet r, Instant now) throws SQLException {
        var state = r.getString("state") == null ? null : OrderState.of(r.getString("state"));
        var reason = r.getString("returned_reason");
        var due = r.getObject("due_on", LocalDate.class);
        return new Status(
                r.getString("number"),
                state == null
                        ? null
                        : new OrderId(r.getInt("district"), r.getLong("order_id"))
                                .number(r.getTimestamp("submitted_at").toInstant()),
                reason != null ? "returned" : state == null ? "not_filed" : state.code(),
                reason != null ? "已退回热线" : state == null ? "未转工单" : state.words(),
                r.getString("estate"),
                r.getString("holder"),
                r.getObject("received_on", LocalDate.class),
                due,
                instant(r, "filed_at"),
                instant(r, "contacted_at"),
                instant(r, "resolved_at"),
                instant(r, "closed_at"),
                reason,
                r.getString("answer"),
                r.getObject("solved", Boolean.class),
                r.getObject("satisfied", Integer.class),
                late(due, done(r), now));
    }

    private static @Nullable Instant instant(ResultSet r, String column) throws SQLException {
        var at = r.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
