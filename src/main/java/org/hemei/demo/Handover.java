package org.hemei.demo;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalDate;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the 12345 hotline handed over: this morning's, which nobody has placed yet, some that lack nothing, some that lack a place and one
 * that could not be made an order; and of the days before, what became orders, in every state that there is one of.
 */
final class Handover {

    /** kind (empty: nobody could tell), what was said, where; the estate is found (yes) or not. */
    private static final String[][] SAID = {
        {"电梯", "电梯一直响，运行到一半会抖，老人不敢坐。", "2 幢", "yes"},
        {"楼道灯和路灯", "门口那条路晚上一盏灯都不亮，孩子放学摔了一跤。", "南门外", "no"},
        {"", "楼下烧烤店油烟直往家里灌，反映好几回了。", "临街商铺", "yes"},
        {"垃圾满溢没清运", "垃圾桶两天没人收，味道很大。", "垃圾房", "yes"},
        {"工地和商铺噪声", "小区边上工地半夜还在打桩，睡不着。", "北面工地", "no"},
        {"", "地下车库进水，车子差点泡了。", "地下车库", "yes"},
        {"电动车停放充电", "充电桩坏了三个，电动车没地方充。", "车棚", "yes"},
    };

    private final JdbcClient jdbc;
    private final FieldCipher cipher;

    Handover(JdbcClient jdbc, FieldCipher cipher) {
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    /** In the community of the demo's first desk, so that somebody who looks around meets them. */
    void build(LocalDate today) {
        for (var n = 0; n < SAID.length; n++) {
            var said = SAID[n];
            jdbc.sql("""
                            insert into hotline_case (number, received_on, due_on, topic, estate_name, place, words_cipher, area, estate, category)
                            select :number, :received, :due, :topic, case when :found then e.name else '说不清' end, :place, :words, e.community,
                                   case when :found then e.id end,
                                   case when :found then (select code from category where parent is not null and active and name = :topic) end
                            from estate e
                            where e.community = (select g.area from access_grant g join account a on a.id = g.account where g.role = 'COMMUNITY' and a.username = 'zhuxi')
                            order by e.id offset :nth limit 1
                            """)
                    .param("number", "%tY%<tm%<td-%05d".formatted(today, 180 + n * 7))
                    .param("received", today)
                    .param("due", today.plusDays(5))
                    .param("topic", said[0])
                    .param("found", said[3].equals("yes"))
                    .param("place", said[2])
                    .param("words", cipher.encrypt(said[1]))
                    .param("nth", n % 2)
                    .update();
        }
        jdbc.sql("update hotline_case set refused = '小区不归您管，或已经变了。请重新指定。' where number = ?")
                .param("%tY%<tm%<td-%05d".formatted(today, 180 + 3 * 7))
                .update();
        become(today);
    }

    private record Became(
            int district,
            long id,
            long estate,
            String estateName,
            String category,
            String topic,
            String words,
            Timestamp at) {}

    /** The latest orders that were filed for a caller, of each state: the hotline brought them. */
    private void become(LocalDate today) {
        var orders = jdbc.sql("""
                        select district, id, estate, estate_name, category, topic, words, at from (
                        select o.district, o.id, o.estate, e.name as estate_name, o.category, k.name as topic, w.words, o.submitted_at as at,
                               row_number() over (partition by o.state order by o.submitted_at desc, o.id) as nth
                        from work_order o
                                 join work_order_words w on w.district = o.district and w.order_id = o.id
                                 join estate e on e.id = o.estate
                                 join category k on k.code = o.category
                        where o.community = (select g.area from access_grant g join account a on a.id = g.account where g.role = 'COMMUNITY' and a.username = 'zhuxi')
                          and o.district = cast(left(o.community, 6) as int) and o.channel in ('phone', 'walk_in') and w.words is not null) o
                        where nth <= 3
                        order by at, id
                        """).query(Became.class).list();
        for (var n = 0; n < orders.size(); n++) {
            var order = orders.get(n);
            var day = CivilTime.date(order.at.toInstant());
            jdbc.sql("update work_order set channel = 'hotline' where district = ? and id = ?")
                    .params(order.district, order.id)
                    .update();
            var id = jdbc.sql("""
                            insert into hotline_case (number, received_on, due_on, topic, estate_name, words_cipher, area, estate, category, imported_at)
                            select ?, ?, ?, ?, ?, ?, community, id, ?, ? from estate where id = ? returning id
                            """)
                    .params(
                            "%tY%<tm%<td-%05d".formatted(day, 41 + n * 13),
                            day,
                            day.plusDays(5).isAfter(today) ? today.plusDays(2) : day.plusDays(5),
                            order.topic,
                            order.estateName,
                            cipher.encrypt(order.words),
                            order.category,
                            order.at,
                            order.estate)
                    .query(Long.class)
                    .single();
            jdbc.sql("insert into hotline_order (hotline_case, district, order_id, filed_at) values (?, ?, ?, ?)")
                    .params(
                            id,
                            order.district,
                            order.id,
                            Timestamp.from(order.at.toInstant().plus(Duration.ofMinutes(9))))
                    .update();
        }
    }
}
