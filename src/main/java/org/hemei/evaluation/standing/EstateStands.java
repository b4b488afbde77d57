package org.hemei.evaluation.standing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hemei.evaluation.campaign.Campaign;
import org.hemei.evaluation.scheme.SchemeContent;
import org.hemei.evaluation.scheme.SchemeContent.Item;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.scheme.SchemeContent.Side;
import org.hemei.platform.db.Where;
import org.hemei.platform.web.Address;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was gathered of each estate of a campaign, and who owes what. */
@Repository
public class EstateStands {

    static final int LONGEST = 40;

    /** What an estate may lack. */
    public enum Lack {
        VOTES("领票太少的"),
        LOOKS("现场没看完的"),
        POINTS("打分没交齐的"),
        OBJECTIONS("有异议没答复的");

        private final String words;

        Lack(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param area code; the list holds what lies in it */
    public record Wanted(
            String q, @Nullable String area, @Nullable Lack lack) {

        static Wanted of(Map<String, String> query) {
            var q = query.getOrDefault("q", "").strip();
            var area = query.getOrDefault("area", "");
            var lack = query.getOrDefault("lacks", "");
            return new Wanted(
                    q.substring(0, Math.min(q.length(), LONGEST)),
                    area.matches("\\d{4,12}") ? area : null,
                    Arrays.stream(Lack.values())
                            .filter(one -> one.code().equals(lack))
                            .findFirst()
                            .orElse(null));
        }

        Address on(Address address) {
            return address.with("q", q).with("area", area).with("lacks", lack == null ? null : lack.code());
        }

        public boolean any() {
            return !q.isEmpty() || area != null || lack != null;
        }
    }

    /**
     * @param poll in which it was asked last; null before the sample is sealed
     * @param looks that were given out and count; waits: who has one still to do, masked
     * @param byStreet items that the street gave points for; byCommunity: the community
     */
    public record Row(
            long estate,
            String name,
            String street,
            String community,
            String communityCode,
            String companies,
            @Nullable Long poll,
            int eligible,
            int issued,
            int looks,
            int looked,
            String waits,
            int byStreet,
            int byCommunity,
            int objections) {}

    private static final String ESTATES = """
            select e.id, e.name, st.name as street_name, a.name as community_name, e.community,
                   (select string_agg(b.short_name, '、' order by b.short_name) from body b where b.id = any(p.companies)) as companies,
                   g.poll, coalesce(g.eligible, 0) as eligible, coalesce(g.issued, 0) as issued, l.looks, l.looked, coalesce(l.waits, '') as waits,
                   o.by_street, o.by_community, x.open as objections
            from (select estate, array_agg(distinct company) as companies from evaluation_project where campaign = :campaign group by estate) p
                     join estate e on e.id = p.estate
                     join area a on a.code = e.community
                     join area st on st.code = e.street
                     left join lateral (
                         -- whoever was asked once more counts with that poll
                         select pg.poll, pg.eligible, (select count(r.channel) from ballot_roll r
                                                       where r.district = pg.district and r.poll = pg.poll and r.estate = pg.estate) as issued
                         from poll b join poll_group pg on pg.poll = b.id and pg.estate = e.id
                         where (b.id = :poll or b.again_of = :poll) and b.state <> 'cancelled'
                         order by b.again_of nulls last limit 1) g on true
                     cross join lateral (
                         select count(*) as looks, count(*) filter (where i.state = 'done') as looked,
                                string_agg(n.masked_name, '、' order by i.turn) filter (where i.state = 'open') as waits
                         from evaluation_inspection i join account ac on ac.id = i.assessor join person n on n.id = ac.person
                         where i.campaign = :campaign and i.estate = e.id and i.state <> 'replaced') l
                     cross join lateral (
                         select count(distinct o.item) filter (where o.item = any(:street)) as by_street,
                                count(distinct o.item) filter (where o.item = any(:community)) as by_community
                         from evaluation_opinion o where o.campaign = :campaign and o.estate = e.id) o
                     cross join lateral (
                         select count(*) as open from evaluation_objection j join evaluation_project q on q.id = j.project
                         where q.campaign = :campaign and q.estate = e.id and j.state = 'filed') x
            """;

    private final JdbcClient jdbc;

    EstateStands(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How many items a side has to give points for. */
    static int items(SchemeContent scheme, Side side) {
        return codes(scheme, side).length;
    }

    private static String[] codes(SchemeContent scheme, Side side) {
        return scheme.items(Kind.TERRITORY).stream()
                .filter(item -> item.side() == side)
                .map(Item::code)
                .toArray(String[]::new);
    }

    /** @param after the last estate of the page before, 0 for none */
    List<Row> list(Campaign campaign, SchemeContent scheme, Wanted wanted, long after, int most) {
        var street = codes(scheme, Side.STREET);
        var community = codes(scheme, Side.COMMUNITY);
        var where = new Where().and("e.id > :after", "after", after);
        if (!wanted.q.isEmpty()) {
            where.and(
                    "strpos(e.name, :q) > 0 or exists (select from body b where b.id = any(p.companies) and strpos(b.name, :q) > 0)",
                    "q",
                    wanted.q);
        }
        if (wanted.area != null) {
            where.and("starts_with(e.community, :area)", "area", wanted.area);
        }
        if (wanted.lack != null) {
            where.and(
                    switch (wanted.lack) {
                        case VOTES -> "g.poll is not null and g.issued < :least";
                        case LOOKS -> ":inspected and (l.looks = 0 or l.looked < l.looks)";
                        case POINTS -> "o.by_street + o.by_community < :items";
                        case OBJECTIONS -> "x.open > 0";
                    });
        }
        return jdbc.sql(ESTATES + "where " + where.sql() + " order by e.id limit :most")
                .param("campaign", campaign.id())
                .param("poll", campaign.poll(), java.sql.Types.BIGINT)
                .param("street", street)
                .param("community", community)
                .param("least", scheme.leastBallots())
                .param("inspected", !scheme.items(Kind.INSPECTION).isEmpty())
                .param("items", street.length + community.length)
                .params(where.params())
                .param("most", most)
                .query(EstateStands::row)
                .list();
    }

    private static Row row(ResultSet r, int n) throws SQLException {
        return new Row(
                r.getLong("id"),
                r.getString("name"),
                Areas.plain(r.getString("street_name")),
                Areas.plain(r.getString("community_name")),
                r.getString("community"),
                r.getString("companies"),
                r.getObject("poll", Long.class),
                r.getInt("eligible"),
                r.getInt("issued"),
                r.getInt("looks"),
                r.getInt("looked"),
                r.getString("waits"),
                r.getInt("by_street"),
                r.getInt("by_community"),
                r.getInt("objections"));
    }
}
