package org.hemei.workorder.rates;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.hemei.platform.Reader;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.archive.PastYears;
import org.hemei.workorder.measure.Part;
import org.hemei.workorder.measure.Parts;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.measure.RateSql;
import org.hemei.workorder.measure.Tally;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The cases behind a figure, newest first, paged by key. */
@Component
class RateCases {

    static final int PAGE = 50;

    private static final Pattern KEY = Pattern.compile("(\\d{1,17})\\.(\\d{1,18})\\.(-?\\d{1,18})");

    /** Which cases of a rate: one part, or one of these. */
    enum Group {
        ALL("", "全部"),
        COUNTED("counted", "计入"),
        OUTSIDE("outside", "不计入");

        private final String code;
        private final String words;

        Group(String code, String words) {
            this.code = code;
            this.words = words;
        }

        List<Part> parts(Rate rate) {
            return rate.parts().stream()
                    .filter(part -> this == ALL || part.out() == (this == OUTSIDE))
                    .toList();
        }
    }

    /** @param part which part; null for those of the group */
    record Wanted(Rate rate, @Nullable Part part, Group group) {

        static Wanted of(@Nullable String rate, @Nullable String part) {
            var named = Rate.named(rate);
            return new Wanted(
                    named == null ? Rate.RESPONSE : named,
                    Part.named(part),
                    Arrays.stream(Group.values())
                            .filter(group -> group.code.equals(part))
                            .findFirst()
                            .orElse(Group.ALL));
        }

        static Wanted of(Rate rate, Group group) {
            return new Wanted(rate, null, group);
        }

        static Wanted of(Rate rate, Part part) {
            return new Wanted(rate, part, Group.ALL);
        }

        String code() {
            return part != null ? part.code() : group.code;
        }

        String words() {
            return part != null ? part.words() : group == Group.ALL ? group.words : group.words + rate.words() + "的";
        }

        List<Part> parts() {
            return part == null ? group.parts(rate) : rate.parts().contains(part) ? List.of(part) : List.of();
        }

        long of(Tally tally) {
            return parts().stream().mapToLong(tally::of).sum();
        }
    }

    /** Where a page begins. @param who a rating's account; of an earlier holder the number below zero; else zero */
    record Key(Instant at, long id, long who) {

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
            return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "." + id + "." + who;
        }
    }

    /**
     * @param who a rating's account; of an earlier holder the number below zero; else zero
     * @param own whether the rating is the reporter's; null where there is none
     */
    record Row(
            OrderId id,
            Instant submittedAt,
            String title,
            String estate,
            String category,
            @Nullable String holder,
            OrderState state,
            Part part,
            long who,
            @Nullable Boolean own) {

        String number() {
            return id.number(submittedAt);
        }

        /** 电话回访: whoever phoned said it when they were asked. */
        boolean asked() {
            return own == null && who > 0;
        }

        /** Whether the case is of a holder that held it before; how it counts stands on a page of its own. */
        boolean former() {
            return who < 0;
        }

        String counting() {
            return "/orders/" + id + "/counting" + (former() ? "?holder=" + -who : "");
        }

        Key key() {
            return new Key(submittedAt, id.id(), who);
        }
    }

    record Page(List<Row> rows, @Nullable Key more) {}

    private final JdbcClient jdbc;
    private final PastYears past;
    private final InstantSource clock;

    RateCases(JdbcClient jdbc, PastYears past, InstantSource clock) {
        this.jdbc = jdbc;
        this.past = past;
        this.clock = clock;
    }

    Page page(Reader reader, RateFilter filter, Wanted wanted, @Nullable Key after) {
        var rows = rows(reader, filter, wanted, after, PAGE + 1);
        if (rows.size() <= PAGE) {
            return new Page(rows, null);
        }
        var last = rows.get(PAGE - 1);
        return new Page(List.copyOf(rows.subList(0, PAGE)), last.key());
    }

    List<Row> rows(Reader reader, RateFilter filter, Wanted wanted, @Nullable Key after, int most) {
        if (wanted.parts().isEmpty()) {
            return List.of();
        }
        var statement = statement(reader, filter, wanted, after, most);
        var period = filter.period();
        return jdbc.sql(past.both(statement.sql(), period.from(), period.to()))
                .params(statement.where().params())
                .query((r, n) -> new Row(
                        new OrderId(r.getInt("district"), r.getLong("id")),
                        r.getTimestamp("submitted_at").toInstant(),
                        r.getString("title"),
                        r.getString("estate_name"),
                        r.getString("category_name"),
                        r.getString("holder_name"),
                        OrderState.of(r.getString("state")),
                        Part.of(r.getString("part")),
                        r.getLong("who"),
                        (Boolean) r.getObject("own")))
                .list();
    }

    /** What runs, to look at its plan. */
    KeptCounts.Rows statement(Reader reader, RateFilter filter, Wanted wanted, @Nullable Key after, int most) {
        var where = filter.where(clock.instant());
        RateFilter.limit(where, reader);
        var from = after == null ? new Key(Instant.parse("9999-01-01T00:00:00Z"), 0, Long.MAX_VALUE) : after;
        where.with("rate", wanted.rate.code())
                .with("parts", wanted.parts().stream().map(Part::code).toArray(String[]::new))
                .with("afterAt", Timestamp.from(from.at))
                .with("afterId", from.id)
                .with("afterWho", from.who);
        return new KeptCounts.Rows(
                SQL.formatted(
                        where.sql(),
                        Parts.any(wanted.rate, wanted.parts(), "f.parts"),
                        most,
                        RateSql.cases("(o.district, o.id) in (select n.district, n.id from newest n)"),
                        RateQueries.WITH_PARTS,
                        RateQueries.HELD_BEFORE),
                where);
    }

    /**
     * The newest orders and earlier holders of them that fall there by what is kept, as many as the page has cases; then their cases. An
     * order is one row and may have begun on the page before; its earlier holders are several, and begin after the last one shown.
     */
    private static final String SQL = """
            with newest as materialized (
                (select o.district, o.id, f.former
                 from %5$s
                 where %1$s and (o.submitted_at, o.id) <= (:afterAt, :afterId) and %2$s
                 order by o.submitted_at desc, o.id desc
                 limit %3$d + 1)
                union all
                (select o.district, o.id, f.former
                 from %6$s
                 where %1$s and (o.submitted_at, o.id) <= (:afterAt, :afterId)
                   and (o.submitted_at, o.id, -o.holder) < (:afterAt, :afterId, :afterWho) and %2$s
                 order by o.submitted_at desc, o.id desc, o.holder
                 limit %3$d))
            select c.district, c.id, c.submitted_at, w.title, e.name as estate_name, k.name as category_name,
                   h.short_name as holder_name, c.state, c.part, coalesce(c.account, -c.former, 0) as who,
                   c.account = (select o.reporter from work_order o where o.district = c.district and o.id = c.id) as own
            from (%4$s) c
                     join work_order_words w on w.district = c.district and w.order_id = c.id
                     join estate e on e.id = c.estate
                     join category k on k.code = c.category
                     left join body h on h.id = c.holder
            where c.rate = :rate and c.part = any(:parts)
              and (c.district, c.id, coalesce(c.former, 0)) in (select n.district, n.id, n.former from newest n)
              and (c.submitted_at, c.id, coalesce(c.account, -c.former, 0)) < (:afterAt, :afterId, :afterWho)
            order by c.submitted_at desc, c.id desc, coalesce(c.account, -c.former, 0) desc
            limit %3$d
            """;
}
