package org.hemei.registry.body;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.Bodies;
import org.hemei.registry.BodyKind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the desk has to know about the rest of the network before it changes a body. */
@Component
class BodyFacts {

    record EstatePlace(long id, String name, String community) {}

    private final JdbcClient jdbc;

    BodyFacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<EstatePlace> estate(@Nullable Long id) {
        return id == null
                ? Optional.empty()
                : jdbc.sql("select id, name, community from estate where id = ?")
                        .param(id)
                        .query(EstatePlace.class)
                        .optional();
    }

    /** Why no body can stand at the estate from that day on: it was struck off, and a body of its past ends no later. */
    Optional<Reason> struckOff(@Nullable Long estate) {
        return estate == null
                ? Optional.empty()
                : jdbc.sql("select until from estate where id = ? and until is not null")
                        .param(estate)
                        .query(LocalDate.class)
                        .optional()
                        .map(day -> new Reason(null, "小区 " + CivilTime.day(day) + " 起注销了，这里不能再有组织。注销错了，请房管部门先恢复小区。"));
    }

    Optional<BodyRule.Place> area(String code) {
        return jdbc.sql("select code, parent, level from area where code = ?")
                .param(code)
                .query((r, n) -> new BodyRule.Place(r.getString(1), r.getString(2), BodyRule.Level.of(r.getString(3))))
                .optional();
    }

    /** The place of a body: of its estate, where it has one. */
    Optional<BodyRule.Place> place(String area, @Nullable Long estate) {
        return estate == null
                ? area(area)
                : estate(estate).map(e -> new BodyRule.Place(e.community(), null, BodyRule.Level.ESTATE));
    }

    /** Bodies that could be the parent of one of this kind in this area, as of a day. */
    List<Bodies.Body> parents(BodyKind kind, BodyRule.Place place, LocalDate on) {
        var rule = BodyRule.of(kind);
        if (rule.under().isEmpty()) {
            return List.of();
        }
        return jdbc
                .sql("select " + Bodies.COLUMNS + " from body b " + Bodies.NAMES + """
                        where coalesce(b.party_kind, b.kind) = any(:kinds) and b.until is null and b.since <= :on
                          and starts_with(:area, coalesce(ba.area, b.area))
                        order by coalesce(b.party_kind, b.kind), b.id limit 200
                        """)
                .param("kinds", rule.under().stream().map(BodyKind::code).toArray(String[]::new))
                .param("area", place.area())
                .param("on", on)
                .query(Bodies::read)
                .list()
                .stream()
                .filter(parent -> rule.reasons(place, new BodyRule.Parent(parent.kind(), parent.area()))
                        .isEmpty())
                .toList();
    }

    /** Another of this kind in the place, at any time from that day on; its name. */
    Optional<String> other(BodyKind kind, String area, @Nullable Long estate, LocalDate day) {
        return other(kind, area, estate, day, 0);
    }

    private Optional<String> other(BodyKind kind, String area, @Nullable Long estate, LocalDate day, long but) {
        return jdbc.sql("""
                        select name from body
                        where coalesce(party_kind, kind) = :kind and (until is null or until > :day) and id <> :but
                          and case when cast(:estate as bigint) is null then area = :area else estate = :estate end
                        limit 1
                        """)
                .param("kind", kind.code())
                .param("area", area)
                .param("estate", estate)
                .param("day", day)
                .param("but", but)
                .query(String.class)
                .optional();
    }

    /** On that day or later; one that is to end before it is in nobody's way. */
    boolean sameName(BodyKind kind, String area, String name, LocalDate day, long but) {
        return jdbc.sql("""
                        select exists (select from body
                                       where area = :area and coalesce(party_kind, kind) = :kind and name = :name
                                         and (until is null or until > :day) and id <> :but)
                        """)
                .param("area", area)
                .param("kind", kind.code())
                .param("name", name)
                .param("day", day)
                .param("but", but)
                .query(Boolean.class)
                .single();
    }

    boolean codeTaken(String code) {
        return jdbc.sql("select exists (select from body where code = ?)")
                .param(code)
                .query(Boolean.class)
                .single();
    }

    /** How many of these buildings are not of the estate, or already have a group on that day. */
    int wrongBuildings(List<Long> buildings, long estate, LocalDate day) {
        return jdbc.sql("""
                        select cardinality(:ids) - count(*)
                        from building u
                        where u.id = any(:ids) and u.estate = :estate
                          and not exists (select from body_building bb join body b on b.id = bb.body
                                          where bb.building = u.id and (upper(bb.during) is null or upper(bb.during) > :day)
                                            and (b.until is null or b.until > :day))
                        """)
                .param("ids", buildings.toArray(Long[]::new))
                .param("estate", estate)
                .param("day", day)
                .query(Integer.class)
                .single();
    }

    /** What still runs on that day or after it. */
    Running running(Body body, LocalDate day) {
        return jdbc.sql("""
                        select (select count(distinct bp.body) from body_parent bp
                                where bp.parent = :id and (upper(bp.during) is null or upper(bp.during) > :day)),
                               (select count(*) from company_coverage c
                                where c.organisation = :id and (upper(c.during) is null or upper(c.during) > :day)),
                               (select count(*) from party_membership m
                                where m.organisation = :id and (upper(m.during) is null or upper(m.during) > :day)),
                               (select count(*) from contract k
                                where k.company = :id and (upper(k.during) is null or upper(k.during) > :day)),
                               case when :kind = 'backstop_team'
                                    then (select count(*) from estate_now e where e.community = :area) else 0 end,
                               (select count(*) from appointment a
                                where a.body = :id and (upper(a.during) is null or upper(a.during) > :day))
                        """)
                .param("id", body.id())
                .param("day", day)
                .param("kind", body.kind().code())
                .param("area", body.lastArea())
                .query((r, n) ->
                        new Running(r.getInt(1), r.getInt(2), r.getInt(3), r.getInt(4), r.getInt(5), r.getInt(6)))
                .single();
    }

    /** The backstop team that a community has, whatever is planned for it. */
    Optional<Long> team(String community) {
        return jdbc.sql("select id from body where kind = 'backstop_team' and area = ? and until is null")
                .param(community)
                .query(Long.class)
                .optional();
    }

    /** What speaks against that a body which ended on that day is there again. */
    List<Reason> againstReturn(Body body, LocalDate day) {
        var reasons = new ArrayList<Reason>();
        struckOff(body.estate()).ifPresent(reasons::add);
        if (BodyRule.of(body.kind()).single()) {
            other(body.kind(), body.lastArea(), body.estate(), day, body.id())
                    .ifPresent(name -> reasons.add(new Reason(
                            null,
                            "这里后来有了“" + name + "”，同时只能有一个。"
                                    + (body.kind() == BodyKind.BACKSTOP_TEAM
                                            ? "兜底不能空，它不能先撤：要换回来，请用“成立组织”再成立一个服务队，选“接替”，任职重新登记。"
                                            : "请先撤销它。"))));
        } else if (sameName(body.kind(), body.lastArea(), body.nameNow().full(), day, body.id())) {
            reasons.add(new Reason(null, "这里后来有了同名的" + body.kind().words() + "。请先给它更名。"));
        }
        var parents = body.parents().spans();
        if (!parents.isEmpty()) {
            jdbc.sql("select short_name from body where id = ? and until is not null")
                    .param(parents.getLast().value())
                    .query(String.class)
                    .optional()
                    .ifPresent(name -> reasons.add(new Reason(null, "它的上级“" + name + "”已经不在了。请先恢复上级。")));
        }
        return reasons;
    }

    /** Which company a branch, b, stands under on a day. */
    static final String COMPANY_ON_DAY =
            "coalesce((select p.parent from body_parent p where p.body = b.id and p.during @> cast(:day as date)), b.company)";

    /** Of a company, as they stand on a day; also those that are to end or to go over later. */
    List<Long> branches(long company, LocalDate day) {
        return jdbc.sql("""
                        select b.id from body b
                        where b.kind = 'company_branch' and (b.until is null or b.until > :day) and %s = :company order by b.id
                        """.formatted(COMPANY_ON_DAY))
                .param("company", company)
                .param("day", day)
                .query(Long.class)
                .list();
    }

    List<Long> children(long parent, LocalDate day) {
        return jdbc.sql("""
                        select distinct body from body_parent
                        where parent = :id and (upper(during) is null or upper(during) > :day) order by body
                        """)
                .param("id", parent)
                .param("day", day)
                .query(Long.class)
                .list();
    }
}
