package org.hemei.workorder.dispute;

import java.time.InstantSource;
import java.util.List;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.CorrectingDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.TransferTarget;
import org.hemei.workorder.Urgency;
import org.hemei.workorder.Verb;
import org.hemei.workorder.WorkOrders;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the forms of the ways out offer to choose from. */
@Component
public class VerbOptions {

    /** One place of one target. */
    public record Place(String target, String key, String name, String what) {}

    /** A leaf of the category tree, under the name of its branch. */
    public record Leaf(String code, String branch, String name, Urgency urgency) {}

    public record Building(long id, String name) {}

    /**
     * What can be put right, and how it stands.
     *
     * @param urgency empty where it is the category's own
     */
    public record Correction(
            List<Leaf> leaves,
            List<Building> buildings,
            String category,
            String urgency,
            String building,
            String unit) {

        public List<String> branches() {
            return leaves.stream().map(Leaf::branch).distinct().toList();
        }
    }

    public record Offer(
            List<OrderAround.Channel> channels,
            List<Place> places,
            @Nullable Correction correction,
            String q) {

        public static final Offer NOTHING = new Offer(List.of(), List.of(), null, "");
    }

    private final JdbcClient jdbc;
    private final WorkOrders orders;
    private final List<TransferTarget> targets;
    private final InstantSource clock;

    VerbOptions(JdbcClient jdbc, WorkOrders orders, List<TransferTarget> targets, InstantSource clock) {
        this.jdbc = jdbc;
        this.orders = orders;
        this.targets = List.copyOf(targets);
        this.clock = clock;
    }

    public Offer of(Verb verb, OrderId id, String community, String q) {
        return switch (verb) {
            case REFER -> new Offer(channels(community), List.of(), null, q);
            case OFFER_TRANSFER -> new Offer(List.of(), places(id, q), null, q);
            case CORRECT -> new Offer(List.of(), List.of(), correction(id), q);
            default -> Offer.NOTHING;
        };
    }

    private Correction correction(OrderId id) {
        var leaves = jdbc.sql("""
                select c.code, b.name as branch, c.name, c.urgency from category c join category b on b.code = c.parent
                where c.active or c.code = (select category from work_order where district = ? and id = ?)
                order by b.position, b.code, c.position, c.code
                """)
                .params(id.district(), id.id())
                .query((r, n) -> new Leaf(
                        r.getString("code"),
                        r.getString("branch"),
                        r.getString("name"),
                        Urgency.of(r.getString("urgency"))))
                .list();
        return jdbc.sql("""
                select o.estate, o.category, case when o.urgency = c.urgency then '' else o.urgency end as urgency,
                       coalesce(cast(o.building as text), '0') as building, coalesce(u.name, '') as unit
                from work_order o join category c on c.code = o.category left join unit u on u.id = o.unit
                where o.district = ? and o.id = ?
                """)
                .params(id.district(), id.id())
                .query((r, n) -> new Correction(
                        leaves,
                        buildings(r.getLong("estate")),
                        r.getString("category"),
                        r.getString("urgency"),
                        r.getString("building"),
                        r.getString("unit")))
                .single();
    }

    private List<Building> buildings(long estate) {
        return jdbc.sql("select id, name from building where estate = ? order by position, name")
                .param(estate)
                .query(Building.class)
                .list();
    }

    /** The door of a building by its name, as people write it. */
    public long unit(long building, String name) {
        return name.isBlank()
                ? CorrectingDesk.NONE
                : jdbc.sql("select id from unit where building = ? and name = ?")
                        .params(building, name.strip())
                        .query(Long.class)
                        .optional()
                        .orElseThrow(() -> Refusal.of("unit", "这幢楼没有这个门牌。请照楼里的写，比如 501；不在哪一户就空着。"));
    }

    /** Those nearest to the place first, as they are open today. */
    private List<OrderAround.Channel> channels(String community) {
        var today = CivilTime.date(clock.instant());
        return jdbc.sql("""
                select id, name, matters, address, phone, basis from outside_channel
                where since <= ? and (until is null or until > ?) and ? like area || '%' order by length(area) desc, id
                """)
                .params(today, today, community)
                .query(OrderAround.Channel.class)
                .list();
    }

    /** The first forty; whoever means another writes a part of its name. */
    private List<Place> places(OrderId id, String q) {
        return orders.find(id).stream()
                .flatMap(order -> targets.stream()
                        .flatMap(target -> target.places(order, q).stream()
                                .limit(40)
                                .map(p -> new Place(target.code(), p.key(), p.name(), target.words()))))
                .toList();
    }
}
