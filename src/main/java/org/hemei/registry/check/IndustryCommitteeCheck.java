package org.hemei.registry.check;

import org.hemei.platform.MechanismCheck;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The city and each district or development zone has its industry Party organisation, apart from the tree of places. */
@Component
class IndustryCommitteeCheck extends SubjectCheck {

    static final MechanismCheck.Rule RULE = new Rule(
            "industry-committee",
            Part.LEADERSHIP,
            "市、区都有行业党委",
            "市和每个区（县、市、开发区）都有物业行业党组织。",
            Bases.article("依托市住房保障和房产管理局成立物业行业党委，同步成立区级领导机构和物业行业党组织"),
            "分母是市和各区（县、市、开发区），市自己算一个。分子是当天有物业行业党组织的。",
            "个市、区",
            "没有行业党组织的市、区",
            Bases.all("“同步成立”，没有例外"),
            false);

    private static final String SUBJECTS = """
            select a.code as area, 0::bigint as id, a.name, null as link,
                   exists (select from body b
                           where b.area = a.code and b.party_kind = 'industry_committee'
                             and daterange(b.since, b.until) @> cast(:on as date)) as met,
                   false as notice, '没有物业行业党组织' as missing, null::bigint as body
            from area a
            where a.level in ('city', 'district')
            """;

    IndustryCommitteeCheck(JdbcClient jdbc) {
        super(RULE, jdbc, SUBJECTS);
    }
}
