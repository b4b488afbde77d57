package org.hemei.workorder.board;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.list.OrderScope;
import org.hemei.workorder.rollup.OrderCounts;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** 看板: today, what changed since yesterday, trends, hot topics, ageing and where it clusters. */
@Controller
class BoardPages implements NavEntry {

    private static final Role[] READERS = {Role.COMMUNITY, Role.MANAGER, Role.STREET, Role.DISTRICT, Role.CITY};
    private static final int DAYS = 30;
    private static final int SPOTS = 60;
    /** Days of a month with too few orders to say what is said most. */
    private static final int YOUNG = 10;

    private static final int CITY_DIGITS = 4;

    private final BoardQueries queries;
    private final OrderCounts orders;
    private final InstantSource clock;
    private final String tiles;

    /** @param tiles address of map tiles with {z}, {x} and {y}; empty: the map has none */
    BoardPages(
            BoardQueries queries, OrderCounts orders, InstantSource clock, @Value("${hemei.map.tiles:}") String tiles) {
        this.queries = queries;
        this.orders = orders;
        this.clock = clock;
        this.tiles = tiles;
    }

    @Override
    public List<Item> items(Reader reader) {
        return reader.scope(READERS).isEmpty() ? List.of() : List.of(new Item("办事", 25, "/board", "看板", "board", null));
    }

    @GetMapping("/board")
    String board(Reader reader, @RequestParam Map<String, String> query, Model model) {
        Role.required(reader, READERS);
        var desks = queries.desks(reader);
        var desk = chosen(reader, desks, query);
        var today = CivilTime.date(clock.instant());
        var month = today.withDayOfMonth(1);
        // a month that has just begun tells nothing yet
        var topicsSince = today.getDayOfMonth() > YOUNG ? month : month.minusMonths(1);
        var scope = desk.scope();
        model.addAttribute(
                "board",
                new Board(
                        desk,
                        desks,
                        orders.of(scope, month, today),
                        orders.days(scope, today, DAYS),
                        orders.months(scope, month.minusMonths(11), today),
                        desk.estate() == null
                                ? orders.topics(scope, topicsSince, today)
                                : queries.topics(desk, topicsSince),
                        topicsSince,
                        orders.ages(scope),
                        CITY_DIGITS == scope.length() && desk.isArea() ? List.of() : queries.spots(desk, SPOTS),
                        queries.sinceYesterday(desk, clock.instant()),
                        tiles,
                        orders.asOf()));
        return "workorder/board/board";
    }

    /** A desk of one's own, or an area below one's own. */
    private Desk chosen(Reader reader, List<Desk> desks, Map<String, String> query) {
        var area = query.get("area");
        if (area != null && !area.isEmpty()) {
            var below = area.matches("\\d{4,12}")
                            && OrderScope.roots(reader).stream().anyMatch(area::startsWith)
                    ? queries.area(area)
                    : null;
            if (below == null) {
                throw new Missing("没有这个地区，或它不归您看。");
            }
            return below;
        }
        var body = query.get("body");
        if (body == null || body.isEmpty()) {
            return desks.stream().findFirst().orElseThrow(() -> new Missing("没有归您看的地方。"));
        }
        var estate = query.getOrDefault("estate", "");
        return desks.stream()
                .filter(desk -> Objects.toString(desk.body(), "").equals(body)
                        && Objects.toString(desk.estate(), "").equals(estate))
                .findFirst()
                .orElseThrow(() -> new Missing("没有这家单位，或它不归您看。"));
    }
}
