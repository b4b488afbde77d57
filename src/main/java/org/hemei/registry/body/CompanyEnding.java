package org.hemei.registry.body;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.registry.people.PostsEnding;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What ends with a company that is struck off: its branches, its coverage, the posts in all of them; and what comes back with it. */
@Component
public class CompanyEnding {

    private record Held(long id, @Nullable LocalDate until) {}

    private final PostsEnding posts;
    private final JdbcClient jdbc;

    CompanyEnding(PostsEnding posts, JdbcClient jdbc) {
        this.posts = posts;
        this.jdbc = jdbc;
    }

    /**
     * Within the caller's transaction, which ends the company itself.
     *
     * @return for the history: the branches that ended, the coverage with the days it was to end on, how many posts
     */
    public Map<String, Object> with(Reader reader, long company, LocalDate day) {
        var branches = jdbc.sql("""
                        update body set until = :day, ending = 'dissolved', version = version + 1
                        where company = :company and until is null and since < :day returning id
                        """)
                .param("day", day)
                .param("company", company)
                .query(Long.class)
                .list();
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
        return Map.of("branches", branches, "coverage", coverage, "posts", vacated);
    }

    /** The day was entered wrongly: what ended with the company ends on the right one. */
    void shift(Reader reader, long company, LocalDate was, LocalDate day) {
        for (var branch : ended(company, was)) {
            jdbc.sql("update body set until = ?, version = version + 1 where id = ?")
                    .params(day, branch)
                    .update();
            posts.shift(reader, branch, was, day);
        }
        jdbc.sql(
                        "update company_coverage set during = daterange(lower(during), ?) where company = ? and upper(during) = ?")
                .params(day, company, was)
                .update();
    }

    /** It never ended, nor did what the entry of its end says ended with it. */
    void again(Reader reader, long company, LocalDate day) {
        for (var branch : ended(company, day)) {
            jdbc.sql("update body set until = null, ending = null, version = version + 1 where id = ?")
                    .param(branch)
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

    /** Branches that ended on the very day; those that had ended by themselves before did so on days of their own. */
    private List<Long> ended(long company, LocalDate day) {
        return jdbc.sql(
                        "select id from body where company = ? and until = ? and ending = 'dissolved' order by id for no key update")
                .params(company, day)
                .query(Long.class)
                .list();
    }

    private void until(long coverage, LocalDate day) {
        jdbc.sql("update company_coverage set during = daterange(lower(during), ?) where id = ?")
                .params(day, coverage)
                .update();
    }
}
