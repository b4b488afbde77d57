package org.hemei.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import org.hemei.access.oidc.Identities;
import org.hemei.access.oidc.OidcProvider;
import org.hemei.access.secondfactor.SecondFactors;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Once;
import org.hemei.platform.web.Shells;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Who has an account, and what they may do where: the pages of the system and the security administrator. */
@Controller
@RequestMapping("/admin/accounts")
class AccountPages {

    /** What is chosen in the form of a new grant. */
    record Picked(String role, String area, String q, long body, long estate) {
        static final Picked NOTHING = new Picked("", "", "", 0, 0);
    }

    private final Accounts accounts;
    private final AccountDesk desk;
    private final AccountPhoneDesk phones;
    private final SecondFactors factors;
    private final OidcProvider provider;
    private final Identities identities;
    private final Once once;
    private final Shells shells;

    AccountPages(
            Accounts accounts,
            AccountDesk desk,
            AccountPhoneDesk phones,
            SecondFactors factors,
            OidcProvider provider,
            Identities identities,
            Once once,
            Shells shells) {
        this.accounts = accounts;
        this.desk = desk;
        this.phones = phones;
        this.factors = factors;
        this.provider = provider;
        this.identities = identities;
        this.once = once;
        this.shells = shells;
    }

    @GetMapping
    ModelAndView list(
            Reader reader,
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String role,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "0") long after) {
        var filter = Accounts.Filter.of(q, role, state);
        var rows = accounts.list(Role.required(reader, Role.SYSTEM, Role.SECURITY), filter, after);
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        model.put("filter", filter);
        model.put("opens", reader.has(Role.SYSTEM));
        model.put("rows", rows.stream().limit(Accounts.PAGE).toList());
        model.put("after", after);
        model.put(
                "next",
                rows.size() > Accounts.PAGE ? rows.get(Accounts.PAGE - 1).id() : 0L);
        return new ModelAndView("access/accounts", model);
    }

    @GetMapping("/new")
    ModelAndView form(Reader reader, HttpServletRequest request) {
        return newPage(reader, request, "", "", "", FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/new")
    ModelAndView open(
            Reader reader,
            HttpServletRequest request,
            @RequestParam(name = "_once", defaultValue = "") String key,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String phone,
            @RequestParam(defaultValue = "") String username,
            @RequestParam(defaultValue = "") String password) {
        Role.required(reader, Role.SYSTEM);
        try {
            var id = once.run(
                    reader,
                    key,
                    List.of("account", username),
                    () -> String.valueOf(desk.open(reader, name.strip(), phone, username.strip(), password)));
            return FormAnswer.seeOther("/admin/accounts/" + id);
        } catch (Refusal refusal) {
            return newPage(
                    reader, request, name, phone, username, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @GetMapping("/{id}")
    ModelAndView show(
            Reader reader,
            HttpServletRequest request,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String role,
            @RequestParam(defaultValue = "") String area,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "0") long body) {
        return page(reader, request, id, new Picked(role, area, q, body, 0), FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/{id}/grants")
    ModelAndView grant(
            Reader reader,
            HttpServletRequest request,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String role,
            @RequestParam(defaultValue = "") String area,
            @RequestParam(defaultValue = "0") long body,
            @RequestParam(defaultValue = "0") long estate) {
        var picked = new Picked(role, area, "", body, estate);
        return verb(
                reader,
                Role.SECURITY,
                request,
                id,
                picked,
                () -> desk.grant(reader, id, role(role), area, body == 0 ? null : body, estate == 0 ? null : estate));
    }

    @PostMapping("/{id}/grants/{grant}/end")
    ModelAndView endGrant(
            Reader reader,
            HttpServletRequest request,
            @PathVariable long id,
            @PathVariable long grant,
            @RequestParam(defaultValue = "") String reason) {
        return verb(
                reader,
                Role.SECURITY,
                request,
                id,
                Picked.NOTHING,
                () -> desk.endGrant(reader, id, grant, reason.strip()));
    }

    @PostMapping("/{id}/lock")
    ModelAndView lock(
            Reader reader,
            HttpServletRequest request,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String closing) {
        return verb(reader, Role.SECURITY, request, id, Picked.NOTHING, () -> desk.lock(reader, id, closing.strip()));
    }

    @PostMapping("/{id}/unlock")
    ModelAndView unlock(Reader reader, HttpServletRequest request, @PathVariable long id) {
        return verb(reader, Role.SECURITY, request, id, Picked.NOTHING, () -> desk.unlock(reader, id));
    }

    @PostMapping("/{id}/password")
    ModelAndView resetPassword(
            Reader reader,
            HttpServletRequest request,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String password) {
        return verb(reader, Role.SYSTEM, request, id, Picked.NOTHING, () -> desk.resetPassword(reader, id, password));
    }

    @PostMapping("/{id}/second-factor/reset")
    ModelAndView resetSecondFactor(
            Reader reader,
            HttpServletRequest request,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String reason) {
        return verb(
                reader,
                Role.SECURITY,
                request,
                id,
                Picked.NOTHING,
                () -> desk.resetSecondFactor(reader, id, reason.strip()));
    }

    @PostMapping("/{id}/identity")
    ModelAndView linkIdentity(
            Reader reader,
            HttpServletRequest request,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String subject) {
        return verb(
                reader,
                Role.SYSTEM,
                request,
                id,
                Picked.NOTHING,
                () -> desk.linkIdentity(reader, id, issuer(), subject.strip()));
    }

    @PostMapping("/{id}/identity/end")
    ModelAndView unlinkIdentity(Reader reader, HttpServletRequest request, @PathVariable long id) {
        return verb(reader, Role.SYSTEM, request, id, Picked.NOTHING, () -> desk.unlinkIdentity(reader, id, issuer()));
    }

    private String issuer() {
        if (!provider.isOn()) {
            throw Refusal.of("这里没有接统一认证。");
        }
        return provider.issuer();
    }

    private ModelAndView verb(
            Reader reader, Role role, HttpServletRequest request, long id, Picked picked, Runnable work) {
        Role.required(reader, role);
        try {
            work.run();
            return FormAnswer.seeOther("/admin/accounts/" + id);
        } catch (Refusal refusal) {
            return page(reader, request, id, picked, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private static @Nullable Role role(String name) {
        return Arrays.stream(Role.values())
                .filter(role -> role.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private ModelAndView newPage(
            Reader reader,
            HttpServletRequest request,
            String name,
            String phone,
            String username,
            FormErrors errors,
            HttpStatus status) {
        Role.required(reader, Role.SYSTEM);
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        model.put("name", name);
        model.put("phone", phone);
        model.put("username", username);
        model.put("errors", errors);
        return new ModelAndView("access/account-new", model, status);
    }

    private ModelAndView page(
            Reader reader, HttpServletRequest request, long id, Picked picked, FormErrors errors, HttpStatus status) {
        var scope = Role.required(reader, Role.SYSTEM, Role.SECURITY);
        var role = role(picked.role);
        var area =
                picked.area.isEmpty() ? null : accounts.area(scope, picked.area).orElse(null);
        var body = accounts.body(scope, picked.body).orElse(null);
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        model.put("account", accounts.one(scope, id));
        model.put("own", id == reader.account());
        model.put("resets", reader.has(Role.SYSTEM));
        model.put("grantsThem", reader.has(Role.SECURITY));
        model.put("grants", accounts.grants(id));
        model.put("picked", picked);
        model.put("role", role);
        model.put("area", area);
        model.put("areas", role == null || GrantRule.actsForBody(role) ? List.of() : accounts.below(scope, area));
        model.put("body", body);
        model.put("bodies", role != null && body == null ? accounts.bodies(scope, picked.q) : List.of());
        model.put("estates", body == null ? List.of() : accounts.estatesOf(body.id()));
        model.put("provider", reader.has(Role.SYSTEM) ? provider.words() : "");
        model.put("link", provider.isOn() ? identities.of(id, provider.issuer()).orElse(null) : null);
        model.put("phoneless", reader.has(Role.SYSTEM) && id != reader.account() && phones.wanting(id));
        model.put("secondFactor", reader.has(Role.SECURITY) && factors.isOn(id));
        model.put("errors", errors);
        return new ModelAndView("access/account", model, status);
    }
}
