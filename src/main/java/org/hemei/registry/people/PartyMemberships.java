package org.hemei.registry.people;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import tools.jackson.databind.json.JsonMapper;

/**
 * Membership of the Party. Kept and read by the organisation's own officers ({@link PartyOffices}); to everybody else, the
 * organisation department too, there are only counts. Records of what was done name the membership and never the person.
 */
@Service
public class PartyMemberships {

    /** @param employer the property company that employs the member */
    public record Registration(
            long organisation,
            String kind,
            long person,
            String name,
            String phone,
            @Nullable Long employer,
            LocalDate first,
            String note) {}

    /** One member by name, for whoever said why they need to know. */
    public record Member(long id, String kind, String name, Tenure tenure, String note) {}

    private final JdbcClient jdbc;
    private final Appointments bodies;
    private final PartyOffices offices;
    private final Persons persons;
    private final PartyHolder holder;
    private final FieldCipher cipher;
    private final Audit audit;
    private final JsonMapper json;
    private final InstantSource clock;

    PartyMemberships(
            JdbcClient jdbc,
            Appointments bodies,
            PartyOffices offices,
            Persons persons,
            PartyHolder holder,
            FieldCipher cipher,
            Audit audit,
            JsonMapper json,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.bodies = bodies;
        this.offices = offices;
        this.persons = persons;
        this.holder = holder;
        this.cipher = cipher;
        this.audit = audit;
        this.json = json;
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
        var id = insert(wanted.organisation, wanted.kind, person, wanted.employer, wanted.first, wanted.note);
        record(reader, body, id, "registered", wanted.first, Map.of("organisation", body.id()));
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

    private long insert(
            long organisation, String kind, long person, @Nullable Long employer, LocalDate first, String note) {
        try {
            return jdbc.sql("""
                            insert into party_membership (organisation, kind, employer, holder_cipher, holder_index, during)
                            values (:organisation, :kind, :employer, :cipher, :index, daterange(:first, null)) returning id
                            """)
                    .param("organisation", organisation)
                    .param("kind", kind)
                    .param("employer", employer, Types.BIGINT)
                    .param("cipher", holder.seal(person, note))
                    .param("index", holder.index(person))
                    .param("first", first)
                    .query(Long.class)
                    .single();
        } catch (DataIntegrityViolationException twice) {
            throw Refusal.of("phone", "他的组织关系这几天已经登记过了，或者他已经在这里参加活动。请先转走或结束那一条。");
        }
    }

    private record Kept(long id, String kind, @Nullable Long employer, byte[] sealed, LocalDate first, boolean open) {}

    private Kept locked(long organisation, long membership) {
        return jdbc.sql("""
                        select id, kind, employer, holder_cipher as sealed, lower(during) as first, upper_inf(during) as open
                        from party_membership where id = ? and organisation = ? for update
                        """)
                .params(membership, organisation)
                .query(Kept.class)
                .optional()
                .orElseThrow(() -> new Missing("没有这条组织关系。"));
    }

    /** @param last the last day it holds */
    @Transactional
    public void end(Reader reader, long organisation, long membership, LocalDate last) {
        var body = kept(reader, organisation);
        close(locked(organisation, membership), last);
        record(reader, body, membership, "ended", last, Map.of("organisation", organisation));
    }

    private void close(Kept kept, LocalDate last) {
        if (!kept.open) {
            throw Refusal.of("last", "这条组织关系已经结束了。");
        }
        if (last.isBefore(kept.first)) {
            throw Refusal.of("last", "最后一天不能早于" + CivilTime.day(kept.first) + "。");
        }
        jdbc.sql("update party_membership set during = daterange(lower(during), ?) where id = ?")
                .params(last.plusDays(1), kept.id)
                .update();
    }

    /**
     * From this day on it belongs to the other organisation: no day without one, none with two. Whose it becomes reads it there;
     * whoever gives it away need not.
     */
    @Transactional
    public long move(Reader reader, long organisation, long membership, long to, LocalDate day) {
        var from = kept(reader, organisation);
        var kept = locked(organisation, membership);
        var target = bodies.body(to);
        if (to == organisation
                || target.partyKind() == null
                || !target.standsOn(day)
                || kept.kind.equals("joined") && !"estate_branch".equals(target.partyKind())) {
            throw Refusal.of("to", "不能转到这个组织。请重选。");
        }
        close(kept, day.minusDays(1));
        var id = insert(to, kept.kind, holder.person(kept.sealed), kept.employer, day, holder.note(kept.sealed));
        record(reader, from, membership, "moved", day, Map.of("to", to));
        record(reader, target, id, "registered", day, Map.of("from", organisation));
        return id;
    }

    /** The members by name. That it was asked for, by whom and why, is written down for each of them, and they can see it. */
    @Transactional
    public List<Member> reveal(Reader reader, long organisation, String reasonCode) {
        var body = kept(reader, organisation);
        var reason = RevealReason.of(reasonCode).orElseThrow(() -> Refusal.of("reason", "请选为什么要看名册。"));
        record Row(
                long id,
                String kind,
                byte[] sealed,
                LocalDate first,
                @Nullable LocalDate ending) {}
        var rows = jdbc.sql("""
                        select id, kind, holder_cipher as sealed, lower(during) as first, upper(during) as ending
                        from party_membership where organisation = ? and (upper_inf(during) or upper(during) > ?)
                        order by kind, id limit 2000
                        """).params(organisation, today()).query(Row.class).list();
        var names = names(rows.stream().map(row -> holder.person(row.sealed)).toList());
        var members = new ArrayList<Member>();
        for (var row : rows) {
            audit.record(
                    reader,
                    AppointmentDesk.district(body.area()),
                    "party_membership.revealed",
                    "party_membership",
                    row.id,
                    body.area(),
                    Map.of("reason", reason.code()));
            members.add(new Member(
                    row.id,
                    row.kind,
                    names.getOrDefault(holder.person(row.sealed), "已删除"),
                    Tenure.between(row.first, row.ending),
                    holder.note(row.sealed)));
        }
        return members;
    }

    private Map<Long, String> names(List<Long> persons) {
        var names = new java.util.HashMap<Long, String>();
        jdbc.sql("select id, name_cipher from person where id = any(?)")
                .param(persons.toArray(Long[]::new))
                .query(r -> {
                    names.put(r.getLong("id"), cipher.decrypt(r.getBytes("name_cipher")));
                });
        return names;
    }

    private void record(
            Reader reader, BodyInOffice body, long membership, String verb, LocalDate day, Map<String, ?> detail) {
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

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
