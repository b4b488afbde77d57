package org.hemei.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.WorkCalendars;
import org.hemei.workorder.DeadlineBook;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The stages of loading the demo city, within the caller's transaction. The same clock gives the same city. */
@Component
class DemoLoad {

    private static final Logger LOG = LoggerFactory.getLogger(DemoLoad.class);
    private static final int ORDERS_AT_ONCE = 2000;
    private static final int REPORTED = 3; // months
    private static final double FROM_ORDERS = 0.20; // of the time the whole load takes, as the progress bar tells it
    private static final double TO_ORDERS = 0.54;

    /** Tables whose rows were numbered here, so that their identity goes on from there. */
    private static final List<String> NUMBERED = List.of(
            "body",
            "body_parent",
            "company_coverage",
            "party_membership",
            "estate",
            "building",
            "unit",
            "contract",
            "person",
            "appointment",
            "household_member",
            "account",
            "access_grant",
            "binding_request");

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final PasswordEncoder passwords;
    private final DeadlineBook deadlines;
    private final WorkCalendars calendars;
    private final InstantSource clock;
    private final DemoPhotos photos;
    private final NetworkStories network;
    private final PastStories past;
    private final DisputeStories disputes;
    private final TimeStories time;
    private final ListingStories listings;
    private final Evaluations evaluations;
    private final EvaluationStories evaluationStories;
    private final BallotStories ballots;
    private final OldOrders old;
    private final JsonMapper json;
    private final DemoProgress progress;

    DemoLoad(
            DataSource dataSource,
            JdbcClient jdbc,
            FieldCipher cipher,
            PasswordEncoder passwords,
            DeadlineBook deadlines,
            WorkCalendars calendars,
            InstantSource clock,
            DemoPhotos photos,
            NetworkStories network,
            PastStories past,
            DisputeStories disputes,
            TimeStories time,
            ListingStories listings,
            Evaluations evaluations,
            EvaluationStories evaluationStories,
            BallotStories ballots,
            OldOrders old,
            JsonMapper json,
            DemoProgress progress) {
        this.dataSource = dataSource;
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.passwords = passwords;
        this.deadlines = deadlines;
        this.calendars = calendars;
        this.clock = clock;
        this.photos = photos;
        this.network = network;
        this.past = past;
        this.disputes = disputes;
        this.time = time;
        this.listings = listings;
        this.evaluations = evaluations;
        this.evaluationStories = evaluationStories;
        this.ballots = ballots;
        this.old = old;
        this.json = json;
        this.progress = progress;
    }

    void run() {
        long begin = System.nanoTime();
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var connection = DataSourceUtils.getConnection(dataSource);
        try {
            load(connection.unwrap(PGConnection.class).getCopyAPI(), now);
        } catch (SQLException e) {
            throw new IllegalStateException("the demo city could not be written", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
        LOG.info("示例城市已装好，用了 {} 秒", Duration.ofNanos(System.nanoTime() - begin).toSeconds());
    }

    private void load(CopyManager copy, Instant now) throws SQLException, IOException {
        var today = CivilTime.date(now);
        say(0.01, "正在建小区、楼栋和门牌");
        var estates = new Estates();
        var city = Estates.build(Places.read(jdbc), estates);
        var bodies = new Bodies();
        bodies.build(city);
        var companies = new Companies(city, today);
        companies.build(bodies);

        say(0.02, "正在安排社区、物业和各单位的人");
        var people = new People(cipher, passwords.encode(DemoAccounts.PASSWORD));
        var staff = new Staff(city, bodies, companies, people, today);
        staff.build();
        var tree = new PartyTree(city, bodies, people, today);
        tree.build();
        var party = new CompanyParty(companies, bodies, tree, people, cipher);
        party.build();
        new Committees(city, companies, bodies, tree, party, people, today).build();
        send(copy, estates.estates, estates.buildings, estates.units, bodies.bodies, bodies.parents);
        send(copy, tree.groupBuildings, companies.companies, companies.contracts);
        Facilities.build(jdbc);
        Locations.build(jdbc);
        say(0.12, "正在请居民住进来");
        var residents = new Residents(people, tree, now);
        residents.build(city);
        tree.heads();
        send(copy, people.persons, people.posts, people.accounts, people.grants, residents.members, residents.requests);
        send(copy, party.coverage, party.memberships);

        say(FROM_ORDERS, "正在写两年来的工单");
        photos.add(orders(copy, city, new Chronicle(world(now, bodies, staff), residents)));
        say(0.57, "正在整理编号和索引");
        finish(now);
        say(0.63, "正在写多方怎么一起办成难办的事");
        network.tell(now);
        past.tell(now);
        disputes.tell(now);
        time.tell(now);
        say(0.68, "正在写投票和黑名单");
        listings.tell(now);
        ballots.tell(now);
        say(0.74, "正在算历年的测评");
        new Handover(jdbc, cipher).build(today);
        new Receivers(jdbc, cipher, json).build(now);
        var built = evaluations.build(now);
        evaluationStories.tell(now, built.late(), built.over(), built.running());
    }

    private Scene.World world(Instant now, Bodies bodies, Staff staff) {
        var hours = new WorkHours(calendars.current());
        var dice = new Dice("stories");
        return new Scene.World(now, deadlines.current(), hours, dice, new Wording(), bodies, staff, new Assists());
    }

    /** @return the orders that are to get pictures, the latest last */
    private List<Order> orders(CopyManager copy, City city, Chronicle chronicle) throws SQLException, IOException {
        var rows = new OrderRows(cipher);
        var plans = chronicle.plans(city);
        int total = plans.values().stream().mapToInt(List::size).sum();
        var latest = new ArrayList<Order>();
        int told = 0;
        int sent = 0;
        for (var ofEstate : plans.values()) {
            var orders = chronicle.tell(ofEstate);
            orders.forEach(rows::add);
            orders.stream().filter(chronicle::pictured).forEach(latest::add);
            told += orders.size();
            if (told - sent >= ORDERS_AT_ONCE || told == total) {
                rows.send(copy);
                sent = told;
                var part = (TO_ORDERS - FROM_ORDERS) * told / total;
                say(FROM_ORDERS + part, "正在写两年来的工单：%,d / %,d 张".formatted(told, total));
            }
        }
        above("work_order_seq", total);
        above("assist_seq", chronicle.assists());
        latest.sort(Comparator.comparingLong(order -> order.id));
        return latest;
    }

    /** Lets a sequence that gives blocks of a hundred go on above what was used. */
    private void above(String sequence, long used) {
        jdbc.sql("select setval(?::regclass, ?, false)")
                .params(sequence, (used / 100 + 1) * 100 + 1)
                .query((r, n) -> 0)
                .list();
    }

    /** One street closed its department last month and has not founded another: a check must find it. */
    private void closeADepartment(LocalDate today) {
        jdbc.sql("""
                update body set until = :day, ending = 'dissolved'
                where id = (select id from body where kind = 'street_department' and area like '340123%'
                            order by area desc limit 1)
                """).param("day", today.minusDays(40)).update();
    }

    /** Most staff came in lately; a few have not for months, and the review of grants must find them. */
    private void staffCameIn(Instant now) {
        jdbc.sql("""
                update account set last_seen = cast(:now as timestamptz)
                    - make_interval(hours => cast(case when id % 97 = 0 then 2400 + id % 500 else id % 700 end as int))
                where username is not null
                """).param("now", java.sql.Timestamp.from(now)).update();
    }

    private void finish(Instant now) {
        closeADepartment(CivilTime.date(now));
        staffCameIn(now);
        for (var table : NUMBERED) {
            jdbc.sql("select setval(pg_get_serial_sequence('%1$s', 'id'), (select max(id) from %1$s))".formatted(table))
                    .query((r, n) -> 0)
                    .list();
        }
        new Programs(jdbc, cipher, now).build();
        above("rate_appeal_seq", new RateAppeals(jdbc, calendars, now).build());
        // the first reports are those of three months ago; they are made as everywhere else, soon after the start
        jdbc.sql("insert into installation (name, value) values ('reports_from', ?)")
                .param(YearMonth.from(CivilTime.date(now)).minusMonths(REPORTED).toString())
                .update();
        RoutingRules.build(jdbc, now);
        old.build(now);
        jdbc.sql("insert into installation (name, value) values (?, ?)")
                .params(DemoCity.MARK, now.toString())
                .update();
        jdbc.sql("analyze").update();
    }

    private void send(CopyManager copy, Rows... tables) throws SQLException, IOException {
        for (var rows : tables) {
            rows.send(copy);
        }
    }

    private void say(double fraction, String words) {
        progress.at(fraction, words);
        LOG.info("{}", words);
    }
}
