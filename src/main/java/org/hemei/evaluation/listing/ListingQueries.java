package org.hemei.evaluation.listing;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hemei.access.Role;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.Interests;
import org.hemei.evaluation.Narrowing;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Where;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lists of cases within somebody's scope, the latest first; what waits for them; one case with its story. */
@Component
class ListingQueries {

    static final int PAGE = 50;

    /** Who may see a case: the bureau and the governments of its area, streets that the company serves, the company. */
    private static final String SERVES = """
            exists (select from contract k join estate e on e.id = k.estate
                    where k.company = l.company and k.during @> :today and e.community like any(:streets))
            """;

    /** What a row's state is to this reader: neither the company nor anybody tied to it reads of a decision before it was served. */
    private static final String SHOWN =
            "case when l.state = 'decided' and l.company = any(:tied) then 'heard' else l.state end";

    /** A company by any name it has or had, or by its code. */
    private static final String NAMED = """
            strpos(lower(b.name), lower(:q)) > 0
                or exists (select from body_name n where n.body = l.company and strpos(lower(n.name), lower(:q)) > 0)
                or exists (select from company c where c.body = l.company and c.credit_code = upper(:q))
            """;

    record Row(
            long id,
            String company,
            ListingState state,
            int firstYear,
            int secondYear,
            @Nullable Instant dueAt,
            @Nullable Instant answerDue,
            Instant proposedAt,
            Instant since,
            @Nullable LocalDate listedOn,
            @Nullable LocalDate mostLast,
            @Nullable LocalDate endedOn,
            boolean objection,
            Appeal appeal,
            boolean suspended) {

        /** The nearest day on which somebody owes something; null when nobody does. */
        @Nullable
        Instant nearest() {
            if (dueAt == null || answerDue == null) {
                return dueAt == null ? answerDue : dueAt;
            }
            return dueAt.isBefore(answerDue) ? dueAt : answerDue;
        }

        String path() {
            return "/listings/" + id;
        }
    }

    record Page(List<Row> rows, @Nullable Long more) {}

    private final JdbcClient jdbc;
    private final Listings listings;
    private final VoteBook votes;
    private final ListingBook book;
    private final CompanyYears years;
    private final Evidence evidence;
    private final Interests interests;
    private final InstantSource clock;

    ListingQueries(
            JdbcClient jdbc,
            Listings listings,
            VoteBook votes,
            ListingBook book,
            CompanyYears years,
            Evidence evidence,
            Interests interests,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.listings = listings;
        this.votes = votes;
        this.book = book;
        this.years = years;
        this.evidence = evidence;
        this.interests = interests;
        this.clock = clock;
    }

    /** What a list is narrowed to.
     *
     * @param todo only what waits for the reader
     * @param q part of a name that the company has or had, or its credit code; empty for all
     */
    record Filter(boolean todo, @Nullable ListingState state, String q, Narrowing narrowing) {

        private static final int LONGEST = 60;

        static Filter of(Map<String, String> query) {
            var q = query.getOrDefault("q", "")
                    .replaceAll("[\\p{Cntrl}\\p{Cs}]", " ")
                    .strip();
            return new Filter(
                    "todo".equals(query.get("box")),
                    ListingState.named(query.get("state")),
                    q.length() > LONGEST ? q.substring(0, LONGEST) : q,
                    Narrowing.of(query));
        }

        boolean any() {
            return state != null || !q.isEmpty() || narrowing.any();
        }
    }

    Page page(Reader reader, Filter filter, @Nullable Long after) {
        var where = narrowed(reader, filter);
        if (after != null) {
            where.and("l.id < :after", "after", after);
        }
        var rows = rows(reader, where, PAGE + 1);
        return rows.size() <= PAGE
                ? new Page(rows, null)
                : new Page(List.copyOf(rows.subList(0, PAGE)), rows.get(PAGE - 1).id);
    }

    private Where narrowed(Reader reader, Filter filter) {
        var where = filter.narrowing.limit(filter.todo ? todo(reader) : scope(reader), "l.area", "l.proposed_at");
        if (!filter.q.isEmpty()) {
            where.and(NAMED, "q", filter.q);
        }
        return filter.state == null ? where : where.and(SHOWN + " = :state", "state", filter.state.code());
    }

    /** As the page shows them, without its pages. */
    List<Row> all(Reader reader, Filter filter, int most) {
        return rows(reader, narrowed(reader, filter), most);
    }

    /** The last cases of a company that this reader may see. */
    List<Row> ofCompany(Reader reader, long company, int most) {
        return rows(reader, scope(reader).and("l.company = :company", "company", company), most);
    }

    private List<Row> rows(Reader reader, Where where, int most) {
        where.with("tied", interests.companies(reader).toArray(Long[]::new));
        return jdbc.sql("""
                select l.*, %s as shown, b.name as company_name,
                       coalesce((select max(s.at) from listing_step s where s.listing = l.id and s.verb <> 'state'), l.proposed_at) as since
                from listing l join body b on b.id = l.company
                where %s order by l.id desc limit %d
                """.formatted(SHOWN, where.sql(), most))
                .params(where.params())
                .query((r, n) -> new Row(
                        r.getLong("id"),
                        r.getString("company_name"),
                        ListingState.of(r.getString("shown")),
                        r.getInt("first_year"),
                        r.getInt("second_year"),
                        Listings.instant(
                                r, r.getString("shown").equals(r.getString("state")) ? "due_at" : "decide_due"),
                        Listings.instant(r, "answer_due"),
                        r.getTimestamp("proposed_at").toInstant(),
                        r.getTimestamp("since").toInstant(),
                        r.getObject("listed_on", LocalDate.class),
                        r.getObject("most_last", LocalDate.class),
                        r.getObject("ended_on", LocalDate.class),
                        r.getString("objection").equals("open"),
                        Appeal.of(r.getString("appeal")),
                        r.getBoolean("suspended")))
                .list();
    }

    /** How many cases wait for this reader. */
    int waiting(Reader reader) {
        if (!hasPart(reader)) {
            return 0;
        }
        var where = todo(reader);
        return jdbc.sql("select count(*) from listing l where " + where.sql())
                .params(where.params())
                .query(Integer.class)
                .single();
    }

    /** Whether cases can be this reader's business at all. */
    static boolean hasPart(Reader reader) {
        return !reader.scope(Role.HOUSING, Role.DISTRICT, Role.CITY, Role.STREET, Role.MANAGER)
                .isEmpty();
    }

    private Where scope(Reader reader) {
        var any = new ArrayList<String>();
        var where = new Where();
        var areas = reader.scope(Role.HOUSING, Role.DISTRICT, Role.CITY);
        if (!areas.isEmpty()) {
            any.add("l.area like any(:areas)");
            where.with("areas", areas.patterns());
        }
        streets(reader, where, any, SERVES);
        company(reader, where, any, "l.company = any(:companies) and l.basis is not null");
        return where.and(any.isEmpty() ? "false" : String.join(" or ", any));
    }

    private Where todo(Reader reader) {
        var any = new ArrayList<String>();
        var where = new Where();
        var bureau = reader.scope(Role.HOUSING);
        if (!bureau.isEmpty()) {
            any.add("""
                    l.area like any(:areas) and (l.objection = 'open'
                        or l.state = 'noticed' and l.noticed_on is null
                        or l.state in ('proposed', 'heard', 'decided', 'repair_applied', 'repair_verified')
                        or l.state = 'spared' and %s)
                    """.formatted(VoteBook.CONTESTED));
            where.with("areas", bureau.patterns());
        }
        streets(reader, where, any, "l.state = 'repair_applied' and " + SERVES);
        company(
                reader,
                where,
                any,
                "l.company = any(:companies) and l.state = 'noticed' and (l.noticed_on is null or l.due_at >= :now)");
        where.with("now", Timestamp.from(clock.instant()));
        return where.and(any.isEmpty() ? "false" : String.join(" or ", any));
    }

    private void streets(Reader reader, Where where, List<String> any, String sql) {
        var streets = reader.scope(Role.STREET);
        if (!streets.isEmpty()) {
            any.add(sql);
            where.with("streets", streets.patterns()).with("today", today());
        }
    }

    private static void company(Reader reader, Where where, List<String> any, String sql) {
        var companies = reader.scope(Role.MANAGER).wholeBodies();
        if (companies.length > 0) {
            any.add(sql);
            where.with("companies", companies);
        }
    }

    Optional<ListingView> find(long id) {
        return listings.find(id).map(this::view);
    }

    private ListingView view(Listing listing) {
        return jdbc.sql("""
                select b.name, c.credit_code, a.name as area_name, b.ending, s.name as successor, l.proposed_at
                from listing l join body b on b.id = l.company join company c on c.body = b.id join area a on a.code = l.area
                         left join body s on s.id = b.successor
                where l.id = ?
                """)
                .param(listing.id)
                .query((r, n) -> new ListingView(
                        listing,
                        r.getString("name"),
                        r.getString("credit_code"),
                        Areas.plain(r.getString("area_name")),
                        "merged".equals(r.getString("ending")),
                        r.getString("successor"),
                        r.getTimestamp("proposed_at").toInstant(),
                        book.basis(listing.basis).orElse(null),
                        List.of(
                                year(listing.company, listing.ground.firstYear(), listing.ground.firstVersion()),
                                year(listing.company, listing.ground.secondYear(), listing.ground.secondVersion())),
                        steps(listing),
                        votes.shown(listing.id)))
                .single();
    }

    private ListingView.Year year(long company, int year, int then) {
        var versions = years.history(company, year);
        return new ListingView.Year(
                year,
                versions.stream()
                        .filter(result -> result.version() == then)
                        .findFirst()
                        .orElse(null),
                versions.isEmpty() ? null : versions.getFirst());
    }

    private List<ListingView.Step> steps(Listing listing) {
        return jdbc.sql("""
                select s.seq, s.at, s.verb, s.party, p.received_on, w.words
                from listing_step s left join listing_words w on w.listing = s.listing and w.seq = s.seq
                         left join listing_received p on p.listing = s.listing and p.seq = s.seq
                where s.listing = ? order by s.seq
                """)
                .param(listing.id)
                .query((r, n) -> {
                    var verb = ListingVerb.of(r.getString("verb"));
                    return new ListingView.Step(
                            r.getInt("seq"),
                            r.getTimestamp("at").toInstant(),
                            verb,
                            Party.valueOf(r.getString("party").toUpperCase(Locale.ROOT)),
                            r.getObject("received_on", LocalDate.class),
                            r.getString("words"),
                            verb.takesFiles() ? evidence.of(listing, r.getInt("seq")) : List.of(),
                            verb.takesFiles() && listing.endedOn != null
                                    ? evidence.gone(listing, r.getInt("seq"))
                                    : null);
                })
                .list();
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}
