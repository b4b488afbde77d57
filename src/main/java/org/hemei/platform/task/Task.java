package org.hemei.platform.task;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;

/**
 * One task.
 *
 * @param batch tasks that were given in one go share it
 * @param role to whoever holds this role in an area that holds the task's; null when it is given to a body
 * @param assigned to whom, as it is read
 * @param givenRole in whose name it was given, and where
 * @param evidence whether a result needs a photo or a document
 */
public record Task(
        long id,
        int district,
        UUID batch,
        String title,
        String words,
        String area,
        @Nullable String role,
        @Nullable Long body,
        String assigned,
        long givenBy,
        String givenRole,
        String givenArea,
        String givenAs,
        Instant givenAt,
        Instant dueAt,
        @Nullable String source,
        @Nullable String subject,
        @Nullable String link,
        boolean evidence,
        TaskState state,
        int version,
        Instant changedAt) {

    /** What happened, oldest first. */
    public record Step(Instant at, String verb, String actor, String actorAs, String words) {

        public String past() {
            return verb.equals("GIVE") ? "交办" : TaskVerb.valueOf(verb).past();
        }
    }

    /** Which sides of this task the reader stands on; none for somebody it is no business of. */
    public Set<TaskVerb.Side> sides(Reader reader) {
        var sides = EnumSet.noneOf(TaskVerb.Side.class);
        for (var grant : reader.grants()) {
            var held = grant.area();
            if (held != null && grant.role().equals(role) && area.startsWith(held)
                    || body != null && body.equals(grant.body())) {
                sides.add(TaskVerb.Side.ASSIGNEE);
            }
            if (held != null && grant.role().equals(givenRole) && givenArea.startsWith(held)) {
                sides.add(TaskVerb.Side.GIVER);
            }
        }
        return sides;
    }

    /** What the reader can do now. */
    public List<TaskVerb> verbs(Reader reader) {
        var sides = sides(reader);
        return java.util.Arrays.stream(TaskVerb.values())
                .filter(verb -> sides.contains(verb.side()) && verb.after(state).isPresent())
                .toList();
    }

    public boolean late(Instant now) {
        return state == TaskState.OPEN && dueAt.isBefore(now);
    }

    public String path() {
        return "/tasks/" + id;
    }
}
