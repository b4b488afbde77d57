package org.hemei.platform.notice;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.notice.NoticeKinds.Channel;
import org.hemei.platform.reference.ReferenceTable;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** 免打扰: the hours in which only what is urgent goes out, by channel. The rule is data, from a day on and on a basis. */
@Component
class QuietHours implements SmartInitializingSingleton {

    /** @param from the same as to: no quiet hours @param setBy masked; null for what comes with the application */
    record Rule(
            String channel,
            LocalTime from,
            LocalTime to,
            String basis,
            LocalDate since,
            @Nullable String setBy) {

        /** Whether a time of day lies within; the hours may go over midnight. */
        boolean covers(LocalTime at) {
            if (from.equals(to)) {
                return false;
            }
            return from.isBefore(to) ? !at.isBefore(from) && at.isBefore(to) : !at.isBefore(from) || at.isBefore(to);
        }

        String words() {
            return from.equals(to) ? "不设" : from + "—" + to;
        }
    }

    private final JdbcClient jdbc;
    private final Audit audit;
    private final InstantSource clock;

    QuietHours(JdbcClient jdbc, Audit audit, InstantSource clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /** What comes with the application, for a channel that has no rule at all. */
    @Override
    public void afterSingletonsInstantiated() {
        for (var row : ReferenceTable.read("reference/quiet-hours.csv").records()) {
            jdbc.sql("""
                            insert into quiet_hours (channel, quiet_from, quiet_to, basis, since, set_at)
                            select :channel, cast(:from as time), cast(:to as time), :basis, '2020-01-01', :now
                            where not exists (select from quiet_hours where channel = :channel)
                            """)
                    .param("channel", row.get("channel"))
                    .param("from", row.get("from"))
                    .param("to", row.get("to"))
                    .param("basis", row.get("basis"))
                    .param("now", Timestamp.from(clock.instant()))
                    .update();
        }
    }

    boolean now(Channel channel) {
        var at = clock.instant().atZone(CivilTime.ZONE);
        return rules(channel).stream()
                .filter(rule -> !rule.since.isAfter(at.toLocalDate()))
                .findFirst()
                .filter(rule -> rule.covers(at.toLocalTime()))
                .isPresent();
    }

    /** Newest first, those to come among them. */
    List<Rule> rules(Channel channel) {
        return jdbc.sql("""
                        select q.channel, q.quiet_from, q.quiet_to, q.basis, q.since, p.masked_name as set_by
                        from quiet_hours q left join account a on a.id = q.set_by left join person p on p.id = a.person
                        where q.channel = ? order by q.since desc, q.id desc
                        """)
                .param(channel.code())
                .query((r, n) -> new Rule(
                        r.getString("channel"),
                        r.getObject("quiet_from", LocalTime.class),
                        r.getObject("quiet_to", LocalTime.class),
                        r.getString("basis"),
                        r.getObject("since", LocalDate.class),
                        r.getString("set_by")))
                .list();
    }

    @Transactional
    public void set(Reader reader, Channel channel, LocalTime from, LocalTime to, LocalDate since, String basis) {
        if (since.isBefore(CivilTime.date(clock.instant()))) {
            throw Refusal.of("since", "从今天或以后哪天起？过去的改不了。");
        }
        jdbc.sql("""
                        insert into quiet_hours (channel, quiet_from, quiet_to, basis, since, set_by, set_at)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(channel.code(), from, to, basis, since, reader.account(), Timestamp.from(clock.instant()))
                .update();
        audit.record(
                reader,
                0,
                "quiet_hours.set",
                "quiet_hours",
                channel.code(),
                null,
                Map.of("from", from.toString(), "to", to.toString(), "since", since.toString()));
    }
}
