package org.hemei.registry.people;

import java.sql.Types;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.notice.NoticeKinds;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.PartyOffices;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * A membership that goes with its holder: to another organisation, back from it, or to another company. It goes only where somebody keeps
 * the list; they hear of it, by the organisation's name and nobody else's.
 */
@Service
class PartyMoves {

    /** So many days after a move whoever it came to may give it back. */
    static final int RETURN_DAYS = 10;

    /** On which day membership m was moved to its organisation; null when it was registered there or came back. */
    static final String MOVED_ON = """
            select case c.verb when 'registered' then cast(c.at at time zone 'Asia/Shanghai' as date) end
            from party_membership_change c
            where c.membership = m.id and (c.verb = 'returned' or c.verb = 'registered' and c.detail ->> 'from' is not null)
            order by c.id desc limit 1
            """;

    /** Where somebody of an organisation can be moved to: nearby, or to a company's organisation or an industry committee. */
    private static final String OTHERS = """
            from body b
            where b.kind = 'party_organisation' and b.id <> :own
              and b.since <= :day and (b.until is null or b.until > :day)
              and (left(b.area, 9) = left(:area, 9) or b.party_kind in ('company_organisation', 'industry_committee'))
            """;

    private final PartyMemberships memberships;
    private final PartyRows rows;
    private final PartyHolder holder;
    private final PartyEmployers employers;
    private final PartyOffices offices;
    private final Appointments bodies;
    private final Notices notices;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    PartyMoves(
            PartyMemberships memberships,
            PartyRows rows,
            PartyHolder holder,
            PartyEmployers employers,
            PartyOffices offices,
            Appointments bodies,
            Notices notices,
            JdbcClient jdbc,
            InstantSource clock) {
        this.memberships = memberships;
        this.rows = rows;
        this.holder = holder;
        this.employers = employers;
        this.offices = offices;
        this.bodies = bodies;
        this.notices = notices;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @return the last day a membership that was moved on this day can be given back; null when it is over, or none was moved */
    static @Nullable LocalDate until(@Nullable LocalDate moved, LocalDate today) {
        return moved == null || today.isAfter(moved.plusDays(RETURN_DAYS)) ? null : moved.plusDays(RETURN_DAYS);
    }

    /** The nearest first. */
    List<Appointments.Choice> others(BodyInOffice body) {
        return jdbc.sql(
                        "select b.id, b.name " + OTHERS + " and " + PartyOffices.led("b.id", ":day")
                                + " order by b.area = :area desc, left(b.area, 9) = left(:area, 9) desc, b.name, b.id limit 1000")
                .param("own", body.id())
                .param("area", body.area())
                .param("day", today())
                .query(Appointments.Choice.class)
                .list();
    }

    /**
     * From this day on it belongs to the other organisation: no day without one, none with two. Whose it becomes reads it there;
     * whoever gives it away need not.
     */
    @Transactional
    public long move(Reader reader, long organisation, long membership, long to, LocalDate day) {
        var from = memberships.kept(reader, organisation);
        var kept = rows.locked(organisation, membership);
        var target = bodies.body(to);
        if (!receives(from, to, day) || kept.kind().equals("joined") && !"estate_branch".equals(target.partyKind())) {
            throw Refusal.of("to", "不能转到这个组织。请重选。");
        }
        if (!offices.led(to)) {
            throw Refusal.of("to", target.name() + "今天没有在任的书记、委员，转过去没有人打得开名册。请他们的上级先任命。");
        }
        rows.close(kept, day.minusDays(1));
        var id = rows.insert(
                to,
                kept.kind(),
                holder.person(kept.sealed()),
                kept.employer(),
                day,
                target.until(),
                holder.note(kept.sealed()));
        rows.record(reader, from, membership, "moved", day, Map.of("to", to));
        rows.record(reader, target, id, "registered", day, Map.of("from", organisation));
        tell(
                target,
                "转来一名党员的组织关系",
                "%s把一名党员的组织关系转到%s，从%s起。不该转来的，最晚%s退回。"
                        .formatted(
                                from.name(),
                                target.name(),
                                CivilTime.day(day),
                                CivilTime.day(today().plusDays(RETURN_DAYS))));
        return id;
    }

    private boolean receives(BodyInOffice from, long to, LocalDate day) {
        return jdbc.sql("select exists (select " + OTHERS + " and b.id = :to)")
                .param("own", from.id())
                .param("area", from.area())
                .param("day", day)
                .param("to", to)
                .query(Boolean.class)
                .single();
    }

    /** From today on, or from the day of the move if that is still to come, it belongs where it came from. */
    @Transactional
    public void back(Reader reader, long organisation, long membership) {
        var from = memberships.kept(reader, organisation);
        var kept = rows.locked(organisation, membership);
        record Moved(@Nullable LocalDate on, @Nullable Long giver) {}
        var moved = jdbc.sql("""
                        select (%s) as on, (select cast(c.detail ->> 'from' as bigint) from party_membership_change c
                                            where c.membership = m.id and c.verb = 'registered') as giver
                        from party_membership m where m.id = ?
                        """.formatted(MOVED_ON))
                .param(membership)
                .query(Moved.class)
                .single();
        if (moved.giver == null || until(moved.on, today()) == null || kept.over(today())) {
            throw Refusal.of("只有别处转来的，" + RETURN_DAYS + " 天以内可以退回。请用“转走”。");
        }
        var giver = bodies.body(moved.giver);
        var day = kept.first().isAfter(today()) ? kept.first() : today();
        if (!giver.standsOn(day) || !offices.led(giver.id())) {
            throw Refusal.of(giver.name() + "已经不在，或者没有在任的书记、委员，退不回去。请用“转走”。");
        }
        var id = membership;
        if (kept.first().isBefore(day)) {
            rows.close(kept, day.minusDays(1));
            id = rows.insert(
                    giver.id(),
                    kept.kind(),
                    holder.person(kept.sealed()),
                    kept.employer(),
                    day,
                    giver.until(),
                    holder.note(kept.sealed()));
        } else {
            jdbc.sql(
                            "update party_membership set organisation = ?, during = daterange(lower(during), cast(? as date)) where id = ?")
                    .param(giver.id())
                    .param(giver.until())
                    .param(membership)
                    .update();
        }
        if (id != membership) {
            rows.record(reader, from, membership, "moved", day, Map.of("to", giver.id()));
        }
        rows.record(reader, giver, id, "returned", day, Map.of("from", organisation));
        tell(
                giver,
                "一名党员的组织关系退回来了",
                "%s把转去的一名党员的组织关系退回%s，从%s起。".formatted(from.name(), giver.name(), CivilTime.day(day)));
    }

    /** Whoever changed the company, or left one, is counted there from the day on, or in none. */
    @Transactional
    public void employed(Reader reader, long organisation, long membership, LocalDate day) {
        var body = memberships.kept(reader, organisation);
        var kept = rows.locked(organisation, membership);
        var person = holder.person(kept.sealed());
        var employer = employers.on(person, day);
        if (Objects.equals(employer, kept.employer())) {
            throw Refusal.of("day", "按任职记录，那天他所在的企业没有变。请先让企业登记他的任职，或换一天。");
        }
        if (day.isBefore(kept.first()) || kept.over(day)) {
            throw Refusal.of("day", "这条组织关系从" + CivilTime.day(kept.first()) + "起。请填它还在的一天。");
        }
        var id = membership;
        if (day.equals(kept.first())) {
            jdbc.sql("update party_membership set employer = :employer where id = :id")
                    .param("employer", employer, Types.BIGINT)
                    .param("id", membership)
                    .update();
        } else {
            rows.close(kept, day.minusDays(1));
            id = rows.insert(
                    organisation, kept.kind(), person, employer, day, kept.ending(), holder.note(kept.sealed()));
        }
        var detail = new HashMap<String, Object>(Map.of("organisation", organisation, "of", membership));
        if (kept.employer() != null) {
            detail.put("employer", kept.employer());
        }
        rows.record(reader, body, id, "employed", day, detail);
    }

    private void tell(BodyInOffice body, String title, String words) {
        for (var account : offices.accounts(body.id())) {
            notices.send(
                    NoticeKinds.DUTIES,
                    account,
                    AppointmentDesk.district(body.area()),
                    title,
                    words,
                    "/party-members/" + body.id());
        }
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
