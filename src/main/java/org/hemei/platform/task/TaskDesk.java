package org.hemei.platform.task;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.time.WorkCalendars;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Gives tasks and takes them on. A room that gives one has checked that its reader may. */
@Service
public class TaskDesk {

    public static final int MOST_DAYS = 60;
    public static final int MOST_AT_ONCE = 500;
    static final String OWNER_KIND = "task";

    /** In whose name tasks are given. */
    public record Giver(String role, String area, String as) {}

    /**
     * To whom one task is given.
     *
     * @param area where it is to be done
     * @param role to whoever holds this role there; null when it is for a body
     * @param assigned as it is read
     */
    public record Assignee(
            String area, @Nullable String role, @Nullable Long body, String assigned) {}

    /** One task of a batch, about one subject of its source. */
    public record Wanted(
            String title, String subject, @Nullable String link, Assignee to) {}

    /**
     * What all tasks of a batch have in common.
     *
     * @param source what they come from, such as check:staffing
     * @param days working days until they are due
     */
    public record Order(String source, String words, int days, boolean evidence) {}

    /** What came of giving: how many were made, and how many were not because one runs already. */
    public record Given(UUID batch, int made, int running) {}

    private final Tasks tasks;
    private final Attachments attachments;
    private final WorkCalendars calendars;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;

    TaskDesk(
            Tasks tasks,
            Attachments attachments,
            WorkCalendars calendars,
            Audit audit,
            EventLog events,
            InstantSource clock) {
        this.tasks = tasks;
        this.attachments = attachments;
        this.calendars = calendars;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** Makes a task for each subject for which none runs. */
    @Transactional
    public Given give(Reader reader, Giver giver, Order order, List<Wanted> wanted) {
        check(order, wanted);
        var batch = UUID.randomUUID();
        var running =
                tasks.running(order.source, wanted.stream().map(Wanted::subject).toList());
        Map<Assignee, List<Long>> made = new LinkedHashMap<>();
        for (var one : wanted) {
            if (!running.contains(one.subject)) {
                made.computeIfAbsent(one.to, to -> new ArrayList<>()).add(insert(reader, giver, order, batch, one));
            }
        }
        made.forEach((to, ids) -> announce(to, ids, batch, "task.given", reader));
        var count = made.values().stream().map(List::size).reduce(0, Integer::sum);
        audit.record(
                reader,
                district(giver.area),
                "task.give",
                "task_batch",
                batch,
                giver.area,
                Map.of("source", order.source, "tasks", count));
        return new Given(batch, count, wanted.size() - count);
    }

    private static void check(Order order, List<Wanted> wanted) {
        var reasons = new ArrayList<Refusal.Reason>();
        if (order.words.isBlank() || order.words.length() > 1000) {
            reasons.add(new Refusal.Reason("words", "请写清要办什么，1000 字以内。"));
        }
        if (order.days < 1 || order.days > MOST_DAYS) {
            reasons.add(new Refusal.Reason("days", "期限请填 1 到 " + MOST_DAYS + " 个工作日。"));
        }
        if (wanted.isEmpty()) {
            reasons.add(new Refusal.Reason("key", "请至少选一个。"));
        }
        if (wanted.size() > MOST_AT_ONCE) {
            reasons.add(new Refusal.Reason("key", "一次最多建 " + MOST_AT_ONCE + " 个。请到下一级地区分开建。"));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
    }

    private long insert(Reader reader, Giver giver, Order order, UUID batch, Wanted one) {
        var now = clock.instant();
        var title = one.title.length() > 80 ? one.title.substring(0, 79) + "…" : one.title;
        var id = tasks.insert(new Task(
                0,
                district(one.to.area),
                batch,
                title,
                order.words.strip(),
                one.to.area,
                one.to.role,
                one.to.body,
                one.to.assigned,
                reader.account(),
                giver.role,
                giver.area,
                giver.as,
                now,
                calendars.current().after(now, order.days),
                order.source,
                one.subject,
                one.link,
                order.evidence,
                TaskState.OPEN,
                0,
                now));
        tasks.step(id, 0, now, "GIVE", reader, giver.as, "");
        return id;
    }

    /** One piece of news for each desk, however many tasks it got. */
    private void announce(Assignee to, List<Long> ids, UUID batch, String kind, Reader reader) {
        Map<String, Object> body = new HashMap<>();
        body.put("task", ids.getFirst());
        body.put("count", ids.size());
        body.put("actor", reader.account());
        events.announce(district(to.area), kind, batch, body);
    }

    @Transactional
    public void report(Reader reader, long id, int version, String words, Collection<UUID> evidence) {
        var task = take(reader, id, version, TaskVerb.REPORT);
        var reasons = new ArrayList<Refusal.Reason>();
        if (words.isBlank() || words.length() > 1000) {
            reasons.add(new Refusal.Reason("words", "请写清办了什么，1000 字以内。"));
        }
        if (task.evidence() && evidence.isEmpty()) {
            reasons.add(new Refusal.Reason("photos", "这件事要附证据。请传照片或文件。"));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        attachments.attach(task.district(), evidence, OWNER_KIND, String.valueOf(id), reader);
        move(reader, task, TaskVerb.REPORT, task.assigned(), words);
    }

    @Transactional
    public void verify(Reader reader, long id, int version) {
        var task = take(reader, id, version, TaskVerb.VERIFY);
        move(reader, task, TaskVerb.VERIFY, task.givenAs(), "");
    }

    @Transactional
    public void sendBack(Reader reader, long id, int version, String reason) {
        var task = take(reader, id, version, TaskVerb.SEND_BACK);
        reason(reason, "请写清哪里还没办好，500 字以内。");
        move(reader, task, TaskVerb.SEND_BACK, task.givenAs(), reason);
    }

    @Transactional
    public void withdraw(Reader reader, long id, int version, String reason) {
        var task = take(reader, id, version, TaskVerb.WITHDRAW);
        reason(reason, "请写清为什么撤回，500 字以内。");
        move(reader, task, TaskVerb.WITHDRAW, task.givenAs(), reason);
    }

    /**
     * Takes back everything of a batch that still runs.
     *
     * @return how many
     */
    @Transactional
    public int withdrawBatch(Reader reader, UUID batch, String reason) {
        var running = tasks.lockBatch(batch).stream()
                .filter(task -> task.verbs(reader).contains(TaskVerb.WITHDRAW))
                .toList();
        if (running.isEmpty()) {
            throw new Missing("没有这批任务，或者都办结了。");
        }
        reason(reason, "请写清为什么撤回，500 字以内。");
        running.forEach(task -> move(reader, task, TaskVerb.WITHDRAW, task.givenAs(), reason));
        return running.size();
    }

    private static void reason(String words, String otherwise) {
        if (words.isBlank() || words.length() > 500) {
            throw Refusal.of("words", otherwise);
        }
    }

    private Task take(Reader reader, long id, int version, TaskVerb verb) {
        var task =
                tasks.lock(id).filter(t -> !t.sides(reader).isEmpty()).orElseThrow(() -> new Missing("没有这个任务，或它不归您看。"));
        if (!task.sides(reader).contains(verb.side())) {
            throw Refusal.of(verb.side() == TaskVerb.Side.ASSIGNEE ? "这件事不是交给您办的。" : "这个任务不是您这里交办的。");
        }
        if (task.version() != version) {
            var last = tasks.steps(id).getLast();
            throw new Stale(last.actorAs(), last.past(), last.at());
        }
        if (verb.after(task.state()).isEmpty()) {
            throw Refusal.of("任务现在是“" + task.state().words() + "”，不能" + verb.words() + "。");
        }
        return task;
    }

    private void move(Reader reader, Task task, TaskVerb verb, String as, String words) {
        var now = clock.instant();
        tasks.move(task, verb.after(task.state()).orElseThrow(), now);
        tasks.step(task.id(), task.version() + 1, now, verb.name(), reader, as, words.strip());
        audit.record(
                reader,
                task.district(),
                "task." + verb.name().toLowerCase(java.util.Locale.ROOT),
                OWNER_KIND,
                task.id(),
                task.area(),
                Map.of());
        events.announce(
                task.district(),
                "task." + verb.name().toLowerCase(java.util.Locale.ROOT),
                task.id(),
                Map.of("task", task.id(), "count", 1, "actor", reader.account()));
    }

    /** The district a task lies in; a city's own tasks are kept under the city's code with two noughts. */
    static int district(String area) {
        return area.length() >= 6
                ? Integer.parseInt(area.substring(0, 6))
                : Integer.parseInt(area.substring(0, 4)) * 100;
    }
}
