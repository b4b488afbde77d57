package org.hemei.workorder.resident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.web.Address;
import org.hemei.workorder.DeadlineBook;
import org.hemei.workorder.Deadlines;
import org.hemei.workorder.HolderRule;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.RatingTime;
import org.hemei.workorder.Urgency;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a resident's own screens show. A resident reads by account, across districts: people move house. */
@Component
public class ResidentQueries {

    /** Where a resident lives, as bound; the phone is the estate's public one. */
    public record Home(
            int district,
            long estate,
            String estateName,
            long building,
            String buildingName,
            long unit,
            String unitName,
            @Nullable String phone,
            String relation) {

        public String where() {
            return buildingName + " " + unitName;
        }
    }

    /** @param more whether older ones follow */
    record Cards(List<OrderCard> cards, boolean more) {

        @Nullable
        String next(boolean archived) {
            if (!more || cards.isEmpty()) {
                return null;
            }
            var last = cards.getLast();
            return Address.of("/my/orders")
                    .with("before", ChronoUnit.MICROS.between(Instant.EPOCH, last.submittedAt()))
                    .with("id", last.id().id())
                    .with("past", archived ? "1" : null)
                    .toString();
        }
    }

    private static final String CARDS = """
            with mine as (
                select district, id, true as own from work_order where reporter = :account
                union all
                select district, order_id, false from me_too where account = :account)
            select o.district, o.id, o.state, o.submitted_at, o.due_at, o.round, w.title, mine.own, h.short_name,
                   o.contacted_at is not null and not o.contact_denied as contacted,
                   (select max(s.at) from work_order_step s
                    where s.district = o.district and s.order_id = o.id and s.from_state is distinct from s.to_state) as since,
                   exists (select from work_order_rating r
                           where r.district = o.district and r.order_id = o.id and r.account = :account) as rated,
                   stopped.waits, stopped.resumes_on,
                   o.state = 'return_requested' and (o.disputes >= 2 or %s) as street,
                   kept.state as kept_state, kept.closed_at as kept_closed, kept.category as kept_category,
                   coalesce(kept.deadline_class, kept.urgency) as kept_pace
            from mine
                     join work_order o on o.district = mine.district and o.id = mine.id
                     join work_order_words w on w.district = o.district and w.order_id = o.id
                     left join body h on h.id = o.holder
                     left join body b on b.id = o.holder
                     left join lateral (
                         with recursive k (id, hop) as (
                             select o.kept, 1
                             union all
                             select n.kept, k.hop + 1 from k join work_order n on n.district = o.district and n.id = k.id
                             where n.state = 'merged' and k.hop < 20)
                         select n.state, n.closed_at, n.category, n.deadline_class, n.urgency
                         from k join work_order n on n.district = o.district and n.id = k.id
                         where n.state <> 'merged' limit 1) kept on mine.own and o.state = 'merged' and o.solved is null
                     left join lateral (select b.waits, k.resumes_on from order_clock k join obstacle b on b.code = k.obstacle
                                        where o.state = 'suspended' and k.district = o.district and k.order_id = o.id
                                          and k.part = 'work'
                                        order by b.valid @> cast(k.stopped_at at time zone 'Asia/Shanghai' as date) desc
                                        limit 1) stopped on true
            """.formatted(HolderRule.OWN_SQL);

    private final JdbcClient jdbc;
    private final DeadlineBook deadlines;
    private final InstantSource clock;

    ResidentQueries(JdbcClient jdbc, DeadlineBook deadlines, InstantSource clock) {
        this.jdbc = jdbc;
        this.deadlines = deadlines;
        this.clock = clock;
    }

    public List<Home> homes(Reader reader) {
        var units = reader.scope(Role.RESIDENT).grants().stream()
                .map(grant -> grant.unit())
                .toArray(Long[]::new);
        return jdbc.sql("""
                select e.district, e.id as estate, e.name as estate_name, e.phone, b.id as building, b.name as building_name,
                       u.id as unit, u.name as unit_name,
                       coalesce((select m.relation from household_member m
                                 where m.unit = u.id and m.person = :person
                                 order by upper_inf(m.during) desc limit 1), '') as relation
                from unit u
                         join building b on b.id = u.building
                         join estate e on e.id = u.estate
                where u.id = any (:units)
                order by e.name, b.position, u.name
                """)
                .param("units", units)
                .param("person", reader.person())
                .query((r, n) -> new Home(
                        r.getInt("district"),
                        r.getLong("estate"),
                        r.getString("estate_name"),
                        r.getLong("building"),
                        r.getString("building_name"),
                        r.getLong("unit"),
                        r.getString("unit_name"),
                        r.getString("phone"),
                        relation(r.getString("relation"))))
                .list();
    }

    private static String relation(String code) {
        return switch (code) {
            case "owner" -> "业主";
            case "family" -> "家人";
            case "tenant" -> "租户";
            default -> "住户";
        };
    }

    /** How many orders are the reader's own or joined. */
    int count(Reader reader) {
        return jdbc.sql("""
                select (select count(*) from work_order where reporter = :account)
                     + (select count(*) from me_too where account = :account)
                """)
                .param("account", reader.account())
                .query(Integer.class)
                .single();
    }

    /** For the first screen: what waits for the resident, then what is under way, then the last one that ended. */
    List<OrderCard> first(Reader reader, int most) {
        return jdbc.sql(CARDS + """
                order by (mine.own and (o.state = 'awaiting_rating' or kept.state = 'awaiting_rating')) desc, (o.closed_at is null) desc, o.submitted_at desc
                limit :most
                """)
                .param("account", reader.account())
                .param("most", most)
                .query(this::card)
                .list();
    }

    /** Newest first, from a key on. */
    Cards page(Reader reader, @Nullable Instant before, long id, int size) {
        var cards = jdbc.sql(CARDS + """
                where (o.submitted_at, o.id) < (:before, :id)
                order by o.submitted_at desc, o.id desc
                limit :most
                """)
                .param("account", reader.account())
                .param("before", Timestamp.from(before == null ? Instant.parse("9999-01-01T00:00:00Z") : before))
                .param("id", id)
                .param("most", size + 1)
                .query(this::card)
                .list();
        return new Cards(cards.size() > size ? cards.subList(0, size) : cards, cards.size() > size);
    }

    /** Merged into one that has a result, and not so long ago that nobody rates it any more. */
    private boolean keptToRate(ResultSet r) throws SQLException {
        var state = r.getString("kept_state");
        if (state == null) {
            return false;
        }
        return switch (OrderState.of(state)) {
            case AWAITING_RATING -> true;
            case CLOSED, CLOSED_UNRATED, ANSWERED ->
                !RatingTime.over(
                        new Deadlines.About(r.getString("kept_category"), Urgency.of(r.getString("kept_pace"))),
                        instant(r, "kept_closed"),
                        deadlines.current(),
                        clock.instant());
            default -> false;
        };
    }

    private OrderCard card(ResultSet r, int n) throws SQLException {
        return new OrderCard(
                new OrderId(r.getInt("district"), r.getLong("id")),
                OrderState.of(r.getString("state")),
                r.getString("title"),
                r.getBoolean("own"),
                r.getTimestamp("submitted_at").toInstant(),
                instant(r, "since"),
                instant(r, "due_at"),
                r.getBoolean("contacted"),
                r.getString("short_name"),
                r.getInt("round"),
                r.getBoolean("rated"),
                r.getString("waits"),
                r.getObject("resumes_on", LocalDate.class),
                r.getBoolean("street"),
                keptToRate(r));
    }

    static @Nullable Instant instant(ResultSet r, String column) throws SQLException {
        var at = r.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
