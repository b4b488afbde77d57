package org.hemei.registry.policy;

import java.util.List;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.MechanismCheck.Rule;
import org.hemei.platform.MechanismCheck.Threshold;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The rules of the mechanism, as a document's page names them. */
@Component
class PolicyRules {

    /** A threshold that rests on the document, in words. */
    record Held(String code, String rule, String label, String unit, Policies.Cited cited) {}

    private final ObjectProvider<MechanismCheck> checks;

    PolicyRules(ObjectProvider<MechanismCheck> checks) {
        this.checks = checks;
    }

    /** Rules whose basis is called by the document's number or title. */
    List<Rule> restingOn(Policy policy) {
        return all().stream()
                .filter(rule -> rule.basis().name().equals(policy.number())
                        || rule.basis().name().equals(policy.title()))
                .toList();
    }

    List<Held> named(List<Policies.Cited> cited) {
        var rules = all();
        return cited.stream()
                .map(one -> rules.stream()
                        .filter(rule -> rule.code().equals(one.rule()))
                        .findFirst()
                        .map(rule -> held(rule, one))
                        .orElse(new Held(one.rule(), one.rule(), one.name(), "", one)))
                .toList();
    }

    private static Held held(Rule rule, Policies.Cited one) {
        return rule.thresholds().stream()
                .filter(threshold -> threshold.name().equals(one.name()))
                .findFirst()
                .map((Threshold t) -> new Held(rule.code(), rule.title(), t.label(), t.unit(), one))
                .orElse(new Held(rule.code(), rule.title(), one.name(), "", one));
    }

    private List<Rule> all() {
        return checks.orderedStream().map(MechanismCheck::rule).toList();
    }
}
