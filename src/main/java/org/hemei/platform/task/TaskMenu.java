package org.hemei.platform.task;

import java.util.List;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.TodoSource;
import org.springframework.stereotype.Component;

/** 任务 in the menu, for everybody who acts for an area or a body, with what waits for them. */
@Component
class TaskMenu implements NavEntry, TodoSource {

    private final Tasks tasks;

    TaskMenu(Tasks tasks) {
        this.tasks = tasks;
    }

    private static boolean acts(Reader reader) {
        return reader.grants().stream().anyMatch(g -> g.unit() == null && (g.area() != null || g.body() != null));
    }

    @Override
    public List<Item> items(Reader reader) {
        return acts(reader) ? List.of(new Item("办事", 35, "/tasks", "任务", "task", waiting(reader))) : List.of();
    }

    @Override
    public int waiting(Reader reader) {
        return acts(reader) ? tasks.waiting(reader) : 0;
    }
}
