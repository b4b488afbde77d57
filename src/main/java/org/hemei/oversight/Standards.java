package org.hemei.oversight;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.MechanismCheck.Rule;
import org.hemei.platform.MechanismCheck.State;

/** The thresholds in force on one day. The nearest area above counts; where nobody has set one, the rule's own value. */
final class Standards {

    record Held(String rule, String name, String area, int value) {}

    private record Key(String rule, String name, String area) {}

    private final Map<Key, Integer> held = new HashMap<>();

    Standards(List<Held> held) {
        held.forEach(h -> this.held.put(new Key(h.rule, h.name, h.area), h.value));
    }

    int value(Rule rule, String name, String area) {
        for (int length = area.length(); length > 0; length--) {
            var value = held.get(new Key(rule.code(), name, area.substring(0, length)));
            if (value != null) {
                return value;
            }
        }
        return rule.threshold(name).value();
    }

    State state(Rule rule, String area, RollUp.Sum sum) {
        return State.of(
                sum.part(),
                sum.whole(),
                value(rule, MechanismCheck.TARGET, area),
                value(rule, MechanismCheck.NEAR, area));
    }
}
