package org.hemei.demo;

import java.sql.Timestamp;
import java.time.Instant;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;

/** 派单规则 of the demo city: water goes to the water company, one rule with a history, and a set of changes in the making. */
final class RoutingRules {

    private RoutingRules() {}

    static void build(JdbcClient jdbc, Instant now) {
        var today = CivilTime.date(now);
        // who helps there takes orders there, too
        jdbc.sql("""
                        insert into access_grant (account, role, body, since)
                        select g.account, 'MANAGER', g.body, g.since from access_grant g join body b on b.id = g.body
                        where g.role = 'HELPER' and b.kind = 'utility' and b.area = '3401'
                        """).update();
        jdbc.sql("""
                        insert into routing_rule (area, category, target, body, urgency, basis, valid)
                        select '3401', r.category, 'named', b.id, r.urgency, '示例：' || b.short_name || '服务承诺',
                               daterange(cast(:today as date) - r.days, cast(:today as date) - r.until)
                        from (values ('utility.water', '供水', cast(null as text), 500, 160),
                                     ('utility.water', '供水', 'urgent', 160, null),
                                     ('utility.water_quality', '供水', null, 500, null),
                                     ('utility.power', '供电', null, 300, null)) as r (category, name, urgency, days, until)
                                 join lateral (select b.id, b.short_name from body b
                                               where b.kind = 'utility' and position(r.name in b.name) > 0 order by b.id limit 1) b on true
                        """).param("today", today).update();
        jdbc.sql("""
                        with keeper as (
                            select g.account, g.area from access_grant g
                            where g.role in ('HOUSING', 'CITY') and g.area like '3401__' order by g.role desc, g.id limit 1),
                        draft as (
                            insert into routing_draft (area, title, version, made_by, made_at, changed_by, changed_at)
                            select area, '飞线充电改由社区先劝', 2, account, :at, account, :at from keeper returning id, area)
                        insert into routing_draft_line (draft, line, ends, area, category, kinds, target, urgency, basis)
                        select id, 1, false, area, 'parking.ebike', '{}', 'community', 'utility', '示例：区消防安全专题会议纪要' from draft
                        """).param("at", Timestamp.from(now.minusSeconds(90_000))).update();
    }
}
