package org.hemei.registry.estate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was changed about an estate, each with what it was. */
@Component
class EstateChanges {

    static final int MOST = 100;

    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("code", "小区编号"),
            Map.entry("name", "小区名"),
            Map.entry("alias", "别名"),
            Map.entry("kinds", "类型"),
            Map.entry("households", "户数"),
            Map.entry("buildings", "幢数"),
            Map.entry("built_year", "建成年份"),
            Map.entry("floor_area", "建筑面积"),
            Map.entry("phone", "服务电话"));

    /** Of a building or a dwelling. */
    private static final Map<String, String> PARTS = Map.of(
            "name",
            "名称",
            "entrances",
            "单元数",
            "floors",
            "层数",
            "position",
            "先后",
            "entrance",
            "单元",
            "floor",
            "楼层",
            "area",
            "面积");

    private final JdbcClient jdbc;
    private final JsonMapper json;

    EstateChanges(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The latest first. */
    List<Estates.Change> of(long estate) {
        return jdbc.sql("""
                        select h.verb, h.reason, p.masked_name as who, h.at, h.batch, cast(h.detail ->> 'day' as date) as day,
                               f.name as before, t.name as after, h.detail::text as detail
                        from estate_change h
                                 left join area f on h.verb = 'moved' and f.code = h.detail -> 'community' ->> 0
                                 left join area t on h.verb = 'moved' and t.code = h.detail -> 'community' ->> 1
                                 left join account a on a.id = h.account left join person p on p.id = a.person
                        where h.estate = ? order by h.id desc limit ?
                        """).params(estate, MOST).query(this::row).list();
    }

    private Estates.Change row(ResultSet r, int n) throws SQLException {
        return new Estates.Change(
                r.getString("verb"),
                r.getString("reason"),
                r.getString("who"),
                r.getTimestamp("at").toInstant(),
                r.getObject("batch", Long.class),
                moved(r.getString("before"), r.getString("after"), r.getObject("day", LocalDate.class)),
                what(r.getString("verb"), json.readTree(r.getString("detail"))));
    }

    /** From which community to which, and from which day. */
    private static @Nullable String moved(@Nullable String before, @Nullable String after, @Nullable LocalDate day) {
        return before == null || after == null
                ? null
                : (day == null ? "" : CivilTime.day(day) + "起") + "从" + Areas.plain(before) + "换到" + Areas.plain(after);
    }

    private static List<String> what(String verb, JsonNode detail) {
        return switch (verb) {
            case "edited" -> differs(FIELDS, detail);
            case "facilities" -> facilities(detail.path("facilities"), detail.path("notes"));
            case "buildings" -> parts(detail);
            case "struck_off" -> List.of(gone(detail) + "起没有这个小区，" + why(detail));
            case "restored" -> List.of("原来" + gone(detail) + "起注销，" + why(detail) + "；恢复后那几天也算在册");
            default -> List.of();
        };
    }

    private static String gone(JsonNode detail) {
        return CivilTime.day(LocalDate.parse(detail.path("day").asString()));
    }

    private static String why(JsonNode detail) {
        return EstateEnd.Why.of(detail.path("why").asString(""))
                .map(EstateEnd.Why::words)
                .orElse("");
    }

    private static List<String> facilities(JsonNode kinds, JsonNode notes) {
        var what = new ArrayList<String>();
        kinds.properties()
                .forEach(kind ->
                        what.add(kind.getKey() + "从 " + kind.getValue().path(0).asInt() + " 改成 "
                                + kind.getValue().path(1).asInt()));
        notes.properties()
                .forEach(kind ->
                        what.add(kind.getKey() + "的备注从“" + noted(kind.getValue().path(0)) + "”改成“"
                                + noted(kind.getValue().path(1)) + "”"));
        return what;
    }

    private static String noted(JsonNode note) {
        return note.asString("").isEmpty() ? "没填" : note.asString("");
    }

    /** Older lines know the building by its number alone and say no more than that something was changed. */
    private static List<String> parts(JsonNode detail) {
        if (detail.path("did").asString("").equals("imported")) {
            return imported(detail);
        }
        var name = detail.path("name").asString("");
        if (name.isEmpty()) {
            return List.of();
        }
        var what = new ArrayList<String>();
        what.add(
                switch (detail.path("did").asString("")) {
                    case "added" -> "加了" + name;
                    case "generated" -> name + "生成 " + detail.path("units").asInt() + " 户";
                    case "removed" -> "删了" + name + "和 " + detail.path("units").asInt() + " 户";
                    case "unit_added" -> "加了" + name;
                    case "unit_removed" -> "删了" + name;
                    default -> "改了" + name;
                });
        what.addAll(differs(PARTS, detail.path("changes")));
        return what;
    }

    /** By a file: how many are new, and what the others were. */
    private static List<String> imported(JsonNode detail) {
        var unit = detail.path("what").asString("").equals("unit") ? " 户" : " 幢楼";
        var added = detail.path("added").asInt();
        var edited = detail.path("edited").asInt();
        var what = new ArrayList<String>();
        if (added > 0) {
            what.add("加了 " + added + unit);
        }
        var told = detail.path("parts");
        told.forEach(one -> {
            var basis = one.path("basis").asString("");
            what.add("改了" + one.path("name").asString("") + "："
                    + String.join("，", differs(PARTS, one.path("changes")))
                    + (basis.isEmpty() ? "" : "（" + basis + "）"));
        });
        if (edited > told.size()) {
            what.add("还改了 " + (edited - told.size()) + unit);
        }
        return what;
    }

    private static List<String> differs(Map<String, String> words, JsonNode changes) {
        return changes.properties().stream()
                .filter(change -> words.containsKey(change.getKey())
                        && change.getValue().isArray()
                        && change.getValue().size() == 2)
                .map(change -> words.get(change.getKey()) + "从“"
                        + said(change.getKey(), change.getValue().get(0)) + "”改成“"
                        + said(change.getKey(), change.getValue().get(1)) + "”")
                .sorted()
                .toList();
    }

    private static String said(String field, JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(JsonNode::asString).collect(Collectors.joining("、"));
        }
        var text = value.isNull() ? "null" : value.asString();
        if (text.equals("null")) {
            return "没填";
        }
        return field.endsWith("area") && text.matches("\\d{1,18}")
                ? java.math.BigDecimal.valueOf(Long.parseLong(text), 4)
                                .stripTrailingZeros()
                                .toPlainString() + " 平米"
                : text;
    }
}
