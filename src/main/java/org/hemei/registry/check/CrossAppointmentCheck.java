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

    private static final String SUBJECTS = """
            with owners as (
                select b.id, e.community
                from body b
                         join estate e on e.id = b.estate
                where b.kind = 'owners_committee' and daterange(b.since, b.until) @> cast(:on as date)
            ), member as (
                select p.person, p.body
                from appointment p
                         join post d on d.name = p.post and d.duty in ('head', 'deputy', 'member', 'part_time_member')
                where p.during @> cast(:on as date)
            ), crossed as (
                select distinct o.community
                from owners o
                         join member m on m.body = o.id
                         join body r on r.kind = 'residents_committee' and r.area = o.community
                    and daterange(r.since, r.until) @> cast(:on as date)
                         join member n on n.body = r.id and n.person = m.person
            )
            select a.code as area, 0::bigint as id, a.name, null as link, x.community is not null as met, false as notice,
                   '居委会和业委会没有人交叉任职' as missing, null::bigint as body
            from area a
                     join (select distinct community from owners) o on o.community = a.code
                     left join crossed x on x.community = a.code
            """;

    CrossAppointmentCheck(JdbcClient jdbc) {
        super(RULE, jdbc, SUBJECTS);
    }
}
