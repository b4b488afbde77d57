package org.hemei.oversight;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.reference.ReferenceTable;
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
        COMPANIES("物业企业", "家", "当天在册的物业服务企业。", "/mechanism/company-organisation"),
        ORGANISATIONS("物业企业党组织", "个", "当天没有撤销的企业党组织，单建一家算一个，联建几家也算一个。", "/mechanism/company-organisation"),
        MEMBERS("党员从业人员", "人", "当天受雇于物业企业的党员，一个人只算一次。只有数，没有名字。", null),
        BRANCHES("小区党支部", "个", "当天没有撤销的小区党支部。", "/mechanism/estate-branch"),
        GROUPS("楼栋党小组", "个", "当天没有撤销的楼栋党小组。", "/mechanism/building-group"),
        BACKSTOP("兜底服务的小区", "个", "“三无”、老旧、自管小区里，当天没有物业合同、由社区兜底的。", "/mechanism/estate-holder");

        private final String words;
        private final String unit;
        private final String definition;
        private final @Nullable String path;

        Kind(String words, String unit, String definition, @Nullable String path) {
            this.words = words;
            this.unit = unit;
            this.definition = definition;
            this.path = path;
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

        /** So few Party members that the number would point at somebody. */
        public boolean covered() {
            return kind == Kind.MEMBERS && counted < SmallCount.LEAST;
        }
    }

    private static final String COUNT = """
            select (select count(*) from body b
                    where b.kind = 'company' and starts_with(b.area, :area)
                      and daterange(b.since, b.until) @> cast(:on as date)) as companies,
                   (select count(*) from body b
                    where b.party_kind = 'company_organisation' and starts_with(b.area, :area)
                      and daterange(b.since, b.until) @> cast(:on as date)) as organisations,
                   (select count(distinct m.holder_index)
                    from party_membership m join body b on b.id = m.employer
                    where m.during @> cast(:on as date) and starts_with(b.area, :area)) as members,
                   (select count(*) from body b
                    where b.party_kind = 'estate_branch' and starts_with(b.area, :area)
                      and daterange(b.since, b.until) @> cast(:on as date)) as branches,
                   (select count(*) from body b
                    where b.party_kind = 'building_group' and starts_with(b.area, :area)
                      and daterange(b.since, b.until) @> cast(:on as date)) as groups,
                   (select count(*) from estate e
                    where e.kinds && array['三无', '老旧', '自管'] and starts_with(e.community, :area)
                      and not exists (select from contract c
                                      where c.estate = e.id and c.during @> cast(:on as date))) as backstop
            """;

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
                .query((r, n) -> {
                    Map<Kind, Long> counts = new HashMap<>();
                    for (var kind : Kind.values()) {
                        counts.put(kind, r.getLong(kind.code()));
                    }
                    return counts;
                })
                .single();
        var stated = stated(area);
        return List.of(Kind.values()).stream()
                .map(kind -> new Figure(kind, counted.getOrDefault(kind, 0L), stated.get(kind.code())))
                .toList();
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
