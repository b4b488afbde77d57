package org.hemei.platform.rule;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hemei.platform.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Versions of rules: each holds from a day until the next of them begins, and stays readable. Nothing that was set is ever
 * overwritten: a day begins one version, and whoever wants another takes that one back first, while it is still to come.
 *
 * @param during the column with the days on which a version holds
 * @param revocable whether people can take back what is to come; only then are they told so
 * @param about the columns that say what a version is about; of text, and null where it is about all
 */
public record Versions(JdbcClient jdbc, String table, String during, boolean revocable, List<String> about) {

    /** Two who change rules of this table at once do so one after the other, until their transaction ends. */
    public void lock() {
        jdbc.sql("select pg_advisory_xact_lock(hashtext(?))")
                .param("versions of " + table)
                .query((r, n) -> 0)
                .list();
    }

    /** Refuses a day on which a version of this begins already. */
    public void free(LocalDate since, @Nullable String... values) {
        var taken = of(
                        Arrays.asList(values),
                        since,
                        "select exists (select from ${table} where ${about} and lower(${during}) = :day)")
                .query(Boolean.class)
                .single();
        if (taken) {
            throw Refusal.of("since", revocable ? "这一天已经定过一次。请换一天起，或先撤回那一条。" : "这一天已经定过一次。请换一天起。");
        }
    }

    /**
     * Makes room for a version from a day on: the one before ends there.
     *
     * @return the day on which the next begins; null when there is none
     */
    public @Nullable LocalDate cut(LocalDate since, @Nullable String... values) {
        lock();
        free(since, values);
        of(Arrays.asList(values), since, """
                update ${table} set ${during} = daterange(lower(${during}), :day)
                where ${about} and ${during} @> cast(:day as date)
                """).update();
        return of(
                        Arrays.asList(values),
                        since,
                        "select min(lower(${during})) from ${table} where ${about} and lower(${during}) > :day")
                .query((r, n) -> Optional.ofNullable(r.getObject(1, LocalDate.class)))
                .single()
                .orElse(null);
    }

    private record Gone(
            List<@Nullable String> about,
            LocalDate since,
            @Nullable LocalDate until) {}

    /**
     * Takes out a version that begins after this day; the one before goes on to where it would have ended.
     *
     * @return the first column of what it was about; nothing when there is none that could be taken back
     */
    public Optional<String> takeBack(long id, LocalDate today) {
        lock();
        var gone = jdbc.sql(
                        "delete from %1$s where id = :id and lower(%2$s) > :today returning array[%3$s], lower(%2$s), upper(%2$s)"
                                .formatted(table, during, String.join(", ", about)))
                .param("id", id)
                .param("today", today)
                .query((r, n) -> new Gone(
                        Arrays.asList((String[]) r.getArray(1).getArray()),
                        r.getObject(2, LocalDate.class),
                        r.getObject(3, LocalDate.class)))
                .optional();
        gone.ifPresent(
                one -> of(one.about, one.since, """
                        update ${table} set ${during} = daterange(lower(${during}), :until)
                        where ${about} and upper(${during}) = :day
                        """).param("until", one.until).update());
        return gone.map(one -> one.about.getFirst());
    }

    /** @return the first column of what it is about, when it held on the day from which it no longer does */
    public Optional<String> end(long id, LocalDate from) {
        lock();
        return jdbc.sql("""
                update %1$s set %2$s = daterange(lower(%2$s), :day) where id = :id and %2$s @> cast(:day as date) returning %3$s
                """.formatted(table, during, about.getFirst()))
                .param("id", id)
                .param("day", from)
                .query(String.class)
                .optional();
    }

    /** A statement on the versions of one thing. */
    private JdbcClient.StatementSpec of(List<@Nullable String> values, LocalDate day, String statement) {
        var same = IntStream.range(0, about.size())
                .mapToObj(n -> about.get(n) + (values.get(n) == null ? " is null" : " = :" + about.get(n)))
                .collect(Collectors.joining(" and "));
        var spec = jdbc.sql(statement
                        .replace("${table}", table)
                        .replace("${during}", during)
                        .replace("${about}", same))
                .param("day", day);
        for (int n = 0; n < about.size(); n++) {
            if (values.get(n) != null) {
                spec = spec.param(about.get(n), values.get(n));
            }
        }
        return spec;
    }
}
