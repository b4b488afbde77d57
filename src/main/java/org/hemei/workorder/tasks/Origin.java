package org.hemei.workorder.tasks;

import java.util.List;
import java.util.Map;
import org.hemei.platform.Refusal;
import org.hemei.platform.task.TaskDesk;
import org.hemei.platform.web.Shell;

/**
 * What a task is made from: one subject that falls short, who can be asked, and where it is read.
 *
 * @param source of the task, and {@code subject} of that source: at most one task runs for it
 * @param title of the task; no words of people
 * @param falls what is wrong, in a sentence
 * @param link where the task leads back to
 * @param asks what the task asks for, unless the giver writes something else
 * @param path where the form is sent to, {@code hidden} what goes along
 */
record Origin(
        String source,
        String subject,
        String title,
        String falls,
        String link,
        String asks,
        TaskDesk.Giver giver,
        List<To> tos,
        String path,
        Map<String, String> hidden,
        List<Shell.Crumb> crumbs,
        boolean running) {

    /** One of those who can be asked. */
    record To(String code, String words, TaskDesk.Assignee assignee) {}

    To to(String code) {
        return tos.stream()
                .filter(to -> to.code.equals(code))
                .findFirst()
                .orElseThrow(() -> Refusal.of("to", "请选交给谁。"));
    }
}
