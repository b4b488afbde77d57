package org.hemei;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.Attachments;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.AssistDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.RatingDesk;
import org.hemei.workorder.SubmissionDesk;
import org.hemei.workorder.WorkOrderDesk;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;

/** Makes the things that a line of the route table names with $, always on the near side of the town. */
public class RouteThings {

    /** Stands in every order made here, so that a list which shows one can be told. */
    static final String WORDS = "近处才看得到的事";

    private final Towns towns;
    private final SubmissionDesk submissions;
    private final WorkOrderDesk desk;
    private final AssistDesk assists;
    private final RatingDesk ratings;
    private final Attachments attachments;
    private final JdbcClient jdbc;
    private final List<RoomThings> rooms;

    RouteThings(
            Towns towns,
            SubmissionDesk submissions,
            WorkOrderDesk desk,
            AssistDesk assists,
            RatingDesk ratings,
            Attachments attachments,
            JdbcClient jdbc,
            List<RoomThings> rooms) {
        this.towns = towns;
        this.submissions = submissions;
        this.desk = desk;
        this.assists = assists;
        this.ratings = ratings;
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
                    .allMatch(thing -> String.valueOf(version(OrderId.valueOf(thing.getValue())))
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
                    submissions
                            .submit(
                                    towns.resident(near.garden(), near.unit()),
                                    UUID.randomUUID().toString(),
                                    said(near.garden()))
                            .toString();
                case "$notice" -> String.valueOf(notice());
                case "$photo" -> photo();
                case "$category" -> category();
                case "$version", "$assist" -> throw new IllegalStateException(name + " stands before its order");
                default -> {
                    if (!name.startsWith("$order.")) {
                        yield ofARoom(name);
                    }
                    var id = order(name.substring("$order.".length()));
                    known.put("$version", String.valueOf(version(id)));
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
            var id = submissions.submit(reporter, UUID.randomUUID().toString(), said(near.garden()));
            if (stage.equals("submitted")) {
                return id;
            }
            desk.dispatch(near.communityDesk(), id, version(id), near.company());
            if (stage.equals("dispatched")) {
                return id;
            }
            desk.take(near.manager(), id, version(id));
            desk.assign(near.manager(), id, version(id), near.staff().account());
            if (stage.equals("working")) {
                return id;
            }
            if (stage.startsWith("help")) {
                var due = java.time.Instant.now().plus(Duration.ofDays(2));
                assists.ask(near.manager(), id, version(id), near.helperBody(), "看一下", due);
                var task = jdbc.sql("select id from assist_task where district = ? and order_id = ?")
                        .params(id.district(), id.id())
                        .query(Long.class)
                        .single();
                known.put("$assist", String.valueOf(task));
                if (stage.equals("helping")) {
                    assists.accept(near.helper(), id, version(id), task);
                }
                return id;
            }
            desk.contact(near.staff(), id, version(id), "phone", "约好了");
            if (stage.equals("contacted")) {
                return id;
            }
            desk.resolve(near.staff(), id, version(id), "修好了，试过了", List.of(), List.of());
            if (stage.equals("resolved")) {
                return id;
            }
            desk.verify(near.communityDesk(), id, version(id), "看过了");
            if (stage.equals("closed")) {
                ratings.rate(reporter, id, version(id), true, 5, "好");
            }
            return id;
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
                            values (?, (select coalesce(max(id), 0) + 1 from notice), ?, now(), '说一声', '', '/me') returning id
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
                    new MockMultipartFile("file", "x.png", "image/png", png()),
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

    private SubmissionDesk.Submission said(long estate) {
        return new SubmissionDesk.Submission(
                estate, null, null, category(), WORDS + "，请来看看。", "", false, List.of(), "resident", null, null);
    }

    static byte[] png() {
        try (var out = new ByteArrayOutputStream()) {
            ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String category() {
        return jdbc.sql(
                        "select code from category where parent is not null and urgency = 'ordinary' order by code limit 1")
                .query(String.class)
                .single();
    }

    private int version(OrderId id) {
        return jdbc.sql("select version from work_order where district = ? and id = ?")
                .params(id.district(), id.id())
                .query(Integer.class)
                .single();
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
