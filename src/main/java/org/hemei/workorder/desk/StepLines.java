package org.hemei.workorder.desk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Corrected;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.Level;
import org.hemei.workorder.OrderClock;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Verb;
import org.hemei.workorder.list.OrderListQueries;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the history of an order, with what was written and decided at each step. */
@Component
class StepLines {

    private static final Map<String, String> HOW = Map.of("phone", "电话", "visit", "上门", "message", "留言");

    private final JdbcClient jdbc;
    private final JsonMapper json;

    StepLines(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** @param hideReporter whether the reader must not know who filed it */
    List<StepLine> of(OrderId id, boolean hideReporter) {
        return jdbc.sql("""
                select s.seq, s.at, s.verb, s.to_state, s.actor_as, s.assist, s.due_at, s.detail, r.words,
                       p.masked_name, b.short_name as body_name, wp.masked_name as assignee_name, %s
                from work_order_step s
                         left join work_order_remark r
                                   on r.district = s.district and r.order_id = s.order_id and r.seq = s.seq
                         left join account a on a.id = s.actor
                         left join person p on p.id = a.person
                         left join body b on b.id = s.body
                         left join account wa on s.verb = 'assign' and wa.id = cast(s.detail ->> 'assignee' as bigint)
                         left join person wp on wp.id = wa.person
                where s.district = ? and s.order_id = ?
                order by s.seq
                """.formatted(Corrected.COLUMNS))
                .params(id.district(), id.id())
                .query((r, n) -> step(r, hideReporter))
                .list();
    }

    private StepLine step(ResultSet r, boolean hideReporter) throws SQLException {
        var as = Standing.of(r.getString("actor_as"));
        var verb = Verb.of(r.getString("verb"));
        var hidden = hideReporter && (as == Standing.REPORTER || as == Standing.JOINER);
        var detail = json.readTree(r.getString("detail"));
        var how = text(detail, "how");
        return new StepLine(
                r.getInt("seq"),
                r.getTimestamp("at").toInstant(),
                verb,
                OrderState.of(r.getString("to_state")),
                as,
                hidden ? null : r.getString("masked_name"),
                r.getString("body_name"),
                r.getObject("assist", Long.class),
                OrderListQueries.instant(r, "due_at"),
                r.getString("words"),
                how == null ? null : HOW.getOrDefault(how, how),
                text(detail, "elsewhere"),
                r.getString("assignee_name"),
                detail.has("satisfied")
                        ? Integer.valueOf(detail.get("satisfied").asInt())
                        : null,
                detail.has("kept") ? Long.valueOf(detail.get("kept").asLong()) : null,
                detail.has("rule")
                        ? (detail.path("followed").asBoolean() ? "按" : "没按") + "派单规则第 "
                                + detail.get("rule").asLong() + " 号"
                        : null,
                fired(detail),
                Stream.of(
                                Corrected.words(r, hideReporter).stream(),
                                owed(detail, "supervision_due", "督办的书面答复"),
                                owed(detail, "mark_due", "批示的答复"),
                                missed(verb, detail),
                                Optional.ofNullable(text(detail, "hotline_due")).stream()
                                        .map(day -> "处理期限到热线要求的 " + CivilTime.day(LocalDate.parse(day))))
                        .flatMap(notes -> notes)
                        .toList());
    }

    /** 督办的书面答复顺延到 2026年12月3日 周四 17:30 */
    private static Stream<String> owed(JsonNode detail, String field, String what) {
        return detail.path(field)
                .valueStream()
                .map(day -> what + "顺延到 " + CivilTime.fullEnd(Instant.parse(day.asString())));
    }

    private static Stream<String> missed(Verb verb, JsonNode detail) {
        return Optional.ofNullable(text(detail, "missed_contact")).stream()
                .map(due -> (verb == Verb.GRANT_RETURN ? "退单" : "改派") + "前没按时联系居民，期限是 "
                        + CivilTime.fullEnd(Instant.parse(due)));
    }

    /** 还没处理好，报街道 */
    private static @Nullable String fired(JsonNode detail) {
        var timer = text(detail, "timer");
        var level = text(detail, "level");
        if (timer == null || level == null) {
            return null;
        }
        var ahead = detail.has("ahead") && detail.get("ahead").asBoolean();
        return OrderClock.words(Timer.of(timer), ahead, Level.of(level));
    }

    private static @Nullable String text(JsonNode detail, String name) {
        return detail.has(name) ? detail.get(name).asString() : null;
    }
}
