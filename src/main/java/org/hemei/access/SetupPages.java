package org.hemei.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Objects;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Shells;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The page behind the one-time tokens of a system that lacks one of its three administrators. */
@Controller
class SetupPages {

    private final FirstAdministrator first;
    private final PasswordEncoder passwords;
    private final SignIn signIn;
    private final Shells shells;

    SetupPages(FirstAdministrator first, PasswordEncoder passwords, SignIn signIn, Shells shells) {
        this.first = first;
        this.passwords = passwords;
        this.signIn = signIn;
        this.shells = shells;
    }

    @GetMapping("/setup")
    ModelAndView form(HttpServletRequest request, @RequestParam(defaultValue = "") String token) {
        return page(request, first.check(token), token, "", "", FormErrors.NONE, HttpStatus.OK);
    }

    @PostMapping("/setup")
    ModelAndView create(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String token,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String username,
            @RequestParam(defaultValue = "") String password) {
        var role = first.check(token);
        try {
            StaffAccounts.check(name.strip(), username.strip(), password);
            var hash = Objects.requireNonNull(passwords.encode(password));
            var account = first.create(token, name.strip(), username.strip(), hash);
            return FormAnswer.seeOther(SignIn.firstPage(signIn.start(request, response, account, false, false)));
        } catch (Refusal refusal) {
            return page(request, role, token, name, username, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private ModelAndView page(
            HttpServletRequest request,
            Role role,
            String token,
            String name,
            String username,
            FormErrors errors,
            HttpStatus status) {
        var model = Map.of(
                "shell", shells.of(request),
                "role", role,
                "token", token,
                "name", name,
                "username", username,
                "errors", errors);
        return new ModelAndView("access/setup", model, status);
    }
}
