package org.hemei.registry.policy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.Scope;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.log.LastChange;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.Office;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the documents of an area: city, districts and the organisation department, each for their own. */
@Service
class PolicyDesk {

    static final String OWNER_KIND = "policy";

    private final JdbcClient jdbc;
    private final Policies policies;
    private final Attachments attachments;
    private final Audit audit;
    private final EventLog events;
    private final LastChange lastChange;

    PolicyDesk(
            JdbcClient jdbc,
            Policies policies,
            Attachments attachments,
            Audit audit,
            EventLog events,
            LastChange lastChange) {
        this.jdbc = jdbc;
        this.policies = policies;
        this.attachments = attachments;
        this.audit = audit;
        this.events = events;
        this.lastChange = lastChange;
    }

    static Scope keepers(Reader reader) {
        return Office.required(reader, Office.CITY, Office.DISTRICT, Office.ORGANISATION);
    }

    static boolean keeps(Reader reader, String area) {
        return reader.scope(Office.CITY, Office.DISTRICT, Office.ORGANISATION).covers(area);
    }

    @Transactional
    public long add(Reader reader, Policy.Draft draft) {
        check(reader, 0, draft);
        var id = write("""
                insert into policy (number, title, issuer, area, kind, part_of, supersedes, issued_on, valid_from, link, summary)
                values (:number, :title, :issuer, :area, :kind, :partOf, :supersedes, :issuedOn, :validFrom, :link, :summary)
                returning id
                """, draft).query(Long.class).single();
        replace(reader, draft);
        changed(reader, "policy.added", id, draft.area(), Map.of());
        return id;
    }

    @Transactional
    public void amend(Reader reader, long id, int version, Policy.Draft draft) {
        var before = lock(reader, id, version);
        check(reader, id, draft);
        var other = !Objects.equals(before.supersedes(), draft.supersedes())
                || !before.validFrom().equals(draft.validFrom());
        if (other) {
            release(reader, before);
        }
        write("""
                update policy set number = :number, title = :title, issuer = :issuer, area = :area, kind = :kind, part_of = :partOf,
                                  supersedes = :supersedes, issued_on = :issuedOn, valid_from = :validFrom, link = :link,
                                  summary = :summary, sample = false, version = version + 1
                where id = :id
                """, draft).param("id", id).update();
        if (other) {
            replace(reader, draft);
        }
        changed(reader, "policy.amended", id, draft.area(), differs(before.draft(), draft));
    }

    /** Each field that is another: what it was, and what it is. */
    private static Map<String, Object> differs(Policy.Draft before, Policy.Draft after) {
        var was = before.fields();
        var is = after.fields();
        var differs = new TreeMap<String, Object>();
        was.forEach((field, value) -> {
            if (!Objects.equals(value, is.get(field))) {
                differs.put(field, Arrays.asList(value, is.get(field)));
            }
        });
        return differs;
    }

    private JdbcClient.StatementSpec write(String sql, Policy.Draft draft) {
        return jdbc.sql(sql)
                .param("number", draft.number())
                .param("title", draft.title())
                .param("issuer", draft.issuer())
                .param("area", draft.area())
                .param("kind", draft.kind().code())
                .param("partOf", draft.partOf())
                .param("supersedes", draft.supersedes())
                .param("issuedOn", draft.issuedOn())
                .param("validFrom", draft.validFrom())
                .param("link", draft.link())
                .param("summary", draft.summary());
    }

    /** The older document holds until the newer one does, if its keeper is the same. */
    private void replace(Reader reader, Policy.Draft draft) {
        policies.one(draft.supersedes())
                .filter(older -> keeps(reader, older.area())
                        && older.validUntil() == null
                        && older.validFrom().isBefore(draft.validFrom()))
                .ifPresent(older -> until(reader, "policy.ended", older, draft.validFrom(), Map.of()));
    }

    /** What ended because this one began is as before; if it is still replaced, it ends again on the right day. */
    private void release(Reader reader, Policy newer) {
        policies.one(newer.supersedes())
                .filter(older ->
                        keeps(reader, older.area()) && newer.validFrom().equals(older.validUntil()))
                .ifPresent(older -> until(reader, "policy.end_corrected", older, null, Map.of()));
    }

    private void until(Reader reader, String what, Policy policy, @Nullable LocalDate until, Map<String, ?> more) {
        jdbc.sql(
                        "update policy set valid_until = cast(:until as date), version = version + 1,"
                                + " ended_basis = case when cast(:until as date) is null then null else ended_basis end where id = :id")
                .param("until", until)
                .param("id", policy.id())
                .update();
        var detail = new TreeMap<String, Object>(more);
        detail.put("validUntil", Arrays.asList(text(policy.validUntil()), text(until)));
        changed(reader, what, policy.id(), policy.area(), detail);
    }

    private static @Nullable String text(@Nullable LocalDate day) {
        return day == null ? null : day.toString();
    }

    /**
     * @param until first day on which it no longer holds
     * @param basis the document or the decision by which it ends; whoever reads the policy reads it
     */
    @Transactional
    public void end(Reader reader, long id, int version, LocalDate until, String basis) {
        var policy = lock(reader, id, version);
        var reasons = new ArrayList<Reason>();
        if (policy.validUntil() != null) {
            reasons.add(new Reason(null, "它已经登记" + CivilTime.day(policy.validUntil()) + "失效了。"));
        }
        if (!until.isAfter(policy.validFrom())) {
            reasons.add(new Reason("until", "要晚于施行的日子（" + CivilTime.day(policy.validFrom()) + "）。"));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        until(reader, "policy.ended", policy, until, Map.of("basis", basis));
        jdbc.sql("update policy set ended_basis = ? where id = ?")
                .params(basis, id)
                .update();
    }

    /**
     * The day on which it ended was wrong, or it never ended.
     *
     * @param until first day on which it no longer holds; null if it still does
     */
    @Transactional
    public void correctEnd(Reader reader, long id, int version, @Nullable LocalDate until, String reason) {
        var policy = lock(reader, id, version);
        var reasons = new ArrayList<Reason>();
        if (policy.validUntil() == null) {
            reasons.add(new Reason(null, "它没有登记过失效，没有要更正的。"));
        } else if (policy.validUntil().equals(until)) {
            reasons.add(new Reason("until", "和登记的一样，没有要更正的。"));
        }
        if (until != null && !until.isAfter(policy.validFrom())) {
            reasons.add(new Reason("until", "要晚于施行的日子（" + CivilTime.day(policy.validFrom()) + "）。"));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        until(reader, "policy.end_corrected", policy, until, Map.of("reason", reason));
    }

    @Transactional
    public void attach(Reader reader, long id, UUID file) {
        var policy = policies.one(id)
                .filter(known -> keeps(reader, known.area()))
                .orElseThrow(() -> new Missing("没有这份文件，或不归您管。"));
        attachments.attach(district(policy.area()), List.of(file), OWNER_KIND, String.valueOf(id), reader);
        changed(reader, "policy.file_added", id, policy.area(), Map.of("file", file.toString()));
    }

    /** A file that should not be public is so no longer; it is kept, and nobody has a way to it. */
    @Transactional
    public void withdraw(Reader reader, long id, UUID file, String reason) {
        var policy = policies.one(id)
                .filter(known -> keeps(reader, known.area()))
                .orElseThrow(() -> new Missing("没有这份文件，或不归您管。"));
        var gone = jdbc.sql("""
                        update attachment set owner_kind = 'policy_withdrawn'
                        where district = ? and owner_kind = ? and owner_id = ? and id = ?
                        """)
                .params(district(policy.area()), OWNER_KIND, String.valueOf(id), file)
                .update();
        if (gone == 0) {
            throw new Missing("没有这个附件，或它已经撤下了。");
        }
        changed(reader, "policy.file_withdrawn", id, policy.area(), Map.of("file", file.toString(), "reason", reason));
    }

    private void check(Reader reader, long own, Policy.Draft draft) {
        if (!keeps(reader, draft.area())) {
            throw new Missing("没有这个地方，或不归您管。");
        }
        var reasons = new ArrayList<>(draft.reasons(
                own,
                policies.one(draft.supersedes()).orElse(null),
                policies.one(draft.partOf()).orElse(null)));
        if (draft.number() != null && policies.numberTaken(draft.number(), own)) {
            reasons.add(new Reason("number", "已经有这个文号的文件。请核对。"));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
    }

    private Policy lock(Reader reader, long id, int version) {
        jdbc.sql("select id from policy where id = ? for no key update")
                .param(id)
                .query(Long.class)
                .list();
        var policy = policies.one(id)
                .filter(known -> keeps(reader, known.area()))
                .orElseThrow(() -> new Missing("没有这份文件，或不归您管。"));
        if (policy.version() != version) {
            throw lastChange.stale(reader, OWNER_KIND, id, "改过");
        }
        return policy;
    }

    /** Files lie with a district; those of the whole city with the number that ends in two noughts. */
    static int district(String area) {
        return Integer.parseInt((area + "00").substring(0, 6));
    }

    private void changed(Reader reader, String what, long id, String area, Map<String, ?> detail) {
        audit.record(reader, district(area), what, "policy", id, area, detail);
        events.announce(district(area), what, id, Map.of("area", area));
    }
}
