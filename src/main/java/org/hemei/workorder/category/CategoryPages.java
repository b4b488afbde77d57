package org.hemei.workorder.category;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.Form;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.workorder.Urgency;
import org.hemei.workorder.category.CategoryDesk.Said;
import org.hemei.workorder.category.CategoryQueries.Category;
import org.hemei.workorder.list.OrderFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 事项分类: everybody on duty reads what orders can be about and how pressing each is; the city keeps it. */
@Controller
class CategoryPages implements NavEntry {

    private static final Role[] READERS = {
        Role.COMMUNITY, Role.MANAGER, Role.STAFF, Role.HELPER, Role.STREET, Role.DISTRICT, Role.CITY, Role.HOUSING
    };
    private static final int MOST_WORDS = 40;
    private static final int LONGEST_WORD = 12;

    private final CategoryDesk desk;
    private final CategoryQueries queries;
    private final Once once;

    CategoryPages(CategoryDesk desk, CategoryQueries queries, Once once) {
        this.desk = desk;
        this.queries = queries;
        this.once = once;
    }

    @Override
    public List<Item> items(Reader reader) {
        return reader.scope(READERS).isEmpty()
                ? List.of()
                : List.of(new Item("规则", 301, "/categories", "事项分类", "list", null));
    }

    static void admit(Reader reader) {
        Role.required(reader, READERS);
    }

    @GetMapping("/categories")
    String tree(Reader reader, Model model) {
        admit(reader);
        var keeper = reader.has(Role.CITY);
        model.addAttribute("tree", queries.tree(keeper));
        model.addAttribute("keeper", keeper);
        return "workorder/category/tree";
    }

    @GetMapping("/categories/new")
    ModelAndView addForm(Reader reader, @RequestParam Map<String, String> query) {
        Role.required(reader, Role.CITY);
        return page(null, Form.with(Map.of("parent", query.getOrDefault("parent", ""))), FormErrors.NONE);
    }

    @PostMapping("/categories/new")
    ModelAndView add(
            Reader reader,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam MultiValueMap<String, String> values) {
        Role.required(reader, Role.CITY);
        var form = Form.of(values);
        try {
            var parent = form.get("parent").isEmpty() ? null : form.words("parent", 81);
            var said = said(form, parent == null);
            once.run(reader, key, form, () -> desk.add(reader, parent, said));
            return FormAnswer.seeOther("/categories?done=added");
        } catch (Refusal refused) {
            return refused(null, form, refused);
        }
    }

    @GetMapping("/categories/{code:[a-z0-9_.]{1,81}}")
    ModelAndView editForm(Reader reader, @PathVariable String code) {
        admit(reader);
        var category = found(code);
        var values = new LinkedHashMap<String, Object>();
        values.put("name", category.name());
        values.put("icon", category.icon());
        values.put("words", String.join("、", category.words()));
        values.put("urgency", category.urgency().code());
        values.put("position", category.position());
        values.put("basis", category.basis());
        var page = page(category, Form.with(values), FormErrors.NONE);
        page.addObject("keeper", reader.has(Role.CITY));
        return page;
    }

    @PostMapping("/categories/{code:[a-z0-9_.]{1,81}}")
    ModelAndView edit(
            Reader reader,
            @PathVariable String code,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam MultiValueMap<String, String> values) {
        Role.required(reader, Role.CITY);
        return change(reader, code, key, values, "edited", (form, version) -> {
            var said = said(form, found(code).branch());
            return () -> desk.edit(reader, code, version, said);
        });
    }

    @PostMapping("/categories/{code:[a-z0-9_.]{1,81}}/stop")
    ModelAndView stop(
            Reader reader,
            @PathVariable String code,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam MultiValueMap<String, String> values) {
        Role.required(reader, Role.CITY);
        return change(reader, code, key, values, "stopped", (form, version) -> {
            var reason = reason(form);
            return () -> desk.stop(reader, code, version, reason);
        });
    }

    @PostMapping("/categories/{code:[a-z0-9_.]{1,81}}/restore")
    ModelAndView restore(
            Reader reader,
            @PathVariable String code,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam MultiValueMap<String, String> values) {
        Role.required(reader, Role.CITY);
        return change(reader, code, key, values, "restored", (form, version) -> {
            var reason = reason(form);
            return () -> desk.restore(reader, code, version, reason);
        });
    }

    /** Reads a form, says all that is wrong with it, and gives what is to be done. */
    private interface Read {
        Runnable change(Form form, int version);
    }

    private ModelAndView change(
            Reader reader, String code, String key, MultiValueMap<String, String> values, String done, Read read) {
        var category = found(code);
        var form = Form.of(values);
        try {
            var version = form.number("version", 1, Integer.MAX_VALUE);
            var change = read.change(form, version == null ? 0 : version);
            once.run(reader, key, form, () -> {
                change.run();
                return done;
            });
            return FormAnswer.seeOther("/categories?done=" + done);
        } catch (Refusal refused) {
            var page = refused(category, form, refused);
            page.addObject("keeper", true);
            return page;
        }
    }

    private static String reason(Form form) {
        var reason = form.text("reason", 200, "请写为什么，按哪个文件。");
        form.check();
        return reason;
    }

    private Said said(Form form, boolean branch) {
        var name = form.text("name", 12, "请填名字。");
        var icon = form.get("icon");
        if (branch && queries.pictures().stream().noneMatch(one -> one.icon().equals(icon))) {
            form.wrong("icon", "请选一张图。");
        }
        var urgency = OrderFilter.constant(Urgency.class, form.get("urgency"));
        if (urgency == null && !branch) {
            form.wrong("urgency", "请选缓急。");
        }
        var words = words(form);
        var position = form.needed("position", 1, 999, "请填排第几。");
        var basis = form.text("basis", 200, "请写依据，比如文件名和文号。");
        form.check();
        return new Said(name, icon, words, urgency == null ? Urgency.ORDINARY : urgency, position, basis);
    }

    /** Words apart by comma, space or line, each once, in the order given. */
    private static List<String> words(Form form) {
        var words = Arrays.stream(form.text("words", 600, "请写居民会怎么说，至少一个词。").split("[\\s、，,;；|]+"))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
        if (words.size() > MOST_WORDS) {
            form.wrong("words", "最多 " + MOST_WORDS + " 个词，现在有 " + words.size() + " 个。");
        }
        words.stream()
                .filter(word -> word.length() > LONGEST_WORD)
                .findFirst()
                .ifPresent(word -> form.wrong(
                        "words", "“" + word.substring(0, LONGEST_WORD) + "…”太长，一个词最多 " + LONGEST_WORD + " 个字。"));
        return words;
    }

    private Category found(String code) {
        return queries.find(code).orElseThrow(() -> new Missing("没有这一类。"));
    }

    private ModelAndView refused(@Nullable Category category, Form form, Refusal refused) {
        var page = page(category, form, FormErrors.of(refused));
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        return page;
    }

    private ModelAndView page(@Nullable Category category, Form form, FormErrors errors) {
        var page = new ModelAndView("workorder/category/" + (category == null ? "add" : "category"));
        page.addObject("form", form);
        page.addObject("errors", errors);
        page.addObject("pictures", queries.pictures());
        if (category == null) {
            page.addObject(
                    "branches",
                    queries.tree(false).stream()
                            .map(CategoryQueries.Branch::self)
                            .filter(Category::active)
                            .toList());
            return page;
        }
        page.addObject("category", category);
        page.addObject("changes", queries.changes(category.code()));
        return page;
    }
}
