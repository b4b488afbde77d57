package org.hemei.registry.check;

import org.hemei.platform.MechanismCheck;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The first of three tiers: every residents' community has its Party committee (社区党委). */
@Component
class CommunityCommitteeCheck extends SubjectCheck {

    static final MechanismCheck.Rule RULE = new Rule(
            "community-committee",
            Part.NETWORK,
            "社区都有社区党委",
            "每个居民社区都有社区党委。",
            Bases.article("健全“社区党委—小区党支部—楼栋党小组”三级组织体系"),
            "分母是居民社区（不算村）。分子是当天有社区党委的社区。",
            "个社区",
            "没有社区党委的社区",
            Bases.all("“全面覆盖、同向发力的组织体系”"),
            false);

    private static final String SUBJECTS = """
            select a.code as area, 0::bigint as id, a.name, null as link,
                   exists (select from body b
                           where b.area = a.code and b.party_kind = 'community_committee'
                             and daterange(b.since, b.until) @> cast(:on as date)) as met,
                   false as notice, '没有社区党委' as missing, null::bigint as body
            from area a
            where a.level = 'community' and a.kind = 'residents'
            """;

    CommunityCommitteeCheck(JdbcClient jdbc) {
        super(RULE, jdbc, SUBJECTS);
    }
}
