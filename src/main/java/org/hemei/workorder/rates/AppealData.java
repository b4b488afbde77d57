package org.hemei.workorder.rates;

import java.util.List;
import org.hemei.platform.privacy.PersonalData;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a resident wrote in an appeal about their own order. */
@Component
class AppealData implements PersonalData {

    private static final String ERASED = "（本人要求删除）";

    private static final String OWN = """
            from rate_appeal_step s
                     join rate_appeal a on a.district = s.district and a.id = s.appeal
                     join rate_appeal_remark m on m.district = s.district and m.appeal = s.appeal and m.seq = s.seq
            where s.actor_as = '点单人' and s.actor in (select id from account where person = :person)
            """;

    private final JdbcClient jdbc;

    AppealData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public int order() {
        return 45;
    }

    @Override
    public List<Section> held(long person) {
        var entries = jdbc.sql("select s.at, a.district, a.order_id, m.words " + OWN + " order by s.at desc limit 200")
                .param("person", person)
                .query((r, n) -> new Entry(
                        "工单 " + r.getInt("district") + "-" + r.getLong("order_id") + "，"
                                + CivilTime.full(r.getTimestamp("at").toInstant()),
                        r.getString("words")))
                .list();
        return entries.isEmpty()
                ? List.of()
                : List.of(new Section("您写的申诉", "让街道、区里定得清楚", "和单子一样久；您写的话可以请求先删", entries));
    }

    @Override
    public void erase(long person, boolean inOffice) {
        jdbc.sql(
                        "update rate_appeal_remark set words = :erased where (district, appeal, seq) in (select m.district, m.appeal, m.seq "
                                + OWN + " and a.state in ('decided', 'final', 'withdrawn'))")
                .param("erased", ERASED)
                .param("person", person)
                .update();
    }
}
