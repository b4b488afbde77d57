package org.hemei.registry.people;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Memberships as they are stored, for the verbs on them. Every change is on record; the records name the membership and never the person. */
@Component
class PartyRows {

    /** @param ending the first day it no longer holds, where one is known */
    record Kept(
            long id,
            String kind,
            @Nullable Long employer,
            byte[] sealed,
            LocalDate first,
            @Nullable LocalDate ending) {

        boolean over(LocalDate day) {
            return ending != null && !day.isBefore(ending);
        }
    }

    private final JdbcClient jdbc;
    private final PartyHolder holder;
    private final Audit audit;
    private final JsonMapper json;
    private final InstantSource clock;

    PartyRows(JdbcClient jdbc, PartyHolder holder, Audit audit, JsonMapper json, InstantSource clock) {
        this.jdbc = jdbc;
        this.holder = holder;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    Kept locked(long organisation, long membership) {
        return jdbc.sql("""
                        select id, kind, employer, holder_cipher as sealed, lower(during) as first, upper(during) as ending
                        from party_membership where id = ? and organisation = ? for update
                        """)
                .params(membership, organisation)
                .query(Kept.class)
                .optional()
                .orElseThrow(() -> new Missing("没有这条组织关系。"));
    }

    /** @param ending the organisation's own, when that is planned: it holds no longer than its organisation */
    long insert(
            long organisation,
            String kind,
            long person,
            @Nullable Long employer,
            LocalDate first,
            @Nullable LocalDate ending,
            String note) {
        try {
            return jdbc.sql("""
                            insert into party_membership (organisation, kind, employer, holder_cipher, holder_index, during)
                            values (:organisation, :kind, :employer, :cipher, :index, daterange(:first, cast(:ending as date))) returning id
                            """)
                    .param("organisation", organisation)
                    .param("kind", kind)
                    .param("employer", employer, Types.BIGINT)
                    .param("cipher", holder.seal(person, note))
                    .param("index", holder.index(person))
                    .param("first", first)
                    .param("ending", ending, Types.DATE)
                    .query(Long.class)
                    .single();
        } catch (DataIntegrityViolationException twice) {
            throw Refusal.of("phone", "他的组织关系这几天已经登记过了，或者他已经在这里参加活动。请先转走或结束那一条。");
        }
    }

    /** Whether it goes on from another: it came from elsewhere, or from another company. */
    boolean follows(long membership) {
        return jdbc.sql("""
                        select exists (select from party_membership_change c
                                       where c.membership = ? and (c.detail ->> 'from' is not null or c.verb = 'employed' and c.detail ->> 'of' <> c.membership::text))
                        """).param(membership).query(Boolean.class).single();
    }

    /** Whether another goes on from it: it was moved elsewhere, or its holder changed the company. */
    boolean goesOn(long membership) {
        return jdbc.sql("""
                        select exists (select from party_membership_change c where c.membership = :id and c.verb = 'moved')
                            or exists (select from party_membership_change c join party_membership m on m.id = c.membership
                                       where c.verb = 'employed' and c.detail ->> 'of' = cast(:id as text) and c.membership <> :id)
                        """).param("id", membership).query(Boolean.class).single();
    }

    /** Who looked at it stays to be found by whoever it was of. */
    void remove(long membership) {
        jdbc.sql("""
                        insert into party_membership_gone (membership, holder_index)
                        select m.id, m.holder_index from party_membership m
                        where m.id = :id and exists (select from audit_entry e
                                                     where e.subject_kind = 'party_membership' and e.subject_id = cast(:id as text)
                                                       and e.action = 'party_membership.revealed')
                        """).param("id", membership).update();
        jdbc.sql("delete from party_membership where id = ?").param(membership).update();
    }

    void close(Kept kept, LocalDate last) {
        if (kept.ending instanceof LocalDate ending && !last.plusDays(1).isBefore(ending)) {
            throw Refusal.of("last", "这条组织关系到" + CivilTime.day(ending.minusDays(1)) + "为止，不能更晚。");
        }
        if (last.isBefore(kept.first)) {
            throw Refusal.of("last", "最后一天不能早于" + CivilTime.day(kept.first) + "。");
        }
        jdbc.sql("update party_membership set during = daterange(lower(during), ?) where id = ?")
                .params(last.plusDays(1), kept.id)
                .update();
    }

    void record(Reader reader, BodyInOffice body, long membership, String verb, LocalDate day, Map<String, ?> detail) {
        jdbc.sql("""
                        insert into party_membership_change (membership, verb, day, detail, account, at)
                        values (?, ?, ?, cast(? as jsonb), ?, ?)
                        """)
                .params(
                        membership,
                        verb,
                        day,
                        json.writeValueAsString(detail),
                        reader.account(),
                        Timestamp.from(clock.instant()))
                .update();
        audit.record(
                reader,
                AppointmentDesk.district(body.area()),
                "party_membership." + verb,
                "party_membership",
                membership,
                body.area(),
                Map.of("organisation", body.id()));
    }
}
