package org.hemei.oversight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.reference.ReferenceTable;
import org.hemei.registry.Areas;
import org.hemei.registry.EstateKinds;
import org.hemei.registry.Moved;
import org.hemei.registry.SmallCount;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The figures that the article gives for a city, counted here by queries that serve any area on any day, and held against
 * what was stated. A stated figure is never shown as if it had been counted; 2000余 stays a lower bound of its day.
 */
@Component
public class ArticleFigures {

    /** What is counted, and how. */
    public enum Kind {
        COMPANIES("物业企业", "家", "当天在册的物业服务企业。", "/mechanism/company-organisation", "/companies?where=registered"),
        ORGANISATIONS(
                "物业企业党组织",
                "个",
                "当天没有撤销的企业党组织，单建一家算一个，联建几家也算一个。",
                "/mechanism/company-organisation",
                "/bodies?kind=company_organisation"),
        MEMBERS("党员从业人员", "人", "当天受雇于物业企业的党员，一个人只算一次。只有数，没有名字；区县以下不算不到 3 人的企业。", null, null),
        BRANCHES("小区党支部", "个", "当天没有撤销的小区党支部。", "/mechanism/estate-branch", "/bodies?kind=estate_branch"),
        GROUPS("楼栋党小组", "个", "当天没有撤销的楼栋党小组。", "/mechanism/building-group", "/bodies?kind=building_group"),
        BACKSTOP(
                "兜底服务的小区",
                "个",
                "“三无”、老旧、自管小区里，当天没有物业合同、由社区兜底的。",
                "/mechanism/estate-holder",
                "/estates/manage?company=backstop");

        private final String words;
        private final String unit;
        private final String definition;
        private final @Nullable String path;
        private final @Nullable String list;

        Kind(String words, String unit, String definition, @Nullable String path, @Nullable String list) {
            this.words = words;
            this.unit = unit;
            this.definition = definition;
            this.path = path;
            this.list = list;
        }

        public String words() {
            return words;
        }

        public String unit() {
            return unit;
        }

        public String definition() {
            return definition;
        }

        public @Nullable String path() {
            return path;
        }

        /**
         * The list of just those that are counted. Bodies are listed as of any day, companies and estates as they are now; members are
         * counted and never listed.
         */
        @Nullable
        String list(String area, LocalDate on, boolean today) {
            return list == null || !today && !list.startsWith("/bodies")
                    ? null
                    : list + "&area=" + area + (today ? "" : "&on=" + on);
        }

        String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What somebody stated. */
    public record Stated(long value, boolean lowerBound, LocalDate asOf, String source) {

        public String words() {
            return lowerBound ? value + " 多" : String.valueOf(value);
        }

        /** Whether what is counted bears it out. */
        public boolean agrees(long counted) {
            return lowerBound ? counted >= value : counted == value;
        }
    }

    /** @param stated what a publication says of this very area; null when none does */
    public record Figure(Kind kind, long counted, @Nullable Stated stated) {

        /** So few Party members that no number can be told. */
        public boolean covered() {
            return kind == Kind.MEMBERS && counted == 0;
        }
    }

    /**
     * Members are counted where they belong, as on every page: nobody belongs to two organisations on one day, so each is counted once.
     * Periods are compared by their ends: within a range the server is drawn to an index that is read whole for one row.
     */
    private static final String COUNT = """
            with member as materialized (
                select employer from party_membership
                where kind = 'full' and employer is not null
                  and lower(during) <= :on and (upper(during) is null or upper(during) > :on)
            ), employee as materialized (
                select employer, count(*) as members from member group by employer
            ), company as materialized (
                select b.id from body b left join body_area ba on ba.body = b.id and ba.during @> cast(:on as date)
                where b.kind = 'company' and starts_with(coalesce(ba.area, b.area), :area) and b.since <= :on and (b.until is null or b.until > :on)
            ), told as materialized (
                select members from employee where members >= 3 and (employer in (select id from company)) is true
            ), body_there as materialized (
                select b.party_kind from body b left join body_area ba on ba.body = b.id and ba.during @> cast(:on as date)
                where b.party_kind in ('company_organisation', 'estate_branch', 'building_group')
                  and starts_with(coalesce(ba.area, b.area), :area) and b.since <= :on and (b.until is null or b.until > :on)
            )
            select (select count(*) from company) as companies,
                   (select count(*) from body_there where party_kind = 'company_organisation') as organisations,
                   (select count(*) from member m
                    where (m.employer in (select b.id from body b where starts_with(b.area, :area))) is true) as members,
                   (select coalesce(sum(members), 0) from told) as members_told,
                   (select count(*) from company) - (select count(*) from told) as members_few,
                   (select count(*) from body_there where party_kind = 'estate_branch') as branches,
                   (select count(*) from body_there where party_kind = 'building_group') as groups,
                   (select count(*)
                    from estate e left join (%s) l on l.estate = e.id
                             cross join lateral (select coalesce(l.community, e.community) collate "C" as community) stood
                    where e.kinds && cast(:backstopped as text[]) and (e.until is null or e.until > :on) and starts_with(stood.community, :area)
                      and stood.community in (select coalesce(ta.area, t.area)
                                              from body t left join body_area ta on ta.body = t.id and ta.during @> cast(:on as date)
                                              where t.kind = 'backstop_team' and t.since <= :on and (t.until is null or t.until > :on))
                      and (e.id in (select c.estate from contract c
                                    where lower(c.during) <= :on and (upper(c.during) is null or upper(c.during) > :on))) is not true) as backstop
            """.formatted(Moved.estates(":on"));

    private final JdbcClient jdbc;

    ArticleFigures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** When the areas are there. */
    @EventListener(ApplicationStartedEvent.class)
    void begin() {
        load();
    }

    int load() {
        var table = ReferenceTable.read("reference/stated-figures.csv");
        return jdbc.sql("""
                insert into stated_figure (code, area, value, bound, as_of, source)
                select r.code, r.area, r.value::bigint, r.bound, r.as_of::date, r.source
                from unnest(:codes::text[], :areas::text[], :values::text[], :bounds::text[], :days::text[], :sources::text[])
                         as r (code, area, value, bound, as_of, source)
                         join area a on a.code = r.area
                on conflict do nothing
                """)
                .param("codes", table.column("code"))
                .param("areas", table.column("area"))
                .param("values", table.column("value"))
                .param("bounds", table.column("bound"))
                .param("days", table.column("as_of"))
                .param("sources", table.column("source"))
                .update();
    }

    /** In the order of {@link Kind}. */
    public List<Figure> of(String area, LocalDate on) {
        var counted = jdbc.sql(COUNT)
                .param("area", area)
                .param("on", on)
                .param("backstopped", EstateKinds.BACKSTOPPED.toArray(String[]::new))
                .query((r, n) -> {
                    Map<Kind, Long> counts = new HashMap<>();
                    for (var kind : Kind.values()) {
                        counts.put(kind, r.getLong(kind.code()));
                    }
                    counts.put(Kind.MEMBERS, members(area, r));
                    return counts;
                })
                .single();
        var stated = stated(area);
        return List.of(Kind.values()).stream()
                .map(kind -> new Figure(kind, counted.getOrDefault(kind, 0L), stated.get(kind.code())))
                .toList();
    }

    /** As decision 59 has it: of a city everybody, if that tells of no company what is hidden; otherwise of companies whose number is told. */
    private static long members(String area, ResultSet r) throws SQLException {
        var told = r.getLong("members_told");
        var sum = area.length() == Areas.CITY_DIGITS
                ? SmallCount.whole(r.getLong("members"), told, r.getLong("members_few"), 0)
                : SmallCount.sum(told);
        return sum.shown() == null ? 0 : sum.shown();
    }

    private Map<String, Stated> stated(String area) {
        Map<String, Stated> stated = new HashMap<>();
        jdbc.sql("select code, value, bound, as_of, source from stated_figure where area = ? order by as_of")
                .param(area)
                .query((r, n) -> stated.put(
                        r.getString("code"),
                        new Stated(
                                r.getLong("value"),
                                r.getString("bound").equals("more_than"),
                                r.getObject("as_of", LocalDate.class),
                                r.getString("source"))))
                .list();
        return stated;
    }
}
