package org.hemei.workorder.incident;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Where;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.incident.Incident.Note;
import org.hemei.workorder.incident.Incident.Order;
import org.hemei.workorder.list.AreaQueries;
import org.hemei.workorder.list.OrderListQueries;
import org.hemei.workorder.list.Span;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads incidents: for those who publish and oversee them by area and body, for residents by where they live. */
@Component
public class IncidentQueries {

    static final int PAGE = 50;
    static final int MOST = 500;

    /** One that runs where somebody is about to file. */
    public record Running(
            IncidentId id,
            String title,
            String words,
            String publisher,
            Instant expectedEnd,
            int met,
            boolean joined) {}

    /** One that runs, before the desk to which somebody phones about it. @param fits whether it is about the kind that was chosen */
    public record Known(
            IncidentId id, String title, String words, String place, Instant expectedEnd, int met, boolean fits) {}

    private static final String SELECT = """
            select i.*, x.title, x.words, m.name as community_name, e.name as estate_name, b.name as building_name,
                   c.name as category_name, h.short_name as body_name
            from incident i
                     join incident_words x on x.district = i.district and x.incident_id = i.id
                     join area m on m.code = i.community
                     join category c on c.code = i.category
                     left join estate e on e.id = i.estate
                     left join building b on b.id = i.building
                     left join body h on h.id = i.body
            """;

    private final JdbcClient jdbc;
    private final InstantSource clock;

    IncidentQueries(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Optional<Incident> find(IncidentId id) {
        return jdbc.sql(SELECT + "where i.district = ? and i.id = ?")
                .params(id.district(), id.id())
                .query(IncidentQueries::read)
                .optional();
    }

    /** Under its row lock. */
    Optional<Incident> lock(IncidentId id) {
        jdbc.sql("select 1 from incident where district = ? and id = ? for update")
                .params(id.district(), id.id())
                .query(Integer.class)
                .optional();
        return find(id);
    }

    /** Those of the reader's areas and bodies, the newest first, from a key on, at most so many. */
    List<Incident> list(
            Reader reader, boolean all, String q, Span span, OrderListQueries.@Nullable Key after, int most) {
        var where = new Where();
        var any = new ArrayList<String>();
        var areas = reader.scope(Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY);
        if (!areas.isEmpty()) {
            any.add("i.community like any(:areas)");
            where.with("areas", areas.patterns());
        }
        var holders = reader.scope(Role.MANAGER, Role.STAFF);
        if (!holders.isEmpty()) {
            any.add("""
                    i.body = any(:bodies) or i.estate = any(:estates)
                    or i.estate is null and exists (select from estate w where w.community = i.community and w.id = any(:estates))
                    or exists (select from contract k join estate w on w.id = k.estate
                               where k.company = any(:bodies) and k.during @> cast(:today as date)
                                 and (w.id = i.estate or i.estate is null and w.community = i.community))""");
            where.with("bodies", IncidentAccess.wholeBodies(holders))
                    .with("estates", holders.estates())
                    .with("today", CivilTime.date(clock.instant()));
        }
        where.and(any.isEmpty() ? "false" : String.join(" or ", any));
        span.limit(where, "i.community", "i.published_at");
        if (!all) {
            where.and("i.state = 'running'");
        }
        if (!q.isEmpty()) {
            where.and(
                    "position(lower(:q) in lower(x.title || ' ' || x.words || ' ' || coalesce(e.name, ''))) > 0",
                    "q",
                    q);
        }
        if (after != null) {
            where.and("(i.published_at, i.id) < (:at, :id)", "at", java.sql.Timestamp.from(after.at()))
                    .with("id", after.id());
        }
        return jdbc.sql(SELECT + "where " + where.sql() + "\norder by i.published_at desc, i.id desc limit " + most)
                .params(where.params())
                .query(IncidentQueries::read)
                .list();
    }

    List<Note> notes(IncidentId id) {
        return jdbc.sql("""
                select n.at, n.kind, n.words, n.expected_end, p.masked_name
                from incident_note n left join account a on a.id = n.account left join person p on p.id = a.person
                where n.district = ? and n.incident_id = ? order by n.seq
                """)
                .params(id.district(), id.id())
                .query((r, n) -> new Note(
                        r.getTimestamp("at").toInstant(),
                        r.getString("kind"),
                        r.getString("words"),
                        OrderListQueries.instant(r, "expected_end"),
                        r.getString("masked_name")))
                .list();
    }

    private static final String ORDERS = """
            select o.district, o.id, o.version, o.submitted_at, w.title, b.name as building_name, o.state, h.short_name
            from work_order o
                     join work_order_words w on w.district = o.district and w.order_id = o.id
                     left join building b on b.id = o.building
                     left join body h on h.id = o.holder
            """;

    List<Order> attached(IncidentId id) {
        return jdbc.sql(ORDERS + """
                         join incident_order x on x.district = o.district and x.order_id = o.id
                where x.district = ? and x.incident_id = ? order by o.submitted_at, o.id limit %d
                """.formatted(MOST))
                .params(id.district(), id.id())
                .query(IncidentQueries::order)
                .list();
    }

    /** Open orders of the place and the kind, of the last month, that belong to no incident. */
    List<Order> fitting(Incident incident) {
        return jdbc.sql(ORDERS + """
                where o.district = :district and o.community = :community
                  and (cast(:estate as bigint) is null or o.estate = :estate)
                  and (cast(:building as bigint) is null or o.building is null or o.building = :building)
                  and (o.category = :category or o.category like :category || '.%%')
                  and o.state in (%s) and o.submitted_at > :since
                  and not exists (select from incident_order x where x.district = o.district and x.order_id = o.id)
                order by o.submitted_at, o.id limit %d
                """.formatted(OrderState.OWED_SQL, MOST))
                .param("district", incident.id().district())
                .param("community", incident.community())
                .param("estate", incident.estate())
                .param("building", incident.building())
                .param("category", incident.category())
                .param("since", java.sql.Timestamp.from(incident.publishedAt().minus(java.time.Duration.ofDays(30))))
                .query(IncidentQueries::order)
                .list();
    }

    /** What runs at this place and is about this kind; a leaf meets its branch. */
    public List<Running> running(Reader reader, long estate, @Nullable Long building, String branch, String category) {
        return jdbc.sql(SELECT.replace(
                                "select i.*,",
                                "select i.*, exists (select from incident_follower f where f.district = i.district"
                                        + " and f.incident_id = i.id and f.account = :account) as followed,")
                        + """
                where i.state = 'running'
                  and (i.estate = :estate or i.estate is null
                                             and i.community = (select community from estate where id = :estate))
                  and (i.building is null or cast(:building as bigint) is null or i.building = :building)
                  and (cast(:branch as text) = '' or i.category in (:branch, :category) or i.category like :branch || '.%%'
                                                     and cast(:category as text) = '')
                order by i.published_at desc limit 5
                """.formatted())
                .param("account", reader.account())
                .param("estate", estate)
                .param("building", building)
                .param("branch", branch)
                .param("category", category)
                .query((r, n) -> {
                    var one = read(r, n);
                    return new Running(
                            one.id(),
                            one.title(),
                            one.words(),
                            one.publisher(),
                            one.expectedEnd(),
                            one.attached() + one.joined(),
                            r.getBoolean("followed"));
                })
                .list();
    }

    /** What runs at a place of the community's, or anywhere in it: those of the chosen kind first, then the newest. */
    public List<Known> known(Reader reader, @Nullable Long estate, @Nullable Long building, String category) {
        return jdbc
                .sql(SELECT + """
                where i.state = 'running' and i.community like any(:areas)
                  and (cast(:estate as bigint) is null or i.estate = :estate
                       or i.estate is null and i.community = (select community from estate where id = :estate))
                  and (i.building is null or cast(:building as bigint) is null or i.building = :building)
                order by i.published_at desc limit 20
                """)
                .param("areas", reader.scope(Role.COMMUNITY).patterns())
                .param("estate", estate)
                .param("building", building)
                .query(IncidentQueries::read)
                .list()
                .stream()
                .map(one -> new Known(
                        one.id(),
                        one.title(),
                        one.words(),
                        one.place(),
                        one.expectedEnd(),
                        one.attached() + one.joined(),
                        category.isEmpty()
                                || category.equals(one.category())
                                || category.startsWith(one.category() + ".")))
                .sorted(java.util.Comparator.comparing((Known one) -> !one.fits))
                .limit(5)
                .toList();
    }

    /** Where a resident lives. */
    record Home(long estate, long building) {}

    List<Home> homes(@Nullable Long[] units) {
        return jdbc.sql("select estate, building from unit where id = any(?)")
                .param(units)
                .query(Home.class)
                .list();
    }

    /** By the button, or by an order that goes with it: their own, one they joined, one that theirs was merged into. */
    boolean follows(Reader reader, IncidentId id) {
        return jdbc.sql("""
                select exists (select from incident_follower f
                               where f.district = :district and f.incident_id = :id and f.account = :account)
                    or exists (select from incident_order x
                               where x.district = :district and x.incident_id = :id
                                 and (exists (select from work_order o where o.district = x.district and o.reporter = :account
                                                and x.order_id in (o.id, o.kept))
                                      or exists (select from me_too j where j.district = x.district and j.order_id = x.order_id
                                                   and j.account = :account)))
                """)
                .param("district", id.district())
                .param("id", id.id())
                .param("account", reader.account())
                .query(Boolean.class)
                .single();
    }

    static Incident read(ResultSet r, int n) throws SQLException {
        return new Incident(
                new IncidentId(r.getInt("district"), r.getLong("id")),
                r.getInt("version"),
                r.getString("community"),
                AreaQueries.plain(r.getString("community_name")),
                r.getObject("estate", Long.class),
                r.getString("estate_name"),
                r.getObject("building", Long.class),
                r.getString("building_name"),
                r.getString("category"),
                r.getString("category_name"),
                r.getObject("body", Long.class),
                r.getString("body_name"),
                r.getString("title"),
                r.getString("words"),
                r.getTimestamp("published_at").toInstant(),
                r.getTimestamp("expected_end").toInstant(),
                r.getString("state").equals("running"),
                OrderListQueries.instant(r, "ended_at"),
                r.getInt("attached"),
                r.getInt("joined"));
    }

    private static Order order(ResultSet r, int n) throws SQLException {
        return new Order(
                new OrderId(r.getInt("district"), r.getLong("id")),
                r.getInt("version"),
                r.getTimestamp("submitted_at").toInstant(),
                r.getString("title"),
                r.getString("building_name"),
                OrderState.of(r.getString("state")),
                r.getString("short_name"));
    }
}
