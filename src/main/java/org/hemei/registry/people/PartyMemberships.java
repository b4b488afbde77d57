package org.hemei.registry.people;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.log.Audit;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.PartyOffices;
import org.hemei.registry.Persons;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Membership of the Party. Kept and read by the organisation's own officers ({@link PartyOffices}); to everybody else, the
 * organisation department too, there are only counts. Records of what was done name the membership and never the person.
 */
@Service
public class PartyMemberships {

    /** @param employer the property company that employs the member; null to look it up in the posts they hold */
    public record Registration(
            long organisation,
            String kind,
            long person,
            String name,
            String phone,
            @Nullable Long employer,
            LocalDate first,
            String note) {}

    /**
     * One member by name, for whoever said why they need to know.
     *
     * @param employer the company it is counted for; empty for none
     * @param elsewhere where its holder works today instead; null where that is the same, empty for none
     * @param until the last day it can be given back to where it came from; null when it cannot
     */
    public record Member(
            long id,
            String kind,
            String name,
            Tenure tenure,
            String note,
            String employer,
            @Nullable String elsewhere,
            @Nullable LocalDate until) {}

    private final JdbcClient jdbc;
    private final Appointments bodies;
    private final PartyOffices offices;
    private final Persons persons;
    private final PartyHolder holder;
    private final PartyRows rows;
    private final PartyEmployers employers;
    private final FieldCipher cipher;
    private final Audit audit;
    private final InstantSource clock;

    PartyMemberships(
            JdbcClient jdbc,
            Appointments bodies,
            PartyOffices offices,
            Persons persons,
            PartyHolder holder,
            PartyRows rows,
            PartyEmployers employers,
            FieldCipher cipher,
            Audit audit,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.bodies = bodies;
        this.offices = offices;
        this.persons = persons;
        this.holder = holder;
        this.rows = rows;
        this.employers = employers;
        this.cipher = cipher;
        this.audit = audit;
        this.clock = clock;
    }

    /** The organisation, for whoever keeps its list; for everybody else there is none. */
    BodyInOffice kept(Reader reader, long organisation) {
        var body = bodies.body(organisation);
        if (!keeps(reader, body)) {
            throw new Missing("没有这个党组织，或它的名册不归您管。");
        }
        return body;
    }

    boolean keeps(Reader reader, BodyInOffice body) {
        return body.partyKind() != null && offices.holds(reader, body.id());
    }

    @Transactional
    public long register(Reader reader, Registration wanted) {
        var body = kept(reader, wanted.organisation);
        var person = wanted.person == 0 ? persons.known(wanted.name, wanted.phone) : wanted.person;
        var reasons = new ArrayList<Reason>();
        check(body, wanted, person, reasons);
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        if (person == 0) {
            person = persons.register(wanted.name, wanted.phone);
        }
        var employer = wanted.employer == null ? employers.on(person, wanted.first) : wanted.employer;
        var id = rows.insert(
                wanted.organisation, wanted.kind, person, employer, wanted.first, body.until(), wanted.note);
        rows.record(reader, body, id, "registered", wanted.first, Map.of("organisation", body.id()));
        return id;
    }

    private void check(BodyInOffice body, Registration wanted, long person, List<Reason> reasons) {
        var joined = wanted.kind.equals("joined");
        if (!joined && !wanted.kind.equals("full")) {
            reasons.add(new Reason("kind", "请选组织关系在不在这里。"));
        }
        if (joined && !"estate_branch".equals(body.partyKind())) {
            reasons.add(new Reason("kind", "只有小区党支部接收物业党员参加活动。"));
        }
        if (wanted.first.isBefore(body.since())) {
            reasons.add(new Reason("from", body.name() + CivilTime.day(body.since()) + "才成立。请填这一天或以后。"));
        } else if (body.until() instanceof LocalDate until && !wanted.first.isBefore(until)) {
            reasons.add(new Reason("from", body.name() + "到" + CivilTime.day(until.minusDays(1)) + "为止。请登记到别的党组织。"));
        }
        if (joined && (person == 0 || !belongsSomewhere(person, wanted.first))) {
            reasons.add(new Reason("phone", "先要在他自己的党组织登记组织关系，才能进小区党支部。"));
        }
        if (wanted.employer != null && !isCompany(wanted.employer)) {
            reasons.add(new Reason("employer", "没有这家物业企业。请重选。"));
        }
    }

    private boolean belongsSomewhere(long person, LocalDate day) {
        return jdbc.sql(
                        "select exists (select from party_membership where kind = 'full' and holder_index = ? and during @> ?)")
                .params(holder.index(person), day)
                .query(Boolean.class)
                .single();
    }

    private boolean isCompany(long body) {
        return jdbc.sql("select exists (select from company where body = ?)")
                .param(body)
                .query(Boolean.class)
                .single();
    }

    /** @param last the last day it holds */
    @Transactional
    public void end(Reader reader, long organisation, long membership, LocalDate last) {
        var body = kept(reader, organisation);
        rows.close(rows.locked(organisation, membership), last);
        rows.record(reader, body, membership, "ended", last, Map.of("organisation", organisation));
    }

    /** What was typed wrongly: as if it had always been so. */
    @Transactional
    public void correct(
            Reader reader, long organisation, long membership, LocalDate first, String note, EntryReason reason) {
        var body = kept(reader, organisation);
        var kept = rows.locked(organisation, membership);
        if (!body.standsOn(first) || kept.over(first)) {
            throw Refusal.of("from", "这一天" + body.name() + "不在，或者这条组织关系已经结束。请填别的一天。");
        }
        try {
            jdbc.sql("update party_membership set during = daterange(?, upper(during)), holder_cipher = ? where id = ?")
                    .params(first, holder.seal(holder.person(kept.sealed()), note), membership)
                    .update();
        } catch (DataIntegrityViolationException twice) {
            throw Refusal.of("from", "那几天他的组织关系在别处。请填别的一天。");
        }
        rows.record(
                reader,
                body,
                membership,
                "corrected",
                first,
                Map.of("organisation", organisation, "first", kept.first().toString(), "reason", reason.code()));
    }

    /** Entered by mistake: as if it had never been. The line that says so names nobody; only whoever it was of finds who looked at it. */
    @Transactional
    public void takeBack(Reader reader, long organisation, long membership, EntryReason reason) {
        var body = kept(reader, organisation);
        var kept = rows.locked(organisation, membership);
        if (rows.follows(membership)) {
            throw Refusal.of("这一条接着他以前的一段组织关系，撤回就断了。转来的请用“退回”或“转走”，不在了的请用“结束”。");
        }
        if (rows.goesOn(membership)) {
            throw Refusal.of("这一条后面接着他的另一段组织关系（转到了别处，或换了企业），撤回就断了。请在后面那一段办“退回”“转走”或“结束”。");
        }
        rows.remove(membership);
        var said = new HashMap<String, Object>(Map.of(
                "organisation",
                organisation,
                "first",
                kept.first().toString(),
                "kind",
                kept.kind(),
                "reason",
                reason.code()));
        if (kept.ending() != null) {
            said.put("last", kept.ending().minusDays(1).toString());
        }
        rows.record(reader, body, membership, "taken_back", kept.first(), said);
    }

    /** The members by name. That it was asked for, by whom and why, is written down for each of them, and they can see it. */
    @Transactional
    public List<Member> reveal(Reader reader, long organisation, String reasonCode) {
        var body = kept(reader, organisation);
        var reason = RevealReason.of(reasonCode).orElseThrow(() -> Refusal.of("reason", "请选为什么要看名册。"));
        var members = new ArrayList<Member>();
        for (var row : listed(organisation)) {
            audit.record(
                    reader,
                    AppointmentDesk.district(body.area()),
                    "party_membership.revealed",
                    "party_membership",
                    row.id(),
                    body.area(),
                    Map.of("reason", reason.code()));
            members.add(row);
        }
        return members;
    }

    private List<Member> listed(long organisation) {
        record Row(
                long id,
                String kind,
                @Nullable Long employer,
                byte[] sealed,
                LocalDate first,
                @Nullable LocalDate ending,
                @Nullable LocalDate moved) {}
        var found = jdbc.sql("""
                        select m.id, m.kind, m.employer, m.holder_cipher as sealed, lower(m.during) as first, upper(m.during) as ending,
                               (%s) as moved
                        from party_membership m where m.organisation = ? and (upper_inf(m.during) or upper(m.during) > ?)
                        order by m.kind, m.id limit 2000
                        """.formatted(PartyMoves.MOVED_ON))
                .params(organisation, today())
                .query(Row.class)
                .list();
        var persons = found.stream().map(row -> holder.person(row.sealed)).toList();
        var names = names(persons);
        var work = employers.on(persons, today());
        var companies = employers.names(Stream.concat(found.stream().map(Row::employer), work.values().stream())
                .filter(Objects::nonNull)
                .toList());
        return found.stream()
                .map(row -> {
                    var person = holder.person(row.sealed);
                    var now = work.get(person);
                    return new Member(
                            row.id,
                            row.kind,
                            names.getOrDefault(person, "已删除"),
                            Tenure.between(row.first, row.ending),
                            holder.note(row.sealed),
                            row.employer == null ? "" : companies.getOrDefault(row.employer, ""),
                            Objects.equals(now, row.employer)
                                    ? null
                                    : now == null ? "" : companies.getOrDefault(now, ""),
                            PartyMoves.until(row.moved, today()));
                })
                .toList();
    }

    private Map<Long, String> names(List<Long> persons) {
        var names = new HashMap<Long, String>();
        jdbc.sql("select id, name_cipher from person where id = any(?)")
                .param(persons.toArray(Long[]::new))
                .query(r -> {
                    names.put(r.getLong("id"), cipher.decrypt(r.getBytes("name_cipher")));
                });
        return names;
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
