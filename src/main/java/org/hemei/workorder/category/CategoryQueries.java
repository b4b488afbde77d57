package org.hemei.workorder.category;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Urgency;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The tree of categories with those no longer offered, and what was changed about one. */
@Component
class CategoryQueries {

    /** @param open orders of the whole city about it that are not ended, where they were counted; a branch has none of its own */
    record Category(
            String code,
            @Nullable String parent,
            String name,
            String icon,
            List<String> words,
            Urgency urgency,
            int position,
            boolean active,
            String basis,
            int version,
            int open) {

        boolean branch() {
            return parent == null;
        }
    }

    /** A branch and its leaves, both as they are shown: those offered first. */
    record Branch(Category self, List<Category> leaves) {}

    record Picture(String icon, String name) {}

    /** @param detail by name of the field: before and after */
    record Change(String verb, Map<String, List<String>> detail, String reason, String who, Instant at) {

        private static final Map<String, String> FIELDS =
                Map.of("name", "名字", "icon", "图", "words", "居民会怎么说", "urgency", "缓急", "position", "排第几", "basis", "依据");

        /** 名字：旧 → 新, a line for each field that changed. */
        List<String> lines() {
            return detail.entrySet().stream()
                    .filter(one -> !one.getKey().equals("icon"))
                    .map(one -> FIELDS.get(one.getKey()) + "："
                            + (one.getValue().getFirst().isEmpty()
                                    ? ""
                                    : one.getValue().getFirst() + " → ")
                            + one.getValue().getLast())
                    .toList();
        }

        String words() {
            return switch (verb) {
                case "added" -> "新加";
                case "stopped" -> "停用";
                case "restored" -> "重新启用";
                default -> "修改";
            };
        }
    }

    private static final String ALL = """
            select c.code, c.parent, c.name, c.icon, c.words, c.urgency, c.position, c.active, c.basis, c.version,
                   %s as open
            from category c
            """;

    private static final String UNCOUNTED = ALL.formatted("0");

    private static final String COUNTED = ALL.formatted("coalesce(n.open, 0)")
            + "left join (select category, count(*)::int as open from work_order where state in (" + OrderState.OPEN_SQL
            + ") group by 1) n on n.category = c.code\n";

    private static final TypeReference<Map<String, List<String>>> DETAIL = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    CategoryQueries(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** @param counted with how many orders are open, which looks at all of the city's */
    List<Branch> tree(boolean counted) {
        var leaves = new LinkedHashMap<String, List<Category>>();
        var branches = new ArrayList<Category>();
        for (var one : jdbc.sql((counted ? COUNTED : UNCOUNTED) + "order by not c.active, c.position, c.code")
                .query(CategoryQueries::category)
                .list()) {
            if (one.parent == null) {
                branches.add(one);
            } else {
                leaves.computeIfAbsent(one.parent, code -> new ArrayList<>()).add(one);
            }
        }
        return branches.stream()
                .map(branch -> new Branch(branch, leaves.getOrDefault(branch.code, List.of())))
                .toList();
    }

    Optional<Category> find(String code) {
        return jdbc.sql(UNCOUNTED + "where c.code = ?")
                .param(code)
                .query(CategoryQueries::category)
                .optional();
    }

    /** The pictures that the application can draw for a branch: those the tree knows, each with what it stands for there. */
    List<Picture> pictures() {
        return jdbc.sql("select distinct on (icon) icon, name from category order by icon, (parent is null) desc, code")
                .query(Picture.class)
                .list();
    }

    List<Change> changes(String code) {
        return jdbc.sql("""
                select h.verb, h.detail, h.reason, h.at, p.masked_name from category_change h
                         join account a on a.id = h.account left join person p on p.id = a.person
                where h.category = ? order by h.id desc limit 100
                """)
                .param(code)
                .query((r, n) -> new Change(
                        r.getString("verb"),
                        json.readValue(r.getString("detail"), DETAIL),
                        r.getString("reason"),
                        java.util.Objects.requireNonNullElse(r.getString("masked_name"), "管理员"),
                        r.getTimestamp("at").toInstant()))
                .list();
    }

    private static Category category(ResultSet r, int n) throws SQLException {
        return new Category(
                r.getString("code"),
                r.getString("parent"),
                r.getString("name"),
                r.getString("icon"),
                List.of((String[]) r.getArray("words").getArray()),
                Urgency.of(r.getString("urgency")),
                r.getInt("position"),
                r.getBoolean("active"),
                r.getString("basis"),
                r.getInt("version"),
                r.getInt("open"));
    }
}
