package org.hemei.workorder.hotline;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.log.Audit;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.Said;
import org.hemei.workorder.SubmissionDesk;
import org.hemei.workorder.SubmissionDesk.Submission;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** What is done with a matter of the hotline: placed by hand, and made an order of; or given back, where it is not ours. */
@Service
public class HotlineDesk {

    private static final Logger LOG = LoggerFactory.getLogger(HotlineDesk.class);

    private record Matter(
            String number,
            long estate,
            String category,
            String topic,
            String place,
            @Nullable String words,
            @Nullable String caller,
            @Nullable String phone,
            int before) {}

    private final JdbcClient jdbc;
    private final HotlineQueries queries;
    private final SubmissionDesk submissions;
    private final FieldCipher cipher;
    private final Audit audit;
    private final InstantSource clock;
    private final TransactionTemplate transaction;

    /** @param refused those that could not be made orders; each says why and waits for somebody to look */
    public record Filed(int orders, int refused) {}

    HotlineDesk(
            JdbcClient jdbc,
            HotlineQueries queries,
            SubmissionDesk submissions,
            FieldCipher cipher,
            Audit audit,
            InstantSource clock,
            TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.queries = queries;
        this.submissions = submissions;
        this.cipher = cipher;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** Says where it belongs and what it is about, and makes the order. */
    @Transactional
    public OrderId place(Reader reader, long id, long estate, String category) {
        waiting(lock(reader, id));
        var reasons = new ArrayList<Refusal.Reason>();
        var community = jdbc.sql("select community from estate_now where id = ?")
                .param(estate)
                .query(String.class)
                .optional();
        if (community.isEmpty() || !HotlineQueries.required(reader).covers(community.get())) {
            reasons.add(new Refusal.Reason("estate", "请选一个您管的小区。"));
        }
        if (!jdbc.sql("select exists (select from category where code = ? and parent is not null and active)")
                .param(category)
                .query(Boolean.class)
                .single()) {
            reasons.add(new Refusal.Reason("category", "请选是哪类事。"));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        jdbc.sql("update hotline_case set estate = ?, category = ?, area = ?, refused = null where id = ?")
                .params(estate, category, community.orElseThrow(), id)
                .update();
        return file(reader, id);
    }

    private static void waiting(HotlineQueries.Whole matter) {
        if (matter.row().order() != null) {
            throw Refusal.of("这件已经转成工单了。请看最新情况。");
        }
        if (matter.row().returned() != null) {
            throw Refusal.of("这件已经退回热线。要办，先收回来。");
        }
    }

    /** 退回热线: not of this place, or of no estate; the hotline reads why with the state that goes back. */
    @Transactional
    public void giveBack(Reader reader, long id, String reason) {
        Said.check(Said.words("reason", reason, "为什么退回"));
        var matter = lock(reader, id);
        waiting(matter);
        jdbc.sql("""
                        update hotline_case
                        set waits = false, refused = null, returned_at = ?, returned_reason = ?, returned_by = ? where id = ?
                        """)
                .params(Timestamp.from(clock.instant()), reason.strip(), reader.account(), id)
                .update();
        record(reader, "hotline.returned", id, matter);
    }

    /** It is ours after all. What the hotline read meanwhile is put right by the next state that goes back. */
    @Transactional
    public void recall(Reader reader, long id) {
        var matter = lock(reader, id);
        if (matter.row().returned() == null) {
            throw Refusal.of("这件没有退回热线，不用收回。请看最新情况。");
        }
        jdbc.sql("""
                        update hotline_case
                        set waits = true, returned_at = null, returned_reason = null, returned_by = null, recalled_at = ? where id = ?
                        """).params(Timestamp.from(clock.instant()), id).update();
        record(reader, "hotline.recalled", id, matter);
    }

    static int district(String area) {
        return Integer.parseInt((area + "00").substring(0, 6));
    }

    private void record(Reader reader, String action, long id, HotlineQueries.Whole matter) {
        audit.record(reader, district(matter.area()), action, "hotline_case", id, matter.area(), Map.of());
    }

    private HotlineQueries.Whole lock(Reader reader, long id) {
        jdbc.sql("select id from hotline_case where id = ? for update")
                .param(id)
                .query(Long.class)
                .optional();
        return queries.one(reader, id);
    }

    /**
     * Makes orders of those that lack nothing, the oldest first; at most so many at once. Each in a transaction of its own: one that
     * cannot be an order says why, waits for somebody to look at it, and holds up no other.
     */
    public Filed fileReady(Reader reader, int most) {
        List<Long> ready = jdbc.sql("""
                        select c.id from hotline_case c
                        where c.area like any(?) and c.waits and c.estate is not null and c.category is not null and c.refused is null
                        order by c.id limit ?
                        """)
                .params(HotlineQueries.required(reader).patterns(), most)
                .query(Long.class)
                .list();
        var orders = 0;
        var refused = 0;
        for (var id : ready) {
            try {
                orders += Boolean.TRUE.equals(transaction.execute(status -> fileIfReady(reader, id))) ? 1 : 0;
            } catch (Refusal why) {
                refused += refuse(id, why.getMessage());
            } catch (Missing gone) {
                refused += refuse(id, "小区不归您管，或已经变了。请重新指定。");
            } catch (RuntimeException fault) {
                LOG.warn("hotline matter {} could not be made an order", id, fault);
                refused += refuse(id, "没有转成，请核对小区和类别再转。");
            }
        }
        return new Filed(orders, refused);
    }

    /** Unless somebody else is at it, or has done it. */
    private boolean fileIfReady(Reader reader, long id) {
        var mine = jdbc.sql("""
                        select c.id from hotline_case c
                        where c.id = ? and c.refused is null and c.waits
                        for update of c skip locked
                        """).param(id).query(Long.class).optional();
        if (mine.isEmpty()) {
            return false;
        }
        file(reader, id);
        return true;
    }

    private int refuse(long id, String why) {
        return jdbc.sql("update hotline_case set refused = ? where id = ?")
                .params(why, id)
                .update();
    }

    private OrderId file(Reader reader, long id) {
        var matter = jdbc.sql("""
                        select number, estate, category, coalesce(nullif(topic, ''), (select k.name from category k where k.code = category)) as topic,
                               place, words_cipher, caller_name_cipher, caller_phone_cipher,
                               (select count(*) from hotline_order_before b where b.hotline_case = hotline_case.id) as before
                        from hotline_case where id = ?
                        """)
                .param(id)
                .query((r, n) -> new Matter(
                        r.getString("number"),
                        r.getLong("estate"),
                        r.getString("category"),
                        r.getString("topic"),
                        r.getString("place"),
                        clear(r.getBytes("words_cipher")),
                        clear(r.getBytes("caller_name_cipher")),
                        clear(r.getBytes("caller_phone_cipher")),
                        r.getInt("before")))
                .single();
        if (matter.words == null) {
            throw Refusal.of("这件的内容已经按本人要求删除，不能再转工单。");
        }
        var order = submissions.submit(
                reader,
                "hotline-" + matter.number + (matter.before == 0 ? "" : "-" + matter.before),
                new Submission(
                        matter.estate,
                        null,
                        null,
                        matter.category,
                        said(matter.topic, matter.words),
                        matter.place,
                        false,
                        List.of(),
                        "hotline",
                        matter.caller,
                        matter.phone));
        jdbc.sql("insert into hotline_order (hotline_case, district, order_id, filed_at) values (?, ?, ?, ?)")
                .params(id, order.district(), order.id(), Timestamp.from(clock.instant()))
                .update();
        jdbc.sql("update hotline_case set waits = false where id = ?").param(id).update();
        audit.record(
                reader, order.district(), "hotline.filed", "hotline_case", id, null, Map.of("order", order.toString()));
        return order;
    }

    /** The hotline writes shortly: what would be too little to go by is said with what it is about. */
    private static String said(String topic, String words) {
        var bare = words.strip();
        return bare.codePointCount(0, bare.length()) < SubmissionDesk.MIN_WORDS ? topic + "：" + bare : words;
    }

    private @Nullable String clear(byte @Nullable [] stored) {
        return stored == null ? null : cipher.decrypt(stored);
    }
}
