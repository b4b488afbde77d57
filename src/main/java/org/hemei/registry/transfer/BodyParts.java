package org.hemei.registry.transfer;

import org.hemei.platform.transfer.Part;
import org.hemei.platform.transfer.Part.Field;
import org.hemei.platform.transfer.Sheet;

/** What sheets of bodies share. */
final class BodyParts {

    private BodyParts() {}

    /** After body_id is known: what the body is called so far. */
    static final String NAME_BEFORE = "update stage s set name_before = b.name from body b where b.id = s.body_id";

    /** Of the names that it had and will have, the one that its own row shows: today's, or the nearest. The others are history, or plans. */
    static final String NAME = """
            update stage s set name_id = (select n.id from body_name n where n.body = s.body_id
                                          order by n.during @> %1$s desc, abs(lower(n.during) - %1$s) limit 1)
            """.formatted(Sheet.TODAY);

    static Part change() {
        return change("s.p0 in ('c', 'u')");
    }

    /** The line in the body's own story: an import founds, or puts right what was written wrongly. */
    static Part change(String when) {
        return line(
                        "change_id",
                        Field.of("day", "case s.p0 when 'c' then s.since else " + Sheet.TODAY + " end"),
                        Field.of(
                                "verb",
                                "case when s.p0 = 'c' then 'founded' when s.name_before <> s.name then 'name_corrected' else 'corrected' end"),
                        Field.of(
                                "detail",
                                "case when s.p0 <> 'c' and s.name_before <> s.name then jsonb_build_object('from', s.name_before, 'to', s.name)"
                                        + " else '{}'::jsonb end"))
                .when(when);
    }

    /** A body of former times: founded and ended by the same line. */
    static Part end() {
        return line(
                        "end_id",
                        Field.of("day", "s.until"),
                        Field.of("verb", "'dissolved'::text"),
                        Field.of("detail", "jsonb_build_object('name', s.name)"))
                .when("s.p0 = 'c' and s.until is not null");
    }

    /** A group looks after a building from a day on; or again, because its last day was wrong. */
    static Part buildings() {
        return line(
                        "change_id",
                        Field.of("day", "s.since"),
                        Field.of("verb", "'buildings'::text"),
                        Field.of(
                                "detail",
                                "jsonb_build_object('added', jsonb_build_array(s.building_id), 'gone', jsonb_build_array())"))
                .when("s.p0 = 'c' or s.p0 = 'u' and s.until is null");
    }

    static Part buildingsLeft() {
        return line(
                        "end_id",
                        Field.of("day", "s.until + 1"),
                        Field.of("verb", "'buildings'::text"),
                        Field.of(
                                "detail",
                                "jsonb_build_object('added', jsonb_build_array(), 'gone', jsonb_build_array(s.building_id))"))
                .when("s.p0 in ('c', 'u') and s.until is not null");
    }

    /**
     * Another parent from a day on, as the page tells it: from which, to which, and from where to where. Who only comes along keeps
     * the parent.
     */
    static Part move() {
        return line(
                        "move_id",
                        Field.of("day", "coalesce(s.area_since, s.parent_since)"),
                        Field.of("verb", "'moved'::text"),
                        Field.of("detail", """
                                case when s.moves then jsonb_build_object('from', s.parent_before, 'to', %s) else '{}' end
                                || case when s.area_moves then jsonb_build_object('area', s.place, 'area_before', s.area_before)
                                        else '{}' end
                                """.formatted(BodyMoves.PARENT)))
                .when("s.moves or s.area_moves");
    }

    private static Part line(String target, Field day, Field verb, Field detail) {
        return Part.of(
                        "body_change",
                        target,
                        Field.of("body", "s.body_id"),
                        day,
                        verb,
                        detail,
                        Field.of("basis", "'导入'::text"),
                        Field.of("account", Sheet.AUTHOR),
                        Field.of("at", Sheet.NOW))
                .trail(
                        Field.of("verb", "'taken_back'"),
                        Field.of("detail", "r.detail || jsonb_build_object('change', r.id, 'verb', r.verb)"),
                        Field.of("basis", "'撤销导入'"),
                        Field.of("account", ":account"),
                        Field.of("at", Sheet.NOW));
    }
}
