package org.hemei.registry.check;

import org.hemei.platform.MechanismCheck;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Every estate stands under a street and a community that belong together, and somebody is there to be responsible (街道社区主体和兜底责任). */
@Component
class EstateResponsibleCheck extends SubjectCheck {

    static final MechanismCheck.Rule RULE = new Rule(
            "estate-responsible",
            Part.LEADERSHIP,
            "小区都有街道社区负责",
            "每个小区都归一个街道、一个社区负责，社区有人管事。",
            Bases.article("明确街道社区对住宅小区物业管理的主体和兜底责任"),
            "分母是全部小区。分子是这样的小区：登记的街道和社区都在、上下级对得上，而且社区当天有居委会（村委会）或社区党委。",
            "个小区",
            "没人负责的小区",
            Bases.all("“明确”主体和兜底责任，没有例外"),
            false);

    private static final String SUBJECTS = """
            with responsible as (
                select distinct b.area
                from body b
                where (b.kind = 'residents_committee' or b.party_kind = 'community_committee')
                  and daterange(b.since, b.until) @> cast(:on as date)
            ), placed as (
                select e.community, e.id, e.name, r.area is not null as staffed,
                       s.level = 'street' and c.level = 'community' and c.parent = s.code and s.parent = e.district::text as fits
                from estate e
                         join area s on s.code = e.street
                         join area c on c.code = e.community
                         left join responsible r on r.area = e.community
            )
            select community as area, id, name, '/estates/' || id as link, fits and staffed as met, false as notice,
                   case when fits then '社区没有居委会，也没有社区党委' else '街道和社区对不上' end as missing, null::bigint as body
            from placed
            """;

    EstateResponsibleCheck(JdbcClient jdbc) {
        super(RULE, jdbc, SUBJECTS);
    }
}
