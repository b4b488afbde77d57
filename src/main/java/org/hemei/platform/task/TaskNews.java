package org.hemei.platform.task;

import java.util.List;
import org.hemei.platform.GrantHolders;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.notice.Notices;
import org.springframework.stereotype.Component;

/** Tells the one side of a task what the other did; nobody is told of what they did themselves. */
@Component
class TaskNews implements EventConsumer {

    private final Tasks tasks;
    private final GrantHolders holders;
    private final Notices notices;

    TaskNews(Tasks tasks, GrantHolders holders, Notices notices) {
        this.tasks = tasks;
        this.holders = holders;
        this.notices = notices;
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
            var count = event.body().get("count").asInt();
            switch (event.kind()) {
                case "task.given" -> assignees(event, task, count > 1 ? "有 " + count + " 件任务交给您办" : "有一件任务交给您办", count);
                case "task.send_back" -> assignees(event, task, "任务退回来了，请再办", 1);
                case "task.withdraw" -> assignees(event, task, "任务撤回了，不用再办", 1);
                case "task.verify" -> assignees(event, task, "任务确认办结了", 1);
                case "task.report" ->
                    send(event, holders.accounts(task.givenRole(), task.givenArea()), "交办的任务报了结果，请看看", task, 1);
                default -> throw new IllegalStateException("no words for " + event.kind());
            }
        });
    }

    private void assignees(Event event, Task task, String words, int count) {
        var body = task.body();
        var accounts = body == null && task.role() != null
                ? holders.accounts(task.role(), task.area())
                : body == null ? List.<Long>of() : holders.ofBody(body);
        send(event, accounts, words, task, count);
    }

    private void send(Event event, List<Long> accounts, String words, Task task, int count) {
        var actor = event.body().get("actor").asLong();
        var link = count > 1 ? "/tasks" : task.path();
        accounts.stream()
                .filter(account -> account != actor)
                .forEach(account -> notices.send(account, task.district(), words, task.title(), link));
    }
}
