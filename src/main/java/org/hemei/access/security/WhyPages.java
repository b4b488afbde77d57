package org.hemei.access.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import org.hemei.access.Accounts;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.web.Shells;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 为什么能看: one person, one thing, and every grant that lets them to it, or what is missing. */
@Controller
public class WhyPages {

    private static final int LONGEST = 300;

    /** What is chosen so far; it lives in the address. */
    public record Asked(String q, String kind, String id) {}

    private final Why why;
    private final Accounts accounts;
    private final Shells shells;

    WhyPages(Why why, Accounts accounts, Shells shells) {
        this.why = why;
        this.accounts = accounts;
        this.shells = shells;
    }

    @GetMapping("/security/why")
    ModelAndView why(
            Reader reader,
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "0") long account,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String id) {
        var scope = Role.required(reader, Role.SECURITY);
        var thing = id.substring(0, Math.min(LONGEST, id.length()));
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        model.put("asked", new Asked(q, kind, thing));
        model.put("kinds", why.kinds());
        model.put("people", account == 0 && !q.isBlank() ? accounts.list(scope, q, 0) : List.of());
        model.put("person", account == 0 ? null : accounts.one(scope, account));
        model.put(
                "found",
                account == 0 ? null : why.explain(reader, account, kind, thing).orElse(null));
        return new ModelAndView("access/security/why", model);
    }
}
