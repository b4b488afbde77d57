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
import org.hemei.registry.body.BodyPlacement;
import org.springframework.stereotype.Component;

/**
 * 分公司 of companies, found again by their code: a branch is part of its company wherever it stands (Company Law art. 13). A
 * company's projects are its contracts, which have a sheet of their own.
 */
@Component
class BranchSheet implements Sheet {

    @Override
    public String key() {
        return "branches";
    }

    @Override
    public String title() {
        return "分公司";
    }

    @Override
    public String about() {
        return "一行是一家企业的一个分公司，按分公司编号认。企业的项目（管着哪些小区）用“物业合同”表导入。";
    }

    @Override
    public int order() {
        return 55;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.code("code", "分公司编号", BodySheet.CODE)
                        .must()
                        .example("FGS-0001")
                        .hint("您自己系统里的编号。导出里 # 开头的是系统的号，照抄就行。"),
                CompanySheet.creditCode().must().hint("它属于哪家企业：企业的 18 位代码，先导入企业。"),
                Column.text("name", "分公司名称", 60).must().example("合肥示例物业服务有限公司包河分公司"),
                Column.text("short_name", "简称", 20).example("示例包河").hint("不填就用分公司名称。"),
                Column.code("place", "所在地代码", "\\d{4}|\\d{6}|\\d{9}|\\d{12}")
                        .must()
                        .example("340111")
                        .hint("登记所在的市、区县、街道或社区的代码，可以和企业不在一处。"),
                Column.day("since", "成立日期").must().example("2018-05-01"),
                Column.day("until", "撤销日期").hint("以前有过、已经撤销的分公司才填：从哪天起撤了。现有的分公司撤销请到企业页。"));
    }

    @Override
    public Scope scope(Reader reader) {
        return reader.scope(Office.HOUSING);
    }

    /** As on the company's page: whoever keeps the company keeps its branches, wherever they are. */
    @Override
    public AreaOf area() {
        return new AreaOf("s.company_area", "credit_code");
    }

    @Override
    public List<String> resolve() {
        return Statements.all(
                List.of("""
                alter table stage add body_id bigint, add company_id bigint, add company_area text, add change_id bigint, add end_id bigint,
                                  add name_id bigint, add name_before text, add known boolean
                """, "update stage s set known = true from area a where a.code = s.place", """
                update stage s set company_id = c.body, company_area = b.area from company c join body b on b.id = c.body
                where c.credit_code = s.credit_code
                """),
                Statements.found("body", "code", "body_id"),
                List.of(BodyParts.NAME, BodyParts.NAME_BEFORE));
    }

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("credit_code", "没有代码是 {credit_code} 的企业。请先导入物业企业。", "s.company_id is null"),
                new Check("place", "没有代码是 {place} 的地方。请核对，或先导入区划。", "s.known is null"),
                new Check("code", "没有系统号是 {code} 的分公司。", "s.code like '#%' and s.body_id is null"),
                new Check(
                        "code",
                        "这个编号登记的不是分公司。请核对编号。",
                        "exists (select from body b where b.id = s.body_id and b.kind <> 'company_branch')"),
                new Check(
                        "credit_code",
                        "这个编号的分公司属于别的企业。请核对。",
                        "exists (select from body b where b.id = s.body_id and b.company is distinct from s.company_id)"),
                new Check(
                        "place",
                        "这个分公司登记在别处。换地方请到它的组织页“换登记地”。",
                        "exists (select from body b where b.id = s.body_id and b.area <> s.place)"),
                new Check(
                        "since",
                        "它登记的成立日期不是这一天。填错的日子请到它的组织页“更正日期”。",
                        "exists (select from body b where b.id = s.body_id and b.since <> s.since)"),
                new Check("until", "撤销要在成立以后。请改一改。", "s.until <= s.since"),
                new Check(
                        "until",
                        "最多提前一年登记。请填近一点的日子。",
                        "s.until > " + Sheet.TODAY + " + interval '" + BodyPlacement.MONTHS_AHEAD + " months'"),
                new Check(
                        "until",
                        "它没有登记那天撤销。撤销、更正日子请到它的页面办理。",
                        "exists (select from body b where b.id = s.body_id and s.until is not null and b.until is distinct from s.until)"),
                new Check("since", "那一天企业还没有成立，或已经注销。请核对。", """
                        s.body_id is null and exists (
                            select from body b where b.id = s.company_id and (b.since > s.since or b.until is not null and (s.until is null or s.until > b.until)))
                        """),
                new Check("name", "这个分公司改过名，名称有沿革。写错的请到它的组织页“更正名称”，后来改的请“更名”。", """
                        exists (select from body b where b.id = s.body_id and b.name <> s.name)
                        and (select count(*) from body_name n where n.body = s.body_id) > 1
                        """),
                new Check("name", "这家企业已经有叫这个名字的分公司了。", """
                        exists (select from body b where b.company = s.company_id and b.name = s.name and (b.until is null or b.until > s.since) and (s.until is null or s.until > b.since)
                                  and b.id is distinct from s.body_id)
                        """),
                new Check("name", "和表里这家企业的另一个分公司同名。", """
                        exists (select from stage o where o.company_id = s.company_id and o.name = s.name and o.line < s.line
                                  and o.code <> s.code)
                        """));
    }

    @Override
    public Identity identity() {
        return new Identity("coalesce(s.body_id::text, s.code)", "code");
    }

    @Override
    public List<Part> parts() {
        var brief = Field.of("short_name", "coalesce(s.short_name, s.name)", "short_name");
        return List.of(
                Part.of(
                                "body",
                                "body_id",
                                Field.of("kind", "'company_branch'::text"),
                                Field.of("code", "case when s.code not like '#%' then s.code end"),
                                Field.of("company", "s.company_id"),
                                Field.same("name"),
                                brief,
                                Field.of("area", "s.place"),
                                Field.of("since", "s.since"),
                                Field.of("until", "s.until"),
                                Field.of("ending", "case when s.until is not null then 'dissolved' end"))
                        .counted(),
                // its name of today is put right along with it: another one only where it never had any other
                Part.of("body_name", "name_id", Field.same("name"), brief).when("s.name_id is not null and s.p0 = 'u'"),
                BodyParts.change(),
                BodyParts.end());
    }

    @Override
    public String export() {
        return """
                select coalesce(b.code, '#' || b.id), c.credit_code, b.name, b.short_name, b.area, b.since, b.until
                from body b join company c on c.body = b.company join body k on k.id = c.body
                where b.kind = 'company_branch' and (b.until is null or b.until > :today)
                  and exists (select from unnest(cast(:areas as text[])) a where starts_with(k.area, a)) order by k.area, b.id
                """;
    }
}
