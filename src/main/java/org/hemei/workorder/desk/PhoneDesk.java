package org.hemei.workorder.desk;

import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.log.Audit;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.list.OrderFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reveals the phone of whoever filed an order, and writes down who looked and why, in the same transaction. */
@Service
public class PhoneDesk {

    /** Why somebody needs the number; a code, because the record holds no words of people. */
    enum Reason {
        CONTACT("联系点单人", "约时间、问情况"),
        VERIFY("核验", "问修好没有"),
        MEDIATE("调处", "两家谈不拢，要当面说");

        private final String words;
        private final String more;

        Reason(String words, String more) {
            this.words = words;
            this.more = more;
        }

        String words() {
            return words;
        }

        String more() {
            return more;
        }

        String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public record Contact(@Nullable String name, String phone) {}

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final Audit audit;
    private final OrderViews views;

    PhoneDesk(JdbcClient jdbc, FieldCipher cipher, Audit audit, OrderViews views) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.audit = audit;
        this.views = views;
    }

    @Transactional
    public Contact reveal(Reader reader, OrderId id, String reasonCode) {
        var order = views.view(reader, id);
        if (!order.mayPhone()) {
            throw new Missing("这张工单没有您能看的电话。");
        }
        var reason = OrderFilter.constant(Reason.class, reasonCode);
        if (reason == null) {
            throw Refusal.of("reason", "请选为什么要看电话。");
        }
        audit.record(
                reader,
                id.district(),
                "work_order.reveal_phone",
                "work_order",
                id,
                order.head().communityCode(),
                Map.of("reason", reason.code()));
        return jdbc.sql("""
                select w.caller_name_cipher, coalesce(w.caller_phone_cipher, p.phone_cipher) as phone
                from work_order o
                         join work_order_words w on w.district = o.district and w.order_id = o.id
                         left join account a on a.id = o.reporter
                         left join person p on p.id = a.person
                where o.district = ? and o.id = ?
                """)
                .params(id.district(), id.id())
                .query((r, n) -> {
                    var name = r.getBytes("caller_name_cipher");
                    return new Contact(name == null ? null : cipher.decrypt(name), cipher.decrypt(r.getBytes("phone")));
                })
                .single();
    }
}
