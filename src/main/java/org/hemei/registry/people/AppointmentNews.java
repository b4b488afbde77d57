package org.hemei.registry.people;

import java.util.List;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.notice.NoticeKinds;
import org.hemei.platform.notice.Notices;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells the community and the street of an estate that somebody there oversees the company that pays them; and everybody what was written down of
 * their own posts by somebody else. Files of many posts tell nobody.
 */
@Component
class AppointmentNews implements EventConsumer, NoticeKinds {

    private static final Topic OWN = new Topic("own_post", "您的任职", "任命、结束、更正、撤回", true, false);

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
        for (var event : events) {
            switch (event.kind()) {
                case "appointment.conflict_found" -> tell(event);
                case "appointment.made" -> own(event, "任命您为");
                case "appointment.ended" -> own(event, ended(event));
                case "appointment.corrected" -> own(event, "更正了您的任职：");
                case "appointment.taken_back" -> own(event, "撤回了登记错的您的任职：");
                default -> {}
            }
        }
    }

    /** Nobody whose term was over, or who left by their own will, was removed from office. */
    private static String ended(Event event) {
        return why(event) == EndReason.RECALLED ? "免去您的" : "登记了您不再任";
    }

    private static @Nullable EndReason why(Event event) {
        return event.kind().equals("appointment.ended")
                ? EndReason.of(event.body().path("reason").asString("")).orElse(null)
                : null;
    }

    /** Whoever has no account is told by nobody here; whoever did it themselves knows. */
    private static final String CONCERNED = """
            select h.id as account, b.name as body, coalesce(a.post, cast(:post as text), (select c.detail ->> 'post' from appointment_change c
                                                                              where c.appointment = :appointment and c.verb = 'taken_back'
                                                                              order by c.id desc limit 1), '') as post
            from account h
                     join body b on b.id = :body
                     left join appointment a on a.id = :appointment
            where h.person = :person and h.disabled_at is null
              and h.id is distinct from (select c.account from appointment_change c
                                         where c.appointment = :appointment and c.at <= :at order by c.id desc limit 1)
            """;

    private record Concerned(long account, String body, String post) {}

    private void own(Event event, String did) {
        var why = why(event);
        var words = (why == null || why == EndReason.OTHER ? "" : "原因：" + why.words() + "。")
                + "登记在您名下的职务都在“我的信息”里。登记错了，可以在那里提更正。";
        jdbc.sql(CONCERNED)
                .param("post", event.body().path("post").asString(null))
                .param("body", event.body().path("body").asLong())
                .param("appointment", Long.valueOf(event.subject()))
                .param("person", event.body().path("person").asLong())
                .param("at", java.sql.Timestamp.from(event.at()))
                .query(Concerned.class)
                .list()
                .forEach(one ->
                        notices.send(OWN, one.account, event.district(), did + one.body + one.post, words, "/me/data"));
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
        return List.of(DUTIES, OWN);
    }
}
