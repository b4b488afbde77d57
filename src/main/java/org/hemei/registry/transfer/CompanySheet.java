package org.hemei.registry.transfer;

import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.platform.transfer.Check;
import org.hemei.platform.transfer.Column;
import org.hemei.platform.transfer.Findings;
import org.hemei.platform.transfer.Part;
import org.hemei.platform.transfer.Part.Field;
import org.hemei.platform.transfer.Sheet;
import org.hemei.registry.Office;
import org.hemei.registry.body.BodyPlacement;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** 物业企业, found again by its credit code. A code that fails its check comes in by the supervised override, never by a file. */
@Component
class CompanySheet implements Sheet {

    private static final Field BRIEF = Field.of("short_name", "coalesce(s.short_name, s.name)", "short_name");

    private final JdbcClient jdbc;

    CompanySheet(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String key() {
        return "companies";
    }

    @Override
    public String title() {
        return "物业企业";
    }

    @Override
    public String about() {
        return "一行是一家企业，按统一社会信用代码认。";
    }

    @Override
    public int order() {
        return 50;
    }

    static Column creditCode() {
        return Column.code("credit_code", "统一社会信用代码", "[0-9A-HJ-NP-RTUW-Y]{18}")
                .example("91340100MA2EXAMP07")
                .hint("营业执照上的 18 位代码，字母大写。");
    }

    @Override
    public List<Column> columns() {
        return List.of(
                creditCode().must(),
                Column.text("name", "企业名称", 60).must().example("合肥示例物业服务有限公司"),
                Column.text("short_name", "简称", 20).example("示例物业").hint("不填就用企业名称。"),
                Column.code("place", "登记地代码", "\\d{4}|\\d{6}|\\d{9}|\\d{12}")
                        .must()
                        .example("340104")
                        .hint("登记所在的市、区县、街道或社区的代码。"),
                Column.day("since", "成立日期").must().example("2012-05-01"),
                Column.text("phone", "服务电话", 40).example("0551-65550000").hint("单位的电话，不要填个人手机号。"),
                Column.text("address", "办公地址", 120).example("蜀山区示例路 1 号"),
                Column.day("until", "注销日期").hint("以前登记过、已经注销的企业才填：从哪天起注销。现有的企业注销请到企业页。"));
    }

    @Override
    public Scope scope(Reader reader) {
        return reader.scope(Office.HOUSING);
    }

    @Override
    public AreaOf area() {
        return new AreaOf("s.place", "place");
    }

    @Override
    public List<String> resolve() {
        return List.of(
                "alter table stage add body_id bigint, add change_id bigint, add end_id bigint, add name_id bigint, add name_before text, add known boolean",
                "update stage s set known = true from area a where a.code = s.place",
                "update stage s set body_id = c.body from company c where c.credit_code = s.credit_code",
                BodyParts.NAME,
                BodyParts.NAME_BEFORE);
    }

    @Override
    public List<Check> checks() {
        return List.of(
                Statements.PHONE,
                new Check(
                        "since",
                        "这家企业登记的成立日期不是这一天。填错的日子请到它的组织页“更正日期”。",
                        "exists (select from body b where b.id = s.body_id and b.since <> s.since)"),
                new Check("until", "注销要在成立以后。请改一改。", "s.until <= s.since"),
                new Check(
                        "until",
                        "最多提前一年登记。请填近一点的日子。",
                        "s.until > " + Sheet.TODAY + " + interval '" + BodyPlacement.MONTHS_AHEAD + " months'"),
                new Check(
                        "until",
                        "它没有登记那天注销。注销、更正日子请到它的页面办理。",
                        "exists (select from body b where b.id = s.body_id and s.until is not null and b.until is distinct from s.until)"),
                new Check("place", "没有代码是 {place} 的地方。请核对，或先导入区划。", "s.known is null"),
                new Check(
                        "place",
                        "这家企业登记在别处。换登记地请到它的组织页办理。",
                        "exists (select from body b where b.id = s.body_id and b.area <> s.place)"),
                new Check("name", "这家企业改过名，名称有沿革。写错的请到它的组织页“更正名称”，后来改的请“更名”。", """
                        exists (select from body b where b.id = s.body_id and b.name <> s.name)
                        and (select count(*) from body_name n where n.body = s.body_id) > 1
                        """));
    }

    @Override
    public void look(Findings findings) {
        jdbc.sql("select line, credit_code from stage where body_id is null order by line")
                .query(r -> {
                    var problems = org.hemei.registry.CreditCode.problems(r.getString(2));
                    if (!problems.isEmpty()) {
                        findings.add(r.getInt(1), "credit_code", problems.getFirst());
                    }
                });
    }

    @Override
    public Identity identity() {
        return new Identity("s.credit_code", "credit_code");
    }

    @Override
    public List<Part> parts() {
        return List.of(
                Part.of(
                                "body",
                                "body_id",
                                Field.of("kind", "'company'::text"),
                                Field.same("name"),
                                BRIEF,
                                Field.of("area", "s.place"),
                                Field.of("since", "s.since"),
                                Field.of("until", "s.until"),
                                Field.of("ending", "case when s.until is not null then 'dissolved' end"))
                        .counted(),
                Part.of(
                                "company",
                                "body_id",
                                Field.of("credit_code", "s.credit_code"),
                                Field.same("phone"),
                                Field.same("address"))
                        .key("body")
                        .counted(),
                // its name of today is put right along with it: another one only where it never had any other
                Part.of("body_name", "name_id", Field.same("name"), BRIEF).when("s.name_id is not null and s.p0 = 'u'"),
                BodyParts.change(),
                BodyParts.end());
    }

    @Override
    public String export() {
        return """
                select c.credit_code, b.name, b.short_name, b.area, b.since, c.phone, c.address, b.until
                from company c join body b on b.id = c.body
                where exists (select from unnest(cast(:areas as text[])) a where starts_with(b.area, a)) order by b.area, b.name, b.id
                """;
    }
}
