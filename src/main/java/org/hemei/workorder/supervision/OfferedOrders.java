package org.hemei.workorder.supervision;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.web.Address;
import org.hemei.workorder.OrderId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Orders that others offer and that are the reader's to take, as the list of transfers has them. */
@Component
public class OfferedOrders {

    private static final String MINE = """
            select t.district, t.order_id from order_transfer t
            where t.state = 'offered' and t.area like any(:areas) and (t.district, t.order_id) in (
                select * from unnest(cast(:districts as int[]), cast(:ids as bigint[])))
            order by t.offered_at desc, t.id desc
            """;

    private final PressedQueries queries;
    private final JdbcClient jdbc;

    OfferedOrders(PressedQueries queries, JdbcClient jdbc) {
        this.queries = queries;
        this.jdbc = jdbc;
    }

    /** All that the filter of the list finds, the newest first. */
    public List<OrderId> found(Reader reader, Map<String, String> query, int most) {
        var filter = PressedQueries.Filter.of(PressedKind.TRANSFERS, query);
        return queries.toTake(reader, filter, most).stream()
                .map(PressedQueries.Case::order)
                .toList();
    }

    /** Those of the orders that are offered to the reader. */
    public List<OrderId> within(Reader reader, List<OrderId> picked) {
        return jdbc.sql(MINE)
                .param("areas", reader.scope(Role.COMMUNITY, Role.STREET).patterns())
                .param("districts", picked.stream().map(OrderId::district).toArray(Integer[]::new))
                .param("ids", picked.stream().map(OrderId::id).toArray(Long[]::new))
                .query((r, n) -> new OrderId(r.getInt(1), r.getLong(2)))
                .list();
    }

    Set<OrderId> of(Reader reader, PressedQueries.Page page) {
        return new HashSet<>(within(
                reader, page.cases().stream().map(PressedQueries.Case::order).toList()));
    }

    /** The list under its filter, to go back to. */
    public Address address(Map<String, String> query) {
        return PressedQueries.Filter.of(PressedKind.TRANSFERS, query).address();
    }
}
