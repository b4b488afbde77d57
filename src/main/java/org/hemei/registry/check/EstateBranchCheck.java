package org.hemei.registry.check;

import org.hemei.platform.MechanismCheck;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The second tier: estates with a branch (小区党支部), by community and district. */
@Component
class EstateBranchCheck extends SubjectCheck {

    static final MechanismCheck.Rule RULE = new Rule(
            "estate-branch",
            Part.NETWORK,
            "小区党支部覆盖",
            "小区建起党支部。",
            Bases.article("建立小区党支部887个"),
            "分母是全部小区。分子是当天有小区党支部的小区，一个小区只算一次。",
            "个小区",
            "没有党支部的小区",
            Bases.all("“全面覆盖、同向发力的组织体系”"),
            false);

    private static final String SUBJECTS = """
            select e.community as area, e.id, e.name, '/estates/' || e.id as link, b.estate is not null as met, false as notice,
                   '没有小区党支部' as missing, null::bigint as body
            from estate e
                     left join (select distinct b.estate
                                from body b
                                where b.party_kind = 'estate_branch' and daterange(b.since, b.until) @> cast(:on as date)) b
                               on b.estate = e.id
            """;

    EstateBranchCheck(JdbcClient jdbc) {
        super(RULE, jdbc, SUBJECTS);
    }
}
