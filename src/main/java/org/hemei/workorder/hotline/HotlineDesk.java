package org.hemei.workorder.hotline;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.log.Audit;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.SubmissionDesk;
import org.hemei.workorder.SubmissionDesk.Submission;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What is done with a matter of the hotline: placed by hand, and made an order of. */
@Service
public class HotlineDesk {

    private record Matter(
            String number,
            long estate,
            String category,
            String place,
            @Nullable String words,
            @Nullable String caller,
            @Nullable String phone) {}

    private final JdbcClient jdbc;
    private final HotlineQueries queries;
    private final SubmissionDesk submissions;
    private final FieldCipher cipher;
    private final Audit audit;
    private final InstantSource clock;

    HotlineDesk(
            JdbcClient jdbc,
            HotlineQueries queries,
            SubmissionDesk submissions,
            FieldCipher cipher,
            Audit audit,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.queries = queries;
        this.submissions = submissions;
        this.cipher = cipher;
        this.audit = audit;
        this.clock = clock;
    }

    /** Says where it belongs and what it is about, and makes the order. */
    @Transactional
    public OrderId place(Reader reader, long id, long estate, String category) {
        var matter = lock(reader, id);
        if (matter.row().order() != null) {
            throw Refusal.of("这件已经转成工单了。请看最新情况。");
        }
        var reasons = new ArrayList<Refusal.Reason>();
        var community = jdbc.sql("select community from estate where id = ?")
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
        jdbc.sql("update hotline_case set estate = ?, category = ?, area = ? where id = ?")
                .params(estate, category, community.orElseThrow(), id)
                .update();
        return file(reader, id);
    }

    private HotlineQueries.Whole lock(Reader reader, long id) {
        jdbc.sql("select id from hotline_case where id = ? for update")
                .param(id)
                .query(Long.class)
                .optional();
        return queries.one(reader, id);
    }

    /** Makes orders of those that lack nothing, the oldest first; at most so many at once. @return how many */
    @Transactional
    public int fileReady(Reader reader, int most) {
        List<Long> ready = jdbc.sql("""
                        select c.id from hotline_case c
                        where c.area like any(?) and c.estate is not null and c.category is not null
                          and not exists (select from hotline_order o where o.hotline_case = c.id)
                        order by c.id limit ? for update of c skip locked
                        """)
                .params(HotlineQueries.required(reader).patterns(), most)
                .query(Long.class)
                .list();
        ready.forEach(id -> file(reader, id));
        return ready.size();
    }

    private OrderId file(Reader reader, long id) {
        var matter = jdbc.sql("""
                        select number, estate, category, place, words_cipher, caller_name_cipher, caller_phone_cipher
                        from hotline_case where id = ?
                        """)
                .param(id)
                .query((r, n) -> new Matter(
                        r.getString("number"),
                        r.getLong("estate"),
                        r.getString("category"),
                        r.getString("place"),
                        clear(r.getBytes("words_cipher")),
                        clear(r.getBytes("caller_name_cipher")),
                        clear(r.getBytes("caller_phone_cipher"))))
                .single();
        if (matter.words == null) {
            throw Refusal.of("这件的内容已经按本人要求删除，不能再转工单。");
        }
        var order = submissions.submit(
                reader,
                "hotline-" + matter.number,
                new Submission(
                        matter.estate,
                        null,
                        null,
                        matter.category,
                        matter.words,
                        matter.place,
                        false,
                        List.of(),
                        "hotline",
                        matter.caller,
                        matter.phone));
        jdbc.sql("insert into hotline_order (hotline_case, district, order_id, filed_at) values (?, ?, ?, ?)")
                .params(id, order.district(), order.id(), Timestamp.from(clock.instant()))
                .update();
        audit.record(
                reader, order.district(), "hotline.filed", "hotline_case", id, null, Map.of("order", order.toString()));
        return order;
    }

    private @Nullable String clear(byte @Nullable [] stored) {
        return stored == null ? null : cipher.decrypt(stored);
    }
}
