package org.hemei.registry.check;

import org.hemei.platform.MechanismCheck;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The community's big committee (大党委) has part-time members on the day, from whichever body. */
@Component
class BigCommitteeCheck extends SubjectCheck {

    static final MechanismCheck.Rule RULE = new Rule(
            "big-committee",
            Part.NETWORK,
            "大党委有兼职委员",
            "每个社区党委（大党委）都有兼职委员。",
            Bases.article("发挥社区“大党委”作用，推动社区物业党建联建"),
            "分母是当天有社区党委的居民社区。分子是党委里当天有兼职委员或大党委成员的社区，任期到期当天起不算。",
            "个社区",
            "大党委没有兼职委员的社区",
            Bases.all("“全面覆盖、同向发力的组织体系”", Bases.atLeast("至少几名兼职委员", "人", 1, "本系统默认值")),
            false);

    private static final String SUBJECTS = """
            with member as (
                select b.area, count(distinct p.person) as members
                from body b
                         join appointment p on p.body = b.id and p.during @> cast(:on as date)
                         join post d on d.name = p.post and d.duty in ('part_time_member', 'big_committee_member')
                where b.party_kind = 'community_committee' and daterange(b.since, b.until) @> cast(:on as date)
                group by b.area
            )
            select a.code as area, 0::bigint as id, a.name, null as link,
                   coalesce(m.members, 0) >= threshold('big-committee', 'least', a.code, :on, 1) as met, false as notice,
                   case when m.members is null then '没有兼职委员' else '兼职委员只有 ' || m.members || ' 人' end as missing,
                   null::bigint as body
            from area a
                     left join member m on m.area = a.code
            where a.level = 'community' and a.kind = 'residents'
              and exists (select from body b
                          where b.area = a.code and b.party_kind = 'community_committee'
                            and daterange(b.since, b.until) @> cast(:on as date))
            """;

    BigCommitteeCheck(JdbcClient jdbc) {
        super(RULE, jdbc, SUBJECTS);
    }
}
