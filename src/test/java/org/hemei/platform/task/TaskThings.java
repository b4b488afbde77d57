package org.hemei.platform.task;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.testing.Town;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tasks of the near side: its district gave them to its community. */
@Component
public class TaskThings implements RoomThings {

    private final TaskDesk desk;
    private final Tasks tasks;

    TaskThings(TaskDesk desk, Tasks tasks) {
        this.desk = desk;
        this.tasks = tasks;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        return switch (name) {
            case "$task" -> Optional.of(String.valueOf(task(town, false)));
            case "$task.done" -> Optional.of(String.valueOf(done(town)));
            case "$task.batch" -> Optional.of(batch(town, false).toString());
            default -> Optional.empty();
        };
    }

    UUID batch(Town town, boolean evidence) {
        var near = town.near();
        var giver = new TaskDesk.Giver("DISTRICT", String.valueOf(near.district()), "试区");
        var to = new TaskDesk.Assignee(near.community(), "COMMUNITY", null, "试社区");
        var order = new TaskDesk.Order("test:rule", "请配上物业专员。", 5, evidence);
        var wanted = List.of(new TaskDesk.Wanted(
                "试社区：没有物业专员", UUID.randomUUID().toString(), "/mechanism/staffing?area=" + near.community(), to));
        return desk.give(near.districtDesk(), giver, order, wanted).batch();
    }

    public long task(Town town, boolean evidence) {
        var batch = batch(town, evidence);
        var all = new Tasks.Filter(Tasks.Box.GIVEN, null, true, false, "", batch);
        return tasks.list(town.near().districtDesk(), all, null, 1).getFirst().id();
    }

    private long done(Town town) {
        var id = task(town, false);
        desk.report(town.near().communityDesk(), id, 0, "配了一个人。", List.of());
        return id;
    }
}
