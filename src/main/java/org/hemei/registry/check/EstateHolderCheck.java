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

    // as two questions, not as joins: how many hold on a day is what the planner guesses worst
    private static final String SUBJECTS = """
            select e.community as area, e.id, e.name, '/estates/' || e.id as link,
                   exists (select from contract c where c.estate = e.id and c.during @> cast(:on as date))
                       or exists (select from body b
                                  where b.kind = 'backstop_team' and b.area = e.community
                                    and daterange(b.since, b.until) @> cast(:on as date)) as met,
                   false as notice, '没有签约物业，社区也没有兜底服务队' as missing, null::bigint as body
            from estate e
            """;

    EstateHolderCheck(JdbcClient jdbc) {
        super(RULE, jdbc, SUBJECTS);
    }
}
