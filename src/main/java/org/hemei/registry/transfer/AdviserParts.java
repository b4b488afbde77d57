package org.hemei.registry.transfer;

import org.hemei.platform.transfer.Check;
import org.hemei.platform.transfer.Part;
import org.hemei.platform.transfer.Part.Field;

/** What rests on posts of advisers that a file ends sooner: whoever leaves the post covers the company no longer, as where it is ended by hand. */
final class AdviserParts {

    private AdviserParts() {}

    /** Coverage v by appointment a of the row, which goes on past its new end, where whoever is sent holds no other post there then. */
    private static final String RESTING = """
            from appointment a join post p on p.name = a.post and p.duty = 'adviser'
                     join company_coverage v on v.company = a.body and v.adviser = a.person and v.during && a.during
            where a.id = s.appointment_id and (upper(a.during) is null or upper(a.during) > upper(s.during))
              and (upper(v.during) is null or upper(v.during) > upper(s.during))
              and not exists (select from appointment o join post op on op.name = o.post and op.duty = 'adviser'
                              where o.person = a.person and o.body = a.body and o.id <> a.id and o.during @> upper(s.during))
              and not exists (select from stage o join post op on op.name = o.post and op.duty = 'adviser'
                              where o.person_id = a.person and o.body_id = a.body and o.line <> s.line and o.during @> upper(s.during))
            """;

    static final String COVERED = """
            update stage s set coverage_id = r.id, covered = daterange(r.first, upper(s.during))
            from (select s.line, v.id, lower(v.during) as first from stage s cross join lateral (select v.id, v.during %s) v) r
            where r.line = s.line and r.first < upper(s.during)
            """.formatted(RESTING);

    static final Check LATER = new Check(
            "until",
            "这位指导员那天以后才开始派驻这家企业，靠的就是这个职务。请先在企业的“党组织覆盖”里撤掉那一条。",
            "exists (select " + RESTING + " and lower(v.during) >= upper(s.during))");

    static final Part PART = Part.of("company_coverage", "coverage_id", Field.of("during", "s.covered", "until"))
            .when("s.coverage_id is not null");
}
