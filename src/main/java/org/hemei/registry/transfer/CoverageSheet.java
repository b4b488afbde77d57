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
 * 企业覆盖: which company is covered by which organisation (单建, 联建) or by which adviser (派驻), found again by company, organisation or
 * adviser, and first day. The rules are those of the pages: a company belongs to one organisation at a time, and an organisation of
 * one company covers no other.
 */
@Component
class CoverageSheet implements Sheet {

    private final CoverageTrail trail;

    CoverageSheet(CoverageTrail trail) {
        this.trail = trail;
    }

    @Override
    public void told(long run, boolean undone) {
        trail.tell(run, undone);
    }

    @Override
    public String key() {
        return "coverage";
    }

    @Override
    public String title() {
        return "企业覆盖";
    }

    @Override
    public String about() {
        return "一行是一家企业的一种覆盖，按企业、党组织或指导员、开始日期认。";
    }

    @Override
    public int order() {
        return 95;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                CompanySheet.creditCode().must(),
                Column.choice("mode", "覆盖方式", "单建", "single", "联建", "joint", "派驻", "adviser")
                        .must()
                        .example("联建"),
                Column.code("organisation", "党组织编号", BodySheet.CODE)
                        .example("DZ-0101")
                        .hint("单建、联建填物业企业党组织的编号，先导入组织。派驻不填。"),
                PersonSheet.code().hint("派驻填党建指导员的人员编号，先导入任职。单建、联建不填。"),
                Column.phone("phone", "手机号").example("13800000000").hint("派驻没有人员编号就填手机号，只用来认人。"),
                Column.day("since", "开始日期").must().example("2021-07-01"),
                Column.day("until", "最后一天").example("2026-12-31").hint("覆盖的最后一天。还在覆盖就不填。"));
    }

    @Override
    public Scope scope(Reader reader) {
        return reader.scope(Office.ORGANISATION, Office.HOUSING);
    }

    /** As on the company's page. */
    @Override
    public AreaOf area() {
        return new AreaOf("s.area", "credit_code");
    }

    @Override
    public List<String> resolve() {
        return Statements.all(
                List.of("""
                alter table stage add company_id bigint, add area text, add organisation_id bigint, add person_id bigint, add coverage_id bigint,
                                  add during daterange
                """, """
                update stage s set company_id = c.body, area = b.area from company c join body b on b.id = c.body
                where c.credit_code = s.credit_code
                """),
                Statements.found("body", "organisation", "organisation_id"),
                PersonSheet.FIND,
                List.of(
                        PersonSheet.BY_PHONE,
                        "update stage s set during = daterange(s.since, s.until + 1) where s.until is null or s.until >= s.since",
                        """
                        update stage s set coverage_id = v.id from company_coverage v
                        where v.company = s.company_id and lower(v.during) = s.since
                          and (v.organisation = s.organisation_id or v.adviser = s.person_id)
                        """));
    }

    private static final String BY_ORGANISATION = "s.mode in ('single', 'joint')";

    private static final String ADVISED = "s.mode = 'adviser' and coalesce(s.code, s.phone) is not null";

    /** The days on which whoever is sent is an adviser there. */
    private static final String HOLDS = """
            coalesce((select range_agg(a.during) from appointment a join post p on p.name = a.post and p.duty = 'adviser'
                      where a.person = s.person_id and a.body = s.company_id), '{}')""";

    @Override
    public List<Check> checks() {
        return List.of(
                new Check("credit_code", "没有代码是 {credit_code} 的企业。请先导入物业企业。", "s.company_id is null"),
                new Check(
                        "mode",
                        "这一条登记的是另一种方式。后来才变的，请先填它的最后一天，再另起一行；登记错了的，请在企业的“党组织覆盖”里撤掉。",
                        "exists (select from company_coverage v where v.id = s.coverage_id and v.mode <> s.mode)"),
                new Check("until", "最后一天比开始日期还早。请改一改。", "s.until < s.since"),
                new Check("organisation", "单建、联建要填党组织编号。", BY_ORGANISATION + " and s.organisation is null"),
                new Check("organisation", "派驻不填党组织编号。请删掉，或改覆盖方式。", "s.mode = 'adviser' and s.organisation is not null"),
                new Check("code", "派驻要填指导员的人员编号或手机号。", "s.mode = 'adviser' and s.code is null and s.phone is null"),
                new Check(
                        "code",
                        "单建、联建不填指导员。请删掉，或改覆盖方式。",
                        BY_ORGANISATION + " and coalesce(s.code, s.phone) is not null"),
                new Check("organisation", "没有编号是 {organisation} 的物业企业党组织。请先导入组织。", """
                        s.organisation is not null and not exists (
                            select from body o where o.id = s.organisation_id and o.party_kind = 'company_organisation'
                              and exists (select from importer i where starts_with(o.area, i.area) or starts_with(i.area, o.area)))
                        """),
                new Check("code", "这个人那时不是这家企业的党建指导员。请先在“任职”表里导入，或核对编号。", ADVISED + " and not " + HOLDS + "@> s.since"),
                new Check(
                        "until",
                        "覆盖比这位指导员的任职还晚结束。请改最后一天，或先在“任职”表里延长。",
                        ADVISED + " and " + HOLDS + "@> s.since and not " + HOLDS + "@> s.during"),
                new Check("since", "那一天企业或党组织还没有成立，或已经撤销。请核对。", """
                        exists (select from body b where b.id in (s.company_id, s.organisation_id)
                                  and (b.since > s.since or b.until is not null and (s.until is null or b.until <= s.until)))
                        """),
                new Check("since", "这家企业那时已由别的党组织覆盖，日期重了。请先改那一条的最后一天。", BY_ORGANISATION + """
                         and exists (select from company_coverage v
                                     where v.company = s.company_id and v.organisation is not null and v.during && s.during
                                       and v.id is distinct from s.coverage_id
                                       and not exists (select from stage o where o.coverage_id = v.id))
                        """),
                new Check("since", "和表里这家企业的另一条覆盖日期重了。请改一改。", """
                        exists (select from stage o
                                where o.company_id = s.company_id and o.line < s.line and o.during && s.during
                                  and (o.mode <> 'adviser' and s.mode <> 'adviser' or o.person_id = s.person_id))
                        """),
                new Check("code", "这位指导员那时已经派到这家企业了，日期重了。", """
                        exists (select from company_coverage v
                                where v.company = s.company_id and v.adviser = s.person_id and v.during && s.during
                                  and v.id is distinct from s.coverage_id
                                  and not exists (select from stage o where o.coverage_id = v.id))
                        """),
                new Check("mode", "单建的党组织只覆盖一家企业，它那时还覆盖着别的。请改用联建。", BY_ORGANISATION + """
                         and exists (select from company_coverage v
                                     where v.organisation = s.organisation_id and v.company <> s.company_id and v.during && s.during
                                       and 'single' in (v.mode, s.mode)
                                       and not exists (select from stage o where o.coverage_id = v.id))
                        """),
                new Check("mode", "单建的党组织只覆盖一家企业，表里还有别的。请改用联建。", BY_ORGANISATION + """
                         and exists (select from stage o
                                     where o.organisation_id = s.organisation_id and o.company_id <> s.company_id
                                       and o.during && s.during and 'single' in (o.mode, s.mode))
                        """));
    }

    @Override
    public Identity identity() {
        return new Identity(
                "s.company_id, s.organisation_id, s.person_id, s.since, case when s.company_id is null then s.line end",
                "credit_code");
    }

    @Override
    public List<Part> parts() {
        return List.of(Part.of(
                "company_coverage",
                "coverage_id",
                Field.of("company", "s.company_id"),
                Field.of("mode", "s.mode"),
                Field.of("organisation", "s.organisation_id"),
                Field.of("adviser", "s.person_id"),
                Field.of("during", "s.during", "until")));
    }

    @Override
    public String export() {
        return """
                select c.credit_code, v.mode, coalesce(o.code, '#' || o.id), coalesce(p.code, '#' || p.id), null::text, lower(v.during),
                       upper(v.during) - 1
                from company_coverage v
                         join company c on c.body = v.company
                         join body b on b.id = c.body
                         left join body o on o.id = v.organisation
                         left join person p on p.id = v.adviser
                where exists (select from unnest(cast(:areas as text[])) a where starts_with(b.area, a))
                order by b.area, b.id, lower(v.during), v.id
                """;
    }
}
