package org.hemei.registry.people;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.log.LastChange;
import org.hemei.registry.Persons;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The only door to posts: appoint, end, correct, take back. Every {@link AppointmentRule} is asked, and all their reasons are told at once. */
@Service
public class AppointmentDesk {

    private static final int DISTRICT_DIGITS = 6;

    private final Appointments appointments;
    private final People people;
    private final Persons persons;
    private final AppointmentRules rules;
    private final List<PostFollower> followers;
    private final Audit audit;
    private final EventLog events;
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final InstantSource clock;
    private final LastChange lastChange;

    AppointmentDesk(
            Appointments appointments,
            People people,
            Persons persons,
            AppointmentRules rules,
            List<PostFollower> followers,
            Audit audit,
            EventLog events,
            JdbcClient jdbc,
            JsonMapper json,
            InstantSource clock,
            LastChange lastChange) {
        this.appointments = appointments;
        this.people = people;
        this.persons = persons;
        this.rules = rules;
        this.followers = followers;
        this.audit = audit;
        this.events = events;
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
        this.lastChange = lastChange;
    }

    /**
     * @param person who is appointed; 0: whoever has this name and phone, registered now if nobody has the phone yet
     * @param last the last day in office; null while no end is known
     */
    public record Appointing(
            long person,
            String name,
            String phone,
            long body,
            String post,
            @Nullable Long estate,
            boolean fullTime,
            LocalDate first,
            @Nullable LocalDate last) {}

    @Transactional
    public long appoint(Reader reader, Appointing wanted) {
        var body = appointments.lockBody(wanted.body);
        if (!PeopleScope.mayAppoint(reader, body)) {
            throw new Missing("没有这个单位，或它不归您管。");
        }
        var post = appointments.post(wanted.post).orElseThrow(() -> Refusal.of("post", "请选职务。"));
        var person = wanted.person == 0 ? persons.known(wanted.name, wanted.phone) : wanted.person;
        if (wanted.person != 0 && !people.visible(reader, wanted.person)) {
            throw new Missing("没有这个人，或他不归您管。");
        }
        if (person != 0) {
            appointments.lockPerson(person);
        }
        var tenure = new Tenure(wanted.first, wanted.last);
        var proposed = new Proposed(null, person, body, post, wanted.estate, wanted.fullTime, tenure);
        check(proposed);
        if (person == 0) {
            person = persons.register(wanted.name, wanted.phone);
        } else if (wanted.person == 0) {
            persons.named(person, wanted.name);
        }
        return insert(
                reader, new Proposed(null, person, body, post, wanted.estate, wanted.fullTime, proposed.tenure()));
    }

    /**
     * All that speaks against an appointment, without making it: for dry runs of imports.
     *
     * @param person 0 for somebody who is not registered yet
     */
    @Transactional(readOnly = true)
    public List<Reason> against(Reader reader, long person, Appointing wanted) {
        var body = appointments.body(wanted.body);
        if (!PeopleScope.mayAppoint(reader, body)) {
            return List.of(new Reason("body", "这个单位不归您管。"));
        }
        var post = appointments.post(wanted.post);
        if (post.isEmpty()) {
            return List.of(new Reason("post", "没有“" + wanted.post + "”这个职务。"));
        }
        var tenure = new Tenure(wanted.first, wanted.last);
        return reasons(new Proposed(null, person, body, post.get(), wanted.estate, wanted.fullTime, tenure));
    }

    private long insert(Reader reader, Proposed proposed) {
        long id;
        try {
            id = appointments.insert(proposed);
        } catch (DataIntegrityViolationException taken) {
            // the database has the last word where two desks were as quick as each other
            throw Refusal.of("post", "刚刚有人也登记了这个职务，日期重了。请刷新看看。");
        }
        change(reader, id, "appointed", proposed.tenure().first(), null, Map.of());
        record(
                reader,
                "appointment.made",
                id,
                proposed.body(),
                proposed.person(),
                Map.of("post", proposed.post().name()));
        return id;
    }

    /** @param last the last day in office: it still counts */
    @Transactional
    public void end(Reader reader, long id, int version, LocalDate last, EndReason reason) {
        var row = own(reader, id);
        var known = row.tenure().last();
        if (last.isBefore(row.tenure().first())) {
            throw Refusal.of("last", "他从" + day(row.tenure().first()) + "起在任，最后一天不能更早。登记错了请用“更正”或“撤回”。");
        }
        if (known != null && last.isAfter(known)) {
            throw Refusal.of("last", "任期本来到" + day(known) + "为止。要延长请用“更正”。");
        }
        update(reader, row, row.fullTime(), new Tenure(row.tenure().first(), last), version);
        change(reader, id, "ended", last, reason.code(), before(row));
        record(reader, "appointment.ended", id, row.body(), row.person(), Map.of("reason", reason.code()));
        left(reader, row);
    }

    /** For what was typed wrongly, or a term that is extended: as if it had always been so, with what it was before on record. */
    @Transactional
    public void correct(
            Reader reader,
            long id,
            int version,
            boolean fullTime,
            LocalDate first,
            @Nullable LocalDate last,
            EntryReason reason) {
        var row = own(reader, id);
        var tenure = new Tenure(first, last);
        check(new Proposed(id, row.person(), row.body(), row.post(), row.estate(), fullTime, tenure));
        update(reader, row, fullTime, tenure, version);
        change(reader, id, "corrected", first, reason.code(), before(row));
        record(reader, "appointment.corrected", id, row.body(), row.person(), Map.of("reason", reason.code()));
        left(reader, row);
    }

    /**
     * Entered by mistake: it leaves every list, of today and of past days, as if it had never been; what it said stays in the history of the body
     * (decision 71).
     */
    @Transactional
    public void takeBack(Reader reader, long id, int version, EntryReason reason) {
        var row = own(reader, id);
        if (!appointments.remove(row, version)) {
            throw lastChange.stale(reader, "appointment", row.id(), "改过这条任职");
        }
        var said = before(row);
        said.put("person", row.person());
        said.put("body", row.body().id());
        said.put("post", row.post().name());
        if (row.estate() != null) {
            said.put("estate", row.estate());
        }
        change(reader, id, "taken_back", row.tenure().first(), reason.code(), said);
        record(
                reader,
                "appointment.taken_back",
                id,
                row.body(),
                row.person(),
                Map.of("reason", reason.code(), "post", row.post().name()));
        left(reader, row);
    }

    /** What rests on the post follows, or says why it cannot. */
    private void left(Reader reader, Appointments.Row row) {
        var held = new Proposed(
                row.id(), row.person(), row.body(), row.post(), row.estate(), row.fullTime(), row.tenure());
        followers.forEach(follower -> follower.left(reader, held));
    }

    private Appointments.Row own(Reader reader, long id) {
        var row = appointments.one(id);
        if (!PeopleScope.mayAppoint(reader, row.body())) {
            throw new Missing("没有这条任职，或它不归您管。");
        }
        appointments.lockBody(row.body().id());
        appointments.lockPerson(row.person());
        return appointments.one(id);
    }

    private void check(Proposed proposed) {
        var reasons = reasons(proposed);
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
    }

    private List<Reason> reasons(Proposed proposed) {
        var last = proposed.tenure().last();
        if (last != null && last.isBefore(proposed.tenure().first())) {
            return List.of(new Reason("to", "最后一天比第一天还早。请改一改。"));
        }
        return rules.against(proposed);
    }

    private void update(Reader reader, Appointments.Row row, boolean fullTime, Tenure tenure, int version) {
        try {
            if (!appointments.update(row, fullTime, tenure, version)) {
                throw lastChange.stale(reader, "appointment", row.id(), "改过这条任职");
            }
        } catch (DataIntegrityViolationException taken) {
            throw Refusal.of("from", "这几天这个职务已经有人了，日期重了。");
        }
    }

    private static Map<String, Object> before(Appointments.Row row) {
        var before = new HashMap<String, Object>();
        before.put("first", row.tenure().first().toString());
        if (row.tenure().last() instanceof LocalDate last) {
            before.put("last", last.toString());
        }
        before.put("full_time", row.fullTime());
        return before;
    }

    private void change(
            Reader reader, long id, String verb, LocalDate day, @Nullable String reason, Map<String, ?> detail) {
        jdbc.sql("""
                        insert into appointment_change (appointment, verb, day, reason, detail, account, at)
                        values (:id, :verb, :day, :reason, cast(:detail as jsonb), :account, :at)
                        """)
                .param("id", id)
                .param("verb", verb)
                .param("day", day)
                .param("reason", reason)
                .param("detail", json.writeValueAsString(detail))
                .param("account", reader.signedIn() ? reader.account() : null)
                .param("at", Timestamp.from(clock.instant()))
                .update();
    }

    /** The event says whose post it is, the log need not. */
    private void record(
            Reader reader, String action, long id, BodyInOffice body, long person, Map<String, Object> detail) {
        var all = new HashMap<>(detail);
        all.put("body", body.id());
        audit.record(reader, district(body.area()), action, "appointment", id, body.area(), all);
        var told = new HashMap<>(all);
        told.put("person", person);
        events.announce(district(body.area()), action, id, told);
    }

    static int district(String area) {
        return area.length() < DISTRICT_DIGITS ? 0 : Integer.parseInt(area.substring(0, DISTRICT_DIGITS));
    }

    private static String day(LocalDate day) {
        return org.hemei.platform.time.CivilTime.day(day);
    }
}
