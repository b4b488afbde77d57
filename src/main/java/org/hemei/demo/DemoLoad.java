package org.hemei.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.hemei.demo.OrderPlans.Plan;
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

/** The stages of loading the demo city, within the caller's transaction. The same clock gives the same city. */
@Component
class DemoLoad {

    private static final Logger LOG = LoggerFactory.getLogger(DemoLoad.class);
    private static final int ORDERS_AT_ONCE = 2000;

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final PasswordEncoder passwords;
    private final DeadlineBook deadlines;
    private final WorkCalendars calendars;
    private final InstantSource clock;
    private final DemoPhotos photos;
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
            DemoProgress progress) {
        this.dataSource = dataSource;
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.passwords = passwords;
        this.deadlines = deadlines;
        this.calendars = calendars;
        this.clock = clock;
        this.photos = photos;
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
        say(0.02, "正在建小区、楼栋和门牌");
        var estates = new Estates();
        var city = Estates.build(Places.read(jdbc), estates);
        var bodies = new Bodies();
        bodies.build(city);
        var companies = new Companies(city, today);
        companies.build(bodies);
        send(
                copy,
                bodies.bodies,
                companies.companies,
                estates.estates,
                estates.buildings,
                estates.units,
                companies.contracts);

        say(0.2, "正在安排社区、物业和各单位的人");
        var people = new People(cipher, passwords.encode(DemoAccounts.PASSWORD));
        var staff = new Staff(city, bodies, companies, people, today);
        staff.build();
        say(0.3, "正在请居民住进来");
        var residents = new Residents(people, now);
        residents.build(city);
        send(copy, people.persons, people.posts, people.accounts, people.grants, residents.members, residents.requests);

        say(0.4, "正在写两年来的工单");
        var world = new Scene.World(
                now,
                deadlines.current(),
                new WorkHours(calendars.current()),
                new Dice("stories"),
                new Wording(),
                bodies,
                staff,
                new Assists());
        var latest = orders(copy, city, world, residents);
        say(0.95, "正在配图");
        photos.add(latest);
        say(0.98, "快好了，正在整理");
        finish(now);
    }

    private List<Order> orders(CopyManager copy, City city, Scene.World world, Residents residents)
            throws SQLException, IOException {
        var rows = new OrderRows(cipher);
        var topics = new Topics();
        var plans = OrderPlans.of(city, world.staff(), world.now());
        int total = plans.values().stream().mapToInt(List::size).sum();
        var latest = new ArrayList<Order>();
        int told = 0;
        int unsent = 0;
        for (var ofEstate : plans.values()) {
            var orders = tell(ofEstate, world, topics, residents);
            orders.forEach(rows::add);
            orders.stream().filter(order -> inTheWindow(order, world.now())).forEach(latest::add);
            told += ofEstate.size();
            unsent += ofEstate.size();
            if (unsent >= ORDERS_AT_ONCE || told == total) {
                rows.send(copy);
                unsent = 0;
                say(0.4 + 0.54 * told / total, "正在写两年来的工单：%,d / %,d 张".formatted(told, total));
            }
        }
        jdbc.sql("select setval('work_order_seq', ?, false), setval('assist_seq', ?, false)")
                .params((total / 100 + 1) * 100 + 1, (world.assists().last() / 100 + 1) * 100 + 1)
                .query((r, n) -> 0)
                .list();
        latest.sort(Comparator.comparingLong(order -> order.id));
        return latest;
    }

    /** What people look at first: the showcase community's last two weeks. */
    private static boolean inTheWindow(Order order, Instant now) {
        return order.estate.community().code().equals(OrderPlans.SHOWCASE_COMMUNITY)
                && order.submittedAt.isAfter(now.minus(Duration.ofDays(14)));
    }

    private static List<Order> tell(List<Plan> plans, Scene.World world, Topics topics, Residents residents) {
        var orders = new ArrayList<Order>();
        for (var plan : plans) {
            var month = plan.at().atZone(CivilTime.ZONE).getMonthValue();
            var topic =
                    plan.topic() == null ? topics.pick(world.dice(), plan.estate(), month) : topics.named(plan.topic());
            var order = new Order(plan.id(), plan.estate(), topic, plan.at());
            var here = residents.byEstate.getOrDefault(plan.estate().id(), List.of());
            Story.tell(new Scene(world, plan, order), here, orders);
            if (order.kept == null) {
                world.assists().neighbours(order, here, world.now());
            }
            orders.add(order);
        }
        return orders;
    }

    private void finish(Instant now) {
        for (var table : List.of(
                "body",
                "estate",
                "building",
                "unit",
                "contract",
                "person",
                "appointment",
                "household_member",
                "account",
                "access_grant",
                "binding_request")) {
            jdbc.sql("select setval(pg_get_serial_sequence('" + table + "', 'id'), (select max(id) from " + table
                            + "))")
                    .query((r, n) -> 0)
                    .list();
        }
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
