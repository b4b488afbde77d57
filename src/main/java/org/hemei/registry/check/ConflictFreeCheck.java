package org.hemei.registry.check;

import org.hemei.platform.MechanismCheck;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Nobody who works for the company that serves an estate sits on its owners' committee. Names the committee and never the person. */
@Component
class ConflictFreeCheck extends SubjectCheck {

    static final MechanismCheck.Rule RULE = new Rule(
            "conflict-free",
            Part.NETWORK,
            "业委会成员没有利益冲突",
            "服务这个小区的物业企业，它的人不进这个小区的业委会。",
            Bases.article("坚决把不符合条件的人员拒之门外"),
            "分母是当天在任的业委会。分子是没有冲突的：没有成员当天同时在服务本小区的物业企业（含分公司）任职。合同到期当天起不算冲突。",
            "个业委会",
            "有冲突的业委会",
            Bases.all("冲突一个也不行；当地物业条例另有规定的，按条例改"),
            false);

    private static final String SUBJECTS = """
            with conflict as (
                select distinct o.id
                from body o
                         join contract c on c.estate = o.estate and c.during @> cast(:on as date)
                         join appointment m on m.body = o.id and m.during @> cast(:on as date)
                         join appointment s on s.person = m.person and s.body <> o.id and s.during @> cast(:on as date)
                         join body w on w.id = s.body and coalesce(w.company, w.id) = c.company
                         join post p on p.name = s.post and p.duty <> 'adviser'
                where o.kind = 'owners_committee' and daterange(o.since, o.until) @> cast(:on as date)
            )
            select e.community as area, o.id, o.name, '/estates/' || e.id as link, x.id is null as met, false as notice,
                   '有成员同时在服务本小区的物业企业任职' as missing, null::bigint as body
            from body o
                     join estate e on e.id = o.estate
                     left join conflict x on x.id = o.id
            where o.kind = 'owners_committee' and daterange(o.since, o.until) @> cast(:on as date)
            """;

    ConflictFreeCheck(JdbcClient jdbc) {
        super(RULE, jdbc, SUBJECTS);
    }
}
