package org.hemei.workorder.board;

import org.hemei.platform.web.Address;
import org.hemei.workorder.rollup.OrderCounts;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody is on duty: an area, or a body that holds orders, at one estate or wherever it works.
 *
 * @param area code of the area; null for a body
 * @param estate null where the body's whole work is meant, or an area's
 */
record Desk(
        String name,
        @Nullable String area,
        @Nullable Long body,
        @Nullable Long estate) {

    /** The scope its orders are counted under. */
    String scope() {
        if (area != null) {
            return area;
        }
        var holder = body == null ? 0 : body;
        return estate == null ? OrderCounts.holder(holder) : OrderCounts.project(holder, estate);
    }

    Address on(String path) {
        return Address.of(path)
                .with("area", area)
                .with(path.equals("/board") ? "body" : "holder", body)
                .with("estate", estate);
    }

    boolean isArea() {
        return area != null;
    }
}
