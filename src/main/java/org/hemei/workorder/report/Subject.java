package org.hemei.workorder.report;

import org.hemei.workorder.rates.Period;
import org.hemei.workorder.rates.RateFilter;
import org.jspecify.annotations.Nullable;

/**
 * Whom a report is about.
 *
 * @param area the area itself; of a company, where it is registered
 */
public record Subject(Level level, String area, @Nullable Long company, String name) {

    /** As it stands in the figures of its level. */
    String key() {
        return company == null ? area : company.toString();
    }

    RateFilter filter(Period period) {
        return company == null ? RateFilter.area(area, period) : RateFilter.company(company, period);
    }

    /** The district its entries in the audit log belong to; a city's stand under its code with two noughts. */
    int district() {
        return area.length() >= 6 ? Integer.parseInt(area.substring(0, 6)) : Integer.parseInt(area) * 100;
    }
}
