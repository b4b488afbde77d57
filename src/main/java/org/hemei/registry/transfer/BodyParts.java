package org.hemei.registry.transfer;

import org.hemei.platform.transfer.Part;
import org.hemei.platform.transfer.Part.Field;

/** What sheets of bodies share. */
final class BodyParts {

    private BodyParts() {}

    /** The line in the body's own story: an import founds, or puts right what was written wrongly. */
    static Part change() {
        return Part.of(
                        "body_change",
                        "change_id",
                        Field.of("body", "s.body_id"),
                        Field.of(
                                "day",
                                "case s.p0 when 'c' then s.since else (now() at time zone 'Asia/Shanghai')::date end"),
                        Field.of("verb", "case s.p0 when 'c' then 'founded' else 'corrected' end"),
                        Field.of("basis", "'导入'::text"),
                        Field.of("at", "now()"))
                .when("s.p0 in ('c', 'u')");
    }
}
