package org.hemei.workorder.rollup;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.workorder.find.PhoneIndexing;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** 统计数: whether the counts keep up, and counting everything anew, for the system administrator. */
@Controller
class CountPages implements NavEntry {

    private static final int RANK = 440;

    /**
     * How the counting stands.
     *
     * @param asOf up to when the counts hold
     * @param builtAt when all orders were last counted anew; null: never
     */
    record State(Instant now, Instant asOf, @Nullable Instant builtAt, long orders, long waiting) {

        Duration behind() {
            return Duration.between(asOf, now);
        }
    }

    private final Rebuild rebuild;
    private final RebuildDesk desk;
    private final OrderCounts counts;
    private final PhoneIndexing phones;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    CountPages(
            Rebuild rebuild,
            RebuildDesk desk,
            OrderCounts counts,
            PhoneIndexing phones,
            JdbcClient jdbc,
            InstantSource clock) {
        this.rebuild = rebuild;
        this.desk = desk;
        this.counts = counts;
        this.phones = phones;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public List<Item> items(Reader reader) {
        return reader.has(Role.SYSTEM)
                ? List.of(new Item("系统", RANK, "/system/counts", "统计数", "chart", null))
                : List.of();
    }

    @GetMapping("/system/counts")
    String state(Reader reader, Model model) {
        Role.required(reader, Role.SYSTEM);
        var asOf = counts.asOf();
        model.addAttribute(
                "state", new State(clock.instant(), asOf, rebuild.builtAt().orElse(null), orders(), waiting()));
        model.addAttribute("unindexed", phones.left());
        return "workorder/rollup/counts";
    }

    /** Orders counted, by the counts themselves. */
    private long orders() {
        return jdbc.sql(
                        "select coalesce(sum(filed), 0) from order_count where scope not like 'h%' and topic = '' and above = ''")
                .query(Long.class)
                .single();
    }

    /** Events that wait to be counted, up to a thousand. */
    private long waiting() {
        return jdbc.sql("""
                select count(*) from (
                    select 1 from event_log e, event_cursor c where c.consumer = ? and (e.tx, e.id) > (c.tx, c.id) limit 1000) w
                """).param(OrderCounter.NAME).query(Long.class).single();
    }

    /** The orders of before there was an index of phones. */
    @PostMapping("/system/phone-index")
    String index(Reader reader) {
        Role.required(reader, Role.SYSTEM);
        return "redirect:/jobs/" + phones.ask(reader);
    }

    @PostMapping("/system/counts/rebuild")
    String rebuild(Reader reader) {
        Role.required(reader, Role.SYSTEM);
        return "redirect:/jobs/" + desk.ask(reader);
    }
}
