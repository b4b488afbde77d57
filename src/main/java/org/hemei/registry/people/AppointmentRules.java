package org.hemei.registry.people;

import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.Refusal.Reason;
import org.springframework.stereotype.Component;

/** All the rules of appointments, asked together. */
@Component
public class AppointmentRules {

    private final List<AppointmentRule> rules;

    AppointmentRules(List<AppointmentRule> rules) {
        this.rules = rules;
    }

    List<Reason> against(Proposed wanted) {
        return against(List.of(wanted)).getFirst();
    }

    /** For each of them, in the same order, against what is there; not against each other. A query or two a rule, however many. */
    public List<List<Reason>> against(List<Proposed> wanted) {
        var reasons = new ArrayList<List<Reason>>();
        wanted.forEach(one -> reasons.add(new ArrayList<>()));
        if (!wanted.isEmpty()) {
            for (var rule : rules) {
                var of = rule.against(wanted);
                for (var n = 0; n < wanted.size(); n++) {
                    reasons.get(n).addAll(of.get(n));
                }
            }
        }
        return reasons;
    }
}
