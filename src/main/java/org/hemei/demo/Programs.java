package org.hemei.demo;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hemei.platform.crypto.FieldCipher;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two programs of others: one that the community of the showcase keeps and may draw a token for, one that waits for approval. */
final class Programs {

    private static final Duration LAST = Duration.ofDays(300);

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final Timestamp now;
    private final Timestamp until;

    Programs(JdbcClient jdbc, FieldCipher cipher, Instant now) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.now = Timestamp.from(now.minus(Duration.ofDays(20)));
        this.until = Timestamp.from(now.plus(LAST));
    }

    void build() {
        var account =
                add("竹西社区便民服务站", "把服务站登记的事转成工单", "zhuxi", true, List.of("orders:read", "orders:write", "open311"));
        jdbc.sql("""
                insert into access_grant (account, role, area, since, granted_by)
                select ?, 'COMMUNITY', g.area, ?, (select id from account where username = 'anquan')
                from access_grant g join account a on a.id = g.account
                where a.username = 'zhuxi' and g.role = 'COMMUNITY' limit 1
                """).params(account, now).update();
        add("清和物业报修小程序", "在小程序里接单、报处理好", "qinghe", false, List.of("orders:read", "orders:write"));
    }

    /** @param keeper sign-in name of whoever keeps it; it belongs to the body they act for */
    private long add(String name, String purpose, String keeper, boolean approved, List<String> scopes) {
        var person = jdbc.sql("insert into person (name_cipher, masked_name, sample) values (?, ?, true) returning id")
                .params(cipher.encrypt(name), name)
                .query(Long.class)
                .single();
        return jdbc.sql("""
                with a as (insert into account (person, created_at) values (:person, :now) returning id)
                insert into integration (account, name, purpose, owner, area, keeper, scopes, per_minute, until, opened_by, opened_at,
                                         approved_by, approved_at)
                select a.id, :name, :purpose, b.id, b.area, k.id, cast(:scopes as text[]), 120, :until, o.id, :now,
                       case when :approved then s.id end, case when :approved then cast(:now as timestamptz) end
                from a, account k join access_grant g on g.account = k.id
                     join body b on b.id = g.body or (g.body is null and b.area = g.area and b.kind = 'residents_committee'),
                     account o, account s
                where k.username = :keeper and o.username = 'admin' and s.username = 'anquan'
                order by g.id, b.id limit 1 returning account
                """)
                .param("person", person)
                .param("now", now)
                .param("name", name)
                .param("purpose", purpose)
                .param("scopes", scopes.toArray(String[]::new))
                .param("until", until)
                .param("approved", approved)
                .param("keeper", keeper)
                .query(Long.class)
                .single();
    }
}
