package org.hemei.workorder.find;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.job.BackgroundWork;
import org.hemei.platform.job.Job;
import org.hemei.platform.job.Jobs;
import org.hemei.platform.log.Audit;
import org.hemei.workorder.OrderId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes orders that were filed before there was a blind index of phones findable by their caller's. Batch by batch; each order
 * is right by itself, so it may stop anywhere, run twice or run beside somebody who files.
 */
@Component
public class PhoneIndexing implements BackgroundWork {

    private static final String KIND = "phone-index";
    private static final int BATCH = 500;

    private static final String LEFT = "caller_phone_cipher is not null and caller_phone_index is null";

    private record Caller(OrderId order, byte[] phone) {}

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final FieldCipher cipher;
    private final Jobs jobs;
    private final Audit audit;

    PhoneIndexing(JdbcClient jdbc, TransactionTemplate transaction, FieldCipher cipher, Jobs jobs, Audit audit) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.cipher = cipher;
        this.jobs = jobs;
        this.audit = audit;
    }

    /** Orders of callers that cannot be found by phone yet. */
    public long left() {
        return jdbc.sql("select count(*) from work_order_words where " + LEFT)
                .query(Long.class)
                .single();
    }

    /** @return the id of the run */
    @Transactional
    public long ask(Reader reader) {
        if (left() == 0) {
            throw Refusal.of("都能按电话找到了，没有要补的。");
        }
        var run = jobs.start(reader, KIND, "补按电话找的索引", Map.of(), "/system/counts");
        audit.record(reader, 0, "phone_index.filled", "job_run", run, null, Map.of());
        return run;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome run(Job job) {
        var total = left();
        job.begin(total, "补索引");
        var done = 0L;
        while (true) {
            var batch = Objects.requireNonNull(transaction.execute(status -> batch()));
            if (batch == 0) {
                return new Outcome("补好了 %,d 张单，都能按电话找到了。".formatted(done));
            }
            done += batch;
            job.step("补了 %,d 张".formatted(done));
            job.advance(batch);
        }
    }

    /** @return how many were indexed; 0 when none is left, or others hold what is */
    int batch() {
        var callers = jdbc.sql("select district, order_id, caller_phone_cipher from work_order_words where " + LEFT
                        + " order by district, order_id limit " + BATCH + " for update skip locked")
                .query((r, n) -> new Caller(new OrderId(r.getInt(1), r.getLong(2)), r.getBytes(3)))
                .list();
        if (callers.isEmpty()) {
            return 0;
        }
        jdbc.sql("""
                update work_order_words w set caller_phone_index = i.phone
                from unnest(cast(:districts as int[]), cast(:orders as bigint[]), cast(:phones as bytea[])) i (district, id, phone)
                where w.district = i.district and w.order_id = i.id
                """)
                .param(
                        "districts",
                        callers.stream().map(one -> one.order.district()).toArray(Integer[]::new))
                .param("orders", callers.stream().map(one -> one.order.id()).toArray(Long[]::new))
                .param("phones", indexes(callers))
                .update();
        return callers.size();
    }

    private byte[][] indexes(List<Caller> callers) {
        return callers.stream()
                .map(one -> cipher.blindIndex(cipher.decrypt(one.phone)))
                .toArray(byte[][]::new);
    }
}
