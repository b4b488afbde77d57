package org.hemei.platform.job;

import java.util.List;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** 后台任务: one's own work that goes on behind the pages; for those who look after the system, everybody's. */
@Controller
class JobPages implements NavEntry {

    private static final int RANK = 430;

    private final JobQueries queries;
    private final Jobs jobs;

    JobPages(JobQueries queries, Jobs jobs) {
        this.queries = queries;
        this.jobs = jobs;
    }

    /** Others come here from what they started; only for the keepers of the system is it a place of its own. */
    @Override
    public List<Item> items(Reader reader) {
        return Jobs.overseen(reader).isEmpty()
                ? List.of()
                : List.of(new Item("系统", RANK, "/jobs", "后台任务", "refresh", null));
    }

    /** @param before id of the last run on the page before; 0 begins at the newest */
    @GetMapping("/jobs")
    String list(Reader reader, @RequestParam(defaultValue = "0") long before, Model model) {
        var runs = queries.list(reader, before <= 0 ? Long.MAX_VALUE : before);
        var shown = runs.subList(0, Math.min(runs.size(), JobQueries.PAGE));
        model.addAttribute("runs", shown);
        model.addAttribute("now", queries.now());
        model.addAttribute("scheduled", before <= 0 ? queries.scheduled(reader) : List.of());
        model.addAttribute(
                "next",
                runs.size() > shown.size() ? "/jobs?before=" + shown.getLast().id() : null);
        model.addAttribute("first", before <= 0 ? null : "/jobs");
        return "platform/job/jobs";
    }

    @GetMapping("/jobs/{id}")
    String show(Reader reader, @PathVariable long id, Model model) {
        model.addAttribute("run", queries.one(reader, id));
        model.addAttribute("now", queries.now());
        return "platform/job/job";
    }

    /** The piece of the page that the browser asks for every two seconds. */
    @GetMapping("/jobs/{id}/progress")
    String progress(Reader reader, @PathVariable long id, Model model) {
        model.addAttribute("run", queries.one(reader, id));
        model.addAttribute("now", queries.now());
        return "platform/job/progress";
    }

    @PostMapping("/jobs/{id}/cancel")
    String cancel(Reader reader, @PathVariable long id) {
        jobs.cancel(reader, id);
        return "redirect:/jobs/" + id;
    }
}
