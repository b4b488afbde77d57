package org.hemei.platform.task;

import java.util.List;
import java.util.Map;
import org.hemei.platform.GrantHolders;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.notice.NoticeKinds;
import org.hemei.platform.notice.NoticeTemplates;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.notice.Notices.Told;
import org.hemei.platform.time.CivilTime;
import org.springframework.stereotype.Component;

/** Tells the one side of a task what the other did; nobody is told of what they did themselves. */
@Component
class TaskNews implements EventConsumer, NoticeKinds {

    private static final Topic TOPIC = new Topic("task", "任务", "交给您办的、您交办的任务", false, false).onDuty();
    private static final Kind GIVEN = kind("given", "交办", "doer", "有 {count} 件任务交给您办");
    private static final Kind SENT_BACK = kind("send_back", "退回", "doer", "任务退回来了，请再办");
    private static final Kind WITHDRAWN = kind("withdraw", "撤回", "doer", "任务撤回了，不用再办");
    private static final Kind VERIFIED = kind("verify", "确认办结", "doer", "任务确认办结了");
    private static final Kind REPORTED = kind("report", "报结果", "giver", "交办的任务报了结果，请看看");

    private final Tasks tasks;
    private final GrantHolders holders;
    private final NoticeTemplates templates;
    private final Notices notices;

    TaskNews(Tasks tasks, GrantHolders holders, NoticeTemplates templates, Notices notices) {
        this.tasks = tasks;
        this.holders = holders;
        this.templates = templates;
        this.notices = notices;
    }

    private static Kind kind(String verb, String words, String who, String title) {
        return kind(verb, words, who, new Words(title, "{task}"));
    }

    static Kind kind(String verb, String words, String who, Words said) {
        return Kind.of(
                "task." + verb,
                "任务：" + words,
                who,
                who.equals("doer") ? "办任务的人" : "交办的人",
                TOPIC,
                said,
                Map.of("task", "红星小区没有党支部", "count", "1", "due", "11月27日 周五 17:30"));
    }

    @Override
    public List<Kind> kinds() {
        return List.of(GIVEN, SENT_BACK, WITHDRAWN, VERIFIED, REPORTED);
    }

    @Override
    public String name() {
        return "task-news";
    }

    @Override
    public void handle(List<Event> events) {
        events.stream().filter(event -> event.kind().startsWith("task.")).forEach(this::tell);
    }

    private void tell(Event event) {
        tasks.find(event.body().get("task").asLong()).ifPresent(task -> {
            switch (event.kind()) {
                case "task.given" ->
                    send(
                            event,
                            GIVEN,
                            doers(task),
                            task,
                            event.body().get("count").asInt());
                case "task.send_back" -> send(event, SENT_BACK, doers(task), task, 1);
                case "task.withdraw" -> send(event, WITHDRAWN, doers(task), task, 1);
                case "task.verify" -> send(event, VERIFIED, doers(task), task, 1);
                case "task.report" ->
                    send(event, REPORTED, holders.accounts(task.givenRole(), task.givenArea()), task, 1);
                default -> throw new IllegalStateException("no words for " + event.kind());
            }
        });
    }

    private List<Long> doers(Task task) {
        var body = task.body();
        return body == null && task.role() != null
                ? holders.accounts(task.role(), task.area())
                : body == null ? List.of() : holders.ofBody(body);
    }

    private void send(Event event, Kind kind, List<Long> accounts, Task task, int count) {
        var actor = event.body().get("actor").asLong();
        var values =
                Map.of("task", task.title(), "count", String.valueOf(count), "due", CivilTime.fullEnd(task.dueAt()));
        var link = count > 1 ? "/tasks" : task.path();
        notices.tell(
                templates.book(),
                kind,
                accounts.stream()
                        .filter(account -> account != actor)
                        .map(account -> new Told(account, task.district(), values, link))
                        .toList(),
                event.at());
    }
}
