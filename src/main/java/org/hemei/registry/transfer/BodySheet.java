package org.hemei.registry.transfer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.platform.transfer.Check;
import org.hemei.platform.transfer.Column;
import org.hemei.platform.transfer.Findings;
import org.hemei.platform.transfer.Part;
import org.hemei.platform.transfer.Part.Field;
import org.hemei.platform.transfer.Sheet;
import org.hemei.registry.BodyKind;
import org.hemei.registry.Office;
import org.hemei.registry.body.BodyPlacement;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * 组织, found again by its code. A file founds bodies, puts names right and moves bodies under other parents ({@link BodyMoves});
 * merging and dissolving are acts of their own on the body's page. Companies and their branches have sheets of their own.
 */
@Component
class BodySheet implements Sheet {

    static final String CODE = "#?[0-9A-Za-z_.-]{1,40}";

    private final JdbcClient jdbc;

    BodySheet(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String key() {
        return "bodies";
    }

    @Override
    public String title() {
        return "组织";
    }

    @Override
    public String about() {
        return "一行是一个组织：党组织、居委会、业委会、城市管理部、兜底服务队等，按组织编号认。换了上级的，填新的上级和从哪天起；党支部跟着小区换社区的，下面的党小组一起去。";
    }

    @Override
    public int order() {
        return 70;
    }

    private static List<BodyKind> kinds() {
        return Arrays.stream(BodyKind.values())
                .filter(kind -> kind != BodyKind.COMPANY && kind != BodyKind.COMPANY_BRANCH)
                .toList();
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.code("code", "组织编号", CODE).must().example("DZ-0001").hint("您自己系统里的编号。导出里 # 开头的是系统的号，照抄就行。"),
                Column.choice(
                                "kind",
                                "组织类别",
                                kinds().stream()
                                        .flatMap(kind -> Stream.of(kind.words(), kind.code()))
                                        .toArray(String[]::new))
                        .must()
                        .example("小区党支部"),
                Column.text("name", "组织名称", 60).must().example("和美花园党支部"),
                Column.text("short_name", "简称", 20).example("和美支部").hint("不填就用组织名称。"),
                Column.code("place", "所在地代码", "\\d{4}|\\d{6}|\\d{9}|\\d{12}")
                        .must()
                        .example("340104001001")
                        .hint("市、区县、街道或社区的代码；小区里的组织填小区所在的社区。"),
                EstateColumns.code().hint("只有小区里的组织要填；没有编号就填小区名称。"),
                EstateColumns.name(),
                Column.code("parent", "上级编号", CODE).example("DZ-0000").hint("上级组织的编号，可以在同一张表里。"),
                Column.day("parent_since", "上级从哪天起").example("2020-07-01").hint("换了上级就填从哪天起归新的上级。没换就照旧；新组织不填算从成立起。"),
                Column.day("since", "成立日期").must().example("2020-07-01"),
                Column.day("until", "撤销日期").example("2025-12-31").hint("以前有过、已经撤销的组织才填：从哪天起不在了。现有的组织撤销请到组织页。"));
    }

    @Override
    public Scope scope(Reader reader) {
        return reader.scope(Office.ORGANISATION);
    }

    @Override
    public AreaOf area() {
        return new AreaOf("case when s.line > 0 then s.place end", "place");
    }

    @Override
    public List<String> resolve() {
        return Statements.all(
                List.of(
                        """
                alter table stage add estate_id bigint, add body_id bigint, add parent_id bigint, add link_id bigint, add change_id bigint, add end_id bigint,
                                  add level text, add above text, add name_id bigint, add name_before text
                """,
                        "update stage s set level = a.level, above = a.parent from area a where a.code = s.place",
                        "update stage s set estate_id = e.id, level = 'estate', above = null from estate e where e.code = s.estate_code",
                        """
                update stage s set estate_id = e.id, level = 'estate', above = null from estate e
                where s.estate_code is null and e.community = s.place and e.name = s.estate_name and e.until is null
                """,
                        """
                update stage s set estate_id = e.id, level = 'estate', above = null from estate e
                where s.estate_code is null and s.estate_id is null and e.community = s.place and e.name = s.estate_name
                """,
                        "create index on stage (code)"),
                Statements.found("body", "code", "body_id"),
                Statements.found("body", "parent", "parent_id"),
                List.of(BodyParts.NAME, BodyParts.NAME_BEFORE),
                BodyMoves.resolve());
    }

    @Override
    public String along() {
        return BodyMoves.ALONG;
    }

    @Override
    public List<Check> checks() {
        var single = kinds().stream()
                .filter(BodyPlacement::single)
                .map(kind -> "'" + kind.code() + "'")
                .collect(Collectors.joining(", "));
        return Statements.and(
                BodyMoves.checks(),
                new Check("place", "没有代码是 {place} 的地方。请核对，或先导入区划。", "s.level is null"),
                new Check(
                        "estate_name",
                        "这个社区没有这个小区。请核对，或先导入小区。",
                        "coalesce(s.estate_code, s.estate_name) is not null and s.estate_id is null"),
                new Check(
                        "estate_name",
                        "小区不在所在地代码的社区里。请核对。",
                        "exists (select from estate e where e.id = s.estate_id and e.community <> s.place)"),
                new Check(
                        "estate_name",
                        "这个小区那时已经注销。只能填注销以前撤销的组织。",
                        "exists (select from estate e where e.id = s.estate_id and e.until is not null and (s.until is null or s.until > e.until))"),
                new Check("code", "没有系统号是 {code} 的组织。", "s.code like '#%' and s.body_id is null"),
                new Check(
                        "parent",
                        "没有编号是“{parent}”的组织。请先导入上级，或写进同一张表。",
                        "s.parent is not null and s.parent_id is null and not exists (select from stage o where o.code = s.parent)"),
                new Check(
                        "kind",
                        "这个编号的组织是别的类别。请核对编号。",
                        "exists (select from body b where b.id = s.body_id and coalesce(b.party_kind, b.kind) <> s.kind)"),
                new Check(
                        "place",
                        "这个组织在别处。换地方请到组织页办理。",
                        "exists (select from body b where b.id = s.body_id and (b.area <> s.place and not s.area_moves or b.estate is distinct from s.estate_id))"),
                new Check("name", "这个组织改过名，名称有沿革。写错的请到组织页“更正名称”，后来改的请“更名”。", """
                        exists (select from body b where b.id = s.body_id and b.name <> s.name)
                        and (select count(*) from body_name n where n.body = s.body_id) > 1
                        """),
                new Check(
                        "since",
                        "它登记的成立日期不是这一天。填错的日子请到组织页“更正日期”。",
                        "exists (select from body b where b.id = s.body_id and b.since <> s.since)"),
                new Check("until", "撤销要在成立以后。请改一改。", "s.until <= s.since"),
                new Check(
                        "until",
                        "最多提前一年登记。请填近一点的日子。",
                        "s.until > " + Sheet.TODAY + " + interval '" + BodyPlacement.MONTHS_AHEAD + " months'"),
                new Check(
                        "until",
                        "它在册，没有登记那天撤销。撤销、合并请到组织页办理，更正日子也在那里。",
                        "exists (select from body b where b.id = s.body_id and s.until is not null and b.until is distinct from s.until)"),
                new Check("kind", "这里已经有一个同类的组织，同时只能有一个。", """
                        s.body_id is null and s.kind in (%s) and exists (
                            select from body b where coalesce(b.party_kind, b.kind) = s.kind
                              and daterange(b.since, b.until) && case when s.until <= s.since then 'empty' else daterange(s.since, s.until) end
                              and case when s.estate_id is null then b.area = s.place else b.estate = s.estate_id end)
                        """.formatted(single)),
                new Check("kind", "表里这个地方的同类组织不止一个，同时只能有一个。", """
                        s.kind in (%s) and exists (
                            select from stage o where o.kind = s.kind and o.line < s.line and o.place = s.place
                              and case when o.until <= o.since then 'empty' else daterange(o.since, o.until) end && case when s.until <= s.since then 'empty' else daterange(s.since, s.until) end
                              and o.estate_id is not distinct from s.estate_id)
                        """.formatted(single)));
    }

    /** The rules of where a body may stand, for those that are new and those that come under another parent. */
    @Override
    public void look(Findings findings) {
        jdbc.sql("""
                        select s.line, s.kind, s.place, s.above, s.level,
                               coalesce(p.party_kind, p.kind, o.kind) as parent_kind, coalesce(a.area, p.area, o.place) as parent_area
                        from stage s
                                 left join body p on p.id = s.parent_id
                                 left join body_area a on a.body = p.id and a.during @> coalesce(s.parent_since, s.since)
                                 left join stage o on s.parent_id is null and o.code = s.parent
                        where (s.body_id is null or s.moves) and s.level is not null order by s.line
                        """).query(r -> {
            var parent = r.getString("parent_kind");
            for (var reason : BodyPlacement.reasons(
                    BodyKind.of(r.getString("kind")),
                    r.getString("place"),
                    r.getString("above"),
                    r.getString("level"),
                    parent == null ? null : BodyKind.of(parent),
                    r.getString("parent_area"))) {
                findings.add(r.getInt("line"), "parent".equals(reason.field()) ? "parent" : "place", reason.words());
            }
        });
    }

    @Override
    public Identity identity() {
        return new Identity("coalesce(s.body_id::text, s.code)", "code");
    }

    @Override
    public List<Part> parts() {
        var party = kinds().stream()
                .filter(BodyKind::party)
                .map(kind -> "'" + kind.code() + "'")
                .collect(Collectors.joining(", "));
        var body = Part.of(
                        "body",
                        "body_id",
                        Field.of(
                                "kind",
                                "case when s.kind in (" + party + ") then 'party_organisation' else s.kind end"),
                        Field.of("party_kind", "case when s.kind in (" + party + ") then s.kind end"),
                        Field.of("code", "case when s.code not like '#%' then s.code end"),
                        Field.same("name"),
                        Field.of("short_name", "coalesce(s.short_name, s.name)", "short_name"),
                        BodyMoves.area(),
                        Field.of("estate", "s.estate_id"),
                        Field.of("since", "s.since"),
                        Field.of("until", "s.until"),
                        Field.of("ending", "case when s.until is not null then 'dissolved' end"))
                .counted();
        return Stream.of(
                        Stream.of(body),
                        BodyMoves.parts(),
                        // its name of today is put right along with it: another one only where it never had any other
                        Stream.of(Part.of(
                                        "body_name",
                                        "name_id",
                                        Field.same("name"),
                                        Field.of("short_name", "coalesce(s.short_name, s.name)", "short_name"))
                                .when("s.name_id is not null and s.p0 = 'u' and s.edited")),
                        Stream.of(
                                BodyParts.change(
                                        "s.p0 = 'c' or s.p0 = 'u' and (s.edited or not s.moves and not s.area_moves)"),
                                BodyParts.end(),
                                BodyParts.move()))
                .flatMap(parts -> parts)
                .toList();
    }

    @Override
    public String export() {
        return """
                select coalesce(b.code, '#' || b.id), coalesce(b.party_kind, b.kind), b.name, b.short_name, b.area, e.code, e.name,
                       coalesce(p.code, '#' || p.id), lower(l.during), b.since, b.until
                from body b
                         left join estate e on e.id = b.estate
                         left join body_parent l on l.body = b.id and l.during @> cast(:today as date)
                         left join body p on p.id = l.parent
                where (b.until is null or b.until > :today) and b.kind not in ('company', 'company_branch')
                  and exists (select from unnest(cast(:areas as text[])) a where starts_with(b.area, a)) order by b.area, b.id
                """;
    }
}
