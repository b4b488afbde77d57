package org.hemei.workorder.report;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.Optional;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Town;
import org.hemei.workorder.OrderId;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Last month's report of the near district, with two orders; one of them was rated after it was sealed. */
@Component
@Lazy // an application of another test has no orders to make
public class ReportThings implements RoomThings {

    private final Orders orders;
    private final ReportDesk desk;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    ReportThings(Orders orders, ReportDesk desk, JdbcClient jdbc, InstantSource clock) {
        this.orders = orders;
        this.desk = desk;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        return name.equals("$report") ? Optional.of(String.valueOf(report(town))) : Optional.empty();
    }

    public YearMonth month() {
        return YearMonth.from(CivilTime.date(clock.instant())).minusMonths(1);
    }

    /** Filed in the middle of last month. */
    public OrderId lastMonth(Town.Side side, Stage stage) {
        var id = orders.at(stage, side, side.resident(), "上个月的事，路灯不亮");
        var at = CivilTime.startOf(month().atDay(14)).plus(Duration.ofHours(9));
        jdbc.sql(
                        "update work_order set submitted_at = ?, contact_due = ?, contacted_at = ? where district = ? and id = ?")
                .params(
                        Timestamp.from(at),
                        Timestamp.from(at.plus(Duration.ofDays(1))),
                        Timestamp.from(at.plus(Duration.ofHours(2))),
                        id.district(),
                        id.id())
                .update();
        return id;
    }

    long report(Town town) {
        lastMonth(town.near(), Stage.CLOSED);
        var later = lastMonth(town.near(), Stage.VERIFIED);
        desk.produce(Level.DISTRICT, month(), String.valueOf(town.near().district()));
        jdbc.sql("""
                insert into work_order_rating (district, order_id, account, round, solved, satisfied, words, at)
                values (?, ?, ?, 1, true, 4, '', ?)
                """)
                .params(later.district(), later.id(), town.near().resident().account(), Timestamp.from(clock.instant()))
                .update();
        return jdbc.sql("select max(id) from rate_report where area = ? and company is null")
                .param(String.valueOf(town.near().district()))
                .query(Long.class)
                .single();
    }
}
