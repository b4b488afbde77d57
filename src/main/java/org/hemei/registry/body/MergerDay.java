package org.hemei.registry.body;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.contract.ContractSuccession;
import org.hemei.registry.people.PostsEnding;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Puts a merger on the day it really took effect, with all that went over on the day that was entered: children, companies covered,
 * members. Refused while anything of the merged body, or of what went over, begins or ends between the two days.
 */
@Component
class MergerDay {

    /** Rows of the merged body's that do not simply end with it. */
    private static final String STRAY = """
            select count(*) from %s
            where %s = :from and (upper(during) is null or upper(during) > :day)
              and (lower(during) >= :day or upper(during) is distinct from :was)
            """;

    private final BodyStore store;
    private final ContractSuccession contracts;
    private final PostsEnding posts;
    private final JdbcClient jdbc;

    MergerDay(BodyStore store, ContractSuccession contracts, PostsEnding posts, JdbcClient jdbc) {
        this.store = store;
        this.contracts = contracts;
        this.posts = posts;
        this.jdbc = jdbc;
    }

    /**
     * The rest of the network follows; the merged body's own days are its own business.
     *
     * @param children that went over on the day that was entered
     */
    void shift(Reader reader, Body from, Body to, List<Long> children, LocalDate was, LocalDate day) {
        var reasons = new ArrayList<Reason>();
        var until = to.until();
        if (to.since().isAfter(day) || until != null && !until.isAfter(day)) {
            reasons.add(new Reason("day", "那一天“" + to.nameNow().brief() + "”不在。请填它在的日子。"));
        }
        contracts.hold(from.id(), earlier(was, day));
        var all = Going.of(from.kind());
        stray(all, from, was, day, reasons);
        var moved = children.stream().map(store::lock).toList();
        moved.stream()
                .filter(child -> !child.parents().canShift(was, day))
                .forEach(child -> reasons.add(new Reason(
                        "day",
                        "下级“" + child.nameNow().brief() + "”在" + CivilTime.day(earlier(was, day))
                                + "以后又换过上级。请先更正它的日子。")));
        var ends = all.stream().map(going -> ends(going, from, to, was, day)).toList();
        var begins = all.stream().map(going -> begins(going, from, to, was)).toList();
        for (var n = 0; n < all.size(); n++) {
            broken(all.get(n), ends.get(n), begins.get(n), day, reasons);
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        for (var child : moved) {
            child.parents().shift(was, day);
            store.save(child);
        }
        for (var n = 0; n < all.size(); n++) {
            var going = all.get(n);
            var ending = ends.get(n);
            var beginning = begins.get(n);
            Runnable move = () -> move(going, ending, beginning, was, day);
            switch (going.table()) {
                case Going.CONTRACT ->
                    contracts.moving(
                            reader,
                            Stream.concat(ending.stream(), beginning.stream()).toList(),
                            move);
                case Going.POST -> {
                    move.run();
                    posts.moved(reader, from.id(), ending, beginning, was, day);
                }
                default -> move.run();
            }
        }
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    private void stray(List<Going> all, Body from, LocalDate was, LocalDate day, List<Reason> reasons) {
        stray("body_parent", "parent", count -> count + " 个下级", from, was, day, reasons);
        all.forEach(going -> stray(going.table(), going.owner(), going::many, from, was, day, reasons));
    }

    private void stray(
            String table,
            String owner,
            IntFunction<String> words,
            Body from,
            LocalDate was,
            LocalDate day,
            List<Reason> reasons) {
        var count = jdbc.sql(STRAY.formatted(table, owner))
                .param("from", from.id())
                .param("was", was)
                .param("day", day)
                .query(Integer.class)
                .single();
        if (count > 0) {
            reasons.add(new Reason("day", "它还有" + words.apply(count) + "在那天以后才开始或结束。请先更正它们，或换个日子。"));
        }
    }

    /** What ended for the merger: all the merged body had, and what the other had in another way until then. */
    private List<Long> ends(Going going, Body from, Body to, LocalDate was, LocalDate day) {
        return jdbc.sql("""
                        select a.id from %1$s a
                        where upper(a.during) = :was and (cast(:day as date) < :was or %4$s)
                          and (a.%2$s = :from
                               or a.%2$s = :to and exists (select from %1$s b where b.%2$s in (:from, :to) and %3$s
                                                             and lower(b.during) = :was)
                               or a.%2$s = :to and exists (select from %1$s b where b.%2$s = :from and %3$s
                                                             and upper(b.during) = :was))
                        """.formatted(going.table(), going.owner(), going.alike(), going.forTheMerger()))
                .param("from", from.id())
                .param("to", to.id())
                .param("was", was)
                .param("day", day)
                .query(Long.class)
                .list();
    }

    /** What began with it: the same thing was there, with either of the two, until that day. */
    private List<Long> begins(Going going, Body from, Body to, LocalDate was) {
        return jdbc.sql("""
                        select a.id from %1$s a
                        where a.%2$s = :to and lower(a.during) = :was
                          and exists (select from %1$s b where b.%2$s in (:from, :to) and %3$s and upper(b.during) = :was)
                        """.formatted(going.table(), going.owner(), going.alike()))
                .param("from", from.id())
                .param("to", to.id())
                .param("was", was)
                .query(Long.class)
                .list();
    }

    /** Rows that would be left without a day. */
    private void broken(Going going, List<Long> ends, List<Long> begins, LocalDate day, List<Reason> reasons) {
        var count = jdbc.sql(
                        "select count(*) from " + going.table()
                                + " where id = any(:ends) and lower(during) >= :day or id = any(:begins) and upper(during) <= :day")
                .param("ends", ends.toArray(Long[]::new))
                .param("begins", begins.toArray(Long[]::new))
                .param("day", day)
                .query(Integer.class)
                .single();
        if (count > 0) {
            reasons.add(new Reason("day", "有" + going.many(count) + "在这两天之间变过。请先更正它们，或换个日子。"));
        }
    }

    /** What shrinks goes first, so that two rows of the same never overlap. */
    private void move(Going going, List<Long> ends, List<Long> begins, LocalDate was, LocalDate day) {
        Runnable ending = () -> jdbc.sql("update " + going.table() + " set during = daterange(lower(during), ?)"
                        + going.version() + " where id = any(?)")
                .param(day)
                .param(ends.toArray(Long[]::new))
                .update();
        Runnable beginning = () -> jdbc.sql("update " + going.table() + " set during = daterange(?, upper(during))"
                        + going.version() + " where id = any(?)")
                .param(day)
                .param(begins.toArray(Long[]::new))
                .update();
        (day.isBefore(was) ? ending : beginning).run();
        (day.isBefore(was) ? beginning : ending).run();
    }
}
