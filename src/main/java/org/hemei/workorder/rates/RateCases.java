package org.hemei.workorder.rates;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.hemei.platform.Reader;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The cases behind a figure, newest first, paged by key. */
@Component
class RateCases {

    static final int PAGE = 50;

    private static final Pattern KEY = Pattern.compile("(\\d{1,17})\\.(\\d{1,18})\\.(\\d{1,18})");

    /**
     * @param part which part; null with {@code counted} for the whole denominator, without it for everything
     */
    record Wanted(Rate rate, @Nullable Part part, boolean counted) {

        static Wanted of(@Nullable String rate, @Nullable String part) {
            var named = Rate.named(rate);
            return new Wanted(named == null ? Rate.RESPONSE : named, Part.named(part), "counted".equals(part));
        }

        String partCode() {
            return part != null ? part.code() : counted ? "counted" : "";
        }

        String words() {
            return part != null ? part.words() : counted ? "计入" + rate.words() + "的" : "全部";
        }

        String condition() {
            if (part != null) {
                return "c.rate = :rate and c.part = :part";
            }
            return counted ? "c.rate = :rate and c.part in (:good, :poor)" : "c.rate = :rate";
        }
    }

    /** Where a page begins. */
    record Key(Instant at, long id, long account) {

        static @Nullable Key of(@Nullable String text) {
            var match = KEY.matcher(text == null ? "" : text);
            return match.matches()
                    ? new Key(
                            Instant.EPOCH.plus(Long.parseLong(match.group(1)), ChronoUnit.MICROS),
                            Long.parseLong(match.group(2)),
                            Long.parseLong(match.group(3)))
                    : null;
        }

        @Override
        public String toString() {
            return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "." + id + "." + account;
        }
    }

    /** @param own whether the rating is the reporter's; null where there is none */
    record Row(
            OrderId id,
            Instant submittedAt,
            String title,
            String estate,
            String category,
            @Nullable String holder,
            OrderState state,
            Part part,
            long account,
            @Nullable Boolean own) {

        String number() {
            return id.number(submittedAt);
        }
    }

    record Page(List<Row> rows, @Nullable Key more) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;

    RateCases(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Page page(Reader reader, RateFilter filter, Wanted wanted, @Nullable Key after) {
        var rows = rows(reader, filter, wanted, after, PAGE + 1);
        if (rows.size() <= PAGE) {
            return new Page(rows, null);
        }
        var last = rows.get(PAGE - 1);
        return new Page(List.copyOf(rows.subList(0, PAGE)), new Key(last.submittedAt, last.id.id(), last.account));
    }

    List<Row> rows(Reader reader, RateFilter filter, Wanted wanted, @Nullable Key after, int most) {
        var where = filter.where(clock.instant());
        RateFilter.limit(where, reader);
        var from = after == null ? new Key(Instant.parse("9999-01-01T00:00:00Z"), 0, 0) : after;
        return jdbc.sql("""
                select c.district, c.id, c.submitted_at, w.title, e.name as estate_name, k.name as category_name,
                       h.short_name as holder_name, c.state, c.part, coalesce(c.account, 0) as account,
                       c.account = (select o.reporter from work_order o where o.district = c.district and o.id = c.id) as own
                from (%s) c
                         join work_order_words w on w.district = c.district and w.order_id = c.id
                         join estate e on e.id = c.estate
                         join category k on k.code = c.category
                         left join body h on h.id = c.holder
                where %s and (c.submitted_at, c.id, coalesce(c.account, 0)) < (:afterAt, :afterId, :afterAccount)
                order by c.submitted_at desc, c.id desc, coalesce(c.account, 0) desc
                limit %d
                """.formatted(RateSql.cases(where.sql()), wanted.condition(), most))
                .params(where.params())
                .param("rate", wanted.rate.code())
                .param("part", wanted.part == null ? "" : wanted.part.code())
                .param("good", wanted.rate.good().code())
                .param("poor", wanted.rate.poor().code())
                .param("afterAt", Timestamp.from(from.at))
                .param("afterId", from.id)
                .param("afterAccount", from.account)
                .query((r, n) -> new Row(
                        new OrderId(r.getInt("district"), r.getLong("id")),
                        r.getTimestamp("submitted_at").toInstant(),
                        r.getString("title"),
                        r.getString("estate_name"),
                        r.getString("category_name"),
                        r.getString("holder_name"),
                        OrderState.of(r.getString("state")),
                        Part.of(r.getString("part")),
                        r.getLong("account"),
                        (Boolean) r.getObject("own")))
                .list();
    }
}
