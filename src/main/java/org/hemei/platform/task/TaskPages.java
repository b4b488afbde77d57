package org.hemei.platform.task;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.web.Address;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** 任务: what I have to do, what was given from my desk, and each task with its story. */
@Controller
public class TaskPages implements ListExport {

    private static final List<String> HEADINGS = List.of("任务", "交给", "交办的", "状态", "期限", "交办时间", "要办什么");

    /** A list as its page shows it. */
    public record Listed(
            List<Task> tasks,
            int count,
            boolean given,
            @Nullable TaskState state,
            boolean all,
            boolean late,
            String q,
            @Nullable UUID batch,
            @Nullable String next,
            boolean first,
            Instant now) {

        public Address self() {
            return Address.of("/tasks")
                    .with("box", given ? "given" : null)
                    .with("state", state == null ? all ? "all" : null : state.code())
                    .with("late", late ? "1" : null)
                    .with("q", q)
                    .with("batch", batch);
        }

        public String code(TaskState one) {
            return one.code();
        }
    }

    private final Tasks tasks;
    private final TaskDesk desk;
    private final Attachments attachments;
    private final Unheard unheard;
    private final InstantSource clock;

    TaskPages(Tasks tasks, TaskDesk desk, Attachments attachments, Unheard unheard, InstantSource clock) {
        this.unheard = unheard;
        this.tasks = tasks;
        this.desk = desk;
        this.attachments = attachments;
        this.clock = clock;
    }

    private static Tasks.Filter filter(Map<String, String> query) {
        var word = query.getOrDefault("state", "");
        var q = query.getOrDefault("q", "").strip();
        return new Tasks.Filter(
                "given".equals(query.get("box")) ? Tasks.Box.GIVEN : Tasks.Box.TODO,
                Arrays.stream(TaskState.values())
                        .filter(s -> s.code().equals(word))
                        .findFirst()
                        .orElse(null),
                "all".equals(word),
                "1".equals(query.get("late")),
                q.length() > 60 ? q.substring(0, 60) : q,
                uuid(query.get("batch")));
    }

    private static @Nullable UUID uuid(@Nullable String text) {
        return text != null && text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
                ? UUID.fromString(text)
                : null;
    }

    private static Tasks.@Nullable Key key(@Nullable String text) {
        if (text == null || !text.matches("\\d{9,15}-\\d{1,18}")) {
            return null;
        }
        var cut = text.indexOf('-');
        return new Tasks.Key(
                Instant.ofEpochMilli(Long.parseLong(text.substring(0, cut))), Long.parseLong(text.substring(cut + 1)));
    }

    @GetMapping("/tasks")
    ModelAndView list(Reader reader, @RequestParam Map<String, String> query) {
        return list(reader, query, FormErrors.NONE, "");
    }

    private ModelAndView list(Reader reader, Map<String, String> query, FormErrors errors, String reason) {
        var filter = filter(query);
        var after = key(query.get("after"));
        var found = tasks.list(reader, filter, after, Tasks.PAGE + 1);
        var shown = found.stream().limit(Tasks.PAGE).toList();
        var page = new ModelAndView("platform/task/tasks");
        page.addObject(
                "list",
                new Listed(
                        shown,
                        tasks.count(reader, filter),
                        filter.box() == Tasks.Box.GIVEN,
                        filter.state(),
                        filter.all(),
                        filter.late(),
                        filter.q(),
                        filter.batch(),
                        found.size() > Tasks.PAGE ? next(shown.getLast()) : null,
                        after == null,
                        clock.instant()));
        page.addObject("errors", errors);
        page.addObject("reason", reason);
        page.addObject(
                "unheard",
                "given".equals(query.get("done")) && !found.isEmpty() ? unheard.of(filter.batch()) : List.of());
        return page;
    }

    private static String next(Task last) {
        return last.dueAt().toEpochMilli() + "-" + last.id();
    }

    @Override
    public String key() {
        return "tasks";
    }

    @Override
    public String title() {
        return "任务";
    }

    @Override
    public List<String> headings() {
        return HEADINGS;
    }

    @Override
    public void admit(Reader reader) {
        // everybody has a list of tasks of their own
    }

    @Override
    public void write(Reader reader, Map<String, String> query, int most, Rows rows) throws IOException {
        for (var task : tasks.list(reader, filter(query), null, most)) {
            rows.row(
                    task.title(),
                    task.assigned(),
                    task.givenAs(),
                    task.late(clock.instant()) ? "超时" : task.state().words(),
                    task.dueAt(),
                    task.givenAt(),
                    task.words());
        }
    }

    @GetMapping("/tasks/{id:\\d{1,18}}")
    ModelAndView task(Reader reader, @PathVariable long id) {
        return task(reader, id, Form.empty(), FormErrors.NONE, null);
    }

    private ModelAndView task(Reader reader, long id, Form form, FormErrors errors, @Nullable Stale stale) {
        var task =
                tasks.find(id).filter(t -> !t.sides(reader).isEmpty()).orElseThrow(() -> new Missing("没有这个任务，或它不归您看。"));
        var page = new ModelAndView("platform/task/task");
        page.addObject("task", task);
        page.addObject("steps", tasks.steps(id));
        page.addObject("files", attachments.list(task.district(), TaskDesk.OWNER_KIND, String.valueOf(id)));
        page.addObject("verbs", task.verbs(reader));
        page.addObject("form", form);
        page.addObject("errors", errors);
        page.addObject("stale", stale);
        return page;
    }

    @PostMapping("/tasks/{id:\\d{1,18}}/report")
    ModelAndView report(
            Reader reader,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> values,
            @RequestParam(required = false) @Nullable List<MultipartFile> files,
            @RequestParam(required = false) @Nullable List<MultipartFile> documents) {
        var kept = new LinkedMultiValueMap<>(values);
        var dropped = kept.getFirst("drop");
        if (dropped != null && !dropped.isEmpty()) {
            kept.remove("drop");
            kept.values().forEach(list -> list.removeIf(dropped::equals));
            return task(reader, id, Form.of(kept), FormErrors.NONE, null);
        }
        return verb(reader, id, kept, form -> {
            var task = tasks.find(id)
                    .filter(t -> !t.sides(reader).isEmpty())
                    .orElseThrow(() -> new Missing("没有这个任务，或它不归您看。"));
            take(reader, task, files, Attachments.Purpose.PHOTO, kept);
            take(reader, task, documents, Attachments.Purpose.DOCUMENT, kept);
            desk.report(reader, id, version(form), form.get("words"), ids(kept));
        });
    }

    /** Takes in what came with the form itself; it counts as chosen from then on, also when the form is refused. */
    private void take(
            Reader reader,
            Task task,
            @Nullable List<MultipartFile> files,
            Attachments.Purpose purpose,
            MultiValueMap<String, String> values) {
        for (var file : files == null ? List.<MultipartFile>of() : files) {
            if (!file.isEmpty()) {
                try {
                    values.add(
                            purpose == Attachments.Purpose.PHOTO ? "photos" : "docs",
                            attachments
                                    .store(reader, task.district(), file, purpose)
                                    .toString());
                } catch (Refusal refused) {
                    throw Refusal.of("photos", refused.reasons().getFirst().words());
                }
            }
        }
    }

    private static List<UUID> ids(MultiValueMap<String, String> values) {
        var ids = new ArrayList<UUID>();
        var chosen = new ArrayList<>(values.getOrDefault("photos", List.of()));
        chosen.addAll(values.getOrDefault("docs", List.of()));
        for (var text : chosen) {
            var id = uuid(text);
            if (id == null) {
                throw Refusal.of("photos", "有文件没传好。请重新传。");
            }
            ids.add(id);
        }
        return ids;
    }

    @PostMapping("/tasks/{id:\\d{1,18}}/verify")
    ModelAndView verify(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        return verb(reader, id, values, form -> desk.verify(reader, id, version(form)));
    }

    @PostMapping("/tasks/{id:\\d{1,18}}/send-back")
    ModelAndView sendBack(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        return verb(reader, id, values, form -> desk.sendBack(reader, id, version(form), form.get("words")));
    }

    @PostMapping("/tasks/{id:\\d{1,18}}/withdraw")
    ModelAndView withdraw(Reader reader, @PathVariable long id, @RequestParam MultiValueMap<String, String> values) {
        return verb(reader, id, values, form -> desk.withdraw(reader, id, version(form), form.get("words")));
    }

    /** Takes back everything of one batch that still runs. */
    @PostMapping("/tasks/withdraw")
    ModelAndView withdrawBatch(Reader reader, @RequestParam Map<String, String> form) {
        var batch = uuid(form.get("batch"));
        if (batch == null) {
            throw new Missing("没有这批任务。");
        }
        var words = form.getOrDefault("words", "");
        return FormAnswer.of(
                () -> {
                    desk.withdrawBatch(reader, batch, words);
                    return "/tasks?box=given&state=all&batch=" + batch + "&done=withdrawn";
                },
                errors -> list(reader, Map.of("box", "given", "batch", batch.toString()), errors, words));
    }

    private ModelAndView verb(
            Reader reader, long id, MultiValueMap<String, String> values, java.util.function.Consumer<Form> work) {
        return FormAnswer.of(
                () -> {
                    work.accept(Form.of(values));
                    return "/tasks/" + id + "?done=1";
                },
                errors -> task(reader, id, Form.of(values), errors, null),
                stale -> task(reader, id, Form.of(values), FormErrors.NONE, stale));
    }

    private static int version(Form form) {
        var text = form.get("version");
        if (!text.matches("\\d{1,9}")) {
            throw Refusal.of("这张表不完整，请重新打开再填。");
        }
        return Integer.parseInt(text);
    }
}
