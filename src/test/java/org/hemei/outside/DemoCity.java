package org.hemei.outside;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The people and places of the demo city, as the tools from outside need them. */
public final class DemoCity {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Of every member of staff in the demo city. */
    public static final String PASSWORD = "Hemei-2026";

    /** Of the first resident with a home; the others follow in the order of their accounts. */
    private static final long FIRST_PHONE = 19_900_010_001L;

    /**
     * A resident at home in a unit, and who answers for the orders there.
     *
     * @param manager user name of the holder's manager
     * @param worker user name of a worker of the community
     */
    public record Home(
            long account,
            String phone,
            int district,
            String community,
            long estate,
            long building,
            long unit,
            long holder,
            String manager,
            String worker) {

        /** The fields of an order from here, without token and key. */
        public Map<String, String> submission(String category, String words) {
            var fields = new LinkedHashMap<String, String>();
            fields.put("estate", String.valueOf(estate));
            fields.put("building", String.valueOf(building));
            fields.put("unit", String.valueOf(unit));
            fields.put("category", category);
            fields.put("words", words);
            return fields;
        }
    }

    private final List<Home> homes;

    private DemoCity(List<Home> homes) {
        this.homes = homes;
    }

    /** Waits until the demo city is loaded. */
    public static DemoCity await(RunningApplication application)
            throws IOException, SQLException, InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        try (var sql = application.sql()) {
            while (sql.number("select count(*) from installation where name = 'demo'") == 0) {
                if (System.nanoTime() > end) {
                    throw new IOException("the demo city was not loaded within " + PATIENCE);
                }
                Thread.sleep(200);
            }
            return of(sql);
        }
    }

    /** Reads it from a database that holds it. */
    public static DemoCity of(Sql sql) throws SQLException {
        return new DemoCity(homes(sql));
    }

    private static List<Home> homes(Sql sql) throws SQLException {
        return sql.rows("""
                        with resident as (
                            select g.account, g.unit, row_number() over (order by g.account) as n
                            from access_grant g join account a on a.id = g.account join person p on p.id = a.person
                            where g.role = 'RESIDENT' and p.sample),
                        place as materialized (
                            select e.id, e.district, e.community, default_holder(e.id, current_date) as holder
                            from estate e
                            where e.id in (select u.estate from resident r join unit u on u.id = r.unit)),
                        manager as (
                            select g.body, g.estate, min(a.username) as username
                            from access_grant g join account a on a.id = g.account where g.role = 'MANAGER' group by 1, 2),
                        worker as (
                            select g.area, min(a.username) as username
                            from access_grant g join account a on a.id = g.account where g.role = 'COMMUNITY' group by 1)
                        select r.account, r.n, p.district, p.community, p.id, u.building, u.id, p.holder,
                               manager.username, worker.username
                        from resident r join unit u on u.id = r.unit join place p on p.id = u.estate
                             join manager on manager.body = p.holder and manager.estate = p.id
                             join worker on worker.area = p.community
                        order by r.n
                        """).stream()
                .map(row -> new Home(
                        Long.parseLong(row.get(0)),
                        String.valueOf(FIRST_PHONE - 1 + Long.parseLong(row.get(1))),
                        Integer.parseInt(row.get(2)),
                        row.get(3),
                        Long.parseLong(row.get(4)),
                        Long.parseLong(row.get(5)),
                        Long.parseLong(row.get(6)),
                        Long.parseLong(row.get(7)),
                        row.get(8),
                        row.get(9)))
                .toList();
    }

    /** In the order of their accounts, estate by estate; only where the community has a worker and a company serves. */
    public List<Home> homes() {
        return homes;
    }
}
