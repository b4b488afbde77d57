package org.hemei.evaluation.campaign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who can be drawn and who was (ADR 0047). The frame of an estate is the list of its units' numbers in ascending order, joined by
 * commas; its hash is SHA-256 of that text. The units are ordered by SHA-256 of {@code seed:number}, and the first ones are the
 * sample. Everybody with the lists can do the same with any program that knows SHA-256.
 */
@Repository
public class Frames {

    /** SHA-256 of a text, in hex. */
    private static final String HASH = "encode(sha256(convert_to(%s, 'UTF8')), 'hex')";

    /** One estate's part. */
    public record Frame(long estate, String name, int units, String hash, int sampled) {}

    /** What drawing once more gave. */
    public record Check(String frameHash, String sampleHash, boolean frameSame, boolean sampleSame) {}

    private final JdbcClient jdbc;

    Frames(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes down the units of each estate that is evaluated, as they are now. */
    String seal(long campaign) {
        jdbc.sql("delete from evaluation_frame where campaign = ?")
                .param(campaign)
                .update();
        jdbc.sql("""
                insert into evaluation_frame (district, campaign, estate, units, units_hash)
                select p.district, p.campaign, p.estate, count(u.id), %s
                from (select distinct district, campaign, estate from evaluation_project where campaign = :campaign) p
                         join unit u on u.estate = p.estate
                group by p.district, p.campaign, p.estate
                """.formatted(HASH.formatted("string_agg(u.id::text, ',' order by u.id)")))
                .param("campaign", campaign)
                .update();
        return frameHash(campaign);
    }

    private String frameHash(long campaign) {
        return jdbc.sql("select "
                        + HASH.formatted("coalesce(string_agg(estate || ':' || units || ':' || units_hash, ',' "
                                + "order by estate), '')")
                        + " from evaluation_frame where campaign = ?")
                .param(campaign)
                .query(String.class)
                .single();
    }

    /** Estates whose units are others than those that were sealed, or that came to the campaign or left it since. */
    List<String> changed(long campaign) {
        return jdbc.sql("""
                        select e.name
                        from (select distinct estate from evaluation_project where campaign = :campaign) p
                                 full join (select estate, units_hash from evaluation_frame where campaign = :campaign) f
                                      on f.estate = p.estate
                                 join estate e on e.id = coalesce(f.estate, p.estate)
                                 left join unit u on u.estate = e.id
                        group by e.id, e.name, p.estate, f.estate, f.units_hash
                        having %s is distinct from f.units_hash or p.estate is null
                        order by e.name limit 5
                        """.formatted(HASH.formatted("string_agg(u.id::text, ',' order by u.id)")))
                .param("campaign", campaign)
                .query(String.class)
                .list();
    }

    private static final String DRAWN = """
            select f.district, f.campaign, f.estate, u.id as unit,
                   row_number() over (partition by f.estate
                                      order by sha256(convert_to(:seed || ':' || u.id, 'UTF8')), u.id) as place
            from evaluation_frame f join unit u on u.estate = f.estate
            where f.campaign = :campaign
            """;

    /** Draws: the same frame and seed give the same sample. */
    String draw(long campaign, String seed, int most) {
        jdbc.sql("insert into evaluation_sample (district, campaign, estate, unit, place) select * from (" + DRAWN
                        + ") d where place <= :most")
                .param("campaign", campaign)
                .param("seed", seed)
                .param("most", most)
                .update();
        jdbc.sql("update evaluation_frame set sampled = least(units, ?) where campaign = ?")
                .params(most, campaign)
                .update();
        return jdbc.sql("select "
                        + HASH.formatted("coalesce(string_agg(estate || ':' || unit, ',' order by estate, place), '')")
                        + " from evaluation_sample where campaign = ?")
                .param(campaign)
                .query(String.class)
                .single();
    }

    /** Draws once more, without keeping anything, and compares. */
    Check again(Campaign campaign, int most) {
        var sample = jdbc.sql("select "
                        + HASH.formatted("coalesce(string_agg(estate || ':' || unit, ',' order by estate, place), '')")
                        + " from (" + DRAWN + ") d where place <= :most")
                .param("campaign", campaign.id())
                .param("seed", campaign.seed())
                .param("most", most)
                .query(String.class)
                .single();
        var frame = frameHash(campaign.id());
        return new Check(frame, sample, frame.equals(campaign.frameHash()), sample.equals(campaign.sampleHash()));
    }

    List<Frame> frames(long campaign, long after, int most) {
        return jdbc.sql("""
                        select f.estate, e.name, f.units, f.units_hash, coalesce(f.sampled, 0) as sampled
                        from evaluation_frame f join estate e on e.id = f.estate
                        where f.campaign = ? and f.estate > ? order by f.estate limit ?
                        """)
                .params(campaign, after, most)
                .query((r, n) -> new Frame(
                        r.getLong("estate"),
                        r.getString("name"),
                        r.getInt("units"),
                        r.getString("units_hash"),
                        r.getInt("sampled")))
                .list();
    }

    /** The drawn units of each estate, for the roll of the poll. */
    Map<Long, List<Long>> sample(long campaign) {
        Map<Long, List<Long>> sample = new LinkedHashMap<>();
        jdbc.sql("select estate, unit from evaluation_sample where campaign = ? order by estate, place")
                .param(campaign)
                .query((org.springframework.jdbc.core.RowCallbackHandler)
                        row -> sample.computeIfAbsent(row.getLong("estate"), e -> new ArrayList<>())
                                .add(row.getLong("unit")));
        return sample;
    }

    /** Every unit that could be drawn, and its place among the drawn ones; for everybody, once the year is final. */
    void write(long campaign, java.util.function.Consumer<String> line) {
        jdbc.sql("""
                        select f.estate, u.id as unit, s.place
                        from evaluation_frame f
                                 join unit u on u.estate = f.estate
                                 left join evaluation_sample s on s.district = f.district and s.campaign = f.campaign
                                                              and s.estate = f.estate and s.unit = u.id
                        where f.campaign = ? order by f.estate, u.id
                        """).param(campaign).query((org.springframework.jdbc.core.RowCallbackHandler) row -> {
            var place = row.getObject("place", Integer.class);
            line.accept(
                    row.getLong("estate") + "," + row.getLong("unit") + "," + (place == null ? "" : place.toString()));
        });
    }
}
