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
import org.springframework.stereotype.Component;

/**
 * 党小组管的楼栋: one building of one group, found again by group, building and first day. The rule is that of the page: a building
 * of the group's own estate, and one group at a time.
 */
@Component
class GroupBuildingSheet implements Sheet {

    @Override
    public String key() {
        return "group-buildings";
    }

    @Override
    public String title() {
        return "党小组管的楼栋";
    }

    @Override
    public String about() {
        return "一行是一个楼栋党小组管的一栋楼，按党小组、楼栋、开始日期认。先导入组织和楼栋。";
    }

    @Override
    public int order() {
        return 72;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.code("code", "组织编号", BodySheet.CODE)
                        .must()
                        .example("DZ-0003")
                        .hint("楼栋党小组的编号，先导入组织。"),
                Column.text("building", "楼栋名称", 20).must().example("3幢").hint("和“楼栋”表里写的一样。"),
                Column.day("since", "开始日期").must().example("2020-07-01"),
                Column.day("until", "最后一天").example("2025-12-31").hint("还在管就不填。"));
    }

    @Override
    public Scope scope(Reader reader) {
        return reader.scope(Office.ORGANISATION, Office.COMMUNITY);
    }

    @Override
    public AreaOf area() {
        return new AreaOf("s.area", "code");
    }

    @Override
    public List<String> resolve() {
        return Statements.all(
                List.of("""
                alter table stage add body_id bigint, add area text, add building_id bigint, add row_id bigint, add during daterange, add change_id bigint, add end_id bigint
                """),
                Statements.found("body", "code", "body_id"),
                List.of(
                        "update stage s set area = b.area from body b where b.id = s.body_id",
                        """
                update stage s set building_id = u.id from body b join building u on u.estate = b.estate
                where b.id = s.body_id and b.party_kind = 'building_group' and u.name = s.building
                """,
                        "update stage s set during = daterange(s.since, s.until + 1) where s.until is null or s.until >= s.since",
                        """
                update stage s set row_id = m.id from body_building m
                where m.body = s.body_id and m.building = s.building_id and lower(m.during) = s.since
                """));
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("code", "没有编号是 {code} 的楼栋党小组。请先导入组织，或核对编号。", """
                        not exists (select from body b where b.id = s.body_id and b.party_kind = 'building_group')
                        """),
                new Check("building", "党小组的小区没有“{building}”这栋楼。请先导入楼栋，或核对名称。", """
                        s.building_id is null and exists (select from body b where b.id = s.body_id and b.party_kind = 'building_group')
                        """),
                new Check("until", "最后一天比开始日期还早。请改一改。", "s.until < s.since"),
                new Check("since", "那一天党小组还没有成立，或已经撤销。请核对。", """
                        exists (select from body b where b.id = s.body_id
                                  and (b.since > s.since or b.until is not null and (s.until is null or b.until <= s.until)))
                        """),
                new Check("building", "这栋楼那时归别的党小组，或这个党小组的另一段日子和它重了。请先改那一条。", """
                        exists (select from body_building m join body b on b.id = m.body
                                where m.building = s.building_id and m.during * daterange(b.since, b.until) && s.during
                                  and m.id is distinct from s.row_id and not exists (select from stage o where o.row_id = m.id))
                        """),
                new Check("building", "和表里这栋楼的另一行日期重了。请改一改。", """
                        exists (select from stage o where o.building_id = s.building_id and o.line < s.line and o.during && s.during)
                        """));
    }

    @Override
    public Identity identity() {
        return new Identity(
                "s.body_id, s.building_id, s.since, case when s.building_id is null then s.line end", "building");
    }

    @Override
    public List<Part> parts() {
        return List.of(
                Part.of(
                        "body_building",
                        "row_id",
                        Field.of("body", "s.body_id"),
                        Field.of("building", "s.building_id"),
                        Field.of("during", "s.during", "until")),
                BodyParts.buildings(),
                BodyParts.buildingsLeft());
    }

    @Override
    public String export() {
        return """
                select coalesce(b.code, '#' || b.id), u.name, lower(m.during), upper(m.during) - 1
                from body_building m join body b on b.id = m.body join building u on u.id = m.building
                where (b.until is null or b.until > :today) and u.estate = b.estate and exists (select from unnest(cast(:areas as text[])) a where starts_with(b.area, a))
                order by b.area, b.id, u.position, u.name, lower(m.during)
                """;
    }
}
