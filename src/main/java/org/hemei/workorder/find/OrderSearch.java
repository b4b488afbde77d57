package org.hemei.workorder.find;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.Searchable;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.log.Audit;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Address;
import org.hemei.registry.Places;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.list.OrderFilter;
import org.hemei.workorder.list.OrderListQueries;
import org.hemei.workorder.list.OrderRow;
import org.hemei.workorder.list.OrderScope;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Orders from the search box: by number, by words, by place, by phone; a resident's own by words. */
@Component
class OrderSearch implements Searchable {

    private static final int RANK = 10;

    /** Duties that show phones on an order's page. */
    private static final Role[] SHOWN_PHONES = {Role.COMMUNITY, Role.STREET, Role.MANAGER, Role.STAFF};

    private final OrderListQueries queries;
    private final Places places;
    private final FieldCipher cipher;
    private final Audit audit;
    private final InstantSource clock;

    OrderSearch(OrderListQueries queries, Places places, FieldCipher cipher, Audit audit, InstantSource clock) {
        this.clock = clock;
        this.queries = queries;
        this.places = places;
        this.cipher = cipher;
        this.audit = audit;
    }

    @Override
    public int order() {
        return RANK;
    }

    @Override
    public List<Group> find(Reader reader, String text) {
        if (!OrderScope.onDuty(reader)) {
            return own(reader, text);
        }
        var groups = new ArrayList<Group>();
        var byWords = search(reader, Map.of("q", text));
        if (byWords.rows.isEmpty() && byWords.filter.tooShort()) {
            groups.add(new Group("工单", "order", List.of(), null, "一个字太多地方有，只看了最近的工单。写两个字以上，找得全。"));
        } else if (!byWords.rows.isEmpty()) {
            groups.add(group("工单", byWords));
        }
        groups.addAll(byPlace(reader, text));
        if (byWords.rows.isEmpty() && !byWords.filter.tooShort()) {
            var before = search(reader, Map.of("q", text, "past", "1"));
            if (!before.rows.isEmpty()) {
                groups.add(group("归档的工单（五年以前）", before));
            }
        }
        return groups;
    }

    private List<Group> own(Reader reader, String text) {
        if (!reader.has(Role.RESIDENT)) {
            return List.of();
        }
        var rows = queries.own(reader, OrderFilter.of(Map.of("q", text)), null, MOST);
        if (!rows.isEmpty()) {
            return List.of(new Group("我点的单", "order", found(rows), null));
        }
        var before = queries.own(reader, OrderFilter.of(Map.of("q", text, "past", "1")), null, MOST);
        return before.isEmpty() ? List.of() : List.of(new Group("我点的单（五年以前，归档的）", "order", found(before), null));
    }

    private record Search(OrderFilter filter, List<OrderRow> rows) {}

    private Search search(Reader reader, Map<String, String> query) {
        var filter = OrderFilter.of(query);
        return new Search(filter, queries.page(reader, filter, null).rows());
    }

    private Group group(String heading, Search search) {
        return new Group(
                heading,
                "order",
                found(search.rows),
                search.rows.size() > MOST ? search.filter.on("/orders").toString() : null);
    }

    /** Orders of the place that was typed, with the words that stand after it. */
    private List<Group> byPlace(Reader reader, String text) {
        var groups = new LinkedHashMap<String, Group>();
        for (var place : places.named(reader, text, 2)) {
            var query = new HashMap<String, String>();
            query.put("estate", String.valueOf(place.estate()));
            if (place.building() != null) {
                query.put("building", String.valueOf(place.building()));
            }
            if (place.unit() != null) {
                query.put("unit", String.valueOf(place.unit()));
            }
            query.put("q", place.rest());
            var search = search(reader, query);
            if (!search.rows.isEmpty()) {
                var heading = place.words() + (place.rest().isEmpty() ? "" : "“" + place.rest() + "”") + "的工单";
                groups.putIfAbsent(heading, group(heading, search));
            }
        }
        return List.copyOf(groups.values());
    }

    @Override
    public boolean findsByPhone(Reader reader) {
        return !reader.scope(SHOWN_PHONES).isEmpty();
    }

    /** On record whether something is found or not, with how many and never with the number. */
    @Override
    @Transactional
    public List<Group> byPhone(Reader reader, String digits) {
        if (!findsByPhone(reader)) {
            return List.of();
        }
        var index = cipher.blindIndex(digits);
        var living = queries.byPhone(reader, index, false, 50);
        var rows = living.isEmpty() ? queries.byPhone(reader, index, true, 50) : living;
        audit.record(
                reader,
                0,
                "work_order.find_by_phone",
                "work_order_list",
                reader.account(),
                null,
                Map.of("found", rows.size()));
        return rows.isEmpty()
                ? List.of()
                : List.of(new Group(living.isEmpty() ? "用这个电话点的单（五年以前，归档的）" : "用这个电话点的单", "phone", found(rows), null));
    }

    private List<Found> found(List<OrderRow> rows) {
        var now = clock.instant();
        return rows.stream()
                .limit(MOST)
                .map(row -> new Found(
                        row.title(),
                        row.number() + "·" + row.where() + "·" + row.state().words() + "·"
                                + CivilTime.near(row.submittedAt(), now),
                        path(row.id())))
                .toList();
    }

    private static String path(OrderId id) {
        return Address.of("/orders/" + id).toString();
    }
}
