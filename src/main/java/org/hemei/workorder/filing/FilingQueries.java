package org.hemei.workorder.filing;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hemei.platform.Reader;
import org.hemei.workorder.Grams;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Urgency;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the filing steps offer: places, the category tree, a guess at what is meant, and what neighbours reported. */
@Component
public class FilingQueries {

    private static final Duration RECENT = Duration.ofDays(30);

    /** Pairs of characters two reports share before we ask whether they are the same thing. */
    private static final int SHARED = 2;

    /** Shorter than this, what the words have in common with a category is chance. */
    private static final int SURE = 2;

    record Place(long id, String name) {}

    /** @param parent null for a branch, the top of the tree */
    public record Category(
            String code, @Nullable String parent, String name, String icon, Urgency urgency, List<String> words) {}

    /** An open order of the same estate that may be the same thing. */
    public record Similar(OrderId id, OrderState state, String title, Instant at, int joined, String holder) {}

    /** @param shared pairs of characters in common; @param sameLeaf whether the kind is the same */
    private record Likeness(Similar order, int shared, boolean sameLeaf) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;

    FilingQueries(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    List<Place> buildings(long estate) {
        return jdbc.sql("select id, name from building where estate = ? order by position, name")
                .param(estate)
                .query((r, n) -> new Place(r.getLong("id"), r.getString("name")))
                .list();
    }

    /** Branches that have something to offer, and their leaves. */
    public List<Category> categories() {
        return jdbc.sql("""
                select c.code, c.parent, c.name, c.icon, c.urgency, c.words from category c
                where c.active and (c.parent is not null or exists (select from category l where l.parent = c.code and l.active))
                order by c.parent nulls first, c.position, c.code
                """)
                .query((r, n) -> new Category(
                        r.getString("code"),
                        r.getString("parent"),
                        r.getString("name"),
                        r.getString("icon"),
                        Urgency.of(r.getString("urgency")),
                        List.of((String[]) r.getArray("words").getArray())))
                .list();
    }

    /** The leaf whose words the text speaks most of; longer words tell more. Empty when it would be a mere guess. */
    public static Optional<Category> suggest(List<Category> all, String text, String declined) {
        record Guess(Category leaf, int weight) {}
        return all.stream()
                .filter(c -> c.parent != null && !c.code.equals(declined))
                .map(leaf -> new Guess(leaf, weight(leaf, text) * 2 + branchWeight(all, leaf, text)))
                .filter(guess -> weight(guess.leaf, text) >= SURE)
                .max(Comparator.comparingInt(Guess::weight))
                .map(Guess::leaf);
    }

    private static int branchWeight(List<Category> all, Category leaf, String text) {
        return all.stream()
                .filter(c -> c.code.equals(leaf.parent))
                .mapToInt(branch -> weight(branch, text))
                .sum();
    }

    private static int weight(Category category, String text) {
        return category.words.stream()
                .filter(text::contains)
                .mapToInt(String::length)
                .sum();
    }

    /** Open orders of the last 30 days, same estate and branch, with words in common; never the reader's own. */
    public List<Similar> similar(Reader reader, long estate, String branch, String category, String words) {
        return jdbc
                .sql("""
                select o.district, o.id, o.state, o.submitted_at, o.joined, w.title, coalesce(h.short_name, '') as holder,
                       cardinality(array(select unnest(w.grams) intersect select unnest(cast(:grams as text[])))) as shared,
                       o.category = :category as same_leaf
                from work_order o
                         join work_order_words w on w.district = o.district and w.order_id = o.id
                         join category c on c.code = o.category
                         left join body h on h.id = o.holder
                where o.district in (select district from estate_ground where estate = :estate)
                  and o.estate = :estate
                  and o.submitted_at > :since
                  and o.state in (%s)
                  and (c.parent = :branch or c.code = :branch)
                  and o.reporter is distinct from :account
                  and not exists (select from me_too t
                                  where t.district = o.district and t.order_id = o.id and t.account = :account)
                order by shared desc, o.submitted_at desc
                limit 8
                """.formatted(OrderState.OWED_SQL))
                .param("grams", Grams.terms(words).toArray(String[]::new))
                .param("category", category)
                .param("branch", branch)
                .param("estate", estate)
                .param("account", reader.account())
                .param("since", Timestamp.from(clock.instant().minus(RECENT)))
                .query((r, n) -> new Likeness(
                        new Similar(
                                new OrderId(r.getInt("district"), r.getLong("id")),
                                OrderState.of(r.getString("state")),
                                r.getString("title"),
                                r.getTimestamp("submitted_at").toInstant(),
                                r.getInt("joined"),
                                r.getString("holder")),
                        r.getInt("shared"),
                        r.getBoolean("same_leaf")))
                .list()
                .stream()
                .filter(found -> found.shared >= SHARED || (found.sameLeaf && found.shared > 0))
                .map(Likeness::order)
                .limit(3)
                .toList();
    }
}
