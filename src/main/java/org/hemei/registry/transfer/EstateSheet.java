package org.hemei.registry.transfer;

import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.platform.transfer.Check;
import org.hemei.platform.transfer.Column;
import org.hemei.platform.transfer.Part;
import org.hemei.platform.transfer.Part.Field;
import org.hemei.platform.transfer.Sheet;
import org.hemei.registry.EstateKinds;
import org.hemei.registry.Office;
import org.springframework.stereotype.Component;

/** 小区. Found again by its code, else by community and name. A move to another community is no business of a file. */
@Component
class EstateSheet implements Sheet {

    private static final List<String> KINDS = EstateKinds.ALL;

    @Override
    public String key() {
        return "estates";
    }

    @Override
    public String title() {
        return "小区";
    }

    @Override
    public String about() {
        return "一行是一个小区，按小区编号认；没有编号，按社区代码和名称认。";
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.code("code", "小区编号", "[0-9A-Za-z_.-]{1,40}")
                        .example("HF-0001")
                        .hint("您自己系统里的编号，字母、数字、点和横线。有编号，以后改了名字也认得。"),
                EstateColumns.community().must(),
                Column.text("name", "小区名称", 40).must().example("和美花园"),
                Column.text("alias", "别名", 40).example("和美一期").hint("大家平时的叫法。"),
                Column.choices("kinds", "类型", KINDS).must().example("商品房、老旧").hint("可以几种，用顿号隔开。"),
                Column.whole("households", "户数", 1, 100_000).must().example("860"),
                Column.whole("buildings", "楼栋数", 1, 1_000).must().example("12"),
                Column.whole("built_year", "建成年份", 1949, 2100).example("2008"),
                Column.decimal("floor_area", "建筑面积（㎡）", 10_000, 20_000_000)
                        .example("98500.50")
                        .hint("数字，不带单位。"),
                Column.text("phone", "服务电话", 40).example("0551-65550000").hint("小区对外公开的电话，不要填个人手机号。"),
                Column.day("until", "注销日期").hint("导出时才有。注销、恢复请到小区页办理。"));
    }

    @Override
    public Scope scope(Reader reader) {
        return reader.scope(Office.HOUSING);
    }

    @Override
    public AreaOf area() {
        return new AreaOf("s.community", "community");
    }

    @Override
    public List<String> resolve() {
        return List.of(
                "alter table stage add estate_id bigint, add change_id bigint, add known boolean, add was jsonb",
                "update stage s set known = true from area a where a.code = s.community and a.level = 'community'",
                "update stage s set estate_id = e.id from estate e where e.code = s.code",
                """
                update stage s set estate_id = e.id from estate e
                where s.estate_id is null and e.community = s.community and e.name = s.name and e.until is null
                """,
                // one that was struck off left its name free: with a code of its own the line is another one
                """
                update stage s set estate_id = e.id from estate e
                where s.estate_id is null and s.code is null and e.community = s.community and e.name = s.name
                """,
                "update stage s set was = to_jsonb(e) from estate e where e.id = s.estate_id");
    }

    /** The estate is written before its history: what it was is known from the file's stage. Field by field, only what differs. */
    private static final String DETAIL = """
            case s.p0 when 'c' then '{}' else (
                select coalesce(jsonb_object_agg(w.key, jsonb_build_array(w.value, n.value)), '{}')
                from estate e, jsonb_each(s.was) w, jsonb_each(to_jsonb(e)) n
                where e.id = s.estate_id and n.key = w.key and w.value is distinct from n.value
                  and w.key in ('code', 'name', 'alias', 'kinds', 'households', 'buildings', 'built_year', 'floor_area', 'phone')) end
            """;

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("until", "这个小区在册。注销请到小区页办理，那里会告诉您还有什么没了结。", """
                        s.until is not null and exists (select from estate e where e.id = s.estate_id and e.until is null)
                        """),
                new Check("until", "注销了的小区不能导入。请删掉这一行。", "s.until is not null and s.estate_id is null"),
                new Check("name", "这个小区已经注销，资料不能再改。请删掉这一行；注销错了，先到小区页恢复；同名新建的，请填新的小区编号。", """
                        exists (select from estate e where e.id = s.estate_id and e.until is not null
                                  and ((e.until, e.name, e.alias, e.households, e.buildings, e.built_year, e.floor_area, e.phone)
                                       is distinct from (s.until, s.name, coalesce(s.alias, e.alias), s.households, s.buildings,
                                                         coalesce(s.built_year, e.built_year), coalesce(s.floor_area, e.floor_area),
                                                         coalesce(s.phone, e.phone))
                                       or not (e.kinds @> s.kinds and e.kinds <@ s.kinds)))
                        """),
                new Check("community", "没有代码是 {community} 的社区。请核对，或先导入区划。", "s.known is null"),
                Statements.PHONE,
                new Check("built_year", "最多填到五年以后。请核对。", "s.built_year > extract(year from " + Sheet.TODAY + ") + 5"),
                new Check(
                        "code",
                        "这个小区已经有别的编号。请核对，或留空。",
                        "exists (select from estate e where e.id = s.estate_id and s.code is not null and e.code <> s.code)"),
                new Check(
                        "community",
                        "编号“{code}”的小区在别的社区。换社区请到小区页办理。",
                        "exists (select from estate e where e.id = s.estate_id and e.community <> s.community)"),
                new Check(
                        "name",
                        "这个社区已经有叫“{name}”的小区，编号不同。",
                        "exists (select from estate e where e.community = s.community and e.name = s.name and e.until is null and e.id <> s.estate_id)"));
    }

    @Override
    public Identity identity() {
        return new Identity("coalesce(s.estate_id::text, s.code, s.community || s.name)", "name");
    }

    /** What was struck off is what it was: checks tell of what the file says otherwise, and an empty cell says nothing. */
    private static Field there(String column, String differs) {
        return Field.same(column).differing("t.until is null and " + differs);
    }

    private static Field there(String column) {
        return there(column, "t.%1$s is distinct from s.%1$s".formatted(column));
    }

    @Override
    public List<Part> parts() {
        return List.of(
                Part.of(
                                "estate",
                                "estate_id",
                                there("code", "t.code is distinct from coalesce(s.code, t.code)")
                                        .keeping(),
                                there("name"),
                                there("alias"),
                                Field.of("district", "left(s.community, 6)::int"),
                                Field.of("street", "left(s.community, 9)"),
                                Field.of("community", "s.community"),
                                there("kinds", "not (t.kinds @> s.kinds and t.kinds <@ s.kinds)"),
                                there("households"),
                                there("buildings"),
                                there("built_year"),
                                there("floor_area"),
                                there("phone"))
                        .counted(),
                Part.of(
                                "estate_change",
                                "change_id",
                                Field.of("estate", "s.estate_id"),
                                Field.of("verb", "case s.p0 when 'c' then 'created' else 'edited' end"),
                                Field.of("detail", DETAIL),
                                Field.of("reason", "'导入'::text"),
                                Field.of("account", Sheet.AUTHOR),
                                Field.of("at", Sheet.NOW))
                        .when("s.p0 in ('c', 'u')")
                        .trail(
                                Field.of("verb", "'taken_back'"),
                                Field.of("detail", "'{}'::jsonb"),
                                Field.of("reason", "'撤销导入'"),
                                Field.of("account", ":account"),
                                Field.of("at", Sheet.NOW)));
    }

    @Override
    public String export() {
        return """
                select e.code, e.community, e.name, e.alias, e.kinds, e.households, e.buildings, e.built_year, e.floor_area, e.phone, e.until
                from estate e where %s order by e.community, e.name
                """.formatted(EstateColumns.IN_AREAS);
    }
}
