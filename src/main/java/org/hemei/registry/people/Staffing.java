package org.hemei.registry.people;

import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.Chip;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * 每社区 1—2 人 (the article, as far as a place asks for no other number): property workers of each residents' community, counted by the duty of their post on a day. Village
 * communities and special ones are not counted. And the street's 城市管理部: exactly one that is active.
 */
@Component
public class Staffing {

    static final int PAGE = 100;

    /** How many are asked for: rule data of the check 'staffing', which a place can set for itself. */
    public record Asked(int least, int most) {

        public State state(int workers) {
            return workers < least ? State.NONE : workers <= most ? State.MET : State.MORE;
        }

        /** 1—2 人 */
        public String words() {
            return (least == most ? "" + least : least + "—" + most) + " 人";
        }
    }

    /** Fewer than asked for is a breach; more is worth a look. */
    public enum State {
        NONE("late", "cross"),
        MET("ok", "check"),
        MORE("wait", "info");

        private final String tone;
        private final String icon;

        State(String tone, String icon) {
            this.tone = tone;
            this.icon = icon;
        }

        public String words(Asked asked) {
            return switch (this) {
                case NONE -> asked.least <= 1 ? "没有人" : "不到 " + asked.least + " 人";
                case MET -> asked.words();
                case MORE -> "超过 " + asked.most + " 人";
            };
        }

        public Chip chip(Asked asked) {
            return new Chip(words(asked), tone, icon);
        }

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** @param since when it is not met: the first day of it, null when it never was otherwise */
    public record Community(
            String code,
            String name,
            String street,
            int fullTime,
            int partTime,
            int least,
            int most,
            @Nullable LocalDate since) {

        public Community {
            name = Areas.plain(name);
        }

        public int workers() {
            return fullTime + partTime;
        }

        public State state() {
            return asked().state(workers());
        }

        public Asked asked() {
            return new Asked(least, most);
        }
    }

    public record Line(String code, String name, int communities, int none, int more, int fullTime, int partTime) {

        public int met() {
            return communities - none - more;
        }
    }

    /** @param active how many departments the street has on the day */
    public record Street(String code, String name, int active) {}

    /**
     * The planner knows nothing of how many rows these steps have, once it plans for any area and day: so what is counted of a community comes together by one
     * grouping, and never by joining the steps. First days stand in their order, so that the one who is one too many tells since when.
     */
    private static final String COMMUNITIES = """
            with standard as materialized (
                select name, area, value from rule_threshold where rule = 'staffing' and during @> cast(:day as date)
            ), held as materialized (
                select b.area, a.person, a.full_time, lower(a.during) as first, upper(a.during) as ending
                from (select id, area from body where kind = 'residents_committee' and area like :area) b
                         cross join lateral (select * from appointment x where x.body = b.id offset 0) a
                where a.post = any(array(select name from post where duty = 'property_worker')) and lower(a.during) <= :day
            ), tally as materialized (
                select code, max(name) as name, max(parent) as parent,
                       (count(*) filter (where full_time))::int as full_time, (count(*) filter (where not full_time))::int as part_time,
                       array_agg(first order by first) filter (where first is not null) as firsts, max(ending) as gone
                from (select code, name, parent, null::boolean as full_time, null::date as first, null::date as ending
                      from area where level = 'community' and kind = 'residents' and code like :area
                      union all
                      select area, null, null, bool_or(full_time), min(first), null
                      from held where ending is null or ending > :day group by area, person
                      union all
                      select area, null, null, null, null, ending from held where ending <= :day) k
                group by code having max(name) is not null
            ), community as (
                select code, name, parent, full_time, part_time, least, most,
                       case when full_time + part_time < least then gone else firsts[most + 1] end as since
                from (select t.*, coalesce((select value from standard where name = 'least' and starts_with(t.code, area)
                                            order by length(area) desc limit 1), 1) as least,
                             coalesce((select value from standard where name = 'most' and starts_with(t.code, area)
                                       order by length(area) desc limit 1), 2) as most
                      from tally t offset 0) c
            )
            """;

    private final JdbcClient jdbc;

    Staffing(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is asked for in an area; a place below it can have set its own. */
    public Asked asked(String area, LocalDate day) {
        return jdbc.sql("""
                        select threshold('staffing', 'least', :area, cast(:day as date), 1) as least,
                               threshold('staffing', 'most', :area, cast(:day as date), 2) as most
                        """)
                .param("area", area)
                .param("day", day)
                .query(Asked.class)
                .single();
    }

    /** @param digits the length of the codes to gather under */
    public List<Line> lines(String area, int digits, LocalDate day) {
        return jdbc.sql(COMMUNITIES + """
                        select l.*, (select a.name from area a where a.code = l.code) as name
                        from (select left(code, :digits) as code, count(*)::int as communities,
                                     (count(*) filter (where full_time + part_time < least))::int as none,
                                     (count(*) filter (where full_time + part_time > most))::int as more,
                                     sum(full_time)::int as full_time, sum(part_time)::int as part_time
                              from community group by 1) l
                        order by l.code
                        """)
                .param("area", area + "%")
                .param("digits", digits)
                .param("day", day)
                .query(Line.class)
                .list();
    }

    /** @param state null for all */
    public List<Community> communities(String area, @Nullable State state, LocalDate day, String after, int most) {
        return jdbc.sql(COMMUNITIES + """
                        select c.*, (select s.name from area s where s.code = c.parent) as street
                        from community c
                        where code > :after
                          and case :state when 'none' then full_time + part_time < least
                                          when 'met' then full_time + part_time between least and most
                                          when 'more' then full_time + part_time > most
                                          else true end
                        order by code limit :most
                        """)
                .param("area", area + "%")
                .param("state", state == null ? "" : state.code())
                .param("day", day)
                .param("after", after)
                .param("most", most)
                .query(Community.class)
                .list();
    }

    /** Streets, with how many active departments each has. */
    public List<Street> streets(String area, LocalDate day) {
        return jdbc.sql("""
                        select s.code, s.name, count(b.id)::int as active
                        from area s
                                 left join body b on b.area = s.code and b.kind = 'street_department' and b.since <= :day
                                     and (b.until is null or b.until > :day)
                        where s.level = 'street' and (s.code like :area or :own like s.code || '%')
                        group by s.code, s.name order by s.code
                        """)
                .param("area", area + "%")
                .param("own", area)
                .param("day", day)
                .query(Street.class)
                .list();
    }
}
