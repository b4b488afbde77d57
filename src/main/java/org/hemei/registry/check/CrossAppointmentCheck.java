package org.hemei.registry.check;

import org.hemei.platform.MechanismCheck;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** One person, posts in the residents' and in an owners' committee of the same community (双向进入、交叉任职). A query, not a table. */
@Component
class CrossAppointmentCheck extends SubjectCheck {

    static final MechanismCheck.Rule RULE = new Rule(
            "cross-appointment",
            Part.NETWORK,
            "居委会业委会交叉任职",
            "有业委会的社区，居委会和业委会成员双向进入、交叉任职。",
            Bases.article("实现居委会、业委会成员“双向进入、交叉任职”"),
            "分母是当天有业委会的社区。分子是这样的社区：至少一个人当天同时是居委会成员和本社区某个业委会的成员。",
            "个社区",
            "没有交叉任职的社区",
            Bases.share(60, 10),
            false);

    // put together by grouping, not by joins: how many seats are taken on a day is what the planner guesses worst
    private static final String SUBJECTS = """
            with seat as (
                select e.community, p.person, 2 as side
                from body b
                         join estate e on e.id = b.estate
                         left join appointment p on p.body = b.id and p.during @> cast(:on as date)
                    and p.post in (select name from post where duty in ('head', 'deputy', 'member', 'part_time_member'))
                where b.kind = 'owners_committee' and daterange(b.since, b.until) @> cast(:on as date)
                union all
                select b.area, p.person, 1
                from body b
                         join appointment p on p.body = b.id and p.during @> cast(:on as date)
                    and p.post in (select name from post where duty in ('head', 'deputy', 'member', 'part_time_member'))
                where b.kind = 'residents_committee' and daterange(b.since, b.until) @> cast(:on as date)
            ), sitting as (
                select community, person, bool_or(side = 2) as owners, bool_or(side = 2) and bool_or(side = 1) as crossed
                from seat group by community, person
            )
            select a.code as area, 0::bigint as id, a.name, null as link, c.crossed as met, false as notice,
                   '居委会和业委会没有人交叉任职' as missing, null::bigint as body
            from (select community, bool_or(crossed) as crossed from sitting group by community having bool_or(owners)) c
                     join area a on a.code = c.community
            """;

    CrossAppointmentCheck(JdbcClient jdbc) {
        super(RULE, jdbc, SUBJECTS);
    }
}
