package org.hemei.workorder.incident;

import java.util.List;
import org.hemei.platform.privacy.PersonalData;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which notices somebody said they are met by; the count of homes stays when they go. */
@Component
class IncidentData implements PersonalData {

    private final JdbcClient jdbc;

    IncidentData(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public int order() {
        return 45;
    }

    @Override
    public List<Section> held(long person) {
        var entries = jdbc.sql("""
                select i.published_at, x.title
                from incident_follower f
                         join account a on a.id = f.account
                         join incident i on i.district = f.district and i.id = f.incident_id
                         join incident_words x on x.district = i.district and x.incident_id = i.id
                where a.person = ? order by i.published_at desc limit 100
                """)
                .param(person)
                .query((r, n) -> new Entry(
                        org.hemei.platform.time.CivilTime.full(
                                r.getTimestamp("published_at").toInstant()),
                        r.getString("title")))
                .list();
        return entries.isEmpty() ? List.of() : List.of(new Section("您登记受影响的通知", "有更新好告诉您", "和通知一样久；可以请求先删", entries));
    }

    @Override
    public void erase(long person, boolean inOffice) {
        jdbc.sql("delete from incident_follower f using account a where a.id = f.account and a.person = ?")
                .param(person)
                .update();
    }
}
