package org.hemei.registry.check;

import org.hemei.platform.MechanismCheck;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Work coverage: companies with an organisation, and those an adviser was sent to (派驻). */
@Component
class CompanyWorkCheck extends SubjectCheck {

    static final MechanismCheck.Rule RULE = new Rule(
            "company-work",
            Part.NETWORK,
            "物业企业党的工作覆盖",
            "没有党组织的物业企业，派驻党建指导员。",
            Bases.article("采取单建、联建、派驻党建指导员等多种方式，不断推进物业企业党的组织和工作覆盖"),
            "分母是当天在册的物业企业。分子是当天有单建、联建党组织或派驻指导员的企业，一家只算一次。",
            "家企业",
            "党的工作没覆盖的企业",
            Bases.all("“全面覆盖、同向发力的组织体系”"),
            false);

    private static final String SUBJECTS = """
            select b.area, b.id, b.name, '/companies/' || b.id as link, v.company is not null as met, false as notice,
                   '没有党组织，也没有派驻指导员' as missing, b.id as body
            from body b
                     left join (select distinct v.company
                                from company_coverage v
                                         left join body o on o.id = v.organisation
                                where v.during @> cast(:on as date)
                                  and (v.mode = 'adviser' or daterange(o.since, o.until) @> cast(:on as date))) v on v.company = b.id
            where b.kind = 'company' and daterange(b.since, b.until) @> cast(:on as date)
            """;

    CompanyWorkCheck(JdbcClient jdbc) {
        super(RULE, jdbc, SUBJECTS);
    }
}
