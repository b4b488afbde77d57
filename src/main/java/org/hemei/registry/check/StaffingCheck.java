package org.hemei.registry.check;

import org.hemei.platform.MechanismCheck;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** One or two property workers for each residents' community: none is a breach, more than two is worth a look. */
@Component
class StaffingCheck extends SubjectCheck {

    static final MechanismCheck.Rule RULE = new Rule(
            "staffing",
            Part.OPERATION,
            "社区有 1—2 人专管物业",
            "每个居民社区配 1—2 人专门管物业。",
            Bases.article("在每个社区配备1—2人从事物业管理工作"),
            "分母是居民社区（不算村）。分子是当天至少有 1 名物业专员的社区，一个人只算一次，专职兼职都算；超过 2 人只提示。",
            "个社区",
            "没有专人的社区",
            Bases.all("“每个社区”，没有例外", Bases.atLeast("至少几人", "人", 1, "“1—2人”"), Bases.atMost("超过几人提示", "人", 2, "“1—2人”")),
            false);

    private static final String SUBJECTS = """
            with worker as (
                select b.area, count(distinct p.person) as workers
                from body b
                         join appointment p on p.body = b.id and p.during @> cast(:on as date)
                         join post d on d.name = p.post and d.duty = 'property_worker'
                where b.kind = 'residents_committee' and daterange(b.since, b.until) @> cast(:on as date)
                group by b.area
            )
            select a.code as area, 0::bigint as id, a.name, null as link,
                   coalesce(w.workers, 0) >= threshold('staffing', 'least', a.code, :on, 1) as met,
                   coalesce(w.workers, 0) > threshold('staffing', 'most', a.code, :on, 2) as notice,
                   case when w.workers is null then '没有物业专员' else '有 ' || w.workers || ' 名物业专员' end as missing,
                   null::bigint as body
            from area a
                     left join worker w on w.area = a.code
            where a.level = 'community' and a.kind = 'residents'
            """;

    StaffingCheck(JdbcClient jdbc) {
        super(RULE, jdbc, SUBJECTS);
    }
}
