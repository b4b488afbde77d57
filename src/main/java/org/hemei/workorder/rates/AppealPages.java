package org.hemei.workorder.rates;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hemei.platform.Missing;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.TodoSource;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.workorder.archive.PastYears;
import org.hemei.workorder.list.AreaQueries;
import org.hemei.workorder.list.Span;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 申诉: what waits for the reader, what they have to do with, and each appeal with its story. */
@Controller
class AppealPages implements NavEntry, TodoSource {

    private final AppealQueries queries;
    private final AreaQueries areas;
    private final Appeals appeals;
    private final AppealDesk desk;
    private final Attachments attachments;
    private final PastYears past;
    private final InstantSource clock;

    AppealPages(
            AppealQueries queries,
            AreaQueries areas,
            Appeals appeals,
            AppealDesk desk,
            Attachments attachments,
            PastYears past,
            InstantSource clock) {
        this.queries = queries;
        this.areas = areas;
        this.appeals = appeals;
        this.desk = desk;
        this.attachments = attachments;
        this.past = past;
        this.clock = clock;
    }

    @Override
    public List<Item> items(Reader reader) {
        return reads(reader)
                ? List.of(new Item("办事", 46, "/rates/appeals", "三率申诉", "scale", waiting(reader)))
                : List.of();
    }

    @Override
    public int waiting(Reader reader) {
        return queries.waiting(reader);
    }

    private static boolean reads(Reader reader) {
        return RateScope.oversees(reader)
                || !reader.scope(org.hemei.access.Role.MANAGER).isEmpty();
    }

    static void admit(Reader reader) {
        if (!reads(reader)) {
            throw new AccessDeniedException("no business with figures");
        }
    }

    /** What the list is narrowed to. @param decides whether the reader decides any; @param todo only what waits for that */
    record Shown(boolean decides, boolean todo, @Nullable AppealState state, Span span) {

        static Shown of(Reader reader, Map<String, String> query) {
            var decides = !reader.scope(org.hemei.access.Role.STREET, org.hemei.access.Role.DISTRICT)
                    .isEmpty();
            var todo = decides && !"all".equals(query.get("box"));
            return new Shown(
                    decides,
                    todo,
                    Arrays.stream(AppealState.values())
                            .filter(one -> !todo && one.code().equals(query.get("state")))
                            .findFirst()
                            .orElse(null),
                    Span.of(query));
        }
    }

    @GetMapping("/rates/appeals")
    String list(Reader reader, @RequestParam Map<String, String> query, Model model) {
        admit(reader);
        var shown = Shown.of(reader, query);
        var after = AppealQueries.Key.of(query.get("after"));
        model.addAttribute("page", queries.page(reader, shown, after));
        model.addAttribute("todo", shown.todo);
        model.addAttribute("decides", shown.decides);
        model.addAttribute("state", shown.state);
        model.addAttribute("span", shown.span);
        model.addAttribute("picker", areas.picker(reader, shown.span.area()));
        model.addAttribute("first", after == null);
        return "workorder/rates/appeals";
    }

    @GetMapping("/rates/appeals/{id:\\d{6}-\\d+}")
    ModelAndView appeal(Reader reader, @PathVariable AppealId id) {
        // one whose order went to the archive went with it
        return appeals.find(id).isPresent() ? shown(reader, id) : past.read(() -> shown(reader, id));
    }

    private ModelAndView shown(Reader reader, AppealId id) {
        return page(reader, id, Form.empty(), FormErrors.NONE, null);
    }

    @PostMapping("/rates/appeals/{id:\\d{6}-\\d+}/decide")
    ModelAndView decide(Reader reader, @PathVariable AppealId id, @RequestParam MultiValueMap<String, String> values) {
        return verb(reader, id, values, form -> {
            var upheld = form.get("upheld");
            desk.decide(
                    reader,
                    id,
                    version(form),
                    upheld.equals("yes") ? Boolean.TRUE : upheld.equals("no") ? Boolean.FALSE : null,
                    form.get("words"));
        });
    }

    @PostMapping("/rates/appeals/{id:\\d{6}-\\d+}/second")
    ModelAndView second(Reader reader, @PathVariable AppealId id, @RequestParam MultiValueMap<String, String> values) {
        return verb(reader, id, values, form -> desk.askSecond(reader, id, version(form), form.get("words")));
    }

    @PostMapping("/rates/appeals/{id:\\d{6}-\\d+}/withdraw")
    ModelAndView withdraw(
            Reader reader, @PathVariable AppealId id, @RequestParam MultiValueMap<String, String> values) {
        return verb(reader, id, values, form -> desk.withdraw(reader, id, version(form)));
    }

    private ModelAndView verb(Reader reader, AppealId id, MultiValueMap<String, String> values, Consumer<Form> work) {
        var form = Form.of(values);
        return FormAnswer.of(
                () -> {
                    work.accept(form);
                    return "/rates/appeals/" + id + "?done=1";
                },
                errors -> page(reader, id, form, errors, null),
                stale -> page(reader, id, form, FormErrors.NONE, stale));
    }

    private static int version(Form form) {
        var text = form.get("version");
        if (!text.matches("\\d{1,9}")) {
            throw Refusal.of("这张表不完整，请重新打开再填。");
        }
        return Integer.parseInt(text);
    }

    /** What the reader can do now, with what stands against it. */
    record Doing(
            boolean decides, List<String> against, @Nullable Side second, boolean withdraws) {}

    private ModelAndView page(Reader reader, AppealId id, Form form, FormErrors errors, @Nullable Stale stale) {
        var appeal = appeals.find(id).filter(a -> a.mayRead(reader)).orElseThrow(() -> new Missing("没有这件申诉，或它不归您看。"));
        var page = new ModelAndView("workorder/rates/appeal");
        page.addObject("appeal", appeal);
        page.addObject("steps", appeals.steps(id));
        page.addObject("files", attachments.list(id.district(), AppealDesk.OWNER_KIND, id.toString()));
        page.addObject("doing", doing(reader, appeal));
        page.addObject("form", form);
        page.addObject("errors", errors);
        page.addObject("stale", stale);
        page.addObject("own", appeal.on(Side.REPORTER, reader));
        return page;
    }

    private Doing doing(Reader reader, Appeal appeal) {
        var office = appeal.office();
        var decides = office != null && reader.scope(office).covers(appeal.community());
        var against = decides
                ? AppealRule.deciding(reader, appeal, appeals.touched(appeal.order(), reader.account())).stream()
                        .map(Refusal.Reason::words)
                        .toList()
                : List.<String>of();
        return new Doing(
                decides,
                against,
                AppealRule.second(reader, appeal, clock.instant()),
                appeal.state() == AppealState.FILED && appeal.on(appeal.side(), reader));
    }
}
