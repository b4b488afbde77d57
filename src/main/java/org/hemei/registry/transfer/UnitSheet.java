package org.hemei.registry.transfer;

import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.platform.transfer.Check;
import org.hemei.platform.transfer.Column;
import org.hemei.platform.transfer.Part;
import org.hemei.platform.transfer.Part.Field;
import org.hemei.platform.transfer.Sheet;
import org.hemei.registry.Office;
import org.hemei.registry.estate.Buildings;
import org.springframework.stereotype.Component;

/** 房屋, one dwelling each, found again by building and name. */
@Component
class UnitSheet implements Sheet {

    @Override
    public String key() {
        return "units";
    }

    @Override
    public String title() {
        return "房屋";
    }

    @Override
    public String about() {
        return "一行是一套房，按楼栋和房屋名称认。";
    }

    @Override
    public int order() {
        return 40;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                EstateColumns.code(),
                EstateColumns.community(),
                EstateColumns.name(),
                Column.text("building", "楼栋名称", 20).must().example("3幢"),
                Column.whole("entrance", "单元", 1, Buildings.MOST_ENTRANCES)
                        .must()
                        .example("2")
                        .hint("只填数字。没有单元的填 1。"),
                Column.text("name", "房屋名称", 20).must().example("2单元501").hint("在这栋楼里只有一个。"),
                Column.whole("floor", "楼层", Buildings.DEEPEST, Buildings.MOST_FLOORS)
                        .must()
                        .example("5"),
                Column.decimal("size", "面积（㎡）", 10_000, 100_000)
                        .must()
                        .example("89.50")
                        .hint("数字，不带单位。"),
                Column.text("basis", "改面积的依据", 100).hint("表里的面积和登记的不一样时要填，例如“实测报告”“登记更正”，不写证号和姓名。小区投票按面积算。"));
    }

    @Override
    public Scope scope(Reader reader) {
        return reader.scope(Office.HOUSING, Office.STREET, Office.COMMUNITY);
    }

    @Override
    public AreaOf area() {
        return new AreaOf("s.area", "estate_name");
    }

    @Override
    public List<String> resolve() {
        return Statements.all(
                EstateColumns.resolve(),
                List.of(
                        "alter table stage add building_id bigint, add unit_id bigint",
                        """
                        update stage s set building_id = b.id from building b where b.estate = s.estate_id and b.name = s.building
                        """,
                        "update stage s set unit_id = u.id from unit u where u.building = s.building_id and u.name = s.name"),
                EstateHistory.resolve("unit", "unit_id"));
    }

    @Override
    public List<Check> checks() {
        return Statements.and(
                EstateColumns.checks(),
                EstateColumns.THERE,
                new Check(
                        "building",
                        "这个小区没有“{building}”。请先导入楼栋，或核对名称。",
                        "s.estate_id is not null and s.building_id is null"),
                new Check(
                        "entrance",
                        "这栋楼没有 {entrance} 单元。请核对，或先改楼栋的单元数。",
                        "exists (select from building b where b.id = s.building_id and s.entrance > b.entrances)"),
                // by the area votes are counted (民法典第二百七十八条)
                new Check(
                        "basis",
                        "面积和登记的不一样，改面积要写凭什么。请填“改面积的依据”，表里没有这一列就加上。",
                        "s.basis is null and exists (select from unit u where u.id = s.unit_id and u.area <> s.size)"));
    }

    @Override
    public Identity identity() {
        return new Identity("s.building_id, s.name, case when s.building_id is null then s.line end", "name");
    }

    @Override
    public List<Part> parts() {
        var unit = Part.of(
                "unit",
                "unit_id",
                Field.of("building", "s.building_id"),
                Field.of("estate", "s.estate_id"),
                Field.same("entrance"),
                Field.of("name", "s.name"),
                Field.same("floor"),
                Field.of("area", "s.size", "size"));
        return List.of(
                unit,
                EstateHistory.line(
                        "unit",
                        "unit_id",
                        "o.building || o.name",
                        "unit",
                        List.of("entrance", "floor", "area"),
                        "o.basis"));
    }

    @Override
    public String export() {
        return """
                select e.code, e.community, e.name, b.name, u.entrance, u.name, u.floor, u.area, null
                from unit u join building b on b.id = u.building join estate e on e.id = u.estate
                where e.until is null and %s order by e.community, e.name, b.position, b.name, u.entrance, u.floor, u.name
                """.formatted(EstateColumns.IN_AREAS);
    }
}
