package org.hemei.oversight;

import java.util.Comparator;
import java.util.List;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.MechanismCheck.Rule;
import org.hemei.platform.MechanismCheck.State;

/** The thresholds in force on one day. The nearest area above counts; where nobody has set one, the rule's own value. */
record Standards(List<Held> held) {

    record Held(String rule, String name, String area, int value) {}

    int value(Rule rule, String name, String area) {
        return held.stream()
                .filter(h -> h.rule.equals(rule.code()) && h.name.equals(name) && area.startsWith(h.area))
                .max(Comparator.comparingInt(h -> h.area.length()))
                .map(Held::value)
                .orElseGet(() -> rule.threshold(name).value());
    }

    State state(Rule rule, String area, RollUp.Sum sum) {
        return State.of(
                sum.part(),
                sum.whole(),
                value(rule, MechanismCheck.TARGET, area),
                value(rule, MechanismCheck.NEAR, area));
    }

    /** The same for one rule only: figures of a whole city ask thousands of times. */
    Standards of(Rule rule) {
        return new Standards(
                held.stream().filter(h -> h.rule.equals(rule.code())).toList());
    }
}
