package org.hemei.evaluation.publication;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who stands beside whom: projects of like kind and size, by the groups that hold at the end of the evaluated year. They are data, and
 * those by which the three rates are compared as well.
 */
@Repository
class Leagues {

    /**
     * @param basis what says that these are compared
     * @param projects how many have a published score, rated or not
     */
    record League(String code, String name, String basis, int projects) {

        /** Where nothing was published. */
        static final League NONE = new League("", "", "", 0);
    }

    /** In SQL: the group of project {@code p} in campaign {@code c}, the first in order that holds it. */
    static final String OF_PROJECT = """
            (select g.code from rate_group g
             where g.what = 'project' and g.valid @> make_date(c.year, 12, 31)
               and p.households >= g.least and (g.below is null or p.households < g.below) and (g.kinds = '{}' or g.kinds && p.kinds)
             order by g.position limit 1)
            """;

    private final JdbcClient jdbc;

    Leagues(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those with a published score in an area and year, in their order. */
    List<League> in(int year, String area) {
        return jdbc.sql("""
                        select g.code, g.name, g.basis, r.projects
                        from (select league, count(*) as projects
                              from (select %s as league %s
                                    where e.community like :area || '%%' and c.year = :year) p group by league) r
                                 join rate_group g on g.code = r.league
                        order by g.position
                        """.formatted(OF_PROJECT, Published.FROM))
                .param("year", year)
                .param("area", area)
                .query(League.class)
                .list();
    }

    /** That of a project; empty where the groups of its year leave it out. */
    Optional<League> of(long project) {
        return jdbc.sql("""
                        select g.code, g.name, g.basis, 1 as projects
                        from evaluation_project p join evaluation_campaign c on c.id = p.campaign join rate_group g on g.code = %s
                        where p.id = ?
                        """.formatted(OF_PROJECT))
                .param(project)
                .query(League.class)
                .optional();
    }
}
