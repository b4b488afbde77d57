package org.hemei.access;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whoever moved out, sold, or was bound by mistake files, rates and votes for that home no more. They say so themselves, or the community
 * does, with a reason that they read, also where they come by an account later only. Household and grant end together, as they came into being.
 */
@Service
class HouseholdDesk {

    private static final int MOST_WORDS = 200;

    private record Member(
            long id,
            long person,
            long unit,
            String relation,
            @Nullable Long account) {}

    private final JdbcClient jdbc;
    private final Bindings bindings;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;

    HouseholdDesk(JdbcClient jdbc, Bindings bindings, Audit audit, EventLog events, InstantSource clock) {
        this.jdbc = jdbc;
        this.bindings = bindings;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** One's own word. */
    @Transactional
    public void leave(Reader reader, long id) {
        var member = locked(id);
        if (member.person != reader.person()) {
            throw new Missing("没有找到这套房，或者已经结束了。");
        }
        end(reader, member, null);
    }

    @Transactional
    public void end(Reader reader, long id, String reason) {
        var member = locked(id);
        if (!reader.scope(Role.COMMUNITY).covers(dwelling(member).community())) {
            throw new Missing("没有找到这个住户，或者已经结束了。");
        }
        var words = reason.strip();
        if (words.isEmpty() || words.length() > MOST_WORDS) {
            throw Refusal.of("reason", words.isEmpty() ? "请写清为什么结束。" : "请写在 " + MOST_WORDS + " 字以内。");
        }
        end(reader, member, words);
    }

    /** Two who press at the same time wait for each other here, and the second finds nothing. */
    private Member locked(long id) {
        return jdbc.sql("""
                        select m.id, m.person, m.unit, m.relation, (select a.id from account a where a.person = m.person) as account
                        from household_member m where m.id = ? and m.during @> ? for update of m
                        """)
                .params(id, CivilTime.date(clock.instant()))
                .query(Member.class)
                .optional()
                .orElseThrow(() -> new Missing("没有找到这个住户，或者已经结束了。"));
    }

    private Bindings.Dwelling dwelling(Member member) {
        return bindings.dwelling(member.unit).orElseThrow();
    }

    private void end(Reader reader, Member member, @Nullable String reason) {
        var now = Timestamp.from(clock.instant());
        var today = CivilTime.date(clock.instant());
        jdbc.sql("delete from household_member where id = ? and lower(during) >= ?")
                .params(member.id, today)
                .update();
        jdbc.sql("update household_member set during = daterange(lower(during), ?) where id = ?")
                .params(today, member.id)
                .update();
        jdbc.sql("""
                        update access_grant set until = greatest(since, cast(:now as timestamptz))
                        where account = :account and role = 'RESIDENT' and unit = :unit and (until is null or until > :now)
                        """)
                .param("now", now)
                .param("account", member.account)
                .param("unit", member.unit)
                .update();
        jdbc.sql("""
                        insert into binding_end (person, unit, relation, ended_at, ended_by, reason)
                        values (:person, :unit, :relation, :at, :by, :reason)
                        """)
                .param("person", member.person)
                .param("unit", member.unit)
                .param("relation", member.relation)
                .param("at", now)
                .param("by", reader.account())
                .param("reason", reason)
                .update();
        told(reader, member, reason == null ? "binding.left" : "binding.ended");
    }

    /** The reason stands in a row of its own, which can be erased. */
    private void told(Reader reader, Member member, String what) {
        var dwelling = dwelling(member);
        audit.record(
                reader,
                dwelling.district(),
                what,
                "household_member",
                member.id,
                dwelling.community(),
                Map.of("unit", member.unit));
        var body = new HashMap<String, Object>(Map.of("unit", member.unit));
        body.put("account", member.account);
        events.announce(dwelling.district(), what, member.id, body);
    }
}
