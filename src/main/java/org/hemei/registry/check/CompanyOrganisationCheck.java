package org.hemei.registry.check;

import org.hemei.platform.MechanismCheck;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Organisation coverage: distinct companies with an organisation of their own (单建) or a shared one (联建). Not organisations ÷ companies. */
@Component
class CompanyOrganisationCheck extends SubjectCheck {

    static final MechanismCheck.Rule RULE = new Rule(
            "company-organisation",
            Part.NETWORK,
            "物业企业党的组织覆盖",
            "物业企业单建或联建党组织，一家也不落下。",
            Bases.article("采取单建、联建、派驻党建指导员等多种方式，不断推进物业企业党的组织和工作覆盖"),
            "分母是当天在册的物业企业。分子是当天有单建或联建党组织的企业，一家只算一次；组织撤销当天起不算。",
            "家企业",
            "没有党组织的企业",
            Bases.all("“全面覆盖、同向发力的组织体系”"),
            false);

    private static final String SUBJECTS = """
            select b.area, b.id, b.name, '/companies/' || b.id as link, v.company is not null as met, false as notice,
                   case when a.company is null then '没有单建，也没有联建' else '只有派驻指导员，没有党组织' end as missing, b.id as body
            from body b
                     left join (select distinct v.company
                                from company_coverage v
                                         join body o on o.id = v.organisation
                                where v.mode in ('single', 'joint') and v.during @> cast(:on as date)
                                  and daterange(o.since, o.until) @> cast(:on as date)) v on v.company = b.id
                     left join (select distinct v.company
                                from company_coverage v
                                where v.mode = 'adviser' and v.during @> cast(:on as date)) a on a.company = b.id
            where b.kind = 'company' and daterange(b.since, b.until) @> cast(:on as date)
            """;

    CompanyOrganisationCheck(JdbcClient jdbc) {
        super(RULE, jdbc, SUBJECTS);
    }
}
