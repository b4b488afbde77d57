package org.hemei.workorder.tasks;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.task.TaskDesk.Assignee;
import org.hemei.platform.task.TaskDesk.Giver;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Shell;
import org.hemei.platform.web.Ui;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.list.AreaQueries;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.measure.RateTargets;
import org.hemei.workorder.rates.By;
import org.hemei.workorder.rates.RateFilter;
import org.hemei.workorder.rates.RateQueries;
import org.hemei.workorder.tasks.Origin.To;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who may make a task of what. A rate of an area is for whoever oversees the area from above, and goes to its own desk; a rate
 * of a company or a project is for whoever oversees the place, and goes to the company. A supervised order that is late is for
 * street, district and city, and goes to its holder or to the community.
 */
@Component
class Origins {

    private static final Role[] GIVERS = {Role.CITY, Role.DISTRICT, Role.STREET, Role.COMMUNITY};

    private final RateQueries rates;
    private final RateTargets targets;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    Origins(RateQueries rates, RateTargets targets, JdbcClient jdbc, InstantSource clock) {
        this.rates = rates;
        this.targets = targets;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Named(String area, String name) {}

    Origin ofRate(Reader reader, Map<String, String> query) {
        Role.required(reader, GIVERS);
        var filter = RateFilter.of(query, CivilTime.date(clock.instant()));
        var rate = Optional.ofNullable(Rate.named(query.get("rate"))).orElseThrow(Origins::nothing);
        var place = place(filter);
        var giver = giver(reader, place.area, filter.company() == null);
        var tally = RateQueries.sum(rates.by(filter, By.MONTH, null)).of(rate);
        var target = Objects.requireNonNull(
                targets.of(place.area, filter.period().last().atDay(1)).get(rate));
        if (!tally.below(target)) {
            throw new Missing("这里没有低于目标的数，不用建任务。");
        }
        var hidden = new LinkedHashMap<String, String>();
        for (var name : List.of("rate", "area", "estate", "company", "month", "months")) {
            hidden.put(name, query.getOrDefault(name, ""));
        }
        hidden.values().removeIf(String::isEmpty);
        var subject = String.join(
                "|",
                String.valueOf(filter.area()),
                String.valueOf(filter.company()),
                String.valueOf(filter.estate()),
                filter.period().last().toString(),
                String.valueOf(filter.period().months()));
        var falls = place.name + filter.period().words() + "点的单，" + rate.words() + " "
                + Ui.percent(tally.numerator(), tally.denominator()) + "%（"
                + Ui.fraction(tally.numerator(), tally.denominator()) + "），目标 " + target + "%。";
        // a company reads its own without an area; whoever oversees one is led to it
        var led = filter.company() == null
                ? filter
                : new RateFilter(null, filter.estate(), filter.company(), null, filter.period());
        var cases = led.on("/rates/cases")
                .with("rate", rate.code())
                .with("part", rate.poor().code())
                .toString();
        var to = filter.company() == null
                ? desk(place)
                : new To("BODY", place.name, new Assignee(place.area, null, filter.company(), place.name));
        var source = "rate:" + rate.code();
        return new Origin(
                source,
                subject,
                place.name + "：" + filter.period().words() + rate.words() + "没到 " + target + "%",
                falls,
                cases,
                falls + "请逐件看“" + rate.poor().words() + "”的单子，写清原因和怎么改，并报结果。",
                giver,
                List.of(to),
                "/rates/tasks",
                hidden,
                List.of(new Shell.Crumb("三率", filter.on("/rates").toString()), new Shell.Crumb("建任务", null)),
                running(source, subject));
    }

    private static Missing nothing() {
        return new Missing("没有这一行数，或它不归您管。");
    }

    /** Where the line lies, and what it is called. */
    private Named place(RateFilter filter) {
        if (filter.estate() != null && filter.company() == null || filter.category() != null) {
            throw nothing();
        }
        var sql = filter.company() == null
                ? "select code as area, name from area where code = :area and level <> 'city'"
                : filter.estate() == null
                        ? "select coalesce(:area, area) as area, short_name as name from body where id = :company and kind = 'company'"
                        : "select e.community as area, e.name || '·' || b.short_name as name from estate e, body b"
                                + " where e.id = :estate and b.id = :company and b.kind = 'company'";
        return jdbc.sql(sql)
                .param("area", filter.area())
                .param("company", filter.company())
                .param("estate", filter.estate())
                .query(Named.class)
                .optional()
                .map(found -> new Named(found.area, AreaQueries.plain(found.name)))
                .orElseThrow(Origins::nothing);
    }

    private static To desk(Named place) {
        var role = switch (place.area.length()) {
            case 12 -> Role.COMMUNITY;
            case 9 -> Role.STREET;
            default -> Role.DISTRICT;
        };
        return new To(role.name(), place.name, new Assignee(place.area, role.name(), null, place.name));
    }

    /** The nearest of the reader's desks that oversees the place. @param above not the place's own desk */
    private Giver giver(Reader reader, String area, boolean above) {
        @Nullable Giver nearest = null;
        for (var role : GIVERS) {
            for (var held : reader.scope(role).areas()) {
                var oversees = area.startsWith(held) && (!above || held.length() < area.length());
                if (oversees
                        && (nearest == null || held.length() > nearest.area().length())) {
                    nearest = new Giver(role.name(), held, held);
                }
            }
        }
        if (nearest == null) {
            throw nothing();
        }
        return new Giver(nearest.role(), nearest.area(), name(nearest.area()));
    }

    private String name(String area) {
        return AreaQueries.plain(jdbc.sql("select name from area where code = ?")
                .param(area)
                .query(String.class)
                .single());
    }

    private record Pressed(
            String community,
            String number,
            @Nullable Long holder,
            @Nullable String holderName) {}

    Origin ofOrder(Reader reader, OrderId id) {
        Role.required(reader, Role.STREET, Role.DISTRICT, Role.CITY);
        var order = pressed(id)
                .filter(found -> gives(reader, found.community))
                .orElseThrow(() -> new Missing("没有这张单，或它没有督办、没有超时，不用建任务。"));
        var giver = giver(reader, order.community, true);
        var tos = new ArrayList<To>();
        if (order.holder != null && order.holderName != null) {
            tos.add(new To(
                    "BODY", order.holderName, new Assignee(order.community, null, order.holder, order.holderName)));
        }
        tos.add(desk(new Named(order.community, name(order.community))));
        var subject = id.toString();
        return new Origin(
                "order:supervised",
                subject,
                "督办的单子超时：" + order.number,
                "工单 " + order.number + " 在督办，已经超时。",
                "/orders/" + id,
                "工单 " + order.number + " 在督办，已经超时。请说清卡在哪里、哪天办好，办好后报结果。",
                giver,
                List.copyOf(tos),
                "/orders/" + id + "/task",
                Map.of(),
                List.of(
                        new Shell.Crumb("工单", "/orders"),
                        new Shell.Crumb(order.number, "/orders/" + id),
                        new Shell.Crumb("建任务", null)),
                running("order:supervised", subject));
    }

    static boolean gives(Reader reader, String community) {
        return reader.scope(Role.STREET, Role.DISTRICT, Role.CITY).covers(community);
    }

    /** Supervised, and late: with its answer, or with the order itself. */
    private Optional<Pressed> pressed(OrderId id) {
        return jdbc.sql("""
                select o.community, o.submitted_at, o.holder, b.short_name
                from work_order o left join body b on b.id = o.holder
                where o.district = :district and o.id = :id and o.supervised and o.closed_at is null
                  and (o.due_at < :now or exists (
                      select from supervision s where s.district = o.district and s.order_id = o.id and s.state = 'open'
                                                  and s.due_at < :now))
                """)
                .param("district", id.district())
                .param("id", id.id())
                .param("now", java.sql.Timestamp.from(clock.instant()))
                .query((r, n) -> new Pressed(
                        r.getString("community"),
                        id.number(r.getTimestamp("submitted_at").toInstant()),
                        r.getObject("holder", Long.class),
                        r.getString("short_name")))
                .optional();
    }

    private boolean running(String source, String subject) {
        return jdbc.sql(
                        "select exists (select from task where source = ? and subject = ? and state in ('open', 'done'))")
                .params(source, subject)
                .query(Boolean.class)
                .single();
    }
}
