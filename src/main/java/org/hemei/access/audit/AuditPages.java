package org.hemei.access.audit;

import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Shells;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The audit administrator's page: who did what to which thing, and when. */
@Controller
class AuditPages {

    private final AuditTrail trail;
    private final InstantSource clock;
    private final Shells shells;

    AuditPages(AuditTrail trail, InstantSource clock, Shells shells) {
        this.trail = trail;
        this.clock = clock;
        this.shells = shells;
    }

    @GetMapping("/audit")
    ModelAndView list(Reader reader, HttpServletRequest request, @RequestParam Map<String, String> query) {
        var scope = Role.required(reader, Role.AUDIT);
        var filter = AuditFilter.of(query, CivilTime.date(clock.instant()));
        var rows = trail.page(scope, filter);
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        model.put("filter", filter);
        model.put("actions", AuditWords.ACTIONS);
        model.put("kinds", AuditWords.KINDS);
        model.put("rows", rows.stream().limit(AuditTrail.PAGE).toList());
        model.put(
                "next",
                rows.size() > AuditTrail.PAGE ? rows.get(AuditTrail.PAGE - 1).place() : "");
        return new ModelAndView("access/audit/log", model);
    }
}
