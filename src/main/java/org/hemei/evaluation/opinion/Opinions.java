package org.hemei.evaluation.opinion;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hemei.access.Role;
import org.hemei.evaluation.Interests;
import org.hemei.evaluation.Narrowing;
import org.hemei.evaluation.scheme.SchemeContent;
import org.hemei.evaluation.scheme.SchemeContent.Item;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.scheme.SchemeContent.Side;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Where;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What street and community have to say: only about estates of their own territory (合肥做法: 街道社区党组织对物业企业（项目）的评价权), and only
 * the items that the scheme gives their side.
 */
@Repository
public class Opinions {

    /**
     * An estate to be scored by the reader.
     *
     * @param tied whether the reader is too near to a company there; looks: whether they inspect it as a third party
     */
    public record Place(
            long campaign,
            long scheme,
            String campaignTitle,
            boolean takes,
            LocalDate until,
            long estate,
            String name,
            String street,
            String community,
            String communityName,
            String companies,
            int given,
            boolean tied,
            boolean looks) {

        public String path() {
            return "/opinions/" + campaign + "/" + estate;
        }

        /** Why somebody else has to do it; null when nothing is against the reader. */
        public @Nullable String against() {
            if (tied) {
                return Interests.WORDS;
            }
            return looks ? "您是这个小区的测评员，看现场的人不打街道、社区的分。请换一位同事办。" : null;
        }
    }

    /** What holds for an item. */
    public record Given(int points, String why, int version) {}

    private static final String SELECT = """
            select c.id as campaign, c.scheme, c.title, c.state in ('collecting', 'review') as takes, c.review_until, e.id as estate, e.name,
                   e.street, e.community, a.name as community_name, string_agg(distinct b.short_name, '、') as companies,
                   (select count(distinct o.item) from evaluation_opinion o
                    where o.campaign = c.id and o.estate = e.id and o.area = any(:areas)) as given,
                   bool_or(p.bodies && :mine) as tied,
                   exists (select from evaluation_inspection i where i.campaign = c.id and i.estate = e.id and i.assessor = :me
                                                                 and i.state <> 'replaced') as looks
            from evaluation_campaign c
                     join evaluation_project p on p.campaign = c.id
                     join estate e on e.id = p.estate
                     join area a on a.code = e.community
                     join body b on b.id = p.company
            where c.state in ('collecting', 'review') and (e.street = any(:areas) or e.community = any(:areas))
            """;
    private static final String GROUP = " group by c.id, e.id, a.name";

    private final JdbcClient jdbc;
    private final Schemes schemes;
    private final Interests interests;

    Opinions(JdbcClient jdbc, Schemes schemes, Interests interests) {
        this.jdbc = jdbc;
        this.schemes = schemes;
        this.interests = interests;
    }

    static String[] areas(Reader reader) {
        return reader.scope(Role.STREET, Role.COMMUNITY).areas().toArray(String[]::new);
    }

    /** Those of the reader's territory, in the order of their keys. */
    List<Place> list(Reader reader, Narrowing narrowing, String after, int most) {
        var where = narrowing.limit(
                new Where().and("lpad(c.id::text, 18, '0') || lpad(e.id::text, 18, '0') > :after"),
                "e.community",
                "c.made_at");
        return jdbc.sql(SELECT + " and " + where.sql() + GROUP + " order by c.id, e.id limit :most")
                .params(where.params())
                .param("areas", areas(reader))
                .param("me", reader.account())
                .param("mine", interests.companies(reader).toArray(Long[]::new))
                .param("after", after)
                .param("most", most)
                .query(Opinions::place)
                .list();
    }

    Optional<Place> find(Reader reader, long campaign, long estate) {
        return jdbc.sql(SELECT + " and c.id = :campaign and e.id = :estate" + GROUP)
                .param("areas", areas(reader))
                .param("me", reader.account())
                .param("mine", interests.companies(reader).toArray(Long[]::new))
                .param("campaign", campaign)
                .param("estate", estate)
                .query(Opinions::place)
                .optional();
    }

    private static Place place(java.sql.ResultSet r, int n) throws java.sql.SQLException {
        return new Place(
                r.getLong("campaign"),
                r.getLong("scheme"),
                r.getString("title"),
                r.getBoolean("takes"),
                r.getObject("review_until", LocalDate.class),
                r.getLong("estate"),
                r.getString("name"),
                r.getString("street"),
                r.getString("community"),
                Areas.plain(r.getString("community_name")),
                r.getString("companies"),
                r.getInt("given"),
                r.getBoolean("tied"),
                r.getBoolean("looks"));
    }

    /** The items of a campaign that are the reader's to give at this estate. */
    List<Item> items(Reader reader, Place place) {
        return items(reader, place, content(place.scheme()));
    }

    /** How many items are the reader's at each place; a scheme is read once, however many places it holds for. */
    List<Integer> counts(Reader reader, List<Place> places) {
        Map<Long, SchemeContent> contents = new HashMap<>();
        return places.stream()
                .map(place -> items(reader, place, contents.computeIfAbsent(place.scheme(), this::content))
                        .size())
                .toList();
    }

    private SchemeContent content(long scheme) {
        return schemes.find(scheme).orElseThrow().content();
    }

    private static List<Item> items(Reader reader, Place place, SchemeContent content) {
        var street = reader.scope(Role.STREET).areas().contains(place.street());
        var community = reader.scope(Role.COMMUNITY).areas().contains(place.community());
        return content.items(Kind.TERRITORY).stream()
                .filter(item -> item.side() == Side.STREET ? street : community)
                .toList();
    }

    Map<String, Given> given(Place place) {
        Map<String, Given> given = new HashMap<>();
        jdbc.sql("""
                        select distinct on (item) item, points, why, version from evaluation_opinion
                        where campaign = ? and estate = ? order by item, version desc
                        """).params(place.campaign(), place.estate()).query((RowCallbackHandler) r ->
                given.put(r.getString("item"), new Given(r.getInt("points"), r.getString("why"), r.getInt("version"))));
        return given;
    }
}
