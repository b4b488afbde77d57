package org.hemei.platform.privacy;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hemei.platform.GrantHolders;
import org.hemei.platform.notice.NoticeKinds;
import org.hemei.platform.notice.NoticeTemplates;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.notice.Notices.Told;
import org.hemei.platform.privacy.PrivacyRequests.Answerer;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Each morning: whoever answers a request about personal data is reminded once, three days before its deadline, and those one level
 * above are told once when it is late. What the application slept through is made up for on start.
 */
@Configuration(proxyBeanMethods = false)
class PrivacyReminders implements NoticeKinds {

    private static final Logger LOG = LoggerFactory.getLogger(PrivacyReminders.class);

    private static final LocalTime HOUR = LocalTime.of(8, 30);
    private static final int NEAR_DAYS = 3;
    private static final int MOST = 500;

    private static final Topic TOPIC = new Topic("privacy", "个人信息请求", "要您答复的更正、删除请求快到期、过期了", true, false).onDuty();

    /** Of the answer, which is decided in any case and told in any case. */
    static final Topic ANSWER = new Topic("privacy_answer", "您的个人信息请求", "您请求查看、更正、删除自己的信息，答复了", true, false);

    private static final Kind NEAR =
            kind("near", "快到期", "answerer", "该答复的人", new Words("个人信息{kind}请求快到期了", "最晚 {due} 前答复本人。"));
    private static final Kind LATE =
            kind("late", "过期了", "above", "上一级", new Words("个人信息{kind}请求过期还没答复", "该在 {due} 前答复本人，请督促下面，或者直接答复。"));

    /** @param late past its deadline; otherwise within three days of it */
    private record Due(
            long id, long asker, String kind, @Nullable String area, Instant at, boolean late) {}

    private final JdbcClient jdbc;
    private final GrantHolders holders;
    private final NoticeTemplates templates;
    private final Notices notices;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    PrivacyReminders(
            JdbcClient jdbc,
            GrantHolders holders,
            NoticeTemplates templates,
            Notices notices,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.holders = holders;
        this.templates = templates;
        this.notices = notices;
        this.transaction = transaction;
        this.clock = clock;
    }

    private static Kind kind(String event, String eventWords, String who, String whoWords, Words words) {
        return Kind.of(
                "privacy." + event,
                "个人信息请求：" + eventWords,
                who,
                whoWords,
                TOPIC,
                words,
                Map.of("kind", "更正", "due", "11月27日 周五 17:30"));
    }

    @Override
    public List<Kind> kinds() {
        return List.of(NEAR, LATE);
    }

    @Override
    public List<Topic> more() {
        return List.of(ANSWER);
    }

    @Bean
    Task<Void> privacyReminderTask() {
        return Tasks.recurring("privacy-reminders", Schedules.daily(CivilTime.ZONE, HOUR))
                .execute((task, context) -> run());
    }

    /** Each request in a transaction of its own: one that fails keeps no other waiting. */
    void run() {
        for (var due : due()) {
            try {
                transaction.executeWithoutResult(status -> tell(due));
            } catch (RuntimeException e) {
                LOG.error("nobody could be told of privacy request {}", due.id, e);
            }
        }
    }

    private List<Due> due() {
        var now = clock.instant();
        return jdbc.sql("""
                select id, account, kind, area, due_at, due_at < :now as late from privacy_request
                where state = 'open' and due_at < :soon
                  and case when due_at < :now then late_told_at is null else near_told_at is null end
                order by due_at, id limit %d
                """.formatted(MOST))
                .param("now", Timestamp.from(now))
                .param(
                        "soon",
                        Timestamp.from(CivilTime.startOf(CivilTime.date(now).plusDays(NEAR_DAYS + 1))))
                .query((r, n) -> new Due(
                        r.getLong("id"),
                        r.getLong("account"),
                        r.getString("kind"),
                        r.getString("area"),
                        r.getTimestamp("due_at").toInstant(),
                        r.getBoolean("late")))
                .list();
    }

    /** Nothing where another copy was first, or the request was answered meanwhile. */
    private void tell(Due due) {
        var column = due.late ? "late_told_at" : "near_told_at";
        var first = jdbc.sql("update privacy_request set " + column + " = ? where id = ? and state = 'open' and "
                        + column + " is null")
                .params(Timestamp.from(clock.instant()), due.id)
                .update();
        if (first == 1) {
            var values = Map.of(
                    "kind",
                    PrivacyRequest.Kind.valueOf(due.kind.toUpperCase(java.util.Locale.ROOT))
                            .words(),
                    "due",
                    CivilTime.fullEnd(due.at));
            var link = "/privacy/requests/" + due.id;
            notices.tell(
                    templates.book(),
                    due.late ? LATE : NEAR,
                    whom(due).stream()
                            .map(account -> new Told(account, PrivacyDesk.district(due.area), values, link))
                            .toList());
        }
    }

    /** The lowest level with somebody who may answer, or the one above it; where there is none above, the lowest again. */
    private List<Long> whom(Due due) {
        var levels = Arrays.stream(Answerer.values())
                .map(level -> holders(level, due.area).stream()
                        .filter(account -> account != due.asker)
                        .toList())
                .filter(accounts -> !accounts.isEmpty())
                .toList();
        return levels.isEmpty() ? List.of() : levels.get(due.late && levels.size() > 1 ? 1 : 0);
    }

    private List<Long> holders(Answerer level, @Nullable String area) {
        if (area != null) {
            return holders.accounts(level.name(), area);
        }
        return level == Answerer.SYSTEM ? holders.anywhere(level.name()) : List.of();
    }
}
