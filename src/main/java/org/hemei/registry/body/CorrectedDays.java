package org.hemei.registry.body;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.BodyKind;
import org.hemei.registry.people.PostsEnding;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the first and the last day of a body mean for all that it has: what began or ended with it does so on the right day, what
 * stands against that day is said. In the transaction of {@link BodyDesk}.
 */
@Component
class CorrectedDays {

    /** A table of what a body has; a post, a contract and a coverage that begin before their body are wrong. */
    private record Having(String table, String owner, String words, boolean secret) {

        /** Whether it begins on another day with its body: a post has a history to tell it in, a contract is an act of its own. */
        boolean follows() {
            return !table.equals(POST) && !table.equals(CONTRACT);
        }

        /** Whether it ends with its body on another day. */
        boolean endsAlong() {
            return owner.equals("company") && table.equals("company_coverage") || table.equals("body_building");
        }

        String many(int count) {
            return secret ? words : " " + count + " " + words;
        }
    }

    private static final String POST = "appointment";
    private static final String CONTRACT = "contract";

    private static final List<Having> HAVING = List.of(
            new Having(POST, "body", "个任职", false),
            new Having("company_coverage", "organisation", "条企业覆盖", false),
            new Having("company_coverage", "company", "条党组织覆盖", false),
            new Having("party_membership", "organisation", "党员的组织关系", true),
            new Having(CONTRACT, "company", "份物业合同", false),
            new Having("body_building", "body", "栋楼", false));

    private final JdbcClient jdbc;
    private final PostsEnding posts;
    private final CompanyEnding companies;

    CorrectedDays(JdbcClient jdbc, PostsEnding posts, CompanyEnding companies) {
        this.jdbc = jdbc;
        this.posts = posts;
        this.companies = companies;
    }

    /** What began on the day that was entered begins on the right one; what began otherwise before it speaks against it. */
    void founded(Reader reader, Body body, LocalDate from, LocalDate to) {
        var reasons = new ArrayList<Reason>();
        if (to.isBefore(from) && BodyRule.of(body.kind()).single()) {
            beside(body, to, from)
                    .ifPresent(name -> reasons.add(new Reason("day", "那时“" + name + "”还在这里，同时只能有一个。请填它撤销以后的日子。")));
        }
        if (to.isAfter(from)) {
            for (var having : HAVING) {
                early(having, body.id(), from, to, reasons);
            }
            var below = count("""
                    select (select count(distinct body) from body_parent where parent = :id and lower(during) < :to)
                         + (select count(*) from body where company = :id and since < :to)
                    """, body.id(), from, to);
            if (below > 0) {
                reasons.add(new Reason("day", "它有 " + below + " 个下级在那天以前就归它了。请先更正它们的日子，或换个日子。"));
            }
        }
        refuse(reasons);
        if (to.isAfter(from)) {
            posts.begin(reader, body.id(), from, to);
            HAVING.stream()
                    .filter(Having::follows)
                    .forEach(having -> jdbc.sql("update " + having.table
                                    + " set during = daterange(:to, upper(during)) where " + having.owner
                                    + " = :id and lower(during) = :from")
                            .param("to", to)
                            .param("id", body.id())
                            .param("from", from)
                            .update());
        }
    }

    private void early(Having having, long id, LocalDate from, LocalDate to, List<Reason> reasons) {
        var count = count(
                "select count(*) from " + having.table + " where " + having.owner
                        + " = :id and lower(during) < :to"
                        + (having.table.equals(CONTRACT)
                                ? ""
                                : " and (lower(during) <> :from or upper(during) <= :to)"),
                id,
                from,
                to);
        if (count > 0) {
            reasons.add(new Reason("day", "它有" + having.many(count) + "在那天以前就开始了。请先更正它们，或换个日子。"));
        }
    }

    /** A change of parents on its right day: the new one is there by then. */
    void parents(Body body) {
        var reasons = new ArrayList<Reason>();
        for (var span : body.parents().spans()) {
            jdbc.sql("select short_name, since from body where id = ? and since > ?")
                    .params(span.value(), span.from())
                    .query((r, n) -> new Reason(
                            "day",
                            "上级“" + r.getString("short_name") + "”"
                                    + CivilTime.day(r.getObject("since", LocalDate.class)) + "才成立。请填那天或以后的日子。"))
                    .list()
                    .forEach(reasons::add);
        }
        refuse(reasons);
    }

    /**
     * Posts that ended with the body end with it again, and so does what a company took along; what runs on past the right day speaks
     * against it.
     *
     * @param merged whether what ran on went over to another, which is asked about by {@link MergerDay}
     */
    void ended(Reader reader, Body body, LocalDate from, LocalDate to, boolean merged) {
        var reasons = new ArrayList<Reason>();
        running(body, from, to, merged, reasons);
        struckOff(body, to).ifPresent(reasons::add);
        if (to.isAfter(from) && BodyRule.of(body.kind()).single()) {
            beside(body, from, to)
                    .ifPresent(name -> reasons.add(new Reason("day", "到那天，“" + name + "”已经在这里成立了，同时只能有一个。请填更早的日子。")));
        }
        refuse(reasons);
        if (body.kind() == BodyKind.COMPANY && merged) {
            return; // its posts go with those that they became
        }
        posts.shift(reader, body.id(), from, to);
        if (merged) {
            return; // its buildings begin with the other group on the day on which they end here: MergerDay moves both
        }
        jdbc.sql(
                        "update body_building set during = daterange(lower(during), ?) where body = ? and upper(during) = ? and lower(during) < ?")
                .params(to, body.id(), from, to)
                .update();
        if (body.kind() == BodyKind.COMPANY) {
            companies.shift(reader, body.id(), from, to);
        }
    }

    /** A body of an estate is gone when the estate is. */
    private Optional<Reason> struckOff(Body body, LocalDate to) {
        return body.estate() == null
                ? Optional.empty()
                : jdbc.sql("select until from estate where id = ? and until < ?")
                        .params(body.estate(), to)
                        .query(LocalDate.class)
                        .optional()
                        .map(day -> new Reason("day", "小区 " + CivilTime.day(day) + " 起注销了，它最晚那天撤销。请换个日子。"));
    }

    private void running(Body body, LocalDate from, LocalDate to, boolean merged, List<Reason> reasons) {
        var posts = count("""
                select count(*) from appointment
                where body = :id and (upper(during) is null or upper(during) > :to)
                  and (lower(during) >= :to or upper(during) is distinct from :from)
                """, body.id(), from, to);
        if (posts > 0) {
            reasons.add(new Reason("day", "它还有 " + posts + " 个任职在那天以后才开始或结束。请先更正任职，或换个日子。"));
        }
        if (merged) {
            return;
        }
        for (var having : HAVING.stream().filter(h -> !h.table.equals(POST)).toList()) {
            var count = count(
                    "select count(*) from " + having.table + " where " + having.owner
                            + " = :id and (upper(during) is null or upper(during) > :to)"
                            + (having.endsAlong()
                                    ? " and (lower(during) >= :to or upper(during) is distinct from :from)"
                                    : ""),
                    body.id(),
                    from,
                    to);
            if (count > 0) {
                reasons.add(new Reason("day", "它还有" + having.many(count) + "到那天还没有结束。请先更正它们，或换个日子。"));
            }
        }
        var below = count("""
                select (select count(distinct body) from body_parent where parent = :id and (upper(during) is null or upper(during) > :to))
                     + (select count(*) from body where company = :id and (until is null or until > :to) and until is distinct from :from)
                """, body.id(), from, to);
        if (below > 0) {
            reasons.add(new Reason("day", "它还有 " + below + " 个下级到那天还归它。请先更正它们的日子，或换个日子。"));
        }
        branches(body, from, to, reasons);
    }

    /** What ended with a company ends with it on the right day, if it was there by then and nothing of it began later. */
    private void branches(Body company, LocalDate from, LocalDate to, List<Reason> reasons) {
        jdbc.sql("""
                        select b.short_name from body b
                        where b.company = :id and b.until = :from and b.ending = 'dissolved'
                          and (b.since >= :to
                               or exists (select from body_name n where n.body = b.id and lower(n.during) >= :to)
                               or exists (select from body_area r where r.body = b.id and lower(r.during) >= :to)
                               or exists (select from appointment a where a.body = b.id and (upper(a.during) is null or upper(a.during) > :to)
                                            and (lower(a.during) >= :to or upper(a.during) is distinct from :from)))
                        order by b.id
                        """)
                .param("id", company.id())
                .param("from", from)
                .param("to", to)
                .query(String.class)
                .list()
                .forEach(
                        name -> reasons.add(new Reason("day", "分公司“" + name + "”在那天以后才成立、变动，或有人那天以后才任职。请先更正它，或换个日子。")));
    }

    /**
     * It never ended.
     *
     * @param day the first on which it was no more
     * @return how many posts go on
     */
    int again(Reader reader, Body body, LocalDate day) {
        jdbc.sql(
                        "update body_building m set during = daterange(lower(during), null) where body = :id and upper(during) = :day"
                                + " and not exists (select from body_building o where o.building = m.building and o.id <> m.id"
                                + " and (upper(o.during) is null or upper(o.during) > :day))")
                .param("id", body.id())
                .param("day", day)
                .update();
        if (body.kind() == BodyKind.COMPANY) {
            companies.again(reader, body.id(), day);
        }
        return posts.again(reader, body.id(), day);
    }

    /** Another of its kind in its place, on any of these days. */
    private Optional<String> beside(Body body, LocalDate from, LocalDate until) {
        return jdbc.sql("""
                        select name from body
                        where coalesce(party_kind, kind) = :kind and id <> :id and since < :until and (until is null or until > :from)
                          and case when cast(:estate as bigint) is null then area = :area else estate = :estate end
                        limit 1
                        """)
                .param("kind", body.kind().code())
                .param("id", body.id())
                .param("from", from)
                .param("until", until)
                .param("estate", body.estate())
                .param("area", body.lastArea())
                .query(String.class)
                .optional();
    }

    private int count(String sql, long id, LocalDate from, LocalDate to) {
        return jdbc.sql(sql)
                .param("id", id)
                .param("from", from)
                .param("to", to)
                .query(Integer.class)
                .single();
    }

    private static void refuse(List<Reason> reasons) {
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
    }
}
