package org.hemei.evaluation.listing;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Everything that was ever set about listings, for an area and around it: the latest first. */
@Component
class TermBook {

    private static final int MOST = 200;

    /** A term that was set, or came with the application. */
    record Term(
            Weight weight,
            @Nullable String areaName,
            int least,
            int most,
            String basis,
            LocalDate since,
            @Nullable LocalDate until) {

        String words() {
            return new Weight.Term(least, most, basis).words();
        }
    }

    record Number(
            ListingRules.Name name,
            String areaName,
            int value,
            String basis,
            LocalDate since,
            @Nullable LocalDate until) {}

    /** @param own whether this area set it, and can end it */
    record Basis(ListingBook.Basis basis, @Nullable String areaName, boolean own) {}

    private final JdbcClient jdbc;

    TermBook(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Term> terms(String area) {
        return jdbc.sql("""
                select t.weight, a.name as area_name, t.least_months, t.most_months, t.basis, lower(t.during) as since, upper(t.during) as until
                from listing_term t left join area a on a.code = t.area
                where t.area is null or starts_with(t.area, :area) or starts_with(:area, t.area)
                order by t.weight, lower(t.during) desc, t.area limit :most
                """)
                .param("area", area)
                .param("most", MOST)
                .query((r, n) -> new Term(
                        Weight.of(r.getString("weight")),
                        r.getString("area_name"),
                        r.getInt("least_months"),
                        r.getInt("most_months"),
                        r.getString("basis"),
                        r.getObject("since", LocalDate.class),
                        r.getObject("until", LocalDate.class)))
                .list();
    }

    List<Number> numbers(String area) {
        return jdbc.sql("""
                select t.name, a.name as area_name, t.value, t.basis, lower(t.during) as since, upper(t.during) as until
                from rule_threshold t join area a on a.code = t.area
                where t.rule = :rule and (starts_with(t.area, :area) or starts_with(:area, t.area))
                order by t.name, lower(t.during) desc, t.area limit :most
                """)
                .param("rule", ListingRules.RULE)
                .param("area", area)
                .param("most", MOST)
                .query((r, n) -> new Number(
                        ListingRules.Name.valueOf(r.getString("name").toUpperCase(Locale.ROOT)),
                        r.getString("area_name"),
                        r.getInt("value"),
                        r.getString("basis"),
                        r.getObject("since", LocalDate.class),
                        r.getObject("until", LocalDate.class)))
                .list();
    }

    /** Also those that begin later or have ended. */
    List<Basis> bases(String area, LocalDate day) {
        return jdbc.sql(ListingBook.BASES_OF + """
                left join area a on a.code = s.area
                where s.area is null or :area <> '' and starts_with(s.area, :area) or starts_with(:area, s.area) order by s.id desc limit :most
                """)
                .param("area", area)
                .param("day", day)
                .param("most", MOST)
                .query((r, n) -> new Basis(
                        new ListingBook.Basis(
                                r.getLong("id"),
                                r.getString("name"),
                                r.getString("article"),
                                r.getString("quote"),
                                r.getBoolean("excludes"),
                                r.getBoolean("shares"),
                                r.getObject("policy", Long.class),
                                r.getObject("since", LocalDate.class),
                                r.getObject("until", LocalDate.class),
                                r.getBoolean("holds")),
                        r.getString("area_name"),
                        r.getString("area") != null && r.getString("area").startsWith(area)))
                .list();
    }
}
