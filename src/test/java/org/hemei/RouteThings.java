package org.hemei;

import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.Attachments;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Pictures;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.OrderId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;

/** Makes the things that a line of the route table names with $, always on the near side of the town. */
public class RouteThings {

    /** Stands in every order made here, so that a list which shows one can be told. */
    static final String WORDS = "近处才看得到的事";

    private static final String SAID = WORDS + "，请来看看。";

    private final Towns towns;
    private final Orders orders;
    private final Attachments attachments;
    private final JdbcClient jdbc;
    private final List<RoomThings> rooms;

    RouteThings(Towns towns, Orders orders, Attachments attachments, JdbcClient jdbc, List<RoomThings> rooms) {
        this.towns = towns;
        this.orders = orders;
        this.attachments = attachments;
        this.jdbc = jdbc;
        this.rooms = rooms;
    }

    /** The things of one call, by name; an order is made once and keeps its version in $version, its task in $assist. */
    public final class Made {
        private final Town town;
        private final Reader caller;
        private final Map<String, String> known = new HashMap<>();

        Made(Town town, Reader caller) {
            this.town = town;
            this.caller = caller;
        }

        public String value(String text) {
            return text.startsWith("$") ? remember(text) : text;
        }

        /** The order made here; null when the line names none. */
        @Nullable
        String order() {
            return known.entrySet().stream()
                    .filter(thing -> thing.getKey().startsWith("$order."))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
        }

        private String remember(String name) {
            var earlier = known.get(name);
            if (earlier != null) {
                return earlier;
            }
            var made = make(name);
            known.put(name, made);
            return made;
        }

        /** Whether the order made here is as it was made. */
        boolean untouched() {
            return known.entrySet().stream()
                    .filter(thing -> thing.getKey().startsWith("$order."))
                    .allMatch(thing -> String.valueOf(orders.version(OrderId.valueOf(thing.getValue())))
                            .equals(known.get("$version")));
        }

        private String make(String name) {
            var near = town.near();
            return switch (name) {
                case "$once" -> UUID.randomUUID().toString();
                case "$district" -> String.valueOf(near.district());
                case "$community" -> near.community();
                case "$garden" -> String.valueOf(near.garden());
                case "$building" -> String.valueOf(near.building());
                case "$unit" -> String.valueOf(near.unit());
                case "$empty-unit" -> String.valueOf(near.emptyUnit());
                case "$company" -> String.valueOf(near.company());
                case "$helper-body" -> String.valueOf(near.helperBody());
                case "$staff" -> String.valueOf(near.staff().account());
                case "$account" -> String.valueOf(near.communityDesk().account());
                case "$grant" -> String.valueOf(grant(near.communityDesk().account()));
                case "$binding" -> String.valueOf(binding());
                case "$session" -> session();
                case "$twin" ->
                    orders.file(towns.resident(near.garden(), near.unit()), near.garden(), SAID)
                            .toString();
                case "$notice" -> String.valueOf(notice());
                case "$photo" -> photo();
                case "$category" -> orders.category();
                case "$version", "$assist", "$mark" ->
                    throw new IllegalStateException(name + " stands before its order");
                default -> {
                    if (!name.startsWith("$order.")) {
                        yield ofARoom(name);
                    }
                    var id = order(name.substring("$order.".length()));
                    known.put("$version", String.valueOf(orders.version(id)));
                    yield id.toString();
                }
            };
        }

        private String ofARoom(String name) {
            return rooms.stream()
                    .flatMap(room -> room.thing(name, town, known.containsKey("$foreign") ? null : caller).stream())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no such thing: " + name));
        }

        /** An order as far on its way as the name says; the reporter is the caller where that is a resident of the near side. */
        private OrderId order(String stage) {
            var near = town.near();
            var own = caller.scope(Role.RESIDENT).grants().stream()
                    .anyMatch(grant -> grant.unit() != null && grant.unit() == near.unit());
            var reporter = own ? caller : towns.resident(near.garden(), near.unit());
            var at = Stage.valueOf(stage.toUpperCase(Locale.ROOT));
            var id = orders.at(at, near, reporter, SAID);
            if (at == Stage.MARKED) {
                known.put("$mark", String.valueOf(mark(id)));
            }
            if (at == Stage.HELPED || at == Stage.HELPING || at == Stage.SHARED) {
                known.put("$assist", String.valueOf(orders.assist(id, near.helperBody())));
            }
            return id;
        }

        private long mark(OrderId id) {
            return jdbc.sql("select max(id) from leader_mark where district = ? and order_id = ?")
                    .params(id.district(), id.id())
                    .query(Long.class)
                    .single();
        }

        private long binding() {
            return jdbc.sql("""
                            insert into binding_request (account, unit, relation, asked_at) values (?, ?, 'owner', now())
                            returning id
                            """)
                    .params(towns.account(), town.near().emptyUnit())
                    .query(Long.class)
                    .single();
        }

        /** A notice of the caller's own, or of somebody near for a caller from elsewhere. */
        private long notice() {
            var foreign = known.containsKey("$foreign");
            return jdbc.sql("""
                            insert into notice (district, id, account, at, title, body, link)
                            values (?, nextval('notice_seq'), ?, now(), '说一声', '', '/me') returning id
                            """)
                    .params(
                            town.near().district(),
                            foreign ? town.near().communityDesk().account() : caller.account())
                    .query(Long.class)
                    .single();
        }

        /** A photo that belongs to an order on its way. */
        private String photo() {
            var order = OrderId.valueOf(value("$order.working"));
            var staff = town.near().staff();
            var id = attachments.store(
                    staff,
                    order.district(),
                    new MockMultipartFile("file", "x.png", "image/png", Pictures.of("png", 40, 30)),
                    Attachments.Purpose.PHOTO);
            jdbc.sql("update attachment set owner_kind = 'work_order', owner_id = ? where district = ? and id = ?")
                    .params(order.toString(), order.district(), id)
                    .update();
            return id.toString();
        }

        /** A living session: the caller's own, or of somebody near for a caller from elsewhere. */
        private String session() {
            var id = UUID.randomUUID().toString();
            var near = town.near().communityDesk().account();
            var foreign = known.containsKey("$foreign");
            jdbc.sql("insert into spring_session values (?, ?, ?, ?, 28800, ?, ?)")
                    .params(
                            id,
                            UUID.randomUUID().toString(),
                            System.currentTimeMillis(),
                            System.currentTimeMillis(),
                            System.currentTimeMillis() + 1_000_000,
                            String.valueOf(foreign ? near : caller.account()))
                    .update();
            return id;
        }
    }

    public Made made(Town town, Reader caller) {
        return new Made(town, caller);
    }

    Made foreign(Town town, Reader caller) {
        var made = new Made(town, caller);
        made.known.put("$foreign", "yes");
        return made;
    }

    private long grant(long account) {
        return jdbc.sql("""
                        insert into access_grant (account, role, area, since)
                        values (?, 'STREET', (select street from estate limit 1), ?) returning id
                        """)
                .params(account, Timestamp.from(java.time.Instant.now()))
                .query(Long.class)
                .single();
    }
}
