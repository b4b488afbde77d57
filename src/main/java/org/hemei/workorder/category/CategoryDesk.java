package org.hemei.workorder.category;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.workorder.Urgency;
import org.hemei.workorder.category.CategoryQueries.Category;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the tree of categories. Nothing is ever deleted: orders, rules and figures name it. A category that is no longer offered
 * takes no new order; those it has go on. A change of urgency counts for orders filed from then on.
 */
@Service
class CategoryDesk {

    /**
     * What a category says of itself.
     *
     * @param icon the picture of a branch; a leaf has its branch's
     * @param words what people say when they mean it, at least one
     * @param position the place among its siblings, 1 first
     */
    record Said(String name, String icon, List<String> words, Urgency urgency, int position, String basis) {

        private Said with(Urgency other) {
            return new Said(name, icon, words, other, position, basis);
        }
    }

    private final JdbcClient jdbc;
    private final CategoryQueries categories;
    private final Audit audit;
    private final JsonMapper json;
    private final InstantSource clock;

    CategoryDesk(JdbcClient jdbc, CategoryQueries categories, Audit audit, JsonMapper json, InstantSource clock) {
        this.jdbc = jdbc;
        this.categories = categories;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Adds a leaf, or a branch where no parent is named.
     *
     * @return its code, which stays the same whatever it is called later
     */
    @Transactional
    public String add(Reader reader, @Nullable String parent, Said said) {
        lock();
        var branch = parent == null ? null : offered(parent);
        free(parent, said.name, "");
        var code = next(parent);
        jdbc.sql("""
                insert into category (code, parent, name, icon, words, urgency, position, basis)
                values (:code, :parent, :name, :icon, :words, :urgency, :position, :basis)
                """)
                .param("code", code)
                .param("parent", parent)
                .param("icon", branch == null ? said.icon : branch.icon())
                .params(fields(said))
                .update();
        wrote(reader, code, "added", Map.of("name", List.of("", said.name)), said.basis);
        return code;
    }

    @Transactional
    public void edit(Reader reader, String code, int version, Said given) {
        lock();
        var was = known(code, version);
        var said = was.branch() ? given.with(was.urgency()) : given;
        free(was.parent(), said.name, code);
        var icon = was.branch() ? said.icon : was.icon();
        var changed = new LinkedHashMap<String, List<String>>();
        told(changed, "name", was.name(), said.name);
        told(changed, "icon", was.icon(), icon);
        told(changed, "words", String.join("、", was.words()), String.join("、", said.words));
        told(changed, "urgency", was.urgency().words(), said.urgency.words());
        told(changed, "position", String.valueOf(was.position()), String.valueOf(said.position));
        told(changed, "basis", was.basis(), said.basis);
        if (changed.isEmpty()) {
            throw Refusal.of("和原来的一样，没有要改的。");
        }
        jdbc.sql("""
                update category set name = :name, icon = :icon, words = :words, urgency = :urgency, position = :position,
                                    basis = :basis, version = version + 1
                where code = :code
                """)
                .param("code", code)
                .param("icon", icon)
                .params(fields(said))
                .update();
        if (was.branch() && changed.containsKey("icon")) {
            jdbc.sql("update category set icon = ? where parent = ?")
                    .params(icon, code)
                    .update();
        }
        wrote(reader, code, "edited", changed, said.basis);
    }

    /** No longer offered; a branch goes with its leaves. */
    @Transactional
    public void stop(Reader reader, String code, int version, String reason) {
        lock();
        var was = known(code, version);
        if (!was.active()) {
            throw Refusal.of("它已经停用了。");
        }
        var left = jdbc.sql("""
                select exists (select from category where active and parent is not null and code <> :code and parent <> :code)
                """).param("code", code).query(Boolean.class).single();
        if (!left) {
            throw Refusal.of("这是最后一类了，停了就没法点单。请先加别的。");
        }
        var stopped = jdbc.sql("""
                update category set active = false, version = version + 1 where active and (code = :code or parent = :code)
                returning code
                """).param("code", code).query(String.class).list();
        stopped.forEach(one -> wrote(reader, one, "stopped", Map.of(), reason));
    }

    @Transactional
    public void restore(Reader reader, String code, int version, String reason) {
        lock();
        var was = known(code, version);
        if (was.active()) {
            throw Refusal.of("它没有停用。");
        }
        if (was.parent() != null && !known(was.parent()).active()) {
            throw Refusal.of("它的大类停用了。请先启用大类。");
        }
        jdbc.sql("update category set active = true, version = version + 1 where code = ?")
                .param(code)
                .update();
        wrote(reader, code, "restored", Map.of(), reason);
    }

    /** Rules between siblings hold only if nobody else changes the tree at the same time. It is changed a few times a year. */
    private void lock() {
        jdbc.sql("lock table category in share row exclusive mode").update();
    }

    private Category known(String code) {
        return categories.find(code).orElseThrow(() -> new Missing("没有这一类。"));
    }

    private Category known(String code, int version) {
        var category = known(code);
        if (category.version() != version) {
            throw Refusal.of("这一类刚被别人改过，改了什么在下面的经过里。看过再交。");
        }
        return category;
    }

    private Category offered(String branch) {
        return categories
                .find(branch)
                .filter(one -> one.branch() && one.active())
                .orElseThrow(() -> Refusal.of("parent", "没有这个大类，或它已经停用了。请另选。"));
    }

    private void free(@Nullable String parent, String name, String self) {
        var taken = jdbc.sql("""
                select exists (select from category where coalesce(parent, '') = :parent and name = :name and code <> :self)
                """)
                .param("parent", parent == null ? "" : parent)
                .param("name", name)
                .param("self", self)
                .query(Boolean.class)
                .single();
        if (taken) {
            throw Refusal.of("name", "已经有“" + name + "”了，停用的也算。请换个名字，或把停用的启用。");
        }
    }

    /** Codes of the city's own begin with c; those that come with the application never do after the dot. */
    private String next(@Nullable String parent) {
        var prefix = parent == null ? "c" : parent + ".c";
        var most = jdbc.sql("""
                select coalesce(max(cast(substr(code, length(:prefix) + 1) as int)), 0) from category
                where code ~ ('^' || replace(:prefix, '.', '\\.') || '[0-9]{1,6}$')
                """).param("prefix", prefix).query(Integer.class).single();
        return prefix + (most + 1);
    }

    private static Map<String, ?> fields(Said said) {
        return Map.of(
                "name", said.name,
                "words", said.words.toArray(String[]::new),
                "urgency", said.urgency.code(),
                "position", said.position,
                "basis", said.basis);
    }

    private static void told(Map<String, List<String>> changed, String field, String before, String after) {
        if (!before.equals(after)) {
            changed.put(field, List.of(before, after));
        }
    }

    private void wrote(Reader reader, String code, String verb, Map<String, List<String>> detail, String reason) {
        jdbc.sql("""
                insert into category_change (category, verb, detail, reason, account, at)
                values (?, ?, cast(? as jsonb), ?, ?, ?)
                """)
                .params(
                        code,
                        verb,
                        json.writeValueAsString(detail),
                        reason,
                        reader.account(),
                        Timestamp.from(clock.instant()))
                .update();
        audit.record(
                reader,
                0,
                "category." + verb,
                "category",
                code,
                null,
                Map.of("fields", new ArrayList<>(detail.keySet())));
    }
}
