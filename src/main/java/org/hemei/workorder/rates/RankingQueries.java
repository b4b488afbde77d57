package org.hemei.workorder.rates;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.list.AreaQueries;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who is compared with whom, and how large they are. */
@Component
class RankingQueries {

    /** What is compared. */
    enum What {
        PROJECT("项目"),
        COMPANY("企业"),
        COMMUNITY("社区、村"),
        STREET("街道、乡镇");

        private final String words;

        What(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static @Nullable What named(@Nullable String code) {
            return Arrays.stream(values())
                    .filter(what -> what.code().equals(code))
                    .findFirst()
                    .orElse(null);
        }

        /** Which can be compared in an area of this level. */
        static List<What> in(String level) {
            return switch (level) {
                case "city", "district" -> List.of(values());
                case "street" -> List.of(PROJECT, COMPANY, COMMUNITY);
                default -> List.of(PROJECT, COMPANY);
            };
        }

        By by() {
            return switch (this) {
                case PROJECT -> By.PROJECT;
                case COMPANY -> By.COMPANY;
                default -> By.AREA;
            };
        }
    }

    /** A group of the like, as data. */
    record Group(
            String code, String name, long least, @Nullable Long below, List<String> kinds, String basis) {

        boolean holds(Candidate one) {
            return one.households >= least
                    && (below == null || one.households < below)
                    && (kinds.isEmpty() || one.kinds.stream().anyMatch(kinds::contains));
        }
    }

    /** @param kinds of a project's estate; empty otherwise */
    record Candidate(String key, String name, long households, List<String> kinds) {}

    private final JdbcClient jdbc;

    RankingQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Group> groups(What what, LocalDate day) {
        return jdbc.sql("""
                select code, name, least, below, kinds, basis from rate_group where what = ? and valid @> ? order by position
                """)
                .params(what.code(), day)
                .query((r, n) -> new Group(
                        r.getString("code"),
                        r.getString("name"),
                        r.getLong("least"),
                        r.getObject("below") == null ? null : r.getLong("below"),
                        List.of((String[]) r.getArray("kinds").getArray()),
                        r.getString("basis")))
                .list();
    }

    /** All there are in an area on the last day of the period, those without an order too. */
    List<Candidate> candidates(What what, String area, Period period) {
        var day = period.last().atEndOfMonth();
        var sql = switch (what) {
            case PROJECT -> """
                    select c.company || '-' || e.id as key, e.name || '·' || b.short_name as name, e.households, e.kinds
                    from contract c join estate e on e.id = c.estate join body b on b.id = c.company
                    where c.during @> cast(:day as date) and e.community like :area""";
            case COMPANY -> """
                    select cast(b.id as text) as key, b.short_name as name, sum(e.households) as households, cast('{}' as text[]) as kinds
                    from contract c join estate e on e.id = c.estate join body b on b.id = c.company
                    where c.during @> cast(:day as date) and e.community like :area group by b.id, b.short_name""";
            case COMMUNITY -> """
                    select a.code as key, a.name, coalesce(sum(e.households), 0) as households, cast('{}' as text[]) as kinds
                    from area a left join estate e on e.community = a.code and (e.until is null or e.until > cast(:day as date))
                    where a.level = 'community' and a.code like :area and cast(:day as date) is not null group by a.code, a.name""";
            case STREET -> """
                    select a.code as key, a.name, coalesce(sum(e.households), 0) as households, cast('{}' as text[]) as kinds
                    from area a left join estate e on e.street = a.code and (e.until is null or e.until > cast(:day as date))
                    where a.level = 'street' and a.code like :area and cast(:day as date) is not null group by a.code, a.name""";
        };
        return jdbc.sql(sql + " order by 2")
                .param("day", day)
                .param("area", area + "%")
                .query((r, n) -> new Candidate(
                        r.getString("key"),
                        AreaQueries.plain(r.getString("name")),
                        r.getLong("households"),
                        List.of((String[]) r.getArray("kinds").getArray())))
                .list();
    }

    /** Each in the first group that holds it; groups without anybody are left out. */
    static Map<Group, List<Candidate>> grouped(List<Group> groups, List<Candidate> all) {
        var found = new LinkedHashMap<Group, List<Candidate>>();
        for (var group : groups) {
            var held = all.stream()
                    .filter(one -> groups.stream()
                            .filter(g -> g.holds(one))
                            .findFirst()
                            .filter(group::equals)
                            .isPresent())
                    .toList();
            if (!held.isEmpty()) {
                found.put(group, held);
            }
        }
        return found;
    }

    static LocalDate today(java.time.InstantSource clock) {
        return CivilTime.date(clock.instant());
    }
}
