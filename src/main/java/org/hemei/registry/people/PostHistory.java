package org.hemei.registry.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What happened to appointments: line by line, with what each was before; and those that were taken back, which stand in no list. */
@Component
class PostHistory {

    private static final int RECENT = 50;

    /** @param was what it said before, or what it said that was taken back; empty where nothing was otherwise */
    record Change(
            Instant at,
            String verb,
            LocalDate day,
            @Nullable String reason,
            @Nullable String who,
            String was) {}

    /** An appointment that was taken back. @param name masked */
    record Gone(
            long id,
            long person,
            long body,
            String bodyName,
            String post,
            @Nullable String estate,
            String name,
            boolean fullTime,
            Tenure tenure,
            Instant at,
            String reason) {}

    private final JdbcClient jdbc;

    PostHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Change> changes(long appointment) {
        return jdbc.sql("""
                        select c.at, c.verb, c.day, c.reason, p.masked_name as who, (c.detail ->> 'first')::date as first,
                               (c.detail ->> 'last')::date as last, (c.detail ->> 'full_time')::boolean as full_time
                        from appointment_change c
                                 left join account a on a.id = c.account
                                 left join person p on p.id = a.person
                        where c.appointment = ? order by c.id
                        """)
                .param(appointment)
                .query((r, n) -> new Change(
                        r.getTimestamp("at").toInstant(),
                        verb(r.getString("verb"), r.getString("reason")),
                        r.getObject("day", LocalDate.class),
                        reason(r.getString("reason")),
                        r.getString("who"),
                        was(r)))
                .list();
    }

    private static String verb(String verb, @Nullable String reason) {
        return switch (verb) {
            case "appointed" -> "任命";
            case "ended" -> "任职结束";
            case "taken_back" ->
                reason == null ? "撤销导入" : EntryReason.of(reason).isPresent() ? "撤回" : "没有开始";
            default -> "更正";
        };
    }

    private static @Nullable String reason(@Nullable String code) {
        return code == null
                ? null
                : EndReason.of(code)
                        .map(EndReason::words)
                        .or(() -> EntryReason.of(code).map(EntryReason::words))
                        .orElse(null);
    }

    /** What is on record of what it said; some lines know a day only. */
    private static String was(ResultSet r) throws SQLException {
        var said = new ArrayList<String>();
        var first = r.getObject("first", LocalDate.class);
        var last = r.getObject("last", LocalDate.class);
        var full = r.getObject("full_time", Boolean.class);
        if (first != null) {
            said.add("从" + CivilTime.day(first) + "起");
        }
        if (last != null) {
            said.add("到" + CivilTime.day(last));
        } else if (full != null) {
            said.add("没定最后一天");
        }
        if (full != null) {
            said.add(full ? "全职" : "兼职");
        }
        return String.join("，", said);
    }

    private static final String GONE = """
            select c.appointment as id, (c.detail ->> 'person')::bigint as person, (c.detail ->> 'body')::bigint as body, coalesce(b.name, '') as body_name,
                   c.detail ->> 'post' as post, e.name as estate, coalesce(p.masked_name, '') as name, coalesce((c.detail ->> 'full_time')::boolean, true) as full_time,
                   (c.detail ->> 'first')::date as first, (c.detail ->> 'last')::date + 1 as ending, c.at, c.reason
            from appointment_change c
                     left join body b on b.id = (c.detail ->> 'body')::bigint
                     left join estate e on e.id = (c.detail ->> 'estate')::bigint
                     left join person p on p.id = (c.detail ->> 'person')::bigint
            where c.verb = 'taken_back' and c.detail ->> 'person' is not null
              and not exists (select from appointment a where a.id = c.appointment)
            """;

    private static Gone gone(ResultSet r, int n) throws SQLException {
        var words = reason(r.getString("reason"));
        return new Gone(
                r.getLong("id"),
                r.getLong("person"),
                r.getLong("body"),
                r.getString("body_name"),
                r.getString("post"),
                r.getString("estate"),
                r.getString("name"),
                r.getBoolean("full_time"),
                Tenure.between(r.getObject("first", LocalDate.class), r.getObject("ending", LocalDate.class)),
                r.getTimestamp("at").toInstant(),
                words == null ? "" : words);
    }

    Optional<Gone> gone(long appointment) {
        return jdbc.sql(GONE + " and c.appointment = :id order by c.id desc limit 1")
                .param("id", appointment)
                .query(PostHistory::gone)
                .optional();
    }

    /** What somebody was said to be and was not, in the order it was taken back. */
    List<Gone> goneOf(long person) {
        return jdbc.sql(GONE + " and (c.detail ->> 'person')::bigint = :person order by c.id")
                .param("person", person)
                .query(PostHistory::gone)
                .list();
    }

    /** The latest first. */
    List<Gone> goneFrom(long body) {
        return jdbc.sql(GONE + " and (c.detail ->> 'body')::bigint = :body order by c.id desc limit " + RECENT)
                .param("body", body)
                .query(PostHistory::gone)
                .list();
    }
}
