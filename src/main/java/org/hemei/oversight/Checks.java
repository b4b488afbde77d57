package org.hemei.oversight;

import java.util.Comparator;
import java.util.List;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.Missing;
import org.springframework.stereotype.Component;

/** Every rule that some room offers, system by system. */
@Component
class Checks {

    private final List<MechanismCheck> checks;

    Checks(List<MechanismCheck> checks) {
        this.checks = checks.stream()
                .sorted(Comparator.comparing((MechanismCheck c) -> c.rule().part())
                        .thenComparing(c -> c.rule().code()))
                .toList();
    }

    List<MechanismCheck> all() {
        return checks;
    }

    MechanismCheck of(String code) {
        return checks.stream()
                .filter(check -> check.rule().code().equals(code))
                .findFirst()
                .orElseThrow(() -> new Missing("没有这条规则。"));
    }
}
