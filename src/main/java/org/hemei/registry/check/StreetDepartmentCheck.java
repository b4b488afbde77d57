package org.hemei.registry.check;

import org.hemei.platform.MechanismCheck;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Exactly one department for estates in each street (城市管理部): none is a breach, two as well. */
@Component
class StreetDepartmentCheck extends SubjectCheck {

    static final MechanismCheck.Rule RULE = new Rule(
            "street-department",
            Part.OPERATION,
            "街道都有一个城市管理部",
            "每个街道（乡镇）有且只有一个城市管理部。",
            Bases.article("全市各街道均设立“城市管理部”，作为物业管理专职部门"),
            "分母是全部街道（乡镇、街道级单位）。分子是当天恰好有一个城市管理部的街道；没有或有两个以上都算没达到。",
            "个街道",
            "城市管理部不是一个的街道",
            Bases.all("“均设立”，没有例外"),
            false);

    private static final String SUBJECTS = """
            with department as (
                select b.area, count(*) as departments
                from body b
                where b.kind = 'street_department' and daterange(b.since, b.until) @> cast(:on as date)
                group by b.area
            )
            select a.code as area, 0::bigint as id, a.name, null as link, coalesce(d.departments, 0) = 1 as met, false as notice,
                   case when d.departments is null then '没有城市管理部'
                        else '有 ' || d.departments || ' 个城市管理部，只该有一个' end as missing,
                   null::bigint as body
            from area a
                     left join department d on d.area = a.code
            where a.level = 'street'
            """;

    StreetDepartmentCheck(JdbcClient jdbc) {
        super(RULE, jdbc, SUBJECTS);
    }
}
