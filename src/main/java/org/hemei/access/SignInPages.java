package org.hemei.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Base64;
import java.util.Map;
import org.hemei.access.oidc.OidcProvider;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Shells;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Coming in and going out: staff by password, residents by a code on their phone. */
@Controller
class SignInPages {

    /** The phone a code went to, encrypted, because sessions lie in the database. */
    private static final String PHONE = "code-phone";

    private final StaffSignIn staff;
    private final ResidentSignIn residents;
    private final PhoneCodes codes;
    private final SignIn signIn;
    private final OidcProvider provider;
    private final FieldCipher cipher;
    private final Shells shells;

    SignInPages(
            StaffSignIn staff,
            ResidentSignIn residents,
            PhoneCodes codes,
            SignIn signIn,
            OidcProvider provider,
            FieldCipher cipher,
            Shells shells) {
        this.staff = staff;
        this.residents = residents;
        this.codes = codes;
        this.signIn = signIn;
        this.provider = provider;
        this.cipher = cipher;
        this.shells = shells;
    }

    @GetMapping("/sign-in")
    ModelAndView form(Reader reader, HttpServletRequest request, @RequestParam(defaultValue = "") String to) {
        return reader.signedIn()
                ? FormAnswer.seeOther(SignIn.onward(reader, to))
                : staffPage(request, "", to, FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/sign-in")
    ModelAndView enter(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String username,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String to) {
        try {
            if (username.isBlank() || password.isEmpty()) {
                throw Refusal.of(username.isBlank() ? "username" : "password", username.isBlank() ? "请填账号。" : "请填密码。");
            }
            var entry = staff.attempt(username, password, request.getRemoteAddr())
                    .orElseThrow(() -> Refusal.of("password", "账号或密码不对。连错 5 次，账号会锁 15 分钟。"));
            return FormAnswer.seeOther(signIn.enter(request, response, entry.account(), entry.mustChange(), to));
        } catch (Refusal refusal) {
            return staffPage(request, username, to, FormErrors.of(refusal), status(refusal));
        }
    }

    @GetMapping("/sign-in/phone")
    ModelAndView phoneForm(Reader reader, HttpServletRequest request, @RequestParam(defaultValue = "") String to) {
        return reader.signedIn()
                ? FormAnswer.seeOther(SignIn.onward(reader, to))
                : phonePage(request, "", to, FormErrors.NONE, HttpStatus.OK);
    }

    /** @param again send another code to the phone of the code page */
    @PostMapping("/sign-in/phone")
    ModelAndView sendCode(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String phone,
            @RequestParam(defaultValue = "") String again,
            @RequestParam(defaultValue = "") String to) {
        var earlier = again.isEmpty() ? null : kept(request);
        try {
            var number = earlier == null ? Phone.parse(phone) : earlier;
            codes.send(number, request.getRemoteAddr());
            var sealed = Base64.getEncoder().encodeToString(cipher.encrypt(number.number()));
            request.getSession().setAttribute(PHONE, sealed);
            return FormAnswer.seeOther("/sign-in/code" + (Wanted.isOwn(to) ? Wanted.query(to) : ""));
        } catch (Refusal refusal) {
            return earlier == null
                    ? phonePage(request, phone, to, FormErrors.of(refusal), status(refusal))
                    : codePage(request, earlier, to, FormErrors.of(refusal), status(refusal));
        }
    }

    @GetMapping("/sign-in/code")
    ModelAndView codeForm(HttpServletRequest request, @RequestParam(defaultValue = "") String to) {
        var phone = kept(request);
        return phone == null
                ? FormAnswer.seeOther("/sign-in/phone")
                : codePage(request, phone, to, FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/sign-in/code")
    ModelAndView enterByCode(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String phone,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String to) {
        Phone number = null;
        try {
            number = phone.isBlank() ? kept(request) : Phone.parse(phone);
            if (number == null) {
                return FormAnswer.seeOther("/sign-in/phone");
            }
            var account = residents
                    .attempt(number, PhoneCodes.digits(code), request.getRemoteAddr())
                    .orElseThrow(() -> Refusal.of("code", "验证码不对，或者已经过期。请看最新一条短信，或再要一次。"));
            request.getSession().removeAttribute(PHONE);
            return FormAnswer.seeOther(signIn.enter(request, response, account, false, to));
        } catch (Refusal refusal) {
            return number == null
                    ? phonePage(request, phone, to, FormErrors.of(refusal), status(refusal))
                    : codePage(request, number, to, FormErrors.of(refusal), status(refusal));
        }
    }

    @PostMapping("/sign-out")
    ModelAndView leave(HttpServletRequest request) {
        SignIn.end(request);
        return FormAnswer.seeOther("/");
    }

    private @Nullable Phone kept(HttpServletRequest request) {
        var session = request.getSession(false);
        return session != null && session.getAttribute(PHONE) instanceof String sealed
                ? new Phone(cipher.decrypt(Base64.getDecoder().decode(sealed)))
                : null;
    }

    private ModelAndView staffPage(
            HttpServletRequest request, String username, String to, FormErrors errors, HttpStatusCode status) {
        return page("access/sign-in", request, to, errors, status)
                .addObject("username", username)
                .addObject("provider", provider.words());
    }

    private ModelAndView phonePage(
            HttpServletRequest request, String phone, String to, FormErrors errors, HttpStatusCode status) {
        return page("access/phone", request, to, errors, status).addObject("phone", phone);
    }

    private ModelAndView codePage(
            HttpServletRequest request, Phone phone, String to, FormErrors errors, HttpStatusCode status) {
        return page("access/code", request, to, errors, status).addObject("masked", phone.masked());
    }

    private ModelAndView page(
            String view, HttpServletRequest request, String to, FormErrors errors, HttpStatusCode status) {
        var model = Map.of("shell", shells.of(request), "to", Wanted.isOwn(to) ? to : "", "errors", errors);
        return new ModelAndView(view, model, status);
    }

    static HttpStatus status(Refusal refusal) {
        return refusal instanceof SignInLimits.TooMany
                ? HttpStatus.TOO_MANY_REQUESTS
                : HttpStatus.UNPROCESSABLE_CONTENT;
    }
}
