package org.hemei.registry.body;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
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
    private final JdbcClient jdbc;

    Corrections(BodyStore store, BodyHistory history, MergerDay mergers, JdbcClient jdbc) {
        this.store = store;
        this.history = history;
        this.mergers = mergers;
        this.jdbc = jdbc;
    }

    /** An entry of this body's own that was neither put right nor taken back. */
    Optional<Wrong> wrong(long body, long change) {
        return jdbc.sql("""
                        select id as change, verb, day from body_change c
                        where id = :change and body = :body and verb in ('founded', 'renamed', 'moved', 'merged', 'dissolved')
                          and (verb <> 'merged' or detail ->> 'from' = body::text)
                          and not exists (select from body_change later
                                          where later.body = c.body and later.verb in ('corrected', 'taken_back')
                                            and (later.detail ->> 'change')::bigint = c.id)
                        """)
                .param("change", change)
                .param("body", body)
                .query(Wrong.class)
                .optional();
    }

    /** The body that this entry says it merged into. */
    Optional<Long> into(long body, long change) {
        return jdbc.sql("""
                        select (detail ->> 'to')::bigint from body_change
                        where id = ? and body = ? and verb = 'merged' and detail ->> 'from' = body::text
                        """).params(change, body).query(Long.class).optional();
    }

    /** Posts that ended with the body end with it again; those between the two days speak against it, and so does a successor. */
    void ended(Body body, LocalDate from, LocalDate to) {
        var reasons = new ArrayList<Reason>();
        var posts = jdbc.sql("""
                        select count(*) from appointment
                        where body = :id and (upper(during) is null or upper(during) > :to)
                          and (lower(during) >= :to or upper(during) is distinct from :from)
                        """)
                .param("id", body.id())
                .param("from", from)
                .param("to", to)
                .query(Integer.class)
                .single();
        if (posts > 0) {
            reasons.add(new Reason("day", "它还有 " + posts + " 个任职在那天以后才开始或结束。请先更正任职，或换个日子。"));
        }
        if (to.isAfter(from) && BodyRule.of(body.kind()).single()) {
            next(body, from, to)
                    .ifPresent(name -> reasons.add(new Reason("day", "到那天，“" + name + "”已经在这里成立了，同时只能有一个。请填更早的日子。")));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        jdbc.sql("""
                update appointment a set during = daterange(lower(during), :to)
                where body = :id and upper(during) = :from
                  and (cast(:to as date) < :from or not exists (select from appointment_change c
                                  where c.appointment = a.id and c.verb = 'ended' and c.day = cast(:from as date) - 1))
                """).param("id", body.id()).param("from", from).param("to", to).update();
    }

    /** Another of its kind that came after it, in its place. */
    private Optional<String> next(Body body, LocalDate from, LocalDate to) {
        return jdbc.sql("""
                        select name from body
                        where coalesce(party_kind, kind) = :kind and id <> :id and since < :to and (until is null or until > :from)
                          and case when cast(:estate as bigint) is null then area = :area else estate = :estate end
                        limit 1
                        """)
                .param("kind", body.kind().code())
                .param("id", body.id())
                .param("from", from)
                .param("to", to)
                .param("estate", body.estate())
                .param("area", body.lastArea())
                .query(String.class)
                .optional();
    }

    /** What went over to the other body goes over on the new day, and the other's own entry is put right as well. */
    void merged(Reader reader, Body body, LocalDate from, LocalDate to, String basis) {
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
        mergers.shift(body, other, children, from, to);
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
