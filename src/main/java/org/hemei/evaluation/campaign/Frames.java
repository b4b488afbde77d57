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
 * sample; its hash is that of their numbers in this order. The campaign's hash of either is made of the lines
 * {@code estate:how many:hash}, joined by commas. Everybody with the lists can do the same with any program that knows SHA-256.
 */
@Repository
public class Frames {

    /** SHA-256 of a text, in hex. */
    private static final String HASH = "encode(sha256(convert_to(%s, 'UTF8')), 'hex')";

    /** One estate's part. */
    public record Frame(long estate, String name, int units, String hash, int sampled) {}

    /**
     * What drawing once more gave.
     *
     * @param frameSame whether the parts still make the published hash of the frame; sampleSame: of the sample
     * @param others estates of those looked at whose list or sample comes out otherwise
     */
    public record Check(boolean frameSame, boolean sampleSame, List<String> others) {

        public boolean same() {
            return frameSame && sampleSame && others.isEmpty();
        }
    }

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
                insert into evaluation_frame (district, campaign, estate, units, units_hash, unit_ids)
                select p.district, p.campaign, p.estate, count(u.id), %s, array_agg(u.id order by u.id)
                from (select distinct district, campaign, estate from evaluation_project where campaign = :campaign) p
                         join unit u on u.estate = p.estate
                group by p.district, p.campaign, p.estate
                """.formatted(HASH.formatted("string_agg(u.id::text, ',' order by u.id)")))
                .param("campaign", campaign)
                .update();
        return frameHash(campaign);
    }

    private String frameHash(long campaign) {
        return hash(campaign, "units", "units_hash");
    }

    private String sampleHash(long campaign) {
        return hash(campaign, "sampled", "sample_hash");
    }

    private String hash(long campaign, String many, String hash) {
        return jdbc.sql("select "
                        + HASH.formatted("coalesce(string_agg(estate || ':' || " + many + " || ':' || " + hash
                                + ", ',' order by estate), '')")
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

    /** The sealed units of a frame in the order of the draw. */
    private static final String ORDERED = """
            select u.id as unit, row_number() over (order by sha256(convert_to(:seed || ':' || u.id, 'UTF8')), u.id) as place
            from unnest(f.unit_ids) as u (id)
            """;

    /** What was drawn with a seed that was none goes; nobody was asked yet. */
    void undo(long campaign) {
        jdbc.sql("delete from evaluation_sample where campaign = ?")
                .param(campaign)
                .update();
    }

    /** Draws: the same frame and seed give the same sample. */
    String draw(long campaign, String seed, int most) {
        jdbc.sql("""
                        insert into evaluation_sample (district, campaign, estate, unit, place)
                        select f.district, f.campaign, f.estate, d.unit, d.place
                        from evaluation_frame f cross join lateral (%s) d where f.campaign = :campaign and d.place <= :most
                        """.formatted(ORDERED))
                .param("campaign", campaign)
                .param("seed", seed)
                .param("most", most)
                .update();
        jdbc.sql("""
                        update evaluation_frame f set sampled = s.many, sample_hash = s.hash
                        from (select estate, count(*) as many, %s as hash from evaluation_sample where campaign = :campaign group by estate) s
                        where f.campaign = :campaign and f.estate = s.estate
                        """.formatted(HASH.formatted("string_agg(unit::text, ',' order by place)")))
                .param("campaign", campaign)
                .update();
        return sampleHash(campaign);
    }

    /**
     * Draws some estates once more, without keeping anything, and compares: their lists with what was sealed, the draw with what was
     * drawn, and what was drawn with those who were asked. The hashes of the whole are made again of their parts.
     */
    Check again(Campaign campaign, List<Frame> shown, int most) {
        var others = jdbc.sql("""
                        select e.name
                        from evaluation_frame f
                                 join estate e on e.id = f.estate
                                 cross join lateral (
                                     select %s as hash from (%s) d where d.place <= :most) drawn
                                 cross join lateral (
                                     select %s as hash from evaluation_sample s
                                     where s.district = f.district and s.campaign = f.campaign and s.estate = f.estate) asked
                        where f.campaign = :campaign and f.estate = any(:shown)
                          and (%s is distinct from f.units_hash or drawn.hash is distinct from f.sample_hash
                               or asked.hash is distinct from f.sample_hash)
                        order by e.name
                        """.formatted(
                                HASH.formatted("string_agg(d.unit::text, ',' order by d.place)"),
                                ORDERED,
                                HASH.formatted("string_agg(s.unit::text, ',' order by s.place)"),
                                HASH.formatted("array_to_string(f.unit_ids, ',')")))
                .param("campaign", campaign.id())
                .param("shown", shown.stream().map(Frame::estate).toArray(Long[]::new))
                .param("seed", campaign.seed())
                .param("most", most)
                .query(String.class)
                .list();
        return new Check(
                frameHash(campaign.id()).equals(campaign.frameHash()),
                sampleHash(campaign.id()).equals(campaign.sampleHash()),
                others);
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
                                 cross join lateral unnest(f.unit_ids) as u (id)
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
