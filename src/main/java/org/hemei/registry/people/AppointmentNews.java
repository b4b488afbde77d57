package org.hemei.registry.people;

import java.util.List;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.notice.NoticeKinds;
import org.hemei.platform.notice.Notices;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells the community and the street of an estate that somebody there oversees the company that pays them. */
@Component
class AppointmentNews implements EventConsumer, NoticeKinds {

    private final JdbcClient jdbc;
    private final Notices notices;

    AppointmentNews(JdbcClient jdbc, Notices notices) {
        this.jdbc = jdbc;
        this.notices = notices;
    }

    @Override
    public String name() {
        return "appointment-news";
    }

    @Override
    public void handle(List<Event> events) {
        events.stream()
                .filter(event -> event.kind().equals("appointment.conflict_found"))
                .forEach(this::tell);
    }

    private record Told(long account, String estate) {}

    private void tell(Event event) {
        jdbc.sql("""
                        select distinct g.account, e.name as estate
                        from estate e
                                 join access_grant g on g.role = 'COMMUNITY' and g.area = e.community
                                     or g.role = 'STREET' and g.area = e.street
                        where e.id = ? and g.since <= ? and (g.until is null or g.until > ?)
                        """)
                .params(
                        event.body().path("estate").asLong(),
                        java.sql.Timestamp.from(event.at()),
                        java.sql.Timestamp.from(event.at()))
                .query(Told.class)
                .list()
                .forEach(told -> notices.send(
                        DUTIES,
                        told.account,
                        event.district(),
                        told.estate + "的业委会里有管这个小区的物业公司的人",
                        "按规定两头只能占一头。请看看名单，和本人谈一谈。",
                        "/appointments/conflicts"));
    }

    @Override
    public List<Topic> more() {
        return List.of(DUTIES);
    }
}
