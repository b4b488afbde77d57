package org.hemei.registry.body;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.registry.people.PostsEnding;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What ends with a company that is struck off: its branches, its coverage, the posts in all of them; and what comes back with it. */
@Component
public class CompanyEnding {

    private record Held(long id, @Nullable LocalDate until) {}

    /** What the newest entry of the company's end says of it: its branches, and the days on which some were to end by themselves. */
    private static final String SAID =
            "(select c.detail from body_change c where c.body = :company and c.verb = 'dissolved' order by c.id desc limit 1)";

    private final PostsEnding posts;
    private final JdbcClient jdbc;

    CompanyEnding(PostsEnding posts, JdbcClient jdbc) {
        this.posts = posts;
        this.jdbc = jdbc;
    }

    /**
     * Within the caller's transaction, which ends the company itself.
     *
     * @return for the history: the branches that ended, those of them and the coverage with the days they were to end on, how many posts
     */
    public Map<String, Object> with(Reader reader, long company, LocalDate day) {
        late(company, day);
        var standing = jdbc.sql("""
                        select b.id, b.until from body b
                        where b.kind = 'company_branch' and (b.until is null or b.until > :day) and %s = :company
                        order by b.id for no key update
                        """.formatted(BodyFacts.COMPANY_ON_DAY))
                .param("company", company)
                .param("day", day)
                .query(Held.class)
                .list();
        var branches = standing.stream().map(Held::id).toList();
        jdbc.sql("update body set until = ?, ending = 'dissolved', version = version + 1 where id = any(?)")
                .params(day, branches.toArray(Long[]::new))
                .update();
        var vacated = posts.with(reader, company, day);
        for (var branch : branches) {
            vacated += posts.with(reader, branch, day);
        }
        var covered = jdbc.sql("""
                        select id, upper(during) as until from company_coverage
                        where company = :company and lower(during) < :day and (upper(during) is null or upper(during) > :day)
                        """)
                .param("company", company)
                .param("day", day)
                .query(Held.class)
                .list();
        jdbc.sql("delete from company_coverage where company = ? and lower(during) >= ?")
                .params(company, day)
                .update();
        Map<String, String> coverage = new LinkedHashMap<>();
        for (var held : covered) {
            until(held.id, day);
            coverage.put(String.valueOf(held.id), held.until == null ? "" : held.until.toString());
        }
        return Map.of(
                "branches",
                branches,
                "branch_ends",
                standing.stream()
                        .filter(branch -> branch.until != null)
                        .collect(Collectors.toMap(
                                branch -> String.valueOf(branch.id), branch -> String.valueOf(branch.until))),
                "coverage",
                coverage,
                "posts",
                vacated);
    }

    /** A branch that begins on that day or later would stand under nothing. */
    private void late(long company, LocalDate day) {
        jdbc.sql("""
                        select b.short_name from body b
                        where b.company = ? and b.since >= ? and b.kind = 'company_branch' and (b.until is null or b.until > b.since)
                        order by b.since, b.id limit 1
                        """).params(company, day).query(String.class).optional().ifPresent(name -> {
            throw Refusal.of("day", "分公司“" + name + "”那天或以后才成立。请填更晚的日子，或先更正它。");
        });
    }

    /** The day was entered wrongly: what ended with the company ends on the right one. */
    void shift(Reader reader, long company, LocalDate was, LocalDate day) {
        for (var branch : ended(company, was)) {
            var until = jdbc.sql("""
                            update body b set until = least(cast(:day as date), (%s -> 'branch_ends' ->> cast(b.id as text))::date), version = version + 1
                            where b.id = :branch returning b.until
                            """.formatted(SAID))
                    .param("day", day)
                    .param("company", company)
                    .param("branch", branch)
                    .query(LocalDate.class)
                    .single();
            posts.shift(reader, branch, was, until);
        }
        jdbc.sql(
                        "update company_coverage set during = daterange(lower(during), ?) where company = ? and upper(during) = ?")
                .params(day, company, was)
                .update();
    }

    /** It never ended, nor did what the entry of its end says ended with it. */
    void again(Reader reader, long company, LocalDate day) {
        for (var branch : ended(company, day)) {
            jdbc.sql("""
                            update body b set until = said.until, ending = case when said.until is not null then 'dissolved' end, version = version + 1
                            from (select (%s -> 'branch_ends' ->> cast(:branch as text))::date as until) said where b.id = :branch
                            """.formatted(SAID))
                    .param("company", company)
                    .param("branch", branch)
                    .update();
            posts.again(reader, branch, day);
        }
        jdbc.sql("""
                        update company_coverage v set during = daterange(lower(v.during), nullif(said.until, '')::date)
                        from (select distinct on (k.key) k.key::bigint as id, k.value as until
                              from body_change c cross join jsonb_each_text(c.detail -> 'coverage') k
                              where c.body = :company and c.verb = 'dissolved' order by k.key, c.id desc) said
                        where v.id = said.id and v.company = :company and upper(v.during) = :day
                          and not exists (select from company_coverage o
                                          where o.company = v.company and o.id <> v.id and (o.organisation is null) = (v.organisation is null)
                                            and o.during && daterange(:day, nullif(said.until, '')::date))
                        """).param("company", company).param("day", day).update();
    }

    /** Branches that ended on the very day, under the company today or by then; those that had ended by themselves before did so on days of their own. */
    private List<Long> ended(long company, LocalDate day) {
        return jdbc.sql("""
                        select b.id from body b cross join (select %s as detail) said
                        where b.ending = 'dissolved' and b.until = :day
                          and (b.company = :company or said.detail -> 'branches' @> to_jsonb(b.id))
                        order by b.id for no key update of b
                        """.formatted(SAID))
                .param("company", company)
                .param("day", day)
                .query(Long.class)
                .list();
    }

    private void until(long coverage, LocalDate day) {
        jdbc.sql("update company_coverage set during = daterange(lower(during), ?) where id = ?")
                .params(day, coverage)
                .update();
    }
}
