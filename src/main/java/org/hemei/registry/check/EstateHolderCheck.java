package org.hemei.registry.check;

import org.hemei.platform.MechanismCheck;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Every estate has somebody who answers for it: the company under contract, else the backstop team of its community. */
@Component
class EstateHolderCheck extends SubjectCheck {

    static final MechanismCheck.Rule RULE = new Rule(
            "estate-holder",
            Part.LEADERSHIP,
            "小区都有人管物业",
            "每个小区都有物业企业签约，没有的由社区兜底服务队管。",
            Bases.article("全市567个“三无”及老旧、自管小区均由街道社区党组织统筹实行兜底服务"),
            "分母是全部小区。分子是这样的小区：当天有生效的物业合同，或者社区当天有兜底服务队。",
            "个小区",
            "没人管的小区",
            Bases.all("“均由街道社区党组织统筹实行兜底服务”"),
            false);

    private static final String SUBJECTS = """
            select e.community as area, e.id, e.name, '/estates/' || e.id as link,
                   c.estate is not null or t.area is not null as met, false as notice,
                   '没有签约物业，社区也没有兜底服务队' as missing, null::bigint as body
            from estate e
                     left join contract c on c.estate = e.id and c.during @> cast(:on as date)
                     left join (select distinct b.area
                                from body b
                                where b.kind = 'backstop_team' and daterange(b.since, b.until) @> cast(:on as date)) t
                               on t.area = e.community
            """;

    EstateHolderCheck(JdbcClient jdbc) {
        super(RULE, jdbc, SUBJECTS);
    }
}
