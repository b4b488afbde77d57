package org.hemei.workorder.report;

import java.time.YearMonth;
import java.util.Map;
import org.hemei.platform.web.Address;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.measure.Tally;

/** The lines of a report for somebody who oversees them: a rate that stays below its target offers a task. */
public record ReportLines(Subject subject, YearMonth month, Map<Rate, Integer> targets) {

    public boolean poor(Tally tally) {
        return tally.below(targets.getOrDefault(tally.rate(), 0));
    }

    /** @param key of the line: an area below, or an estate of the company's */
    public String task(Rate rate, String key) {
        var company = subject.company();
        var address = Address.of("/rates/tasks").with("rate", rate.code()).with("month", month);
        return (company == null
                        ? address.with("area", key)
                        : address.with("company", company).with("estate", key))
                .toString();
    }
}
