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

/** 楼栋, found again by estate and name. */
@Component
class BuildingSheet implements Sheet {

    @Override
    public String key() {
        return "buildings";
    }

    @Override
    public String title() {
        return "楼栋";
    }

    @Override
    public String about() {
        return "一行是一栋楼，按小区和楼栋名称认。";
    }

    @Override
    public int order() {
        return 30;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                EstateColumns.code(),
                EstateColumns.community(),
                EstateColumns.name(),
                Column.text("name", "楼栋名称", 20).must().example("3幢"),
                Column.whole("entrances", "单元数", 1, Buildings.MOST_ENTRANCES)
                        .example("2")
                        .hint("不填算 1 个。"),
                Column.whole("floors", "层数", 1, Buildings.MOST_FLOORS)
                        .must()
                        .example("18")
                        .hint("地上层数。"),
                Column.whole("position", "排第几", 1, 9_999).example("3").hint("列表里的先后。不填按名称里的数字排。"));
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
                List.of("alter table stage add building_id bigint", """
                        update stage s set building_id = b.id from building b where b.estate = s.estate_id and b.name = s.name
                        """),
                EstateHistory.resolve("building", "building_id"));
    }

    @Override
    public List<Check> checks() {
        return Statements.and(EstateColumns.checks(), EstateColumns.THERE);
    }

    @Override
    public Identity identity() {
        return new Identity("s.estate_id, s.name, case when s.estate_id is null then s.line end", "name");
    }

    @Override
    public List<Part> parts() {
        var building = Part.of(
                "building",
                "building_id",
                Field.of("estate", "s.estate_id"),
                Field.of("name", "s.name"),
                Field.of("entrances", "coalesce(s.entrances, 1)", "entrances"),
                Field.same("floors"),
                // the number in the name, where it has one
                Field.of("position", "coalesce(s.position, substring(s.name from '[0-9]{1,4}')::int, 1)", "position")
                        .differing("s.position <> t.position"));
        return List.of(
                building,
                EstateHistory.line(
                        "building",
                        "building_id",
                        "o.name",
                        "building",
                        List.of("entrances", "floors", "position"),
                        "null::text"));
    }

    @Override
    public String export() {
        return """
                select e.code, e.community, e.name, b.name, b.entrances, b.floors, b.position
                from building b join estate e on e.id = b.estate where e.until is null and %s order by e.community, e.name, b.position, b.name
                """.formatted(EstateColumns.IN_AREAS);
    }
}
