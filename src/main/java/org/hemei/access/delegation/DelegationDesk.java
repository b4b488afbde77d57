package org.hemei.access.delegation;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.notice.NoticeKinds;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Hands grants over and takes them back. Both sides are told, at the beginning and at the end. */
@Service
public class DelegationDesk implements NoticeKinds {

    private static final String LINK = "/me/delegation";

    private final JdbcClient jdbc;
    private final Delegations delegations;
    private final Audit audit;
    private final Notices notices;
    private final InstantSource clock;

    DelegationDesk(JdbcClient jdbc, Delegations delegations, Audit audit, Notices notices, InstantSource clock) {
        this.jdbc = jdbc;
        this.delegations = delegations;
        this.audit = audit;
        this.notices = notices;
        this.clock = clock;
    }

    /** @param grants ids of the reader's own; @param until the last day */
    @Transactional
    public long give(
            Reader reader,
            List<Long> grants,
            long taker,
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            String reason) {
        jdbc.sql("select id from account where id in (:ids) order by id for no key update")
                .param("ids", List.of(reader.account(), taker))
                .query(Long.class)
                .list();
        check(reader, grants, taker, from, until, reason);
        var first = Objects.requireNonNull(from);
        var last = Objects.requireNonNull(until);
        var now = clock.instant();
        var since = CivilTime.startOf(first).isBefore(now) ? now : CivilTime.startOf(first);
        var end = CivilTime.startOf(last.plusDays(1));
        var id = jdbc.sql("""
                        insert into delegation (giver, taker, reason, since, until, made_at)
                        values (?, ?, ?, ?, ?, ?) returning id
                        """)
                .params(
                        reader.account(),
                        taker,
                        reason,
                        Timestamp.from(since),
                        Timestamp.from(end),
                        Timestamp.from(now))
                .query(Long.class)
                .single();
        for (var grant : new HashSet<>(grants)) {
            handOver(reader, grant, taker, id, since, end);
        }
        audit.record(reader, 0, "delegation.given", "delegation", id, null, Map.of("taker", taker, "grants", grants));
        var span = CivilTime.day(CivilTime.date(since)) + "到" + CivilTime.day(last);
        notices.send(DUTIES, taker, 0, "有人请您代办", reader.name() + " 请您代办，" + span + "。原因：" + reason, LINK);
        notices.send(DUTIES, reader.account(), 0, "代办交出去了", span + "，到期自动收回。", LINK);
        return id;
    }

    private void check(
            Reader reader,
            List<Long> grants,
            long taker,
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            String reason) {
        var reasons = DelegationRule.reasons(CivilTime.date(clock.instant()), from, until, reason);
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        var own = delegations.own(reader).stream().map(Delegations.Own::id).toList();
        if (grants.isEmpty() || !own.containsAll(grants)) {
            throw Refusal.of("grants", "请选要交出去的职责，只能选自己的。");
        }
        if (!delegations.grantsFor(reader, taker).containsAll(grants)) {
            throw Refusal.of("taker", "只能交给同一个单位、同一个地方的同事，管理员和第三方测评员不行。请换一位，或少选一项职责。");
        }
    }

    private void handOver(Reader reader, long grant, long taker, long delegation, Instant since, Instant end) {
        try {
            var made = jdbc.sql("""
                            insert into access_grant (account, role, area, estate, body, since, until, granted_by, delegation, source)
                            select :taker, g.role, g.area, g.estate, g.body, :since, least(:end, g.until), :me, :delegation, g.id
                            from access_grant g
                            where g.id = :grant and (g.until is null or g.until > :since)
                              and not exists(select from access_grant o
                                             where o.account = :taker and o.role = g.role and o.area is not distinct from g.area
                                               and o.estate is not distinct from g.estate and o.body is not distinct from g.body
                                               and o.since < :end and (o.until is null or o.until > :since))
                            """)
                    .param("taker", taker)
                    .param("since", Timestamp.from(since))
                    .param("end", Timestamp.from(end))
                    .param("me", reader.account())
                    .param("delegation", delegation)
                    .param("grant", grant)
                    .update();
            if (made == 0) {
                throw Refusal.of("taker", "这位同事这段时间已经有同样的职责，不用代办。");
            }
        } catch (DataIntegrityViolationException apart) {
            throw Refusal.of("taker", "这位同事是管理员，不能兼任业务职责。");
        }
    }

    /** By whoever gave it or was given it. */
    @Transactional
    public void end(Reader reader, long id) {
        if (delegations.one(reader, id).isEmpty()) {
            throw new Missing("没有这次代办。");
        }
        end(reader, id, null);
    }

    /** By the security administrator, who answers for who may see it. */
    @Transactional
    public void endFor(Reader reader, long id, String reason) {
        end(reader, id, reason);
    }

    private void end(Reader reader, long id, @Nullable String reason) {
        var now = Timestamp.from(clock.instant());
        var ended = jdbc.sql("""
                        update delegation set ended_at = :now, ended_by = :by, ended_reason = :reason
                        where id = :id and ended_at is null and until > :now
                        """)
                .param("reason", reason)
                .param("now", now)
                .param("by", reader.account())
                .param("id", id)
                .update();
        if (ended == 0) {
            throw new Missing("这次代办已经结束了。");
        }
        takeBack(id, now);
        audit.record(reader, 0, "delegation.ended", "delegation", id, null, Map.of());
        tell(id, reason == null ? "代办提前结束了。" : "安全管理员结束了代办。原因：" + reason);
    }

    private void takeBack(long id, Timestamp now) {
        jdbc.sql("""
                update access_grant set until = greatest(since, cast(:now as timestamptz))
                where delegation = :id and until > :now
                """).param("now", now).param("id", id).update();
    }

    /** Everything an account gave or was given, when the account is closed. */
    @Transactional
    public void endAllOf(Reader reader, long account) {
        for (var id : jdbc.sql(
                        "select id from delegation where (giver = ? or taker = ?) and ended_at is null and until > ?")
                .params(account, account, Timestamp.from(clock.instant()))
                .query(Long.class)
                .list()) {
            end(reader, id, "账号停用");
        }
    }

    /** Those whose last day has passed: the grants are over by their own date, now both sides hear of it. */
    @Transactional
    public void tellOfThoseThatAreOver() {
        for (var id : jdbc.sql("""
                        update delegation set ended_at = until
                        where id in (select id from delegation where ended_at is null and until <= ? for update skip locked)
                        returning id
                        """)
                .param(Timestamp.from(clock.instant()))
                .query(Long.class)
                .list()) {
            audit.record(Reader.VISITOR, 0, "delegation.ended", "delegation", id, null, Map.of());
            tell(id, "代办到期，职责收回了。");
        }
    }

    private void tell(long id, String words) {
        for (var account : jdbc.sql("select unnest(array[giver, taker]) from delegation where id = ?")
                .param(id)
                .query(Long.class)
                .list()) {
            notices.send(DUTIES, account, 0, "代办结束", words, LINK);
        }
    }

    @Override
    public List<Topic> more() {
        return List.of(DUTIES);
    }
}
