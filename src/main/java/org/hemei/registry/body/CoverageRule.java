package org.hemei.registry.body;

import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.Bodies;
import org.hemei.registry.BodyKind;
import org.jspecify.annotations.Nullable;

/**
 * When a company can be covered in a way from a day on. 单建 is one company and one organisation; 联建 several companies
 * with one; a company belongs to one organisation at a time, an adviser may come besides (article: 织密全面覆盖的组织体系).
 */
final class CoverageRule {

    private CoverageRule() {}

    /**
     * @param ofCompany what covers the company on that day or later
     * @param ofOrganisation what the organisation covers on that day or later; none for an adviser
     */
    static List<Reason> reasons(
            CoverageMode mode,
            java.time.LocalDate day,
            Bodies.Body company,
            Bodies.@Nullable Body organisation,
            List<Coverages.Coverage> ofCompany,
            List<Coverages.Coverage> ofOrganisation) {
        var reasons = new ArrayList<Reason>();
        if (company.kind() != BodyKind.COMPANY) {
            reasons.add(new Reason("company", "只有物业企业能被覆盖。请重新选。"));
        }
        there("company", company, day, reasons);
        if (mode == CoverageMode.ADVISER) {
            return reasons;
        }
        if (organisation == null || organisation.kind() != BodyKind.COMPANY_ORGANISATION) {
            reasons.add(new Reason("organisation", "请选一个物业企业党组织。"));
            return reasons;
        }
        there("organisation", organisation, day, reasons);
        ofCompany.stream()
                .filter(held -> held.mode().byOrganisation())
                .findFirst()
                .ifPresent(held -> reasons.add(new Reason(
                        "company",
                        held.organisation() != null && held.organisation() == organisation.id()
                                ? "它已经覆盖这家企业了。"
                                : "这家企业已由“" + held.by() + "”覆盖。请先结束那一条。")));
        if (mode == CoverageMode.SINGLE && !ofOrganisation.isEmpty()) {
            reasons.add(new Reason("mode", "单建只覆盖一家企业，它已经有了。请改用联建。"));
        }
        if (mode == CoverageMode.JOINT
                && ofOrganisation.stream().anyMatch(held -> held.mode() == CoverageMode.SINGLE)) {
            reasons.add(new Reason("mode", "它是单建的党组织。要联建，请先结束原来的单建。"));
        }
        return reasons;
    }

    private static void there(String field, Bodies.Body body, java.time.LocalDate day, List<Reason> reasons) {
        if (body.since().isAfter(day)) {
            reasons.add(new Reason("day", "“" + body.shortName() + "”" + CivilTime.day(body.since()) + "才成立。请填之后的日子。"));
        } else if (body.until() != null) {
            reasons.add(new Reason(field, "“" + body.shortName() + "”已经登记" + CivilTime.day(body.until()) + "撤销。请另选。"));
        }
    }
}
