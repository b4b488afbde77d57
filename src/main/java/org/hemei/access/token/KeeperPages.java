package org.hemei.access.token;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.HashMap;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Shells;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** 我保管的令牌: where the keeper of an integration draws its tokens. Each is shown once and never again. */
@Controller
@RequestMapping("/me/integrations")
class KeeperPages {

    /** A token on its way to the one page that shows it; encrypted, because sessions lie in the database. */
    private static final String DRAWN = "drawn-token";

    private static final String HOME = "/me/integrations";

    private final Integrations integrations;
    private final KeeperDesk desk;
    private final FieldCipher cipher;
    private final Shells shells;

    KeeperPages(Integrations integrations, KeeperDesk desk, FieldCipher cipher, Shells shells) {
        this.integrations = integrations;
        this.desk = desk;
        this.cipher = cipher;
        this.shells = shells;
    }

    @GetMapping
    ModelAndView list(Reader reader, HttpServletRequest request) {
        return page(reader, request, FormErrors.NONE, HttpStatus.OK);
    }

    private ModelAndView page(Reader reader, HttpServletRequest request, FormErrors errors, HttpStatus status) {
        var kept = integrations.kept(reader);
        var tokens = new HashMap<Long, Object>();
        kept.forEach(one -> tokens.put(one.id(), integrations.tokens(one.id())));
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        model.put("kept", kept);
        model.put("tokens", tokens);
        model.put("offered", integrations.offered());
        model.put("errors", errors.atTop());
        return new ModelAndView("access/token/kept", model, status);
    }

    @PostMapping("/{id}/tokens")
    ModelAndView draw(Reader reader, HttpServletRequest request, @PathVariable long id) {
        try {
            var sealed = cipher.encrypt(desk.draw(reader, id));
            request.getSession().setAttribute(DRAWN, Base64.getEncoder().encodeToString(sealed));
            return FormAnswer.seeOther(HOME + "/token");
        } catch (Refusal refusal) {
            return page(reader, request, FormErrors.of(refusal), HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    /** Shown once: who opens it again goes back. */
    @GetMapping("/token")
    ModelAndView token(Reader reader, HttpServletRequest request) {
        var session = request.getSession(false);
        if (session == null || !(session.getAttribute(DRAWN) instanceof String sealed)) {
            return FormAnswer.seeOther(HOME);
        }
        session.removeAttribute(DRAWN);
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        model.put("token", cipher.decrypt(Base64.getDecoder().decode(sealed)));
        return new ModelAndView("access/token/token", model);
    }

    @PostMapping("/{id}/tokens/{token}/revoke")
    ModelAndView revoke(Reader reader, @PathVariable long id, @PathVariable long token) {
        desk.revoke(reader, id, token);
        return FormAnswer.seeOther(HOME);
    }
}
