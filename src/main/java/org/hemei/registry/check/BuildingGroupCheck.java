package org.hemei.registry.check;

import org.hemei.platform.MechanismCheck;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The third tier: buildings that belong to a group (楼栋党小组), in estates that have a branch above it. */
@Component
class BuildingGroupCheck extends SubjectCheck {

    static final MechanismCheck.Rule RULE = new Rule(
            "building-group",
            Part.NETWORK,
            "楼栋党小组覆盖",
            "有党支部的小区，楼栋都编进党小组。",
            Bases.article("楼栋党小组2000余个"),
            "分母是当天有党支部的小区里的楼栋。分子是当天编进了党小组的楼栋，一栋只算一次。",
            "栋楼",
            "没编进党小组的楼栋",
            Bases.share(60, 10),
            false);

    // as a question, not as a join: how many groups stand on a day is what the planner guesses worst
    private static final String SUBJECTS = """
            select e.community as area, u.id, e.name || u.name as name, '/estates/' || e.id as link,
                   u.id in (select m.building
                            from body_building m
                                     join body b on b.id = m.body
                            where b.party_kind = 'building_group' and m.during @> cast(:on as date)
                              and daterange(b.since, b.until) @> cast(:on as date)) as met,
                   false as notice, '没有编进楼栋党小组' as missing, null::bigint as body
            from estate e
                     join (select distinct b.estate
                           from body b
                           where b.party_kind = 'estate_branch' and daterange(b.since, b.until) @> cast(:on as date)) h on h.estate = e.id
                     join building u on u.estate = e.id
            """;

    BuildingGroupCheck(JdbcClient jdbc) {
        super(RULE, jdbc, SUBJECTS);
    }
}
