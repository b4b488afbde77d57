package org.hemei.oversight;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.MechanismCheck.Figure;

/** From the areas where a rule lives up to the city: sums of parts and sums of wholes, never means of rates. */
final class RollUp {

    /** City, district, street, community: an area's code begins with the codes of those above it. */
    private static final int[] LEVELS = {4, 6, 9, 12};

    record Sum(long part, long whole, long notice) {

        static final Sum NOTHING = new Sum(0, 0, 0);

        Sum plus(Sum more) {
            return new Sum(part + more.part, whole + more.whole, notice + more.notice);
        }
    }

    private RollUp() {}

    /** By area code, for every area that has anything to count. */
    static Map<String, Sum> of(List<Figure> figures) {
        Map<String, Sum> sums = new HashMap<>();
        for (var figure : figures) {
            var own = new Sum(figure.part(), figure.whole(), figure.notice());
            for (int length : LEVELS) {
                if (length <= figure.area().length()) {
                    sums.merge(figure.area().substring(0, length), own, Sum::plus);
                }
            }
        }
        return sums;
    }
}
