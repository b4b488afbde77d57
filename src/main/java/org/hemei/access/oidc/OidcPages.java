package org.hemei.access.oidc;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.hemei.access.Role;
import org.hemei.access.SignIn;
import org.hemei.access.oidc.OidcProvider.Attempt;
import org.hemei.access.oidc.OidcProvider.Identity;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Shells;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** To the provider and back: to sign in, or, signed in already, to link one's account. 404 while no provider is configured. */
@Controller
class OidcPages {

    private static final String BACK = "/sign-in/oidc/back";

    /** State, nonce, verifier, who is linking and where to go on; encrypted, because sessions lie in the database. */
    private static final String KEPT = "oidc-attempt";

    private record Kept(Attempt attempt, long linking, String to) {}

    private final OidcProvider provider;
    private final Identities identities;
    private final SignIn signIn;
    private final FieldCipher cipher;
    private final Shells shells;

    OidcPages(OidcProvider provider, Identities identities, SignIn signIn, FieldCipher cipher, Shells shells) {
        this.provider = provider;
        this.identities = identities;
        this.signIn = signIn;
        this.cipher = cipher;
        this.shells = shells;
    }

    @GetMapping("/sign-in/oidc")
    ModelAndView leave(HttpServletRequest request, @RequestParam(defaultValue = "") String to) {
        return toProvider(request, 0, to);
    }

    /** A GET, for a form may lead to this site only; what it begins, the person ends at the provider. */
    @GetMapping("/me/identity/link")
    ModelAndView link(Reader reader, HttpServletRequest request) {
        staff(reader);
        return toProvider(request, reader.account(), "/me");
    }

    @PostMapping("/me/identity/end")
    ModelAndView unlink(Reader reader) {
        staff(reader);
        on();
        identities.unlink(reader, reader.account(), provider.issuer());
        return FormAnswer.seeOther("/me");
    }

    @GetMapping(BACK)
    ModelAndView back(
            Reader reader,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String state) {
        on();
        var kept = taken(request);
        var to = kept == null ? "" : kept.to;
        try {
            if (kept == null || code.isEmpty() || !kept.attempt.state().equals(state)) {
                throw Refusal.of("统一认证没有完成，或者放得太久了。请重新来一次。");
            }
            var identity = provider.finish(kept.attempt, code, provider.back(here()));
            return kept.linking == 0 ? enter(request, response, identity, to) : linked(reader, kept.linking, identity);
        } catch (Refusal refusal) {
            return refused(request, to, refusal);
        }
    }

    private ModelAndView enter(HttpServletRequest request, HttpServletResponse response, Identity identity, String to) {
        var account = identities
                .enter(identity)
                .orElseThrow(() -> Refusal.of("这个统一认证的人还没有关联账号。请先用账号和密码登录，在“我的”里关联；或请系统管理员登记。"));
        return FormAnswer.seeOther(
                identity.second()
                        ? signIn.finish(request, response, account, false, true, to)
                        : signIn.enter(request, response, account, false, to));
    }

    private ModelAndView linked(Reader reader, long account, Identity identity) {
        if (reader.account() != account) {
            throw Refusal.of("登录已经换人或过期了。请登录后再关联。");
        }
        identities.link(reader, account, identity.issuer(), identity.subject());
        return FormAnswer.seeOther("/me");
    }

    private ModelAndView toProvider(HttpServletRequest request, long linking, String to) {
        on();
        try {
            var attempt = Attempt.fresh();
            var address = provider.begin(attempt, provider.back(here()));
            var words = String.join(
                    "\n", List.of(attempt.state(), attempt.nonce(), attempt.verifier(), String.valueOf(linking), to));
            request.getSession().setAttribute(KEPT, Base64.getEncoder().encodeToString(cipher.encrypt(words)));
            return FormAnswer.seeOther(address.toString());
        } catch (Refusal refusal) {
            return refused(request, to, refusal);
        }
    }

    /** Good once, whatever comes of it. */
    private @Nullable Kept taken(HttpServletRequest request) {
        var session = request.getSession(false);
        if (session == null || !(session.getAttribute(KEPT) instanceof String sealed)) {
            return null;
        }
        session.removeAttribute(KEPT);
        var parts = cipher.decrypt(Base64.getDecoder().decode(sealed)).split("\n", 5);
        return new Kept(new Attempt(parts[0], parts[1], parts[2]), Long.parseLong(parts[3]), parts[4]);
    }

    private static String here() {
        return Objects.requireNonNull(
                ServletUriComponentsBuilder.fromCurrentContextPath().path(BACK).toUriString());
    }

    private void on() {
        if (!provider.isOn()) {
            throw new Missing("这里没有接统一认证。");
        }
    }

    private static void staff(Reader reader) {
        if (!Role.isStaff(reader)) {
            throw new AccessDeniedException("residents sign in by phone");
        }
    }

    private ModelAndView refused(HttpServletRequest request, String to, Refusal refusal) {
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        model.put("to", SignIn.isOwn(to) ? to : "");
        model.put("username", "");
        model.put("provider", provider.words());
        model.put("errors", FormErrors.of(refusal));
        return new ModelAndView("access/sign-in", model, HttpStatus.UNPROCESSABLE_CONTENT);
    }
}
