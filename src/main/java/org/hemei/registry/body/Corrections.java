package org.hemei.registry.body;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.registry.BodyKind;
import org.hemei.registry.body.BodyOffices.Verb;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What hangs on a day that was entered wrongly and goes along when it is put right; in the transaction of {@link BodyDesk}. */
@Component
class Corrections {

    /** The entry whose day is wrong. */
    record Wrong(long change, String verb, LocalDate day) {

        /** Whether the body was no more from that day. */
        boolean ends() {
            return verb.equals("dissolved") || verb.equals("merged");
        }

        Map<String, ?> corrected(LocalDate to) {
            return Map.of("change", change, "verb", verb, "from", day, "to", to);
        }
    }

    private final BodyStore store;
    private final BodyHistory history;
    private final MergerDay mergers;
    private final CorrectedDays days;
    private final JdbcClient jdbc;

    Corrections(BodyStore store, BodyHistory history, MergerDay mergers, CorrectedDays days, JdbcClient jdbc) {
        this.store = store;
        this.history = history;
        this.mergers = mergers;
        this.days = days;
        this.jdbc = jdbc;
    }

    /** An entry of this body's own that was neither put right nor taken back. */
    Optional<Wrong> wrong(long body, long change) {
        return jdbc.sql("""
                        select id as change, verb, day from body_change c
                        where id = :change and body = :body and verb in ('founded', 'renamed', 'moved', 'merged', 'dissolved')
                          and (verb <> 'merged' or detail ->> 'from' = body::text)
                          and not exists (select from body_change later
                                          where later.body = c.body and later.verb in ('corrected', 'taken_back', 'restored')
                                            and (later.detail ->> 'change')::bigint = c.id)
                        """)
                .param("change", change)
                .param("body", body)
                .query(Wrong.class)
                .optional();
    }

    /** The entry that says the body is no more. */
    Optional<Long> end(long body) {
        return jdbc.sql("select max(id) from body_change where body = ? and verb = 'dissolved'")
                .param(body)
                .query((r, n) -> Optional.ofNullable(r.getObject(1, Long.class)))
                .single();
    }

    /** The body that this entry says it merged into. */
    Optional<Long> into(long body, long change) {
        return jdbc.sql("""
                        select (detail ->> 'to')::bigint from body_change
                        where id = ? and body = ? and verb = 'merged' and detail ->> 'from' = body::text
                        """).params(change, body).query(Long.class).optional();
    }

    /**
     * The first or last day of a body, put right with what hangs on it; called when the body itself has its new days.
     *
     * @param today for the team that relieved it on the very day
     */
    void day(Reader reader, Body body, Wrong wrong, LocalDate to, LocalDate today, String basis) {
        var from = wrong.day();
        if (wrong.verb().equals("founded")) {
            relieved(body, from).ifPresent(name -> {
                throw Refusal.of("day", "它那天接替了“" + name + "”。请在那一个的页面更正撤销的日子，两边一起改。");
            });
            days.founded(reader, body, from, to);
        }
        if (wrong.ends()) {
            if (to.isAfter(from)) {
                heir(body, from).ifPresent(heir -> heir(reader, heir, from, to, today, basis));
            }
            days.ended(reader, body, from, to, wrong.verb().equals("merged"));
        }
        days.parents(body);
    }

    /** What goes over to another on the right day, once this body has ended on it. */
    void after(Reader reader, Body body, Wrong wrong, LocalDate to, LocalDate today, String basis) {
        var from = wrong.day();
        if (wrong.ends() && to.isBefore(from)) {
            heir(body, from).ifPresent(heir -> heir(reader, heir, from, to, today, basis));
        }
        if (wrong.verb().equals("merged")) {
            merged(reader, body, from, to, basis);
        }
    }

    /** Who took a community's estates from a backstop team on the day that one ended: there is no day between the two. */
    private Optional<Long> heir(Body body, LocalDate day) {
        return body.kind() != BodyKind.BACKSTOP_TEAM
                ? Optional.empty()
                : jdbc.sql("select id from body where kind = 'backstop_team' and area = ? and since = ? and id <> ?")
                        .params(body.lastArea(), day, body.id())
                        .query(Long.class)
                        .optional();
    }

    private Optional<String> relieved(Body body, LocalDate day) {
        return body.kind() != BodyKind.BACKSTOP_TEAM
                ? Optional.empty()
                : jdbc.sql("select name from body where kind = 'backstop_team' and area = ? and until = ?")
                        .params(body.lastArea(), day)
                        .query(String.class)
                        .optional();
    }

    private void heir(Reader reader, long id, LocalDate from, LocalDate to, LocalDate today, String basis) {
        var heir = store.lock(id);
        var told = jdbc.sql(
                        "select id as change, verb, day from body_change where body = ? and verb = 'founded' and day = ?")
                .params(id, from)
                .query(Wrong.class)
                .optional();
        heir.correct("founded", from, to, today);
        days.founded(reader, heir, from, to);
        store.save(heir);
        told.ifPresent(one -> history.changed(reader, heir, to, "corrected", one.corrected(to), basis));
    }

    /** What went over to the other body goes over on the new day, and the other's own entry is put right as well. */
    private void merged(Reader reader, Body body, LocalDate from, LocalDate to, String basis) {
        @Nullable Long successor = body.successor();
        var other = store.lock(java.util.Objects.requireNonNull(successor));
        if (!BodyOffices.may(reader, Verb.CORRECT, other.kind(), other.lastArea())) {
            throw new Missing("并入的那个组织不归您管。");
        }
        List<Long> children = jdbc.sql("""
                        select distinct c.body from body_parent c
                                 join body_parent p on p.body = c.body and p.parent = :from and upper(p.during) = :day
                        where c.parent = :to and lower(c.during) = :day order by 1
                        """)
                .param("from", body.id())
                .param("to", other.id())
                .param("day", from)
                .query(Long.class)
                .list();
        mergers.shift(reader, body, other, children, from, to);
        jdbc.sql("""
                        select id as change, verb, day from body_change
                        where body = :other and verb = 'merged' and day = :day and detail ->> 'from' = :body
                        """)
                .param("other", other.id())
                .param("day", from)
                .param("body", String.valueOf(body.id()))
                .query(Wrong.class)
                .optional()
                .ifPresent(told -> history.changed(reader, other, to, "corrected", told.corrected(to), basis));
    }
}
