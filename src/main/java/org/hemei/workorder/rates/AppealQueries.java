package org.hemei.workorder.rates;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Where;
import org.hemei.workorder.list.OrderScope;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lists of appeals within somebody's scope, newest first, and what waits for them. */
@Component
class AppealQueries {

    static final int PAGE = 50;

    private static final Pattern KEY = Pattern.compile("(\\d{1,17})\\.(\\d{1,18})");

    record Key(Instant at, long id) {
        static @Nullable Key of(@Nullable String text) {
            var match = KEY.matcher(text == null ? "" : text);
            return match.matches()
                    ? new Key(
                            Instant.EPOCH.plus(Long.parseLong(match.group(1)), ChronoUnit.MICROS),
                            Long.parseLong(match.group(2)))
                    : null;
        }

        @Override
        public String toString() {
            return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "." + id;
        }
    }

    record Page(List<Appeal> appeals, @Nullable Key more) {}

    private final JdbcClient jdbc;

    AppealQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Page page(Reader reader, AppealPages.Shown shown, @Nullable Key after) {
        var found = list(reader, shown, after, PAGE + 1);
        if (found.size() <= PAGE) {
            return new Page(found, null);
        }
        var last = found.get(PAGE - 1);
        return new Page(
                List.copyOf(found.subList(0, PAGE)),
                new Key(last.filedAt(), last.id().id()));
    }

    /** At most so many of them. */
    List<Appeal> list(Reader reader, AppealPages.Shown shown, @Nullable Key after, int most) {
        var where = new Where();
        limit(where, reader, shown.todo());
        shown.span().limit(where, "a.community", "a.filed_at");
        var state = shown.state();
        if (state != null) {
            where.and("a.state = :state", "state", state.code());
        }
        if (after != null) {
            where.and("(a.filed_at, a.id) < (:afterAt, :afterId)", "afterAt", Timestamp.from(after.at))
                    .with("afterId", after.id);
        }
        return jdbc.sql(Appeals.select() + "where " + where.sql() + " order by a.filed_at desc, a.id desc limit "
                        + most)
                .params(where.params())
                .query(Appeals::read)
                .list();
    }

    /** How many wait for this reader's decision. */
    int waiting(Reader reader) {
        if (reader.scope(Role.STREET, Role.DISTRICT).isEmpty()) {
            return 0;
        }
        var where = new Where();
        limit(where, reader, true);
        return jdbc.sql("select count(*) from rate_appeal a where " + where.sql())
                .params(where.params())
                .query(Integer.class)
                .single();
    }

    private static void limit(Where where, Reader reader, boolean waiting) {
        var any = new ArrayList<String>();
        var streets = reader.scope(Role.STREET);
        var districts = reader.scope(Role.DISTRICT);
        if (waiting) {
            if (!streets.isEmpty()) {
                any.add("a.state = 'filed' and a.community like any(:streets)");
                where.with("streets", streets.patterns());
            }
            if (!districts.isEmpty()) {
                any.add("a.state = 'second' and a.community like any(:districts)");
                where.with("districts", districts.patterns());
            }
        } else {
            var areas = reader.scope(Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY);
            if (!areas.isEmpty()) {
                any.add("a.community like any(:areas)");
                where.with("areas", areas.patterns());
            }
            var holders = reader.scope(Role.MANAGER);
            if (!holders.isEmpty()) {
                any.add(OrderScope.heldBy(where, "appealHolder", holders).replace("o.", "a."));
            }
            any.add("a.filed_by = :me");
            where.with("me", reader.account());
        }
        where.and(any.isEmpty() ? "false" : String.join(" or ", any));
    }
}
