package org.hemei.registry.transfer;

import java.util.List;
import java.util.stream.Stream;
import org.hemei.platform.transfer.Check;
import org.hemei.platform.transfer.Part;
import org.hemei.platform.transfer.Part.Field;
import org.hemei.platform.transfer.Sheet;
import org.hemei.registry.body.BodyPlacement;

/**
 * 换上级 by a sheet: a row that gives a body that is there another parent and the day from which it holds is the same act as on the
 * body's page, with its days in order and its history. A row that tells of a stretch that is there already changes nothing.
 */
final class BodyMoves {

    /** The parent's id, also of one that the same file founds. */
    static final String PARENT = "coalesce(s.parent_id, (select o.body_id from stage o where o.code = s.parent))";

    static final String ALONG = "另有 %s 个下级组织（楼栋党小组等）不在表里，跟着一起换社区。";

    private BodyMoves() {}

    /** After body_id and parent_id are known. The last stretch of a body's parents is the one that a move ends. */
    static List<String> resolve() {
        return List.of(
                """
                alter table stage add moves boolean not null default false, add edited boolean not null default false,
                                  add area_moves boolean not null default false, add area_before text, add area_today text, add area_start date, add area_since date,
                                  add led_by int, add parent_before bigint, add last_start date, add old_link bigint, add old_area bigint, add area_link bigint, add move_id bigint
                """,
                """
                update stage s set old_link = p.id, parent_before = p.parent, last_start = lower(p.during)
                from (select distinct on (body) * from body_parent order by body, lower(during) desc) p where p.body = s.body_id
                """,
                """
                update stage s set old_area = p.id, area_start = lower(p.during)
                from (select distinct on (body) * from body_area order by body, lower(during) desc) p where p.body = s.body_id
                """,
                """
                update stage s set last_start = coalesce(s.last_start, b.since), area_before = coalesce(a.area, b.area),
                                   area_today = b.area, area_start = coalesce(s.area_start, b.since),
                                   edited = b.name <> s.name or b.short_name <> coalesce(s.short_name, b.short_name),
                                   moves = s.parent is not null and not exists (
                                       select from body_parent p
                                       where p.body = b.id and p.parent = s.parent_id
                                         and case when s.parent_since is null then p.during @> %s or upper(p.during) is null
                                                  else lower(p.during) = s.parent_since end)
                from body b left join body_area a on a.body = b.id and upper(a.during) is null where b.id = s.body_id
                """.formatted(Sheet.TODAY),
                // along with an estate that has come to another community
                """
                update stage s set area_moves = true, area_since = s.parent_since
                from body b
                where b.id = s.body_id and b.estate = s.estate_id and s.moves and s.area_before <> s.place
                """,
                // those under it whom the file has as well
                """
                update stage s set area_moves = s.place = l.place, area_since = l.parent_since, led_by = l.line
                from stage l join body b on b.estate = l.estate_id and b.until is null
                where b.id = s.body_id and l.area_moves and l.body_id = s.parent_before and l.area_before = s.area_before and not s.moves
                """,
                // and those whom it has not: on lines of no file
                """
                insert into stage (line, code, kind, name, short_name, place, estate_id, level, since, body_id, old_area, area_before, area_today,
                                   area_start, area_since, area_moves, led_by)
                select -row_number() over (order by b.id), b.code, coalesce(b.party_kind, b.kind), b.name, b.short_name, l.place, b.estate, 'estate',
                       b.since, b.id, a.id, l.area_before, b.area, coalesce(lower(a.during), b.since), l.parent_since, true, l.line
                from stage l
                         join body_parent p on p.parent = l.body_id and upper(p.during) is null
                         join body b on b.id = p.body and b.estate = l.estate_id and b.until is null
                         left join body_area a on a.body = b.id and upper(a.during) is null
                where l.area_moves and l.led_by is null and coalesce(a.area, b.area) = l.area_before
                  and not exists (select from stage o where o.body_id = b.id)
                """);
    }

    static List<Check> checks() {
        var today = Sheet.TODAY;
        return List.of(
                new Check("parent_since", "上级和现在的不一样。请填从哪天起归新的上级；上级没有变，请照现在的填。", "s.moves and s.parent_since is null"),
                new Check(
                        "parent_since",
                        "它现在就归这个上级，日子不一样。填错的日子请到组织页“更正日期”。",
                        "s.moves and s.parent_since is not null and s.parent_before = s.parent_id"),
                new Check(
                        "parent_since",
                        "要晚于上一次换上级的日子（或成立的日子）：{last_start}。",
                        "s.moves and s.parent_before is distinct from s.parent_id and s.parent_since <= s.last_start"),
                new Check(
                        "parent_since",
                        "最多提前一年登记。请填近一点的日子。",
                        "s.parent_since > " + today + " + interval '" + BodyPlacement.MONTHS_AHEAD + " months'"),
                new Check(
                        "since",
                        "最多提前一年登记。请填近一点的日子。",
                        "s.body_id is null and s.since > " + today + " + interval '" + BodyPlacement.MONTHS_AHEAD
                                + " months'"),
                new Check(
                        "parent_since", "比成立日期还早。请改一改，或留空（从成立起就归它）。", "s.body_id is null and s.parent_since < s.since"),
                new Check("parent_since", "填了日期，也要填上级编号。", "s.parent_since is not null and s.parent is null"),
                new Check(
                        "parent_since",
                        "它已经撤销或并走了，不能再换上级。",
                        "s.moves and exists (select from body b where b.id = s.body_id and b.until is not null)"),
                new Check("parent", "那一天上级还没有成立，或已经撤销。请换一个，或换个日子。", """
                        (s.moves or s.body_id is null) and (
                            exists (select from body p where p.id = s.parent_id
                                      and (p.until is not null and (s.until is null or p.until < s.until) or p.since > coalesce(s.parent_since, s.since)))
                            or s.parent_id is null and exists (select from stage o
                                                               where o.code = s.parent
                                                                 and (o.since > coalesce(s.parent_since, s.since)
                                                                      or o.until is not null and (s.until is null or o.until < s.until))))
                        """),
                new Check(
                        "parent_since",
                        "它下面有组织那一天还没有成立，或那以后才来，不能从那天起跟着换社区。请填更晚的日子。",
                        "s.area_moves and exists (select from stage f where f.led_by = s.line and f.area_start >= s.parent_since)"),
                new Check("place", "它的上级在这张表里换社区，它要跟着去。请填上级的新所在地，或去掉这一行。", "s.led_by is not null and not s.area_moves"),
                new Check(
                        "code",
                        "这个组织现在不在您负责的范围里。请交给管那里的人办。",
                        "s.moves and not exists (select from importer i where starts_with(s.area_before, i.area))"));
    }

    /** The body's own row takes part in a move: its version counts up, and its area of today is that of today. */
    static Field area() {
        return Field.of("area", """
                        case when s.p0 = 'c' or s.area_moves and s.area_since <= %s then s.place
                             else s.area_today end
                        """.formatted(Sheet.TODAY), "parent_since").differing("s.moves or s.area_moves");
    }

    /** What ends, and what begins, in the dated tables. */
    static Stream<Part> parts() {
        return Stream.of(
                Part.of(
                                "body_parent",
                                "old_link",
                                Field.of("during", "daterange(s.last_start, s.parent_since)", "parent_since")
                                        .differing("s.moves"))
                        .when("s.moves and s.old_link is not null"),
                Part.of(
                                "body_parent",
                                "link_id",
                                Field.of("body", "s.body_id"),
                                Field.of("parent", PARENT),
                                Field.of(
                                        "during",
                                        "daterange(coalesce(s.parent_since, s.since), case when s.p0 = 'c' then s.until end)"))
                        .when("(s.p0 = 'c' and s.parent is not null) or s.moves"),
                Part.of(
                                "body_area",
                                "old_area",
                                Field.of("body", "s.body_id"),
                                Field.of("area", "s.area_before"),
                                Field.of("during", "daterange(s.area_start, s.area_since)", "parent_since")
                                        .differing("s.area_moves"))
                        .when("s.area_moves"),
                Part.of(
                                "body_area",
                                "area_link",
                                Field.of("body", "s.body_id"),
                                Field.of("area", "s.place"),
                                Field.of("during", "daterange(s.area_since, null)"))
                        .when("s.area_moves"));
    }
}
