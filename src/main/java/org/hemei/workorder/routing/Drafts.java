package org.hemei.workorder.routing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hemei.platform.Chip;
import org.hemei.platform.Scope;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Routing.About;
import org.hemei.workorder.Routing.Rule;
import org.hemei.workorder.Routing.Target;
import org.hemei.workorder.RoutingBook;
import org.hemei.workorder.Urgency;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Sets of changes to the routing rules: those being prepared, and those that took effect. */
@Component
class Drafts {

    enum State {
        OPEN("在准备", "wait", "edit"),
        ADOPTED("已定", "ok", "done"),
        DROPPED("不要了", "", "cross"),
        WITHDRAWN("撤回了", "", "dash");

        private final Chip chip;

        State(String words, String tone, String icon) {
            this.chip = new Chip(words, tone, icon);
        }

        String words() {
            return chip.words();
        }

        Chip chip() {
            return chip;
        }
    }

    /**
     * @param replayOf the version that was replayed; only when it is the present one may the set take effect
     * @param maker masked name
     */
    record Draft(
            long id,
            String area,
            String areaName,
            String title,
            State state,
            int version,
            String maker,
            Instant madeAt,
            @Nullable LocalDate takesEffect,
            Replay.@Nullable Result replay,
            @Nullable Integer replayOf,
            @Nullable Instant replayAt,
            int lines) {

        boolean open() {
            return state == State.OPEN;
        }

        boolean replayed() {
            return replay != null && replayOf != null && replayOf == version;
        }

        boolean mayWithdraw(LocalDate today) {
            return state == State.ADOPTED && takesEffect != null && takesEffect.isAfter(today);
        }
    }

    private static final String SELECT = """
            select d.*, a.name as area_name, p.masked_name,
                   (select count(*) from routing_draft_line l where l.draft = d.id) as lines
            from routing_draft d
                     join area a on a.code = d.area
                     join account m on m.id = d.made_by
                     join person p on p.id = m.person
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final RoutingBook book;
    private final InstantSource clock;

    Drafts(JdbcClient jdbc, JsonMapper json, RoutingBook book, InstantSource clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.book = book;
        this.clock = clock;
    }

    LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    /** @throws org.hemei.platform.Missing when it lies outside the scope */
    Draft one(Scope scope, long id) {
        return jdbc.sql(SELECT + " where d.id = :id and d.area like any(:patterns)")
                .param("id", id)
                .param("patterns", scope.patterns())
                .query((r, n) -> read(r))
                .optional()
                .orElseThrow(Keepers::elsewhere);
    }

    /** The newest of an area and of those below it. */
    List<Draft> list(Scope scope, int most) {
        return jdbc.sql(SELECT + " where d.area like any(:patterns) order by d.state <> 'open', d.id desc limit :most")
                .param("patterns", scope.patterns())
                .param("most", most)
                .query((r, n) -> read(r))
                .list();
    }

    private Draft read(ResultSet r) throws SQLException {
        var replay = r.getString("replay");
        var replayedAt = r.getTimestamp("replay_at");
        return new Draft(
                r.getLong("id"),
                r.getString("area"),
                org.hemei.registry.Areas.plain(r.getString("area_name")),
                r.getString("title"),
                State.valueOf(r.getString("state").toUpperCase(java.util.Locale.ROOT)),
                r.getInt("version"),
                r.getString("masked_name"),
                r.getTimestamp("made_at").toInstant(),
                r.getObject("takes_effect", LocalDate.class),
                replay == null ? null : json.readValue(replay, Replay.Result.class),
                r.getObject("replay_of", Integer.class),
                replayedAt == null ? null : replayedAt.toInstant(),
                r.getInt("lines"));
    }

    List<Line> lines(long draft) {
        return jdbc.sql("select * from routing_draft_line where draft = ? order by line")
                .param(draft)
                .query((r, n) -> line(r))
                .list();
    }

    private static Line line(ResultSet r) throws SQLException {
        var target = r.getString("target");
        var urgency = r.getString("urgency");
        return new Line(
                r.getInt("line"),
                new About(r.getString("area"), r.getString("category"), RoutingBook.texts(r.getArray("kinds"))),
                target == null ? null : Target.of(target),
                r.getObject("body", Long.class),
                urgency == null ? null : Urgency.of(urgency),
                r.getString("basis"));
    }

    /** The rules planned for a day, as they are and as they would be with the changes. */
    record Sides(List<Rule> before, List<Rule> after) {}

    Sides sides(LocalDate day, List<Line> lines) {
        var before = book.on(day);
        Map<About, Line> changed = lines.stream().collect(Collectors.toMap(Line::about, line -> line));
        var after = new ArrayList<>(
                before.stream().filter(r -> !changed.containsKey(r.about())).toList());
        lines.stream().filter(line -> !line.ends()).map(Line::rule).forEach(after::add);
        return new Sides(before, after);
    }
}
