package org.hemei.platform.privacy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Pattern;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.LastChange;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.notice.Sms;
import org.hemei.platform.privacy.PrivacyRequest.Kind;
import org.hemei.platform.privacy.PrivacyRequest.State;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.WorkCalendars;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Asking for a correction or an erasure, and answering it in writing before the deadline (Personal Information Protection Law art. 44–50). */
@Service
class PrivacyDesk {

    private static final int DIGITS_OF_A_DISTRICT = 6;
    private static final Pattern PHONE = Pattern.compile("1[3-9]\\d{9}");

    private final PrivacyRequests requests;
    private final Holdings holdings;
    private final WorkCalendars calendars;
    private final Notices notices;
    private final Sms sms;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final LastChange lastChange;

    PrivacyDesk(
            PrivacyRequests requests,
            Holdings holdings,
            WorkCalendars calendars,
            Notices notices,
            Sms sms,
            Audit audit,
            JdbcClient jdbc,
            InstantSource clock,
            LastChange lastChange) {
        this.requests = requests;
        this.holdings = holdings;
        this.calendars = calendars;
        this.notices = notices;
        this.sms = sms;
        this.audit = audit;
        this.jdbc = jdbc;
        this.clock = clock;
        this.lastChange = lastChange;
    }

    @Transactional
    public long ask(Reader reader, Kind kind, String words) {
        if (kind == Kind.CORRECTION && words.isBlank()) {
            throw Refusal.of("words", "请写哪里不对、应该是什么。");
        }
        var now = clock.instant();
        var area = holdings.area(reader.person());
        try {
            var id = requests.insert(reader, kind, area, words.strip(), now, due(now));
            record(reader, "privacy.asked", id, area, Map.of("kind", kind.code()));
            return id;
        } catch (DuplicateKeyException twice) {
            throw Refusal.of("您已经有一个" + kind.words() + "请求在等答复。可以先撤回它，再重新提。");
        }
    }

    /** The end of the last working day of the rule in force today. */
    Instant due(Instant now) {
        return calendars.current().after(now, days(now));
    }

    /** How many working days an answer may take, by the rule in force today. */
    int days() {
        return days(clock.instant());
    }

    private int days(Instant now) {
        return jdbc.sql("select value from privacy_rule where name = 'answer_working_days' and during @> ?")
                .param(CivilTime.date(now))
                .query(Integer.class)
                .single();
    }

    @Transactional
    public void withdraw(Reader reader, long id) {
        var gone = jdbc.sql("""
                        update privacy_request set state = 'withdrawn', answered_at = ?, version = version + 1
                        where id = ? and account = ? and state = 'open'
                        """)
                .params(java.sql.Timestamp.from(clock.instant()), id, reader.account())
                .update();
        if (gone == 0) {
            throw new Missing("没有这个请求，或它已经答复了。");
        }
        record(reader, "privacy.withdrawn", id, null, Map.of());
    }

    /**
     * @param name the right name of a correction; null leaves it
     * @param ground why not, for a refusal
     */
    record Answer(
            boolean agreed,
            @Nullable Ground ground,
            String words,
            @Nullable String name,
            @Nullable String phone) {}

    @Transactional
    public void answer(Reader reader, long id, int version, Answer answer) {
        var request = requests.one(reader, id, true);
        check(answer);
        if (!request.open() || request.version() != version) {
            throw lastChange.stale(reader, "privacy_request", id, "办", "privacy.answered", "privacy.withdrawn");
        }
        var phone = holdings.phone(request.person());
        var state = answer.agreed ? carryOut(request, answer) : State.REFUSED;
        var ground = state == State.PARTLY
                ? holdings.stays(request.person()).getFirst().ground()
                : state == State.REFUSED ? answer.ground : null;
        if (!requests.answer(id, version, state, ground, reader.account(), answer.words.strip(), clock.instant())) {
            throw lastChange.stale(reader, "privacy_request", id, "办", "privacy.answered", "privacy.withdrawn");
        }
        tell(request, state, phone);
        record(
                reader,
                "privacy.answered",
                id,
                request.area(),
                Map.of("state", state.name().toLowerCase(java.util.Locale.ROOT)));
    }

    private static void check(Answer answer) {
        if (answer.words.isBlank()) {
            throw Refusal.of("words", "请写给本人的答复：办了什么，没办的为什么。");
        }
        if (!answer.agreed && answer.ground == null) {
            throw Refusal.of("ground", "不办要有理由，请选一条。");
        }
        if (answer.phone != null && !PHONE.matcher(answer.phone).matches()) {
            throw Refusal.of("phone", "请填 1 开头的 11 位手机号，或者空着。");
        }
    }

    /** What may not go stays, and the answer says which ground; the rest goes at once. */
    private State carryOut(PrivacyRequest request, Answer answer) {
        if (request.kind() == Kind.CORRECTION) {
            holdings.correct(request.person(), answer.name, answer.phone);
            return State.DONE;
        }
        var stays = holdings.stays(request.person());
        holdings.erase(request.person());
        return stays.isEmpty() ? State.DONE : State.PARTLY;
    }

    /** Whoever was erased cannot sign in to read the answer: a text message says so, to the number they had. */
    private void tell(PrivacyRequest request, State state, @Nullable String phone) {
        if (request.kind() == Kind.ERASURE && state == State.DONE) {
            if (phone != null) {
                sms.send(phone, "【和美】您请求删除的个人信息已经删除，账号已停用。");
            }
            return;
        }
        var district = district(request.area());
        notices.send(
                PrivacyReminders.ANSWER,
                request.account(),
                district,
                "个人信息的请求有答复了",
                state.words() + "，答复写在里面。",
                "/me/data");
    }

    private void record(Reader reader, String action, long id, @Nullable String area, Map<String, ?> detail) {
        audit.record(reader, district(area), action, "privacy_request", id, area, detail);
    }

    static int district(@Nullable String area) {
        return area == null || area.length() < DIGITS_OF_A_DISTRICT
                ? 0
                : Integer.parseInt(area.substring(0, DIGITS_OF_A_DISTRICT));
    }
}
