package org.hemei.platform.task;

import org.hemei.platform.Reader;
import org.hemei.platform.attachment.AttachmentGate;
import org.springframework.stereotype.Component;

/** What proves a result is for the two sides of the task. */
@Component
class TaskGate implements AttachmentGate {

    private final Tasks tasks;

    TaskGate(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public String ownerKind() {
        return TaskDesk.OWNER_KIND;
    }

    @Override
    public boolean may(Reader reader, int district, String ownerId) {
        return tasks.find(Long.parseLong(ownerId))
                .filter(task -> !task.sides(reader).isEmpty())
                .isPresent();
    }
}
