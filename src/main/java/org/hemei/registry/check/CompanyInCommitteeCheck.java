package org.hemei.registry.check;

import org.hemei.platform.MechanismCheck;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Heads and project managers of property companies sit on the community's two committees as part-time members. */
@Component
class CompanyInCommitteeCheck extends SubjectCheck {

    static final MechanismCheck.Rule RULE = new Rule(
            "company-in-committee",
            Part.NETWORK,
            "企业负责人进社区两委",
            "有物业企业服务的社区，企业负责人任社区“两委”兼职委员。",
            Bases.article("推荐物业企业负责人任社区“两委”兼职委员"),
            "分母是当天有物业企业在服务的社区。分子是这样的社区：“两委”里当天有兼职委员，这个人当天在物业企业任负责人或项目经理。",
            "个社区",
            "两委里没有企业负责人的社区",
            Bases.share(80, 10),
            false);

    private static final String SUBJECTS = """
            with served as (
                select distinct e.community
                from estate e
                         join contract c on c.estate = e.id and c.during @> cast(:on as date)
            ), leader as (
                select distinct p.person
                from appointment p
                         join body b on b.id = p.body and b.kind in ('company', 'company_branch')
                         join post d on d.name = p.post and d.duty in ('head', 'deputy', 'project_manager')
                where p.during @> cast(:on as date) and daterange(b.since, b.until) @> cast(:on as date)
            ), seated as (
                select distinct b.area
                from body b
                         join appointment p on p.body = b.id and p.during @> cast(:on as date)
                         join post d on d.name = p.post and d.duty = 'part_time_member'
                         join leader l on l.person = p.person
                where (b.kind = 'residents_committee' or b.party_kind = 'community_committee')
                  and daterange(b.since, b.until) @> cast(:on as date)
            )
            select a.code as area, 0::bigint as id, a.name, null as link, s.area is not null as met, false as notice,
                   '“两委”里没有企业负责人' as missing, null::bigint as body
            from area a
                     join served v on v.community = a.code
                     left join seated s on s.area = a.code
            """;

    CompanyInCommitteeCheck(JdbcClient jdbc) {
        super(RULE, jdbc, SUBJECTS);
    }
}
