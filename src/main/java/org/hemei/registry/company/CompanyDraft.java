package org.hemei.registry.company;

import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.Scope;
import org.hemei.platform.web.Form;
import org.hemei.registry.CreditCode;
import org.jspecify.annotations.Nullable;

/** A company as somebody wants to register it. @param since the day it was founded, as its licence says */
record CompanyDraft(
        String creditCode,
        String name,
        String shortName,
        String area,
        LocalDate since,
        @Nullable String phone,
        @Nullable String address) {

    /** A code of the right length and letters may come in by the supervised way, whatever its check says. */
    private static final String LOOKS_LIKE_A_CODE = "[0-9A-Z]{18}";

    private static final String PHONE = "[0-9][0-9 -]{2,29}";

    static CompanyDraft read(Form form, Scope scope, LocalDate today) {
        var code = CreditCode.tidy(form.text("code", 40, "请填统一社会信用代码，营业执照上有。"));
        var name = form.text("name", 80, "请填企业全称，和营业执照一样。");
        var brief = form.words("short_name", 20);
        var area = form.get("area");
        if (!area.matches("\\d{4,6}") || !scope.covers(area)) {
            form.wrong("area", "请选登记地区。");
        }
        var since = form.neededDay("since", "请填成立日期，营业执照上有。");
        if (since.isAfter(today)) {
            form.wrong("since", "成立日期还没到。请照营业执照填。");
        }
        return new CompanyDraft(
                code, name, brief.isEmpty() ? name : brief, area, since, phone(form), form.optional("address", 120));
    }

    static @Nullable String phone(Form form) {
        var phone = form.optional("phone", 30);
        if (phone != null && !phone.matches(PHONE)) {
            form.wrong("phone", "只填数字和横线，例如 0551-6220 0000。");
        }
        return phone;
    }

    List<String> codeProblems() {
        return CreditCode.problems(creditCode);
    }

    boolean overridable() {
        return creditCode.matches(LOOKS_LIKE_A_CODE);
    }

    int district() {
        return area.length() >= 6 ? Integer.parseInt(area.substring(0, 6)) : 0;
    }
}
