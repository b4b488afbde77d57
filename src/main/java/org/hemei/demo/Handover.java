package org.hemei.demo;

import java.time.LocalDate;
import org.hemei.platform.crypto.FieldCipher;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the 12345 hotline handed over this morning and nobody has placed yet: some that lack nothing, some that lack a place. */
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
                            where e.community = (select g.area from access_grant g where g.role = 'COMMUNITY' order by g.id limit 1)
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
    }
}
