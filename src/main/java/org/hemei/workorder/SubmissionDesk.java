package org.hemei.workorder;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.platform.Ids;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.web.Once;
import org.hemei.workorder.Deadlines.Timer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** 群众点单: takes in a new order, once, from a resident or from staff who write for somebody. */
@Service
public class SubmissionDesk {

    public static final int MIN_WORDS = 4;
    static final int MAX_TITLE = 30;

    /**
     * What is said when an order is filed.
     *
     * @param building null for the estate's common ground; @param unit null for common parts
     * @param category code of a leaf of the category tree
     * @param anonymous whether the company sees only the building
     * @param channel resident, phone, walk_in, patrol or hotline
     * @param callerName only when filed for somebody; encrypted
     */
    public record Submission(
            long estate,
            @Nullable Long building,
            @Nullable Long unit,
            String category,
            String words,
            String place,
            boolean anonymous,
            List<UUID> photos,
            String channel,
            @Nullable String callerName,
            @Nullable String callerPhone) {}

    private record Ground(
            int district,
            String community,
            boolean buildingFits,
            boolean unitFits,
            @Nullable Urgency urgency,
            int recent,
            @Nullable String building,
            @Nullable Integer entrance,
            @Nullable String unit) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Ids ids;
    private final Once once;
    private final DeadlineBook deadlines;
    private final OrderClocks clocks;
    private final Photos photos;
    private final FieldCipher cipher;
    private final InstantSource clock;
    private final JsonMapper json;
    private final int perHour;

    SubmissionDesk(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Ids ids,
            Once once,
            DeadlineBook deadlines,
            OrderClocks clocks,
            Photos photos,
            FieldCipher cipher,
            InstantSource clock,
            JsonMapper json,
            @Value("${hemei.limits.orders-per-hour:20}") int perHour) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.ids = ids;
        this.once = once;
        this.deadlines = deadlines;
        this.clocks = clocks;
        this.photos = photos;
        this.cipher = cipher;
        this.clock = clock;
        this.json = json;
        this.perHour = perHour;
    }

    /**
     * Files an order. The same key and body again gives the order of the first time.
     *
     * @param key idempotency key of the form
     * @throws Refusal with every reason, each at its field
     */
    public OrderId submit(Reader reader, String key, Submission said) {
        if (key.length() < 8 || key.length() > 80) {
            throw Refusal.of("这张表不完整，请重新打开再填。");
        }
        var hash = Once.hash(said.toString());
        try {
            // the seven rows travel together and are a transaction of their own; photos need one around both
            return said.photos.isEmpty()
                    ? write(reader, key, hash, said)
                    : Objects.requireNonNull(transaction.execute(status -> write(reader, key, hash, said)));
        } catch (DuplicateKeyException again) {
            return OrderId.valueOf(once.replay(reader.account(), key, hash));
        }
    }

    private OrderId write(Reader reader, String key, String hash, Submission said) {
        var now = clock.instant();
        var ground = ground(reader, said, now);
        Said.check(reasons(reader, said, ground));
        var urgency = Objects.requireNonNull(ground.urgency);
        var id = new OrderId(ground.district, ids.next("work_order_seq"));
        var intake = deadlines.current().intake(new Deadlines.About(said.category, urgency), now);
        var params = new HashMap<String, Object>();
        params.put("key", key);
        params.put("hash", hash);
        params.put("result", id.toString());
        params.put("district", id.district());
        params.put("id", id.id());
        params.put("community", ground.community);
        params.put("urgency", urgency.code());
        params.put("at", WorkOrders.stamp(now));
        params.put("due", WorkOrders.stamp(intake.due(Timer.ACCEPT)));
        clocks.putIntake(params, intake);
        putSaid(params, reader, said, ground, now);
        params.put("audit", ids.next("audit_seq"));
        params.put("event", ids.next("event_seq"));
        params.put("event_body", json.writeValueAsString(eventBody(reader, said, ground)));
        jdbc.sql(INSERT).params(params).update();
        if (!said.photos.isEmpty()) {
            photos.attach(reader, id, said.photos, Photos.Use.REPORT);
        }
        return id;
    }

    private static final String INSERT = """
            insert into idempotency_key (account, key, body_hash, result, created_at)
            values (:account, :key, :hash, :result, :at);
            insert into work_order (district, id, version, state, community, estate, building, unit, category, urgency,
                                    channel, reporter, filed_by, anonymous, nobody, submitted_at, due_at)
            values (:district, :id, 1, 'submitted', :community, :estate, :building, :unit, :category, :urgency,
                    :channel, :reporter, :account, :anonymous, :nobody, :at, :due);
            insert into work_order_words (district, order_id, title, words, place, caller_name_cipher,
                                          caller_phone_cipher, caller_phone_index, grams)
            values (:district, :id, :title, :words, :place, :caller_name, :caller_phone, :caller_phone_index, :grams);
            insert into work_order_step (district, order_id, seq, at, verb, to_state, actor, actor_as, due_at)
            values (:district, :id, 1, :at, 'submit', 'submitted', :account, :as, :due);
            insert into audit_entry (district, id, at, account, action, subject_kind, subject_id, area)
            values (:district, :audit, :at, :account, 'work_order.submit', 'work_order', :result, :community);
            insert into event_log (district, id, at, kind, subject, body)
            values (:district, :event, :at, 'work_order.submit', :result, cast(:event_body as jsonb));
            """ + OrderClocks.INTAKE;

    private void putSaid(Map<String, Object> params, Reader reader, Submission said, Ground ground, Instant now) {
        var byResident = said.channel.equals("resident");
        var words = said.words.strip();
        var title = title(words);
        params.put("account", reader.account());
        params.put("estate", said.estate);
        params.put("building", said.building);
        params.put("unit", said.unit);
        params.put("category", said.category);
        params.put("channel", said.channel);
        params.put("reporter", byResident ? reader.account() : null);
        params.put("anonymous", said.anonymous);
        params.put("nobody", !byResident && (said.callerPhone == null || said.callerPhone.isBlank()));
        params.put("title", title);
        params.put("words", words);
        params.put("place", said.place.strip());
        params.put("caller_name", sealed(said.callerName));
        params.put("caller_phone", sealed(said.callerPhone));
        params.put("caller_phone_index", index(said.callerPhone));
        var told =
                new Grams.Told(title, words, said.place, said.anonymous, ground.building, ground.entrance, ground.unit);
        params.put("grams", Grams.of(told, ground.community, now));
        params.put("as", byResident ? "reporter" : "community");
    }

    private byte @Nullable [] sealed(@Nullable String clear) {
        return clear == null || clear.isBlank() ? null : cipher.encrypt(clear.strip());
    }

    private byte @Nullable [] index(@Nullable String phone) {
        return phone == null || phone.isBlank() ? null : cipher.blindIndex(phone.strip());
    }

    private static Map<String, Object> eventBody(Reader reader, Submission said, Ground ground) {
        return Map.of(
                "community", ground.community, "estate", said.estate, "to", "submitted", "actor", reader.account());
    }

    /** The first sentence, short enough for a list. */
    static String title(String words) {
        var first = words.strip().split("[。！？!?；;\\r\\n]", 2)[0].strip();
        var text = first.isEmpty() ? words.strip() : first;
        return text.codePointCount(0, text.length()) <= MAX_TITLE
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_TITLE - 1)) + "…";
    }

    private Ground ground(Reader reader, Submission said, Instant now) {
        return jdbc.sql("""
                select e.district, e.community,
                       cast(:building as bigint) is null
                           or exists (select from building b where b.id = :building and b.estate = e.id) as building_fits,
                       cast(:unit as bigint) is null
                           or exists (select from unit u where u.id = :unit and u.building = :building) as unit_fits,
                       (select c.urgency from category c where c.code = :category and c.active and c.parent is not null)
                           as urgency,
                       (select count(*) from work_order o where o.reporter = :account and o.submitted_at > :since) as recent,
                       b.name as building, u.entrance, u.name as unit
                from estate_now e
                         left join building b on b.id = :building
                         left join unit u on u.id = :unit
                where e.id = :estate
                """)
                .param("building", said.building)
                .param("unit", said.unit)
                .param("category", said.category)
                .param("account", reader.account())
                .param("since", WorkOrders.stamp(now.minus(Duration.ofHours(1))))
                .param("estate", said.estate)
                .query(SubmissionDesk::readGround)
                .optional()
                .orElseThrow(() -> Refusal.of("estate", "没有这个小区，或它已经注销。请重新选。"));
    }

    private static Ground readGround(ResultSet r, int n) throws SQLException {
        var urgency = r.getString("urgency");
        return new Ground(
                r.getInt("district"),
                r.getString("community"),
                r.getBoolean("building_fits"),
                r.getBoolean("unit_fits"),
                urgency == null ? null : Urgency.of(urgency),
                r.getInt("recent"),
                r.getString("building"),
                r.getObject("entrance", Integer.class),
                r.getString("unit"));
    }

    private List<Refusal.Reason> reasons(Reader reader, Submission said, Ground ground) {
        var reasons = new ArrayList<>(mayFile(reader, said, ground));
        if (!ground.buildingFits) {
            reasons.add(new Refusal.Reason("building", "这幢楼不在这个小区。请重新选。"));
        }
        if (!ground.unitFits) {
            reasons.add(new Refusal.Reason("unit", "这个门牌不在这幢楼。请重新选。"));
        }
        if (ground.urgency == null) {
            reasons.add(new Refusal.Reason("category", "请选是哪类事。"));
        }
        var length = said.words.strip().length();
        if (length < MIN_WORDS) {
            reasons.add(new Refusal.Reason("words", "说得再具体一点，至少 " + MIN_WORDS + " 个字。"));
        } else if (length > Said.MAX_WORDS) {
            reasons.add(new Refusal.Reason("words", "太长了，请缩到 " + Said.MAX_WORDS + " 字以内。"));
        }
        if (said.place.strip().length() > 60) {
            reasons.add(new Refusal.Reason("place", "地点请写在 60 字以内。"));
        }
        reasons.addAll(Said.photos("photos", said.photos.size()));
        reasons.addAll(caller(said));
        return reasons;
    }

    /** A resident files where they are bound, for their own unit or common parts; the community anywhere in its area. */
    private List<Refusal.Reason> mayFile(Reader reader, Submission said, Ground ground) {
        if (said.channel.equals("hotline")) {
            return reader.scope(Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY)
                            .covers(ground.community)
                    ? List.of()
                    : List.of(new Refusal.Reason("estate", "这个小区不归您管。请重新选。"));
        }
        if (!said.channel.equals("resident")) {
            if (!List.of("phone", "walk_in", "patrol").contains(said.channel)) {
                return List.of(new Refusal.Reason("channel", "请选是电话、上门还是巡查发现的。"));
            }
            return reader.scope(Role.COMMUNITY).covers(ground.community)
                    ? List.of()
                    : List.of(new Refusal.Reason("estate", "这个小区不归您的社区。请重新选。"));
        }
        var home = reader.scope(Role.RESIDENT);
        if (home.grants().stream().noneMatch(g -> Objects.equals(g.estate(), said.estate))) {
            return List.of(new Refusal.Reason("estate", "您还没绑定这个小区的住处。先到“我的”里绑定。"));
        }
        if (said.unit != null && home.grants().stream().noneMatch(g -> said.unit.equals(g.unit()))) {
            return List.of(new Refusal.Reason("unit", "只能选自己家。邻居家的事请选公共部位，写明地点。"));
        }
        return ground.recent < perHour ? List.of() : List.of(new Refusal.Reason(null, "一小时内点得太多了。着急的事请打电话给社区。"));
    }

    private static List<Refusal.Reason> caller(Submission said) {
        var reasons = new ArrayList<Refusal.Reason>();
        if (said.callerPhone != null
                && !said.callerPhone.isBlank()
                && !said.callerPhone.strip().matches("\\d{7,12}")) {
            reasons.add(new Refusal.Reason("callerPhone", "电话只写数字，手机号 11 位。"));
        }
        if (said.callerName != null && said.callerName.strip().length() > 40) {
            reasons.add(new Refusal.Reason("callerName", "姓名请写在 40 字以内。"));
        }
        return reasons;
    }
}
