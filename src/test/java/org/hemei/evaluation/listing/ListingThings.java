package org.hemei.evaluation.listing;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hemei.RoomThings;
import org.hemei.access.Role;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.CompanyYears.Outcome;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.listing.Votes.Choice;
import org.hemei.evaluation.listing.Votes.Vote;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Years of companies, and cases of the blacklist as far on their way as their name says. */
@Component
@Lazy // an application of another test has no cases to make
public class ListingThings implements RoomThings {

    private final CompanyYears years;
    private final Examination examination;
    private final ListingDesk desk;
    private final DecisionDesk decisions;
    private final RepairDesk repairs;
    private final ListingDue due;
    private final Listings listings;
    private final ListingBook book;
    private final BasisDesk bases;
    private final Towns towns;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    ListingThings(
            CompanyYears years,
            Examination examination,
            ListingDesk desk,
            DecisionDesk decisions,
            RepairDesk repairs,
            ListingDue due,
            Listings listings,
            ListingBook book,
            BasisDesk bases,
            Towns towns,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.years = years;
        this.examination = examination;
        this.desk = desk;
        this.decisions = decisions;
        this.repairs = repairs;
        this.due = due;
        this.listings = listings;
        this.book = book;
        this.bases = bases;
        this.towns = towns;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        return name.startsWith("$listing.")
                ? Optional.of(String.valueOf(at(
                        ListingState.valueOf(
                                name.substring("$listing.".length()).toUpperCase(java.util.Locale.ROOT)),
                        town.near())))
                : name.equals("$listing-basis.own")
                        ? Optional.of(
                                String.valueOf(law(town.near(), false, false).basis()))
                        : name.equals("$listing-basis")
                                ? Optional.of(String.valueOf(
                                        book.bases(area(town.near())).getFirst().id()))
                                : Optional.empty();
    }

    static String area(Town.Side side) {
        return String.valueOf(side.district());
    }

    public int thisYear() {
        return CivilTime.date(clock.instant()).getYear();
    }

    /** A result, or the next version of it. */
    public void year(long company, int year, YearResult result, boolean marginReachesOver) {
        var score = switch (result) {
            case PASS -> Integer.valueOf(7_200);
            case FAIL -> Integer.valueOf(5_512);
            case NOT_RATED -> null;
        };
        conclude(company, year, new Outcome(result, score, score == null ? null : 310, marginReachesOver, "{}"));
    }

    void failsWith(long company, int year, int score) {
        conclude(company, year, new Outcome(YearResult.FAIL, score, 310, false, "{}"));
    }

    private void conclude(long company, int year, Outcome outcome) {
        transaction.executeWithoutResult(status -> years.conclude(company, year, null, outcome, "更正"));
    }

    void fails(long company, int year) {
        year(company, year, YearResult.FAIL, false);
    }

    /** Another company of the side, whose manager is its company's as well. */
    public long company(Town.Side side) {
        long id = towns.body("company", "又一家物业" + side.district() + "-" + System.nanoTime(), area(side));
        jdbc.sql("insert into company (body, credit_code) values (?, ?)")
                .params(
                        id,
                        org.hemei.registry.CreditCode.complete("91" + area(side) + "MA%07d".formatted(id))
                                .value())
                .update();
        return id;
    }

    /** The register learns of a company that has this code. */
    public void taken(long company, String creditCode) {
        jdbc.sql("update company set credit_code = ? where body = ?")
                .params(creditCode, company)
                .update();
    }

    /** The company's case about the last two years; made where there is none yet. */
    long proposed(long company) {
        var last = thisYear() - 1;
        if (years.latest(company, last).isEmpty()) {
            fails(company, last - 1);
            fails(company, last);
        }
        transaction.executeWithoutResult(status -> examination.examine(company));
        office(jdbc.sql("select area from listing where company = ? limit 1")
                .param(company)
                .query(String.class)
                .single());
        return jdbc.sql("select max(id) from listing where company = ?")
                .param(company)
                .query(Long.class)
                .single();
    }

    /** The bureau of an area has said whom its papers name; once. */
    public void office(String area) {
        jdbc.sql("""
                insert into listing_office (area, name, address, review_body, court, set_by, set_at)
                select :area, '试区住房保障局', '试路1号二楼', '试区人民政府', '试区人民法院', 0, timestamptz '2020-01-01'
                where not exists (select from listing_office where area = :area)
                """).param("area", area).update();
    }

    public void noOffice(Town.Side side) {
        jdbc.sql("delete from listing_office where area = ?").param(area(side)).update();
    }

    public List<Reader> members(Town.Side side, int number) {
        var members = new ArrayList<Reader>();
        for (int i = 0; i < number; i++) {
            members.add(towns.account(Role.HOUSING, area(side), null, null, null));
        }
        return members;
    }

    static Votes all(List<Reader> members, Choice choice) {
        return new Votes(members.stream()
                .map(member -> new Vote(member.account(), choice, ""))
                .toList());
    }

    int version(long id) {
        return listings.find(id).orElseThrow().version;
    }

    ListingState state(long id) {
        return listings.find(id).orElseThrow().state;
    }

    /** One of the side's own company where it has none yet; a fresh company's, with the same manager, otherwise. */
    public long at(ListingState wanted, Town.Side side) {
        var company = jdbc.sql("select exists (select from listing where company = ?)")
                        .param(side.company())
                        .query(Boolean.class)
                        .single()
                ? next(side)
                : side.company();
        speaksFor(side, company);
        var id = proposed(company);
        return wanted == ListingState.PROPOSED ? id : further(id, wanted, side);
    }

    /** The side's manager speaks for the whole of a company, and not only at an estate of it. */
    Reader speaksFor(Town.Side side, long company) {
        office(area(side));
        towns.grant(side.manager().account(), Role.MANAGER, null, null, company, null);
        return manager(side);
    }

    /** The same people act for another company: a case of two years is made once. */
    private long next(Town.Side side) {
        var company = company(side);
        jdbc.sql("insert into contract (company, estate, during) values (?, ?, daterange(?, null))")
                .params(
                        company,
                        towns.estate("又一个小区" + company, area(side), side.street(), side.community(), "商品房"),
                        today())
                .update();
        return company;
    }

    public LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    private long further(long id, ListingState wanted, Town.Side side) {
        var bureau = side.housingDesk();
        notice(id, side, Weight.ORDINARY, basis(side));
        if (wanted == ListingState.NOTICED) {
            return id;
        }
        closeDefence(id);
        if (wanted == ListingState.HEARD) {
            return id;
        }
        var choice = wanted == ListingState.SPARED ? Choice.AGAINST : Choice.FOR;
        decisions.decide(
                members(side, 1).getFirst(),
                id,
                version(id),
                all(members(side, 3), choice),
                "电梯停用三个月没人管。修好电梯，公示维修记录。",
                List.of());
        if (wanted == ListingState.DECIDED || wanted == ListingState.SPARED) {
            return id;
        }
        desk.serve(bureau, id, version(id), today(), "当面送达", List.of());
        if (wanted == ListingState.LISTED) {
            return id;
        }
        applyRepair(id, side);
        if (wanted == ListingState.REPAIR_APPLIED) {
            return id;
        }
        repairs.verify(side.streetDesk(), id, version(id), true, "去看过，都好了。", List.of());
        if (wanted == ListingState.REPAIR_VERIFIED) {
            return id;
        }
        repairs.conclude(bureau, id, version(id), true, "整改到位。", List.of());
        return id;
    }

    /** The notice is made out, and served the same day. */
    void notice(long id, Town.Side side, Weight weight, long basis) {
        desk.notify(side.housingDesk(), id, version(id), weight, basis, "两年测评都不合格。", List.of());
        deliver(id, side);
    }

    void deliver(long id, Town.Side side) {
        desk.deliver(side.housingDesk(), id, version(id), today(), "当面送达", List.of());
    }

    /** As if the last day of the defence had been yesterday. */
    public void closeDefence(long id) {
        jdbc.sql("update listing set due_at = :at, heard_until = :at where id = :id")
                .param("at", java.sql.Timestamp.from(clock.instant().minus(Duration.ofMinutes(1))))
                .param("id", id)
                .update();
        due.run();
    }

    /** The second year of a case turns out to be a pass. */
    public void overturn(long id) {
        var company = listings.find(id).orElseThrow().company;
        year(company, thisYear() - 1, YearResult.PASS, false);
        transaction.executeWithoutResult(status -> examination.examine(company));
    }

    /** The company says that its listing is wrong. */
    public void object(long id, Town.Side side) {
        desk.object(manager(side), id, version(id), "样本里有不是我们服务的楼。", List.of());
    }

    public void answer(long id, Town.Side side, boolean upheld) {
        desk.answer(side.housingDesk(), id, version(id), upheld, "查过合同了。", List.of());
    }

    /** Three decide. */
    void list(long id, Town.Side side, Choice choice) {
        decisions.decide(side.housingDesk(), id, version(id), all(members(side, 3), choice), "整改。", List.of());
    }

    /** Goes on with a case that was heard, until it is listed. */
    public void list(long id, Town.Side side) {
        decisions.decide(side.housingDesk(), id, version(id), all(members(side, 3), Choice.FOR), "整改。", List.of());
        desk.serve(side.housingDesk(), id, version(id), today(), "当面送达", List.of());
    }

    public void verify(long id, Reader reader) {
        repairs.verify(reader, id, version(id), true, "去看过，都好了。", List.of());
    }

    /** As if it had been served half a year ago. */
    public void applyRepair(long id, Town.Side side) {
        longAgo(id);
        repairs.apply(manager(side), id, version(id), "电梯上个月修好了，维修记录贴在门厅。", List.of());
    }

    private void longAgo(long id) {
        jdbc.sql("""
                update listing set decided_on = decided_on - 180, listed_on = listed_on - 180, least_last = least_last - 180, most_last = most_last - 180
                where id = ?
                """).param(id).update();
    }

    /** As if its last day of publication had been yesterday. */
    void runsOut(long id) {
        var days = jdbc.sql("select most_last - cast(:today as date) + 1 from listing where id = :id")
                .param("today", today())
                .param("id", id)
                .query(Integer.class)
                .single();
        jdbc.sql("""
                update listing set decided_on = decided_on - :days, listed_on = listed_on - :days, least_last = least_last - :days,
                                   most_last = most_last - :days
                where id = :id
                """).param("days", days).param("id", id).update();
        due.run();
    }

    Reader manager(Town.Side side) {
        return towns.reader(side.manager().account());
    }

    BasisDesk bases() {
        return bases;
    }

    /** A law, and a basis that names it. */
    record Law(long policy, long basis) {}

    Law law(Town.Side side, boolean excludes, boolean shares) {
        var area = area(side);
        long policy = jdbc.sql("""
                insert into policy (title, issuer, area, kind, issued_on, valid_from)
                values ('试条例', '试', ?, 'law', date '2020-01-01', date '2020-01-01') returning id
                """).param(area).query(Long.class).single();
        return new Law(
                policy,
                bases.add(
                        side.housingDesk(),
                        new BasisDesk.Draft(area, "某条例", "第九条", "列入期间不得参加投标", policy, excludes, shares, today())));
    }

    /** A company listed on this basis, as serious. */
    long listedOn(Town.Side side, long basis) {
        var id = at(ListingState.PROPOSED, side);
        notice(id, side, Weight.SERIOUS, basis);
        closeDefence(id);
        decisions.decide(side.housingDesk(), id, version(id), all(members(side, 3), Choice.FOR), "整改。", List.of());
        desk.serve(side.housingDesk(), id, version(id), today(), "当面送达", List.of());
        return id;
    }

    long basis(Town.Side side) {
        return book.bases(area(side)).getFirst().id();
    }
}
