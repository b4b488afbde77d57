package org.hemei.workorder.dispute;

import java.util.List;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.TransferTarget;
import org.hemei.workorder.Verb;
import org.hemei.workorder.WorkOrders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the forms of the ways out offer to choose from. */
@Component
public class VerbOptions {

    /** One place of one target. */
    public record Place(String target, String key, String name, String what) {}

    public record Offer(List<OrderAround.Channel> channels, List<Place> places, String q) {

        public static final Offer NOTHING = new Offer(List.of(), List.of(), "");
    }

    private final JdbcClient jdbc;
    private final WorkOrders orders;
    private final List<TransferTarget> targets;

    VerbOptions(JdbcClient jdbc, WorkOrders orders, List<TransferTarget> targets) {
        this.jdbc = jdbc;
        this.orders = orders;
        this.targets = List.copyOf(targets);
    }

    public Offer of(Verb verb, OrderId id, String community, String q) {
        return switch (verb) {
            case REFER -> new Offer(channels(community), List.of(), q);
            case OFFER_TRANSFER -> new Offer(List.of(), places(id, q), q);
            default -> Offer.NOTHING;
        };
    }

    /** Those nearest to the place first, as they are open today. */
    private List<OrderAround.Channel> channels(String community) {
        return jdbc.sql("""
                select id, name, matters, address, phone, basis from outside_channel
                where until is null and ? like area || '%' order by length(area) desc, id
                """).param(community).query(OrderAround.Channel.class).list();
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
