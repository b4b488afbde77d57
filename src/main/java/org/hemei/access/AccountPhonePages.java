package org.hemei.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.web.FormAnswer;
import org.hemei.platform.web.FormErrors;
import org.hemei.platform.web.Shells;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 登记手机号: for an account that knows none. */
@Controller
class AccountPhonePages {

    private final AccountPhoneDesk desk;
    private final Accounts accounts;
    private final Shells shells;

    AccountPhonePages(AccountPhoneDesk desk, Accounts accounts, Shells shells) {
        this.desk = desk;
        this.accounts = accounts;
        this.shells = shells;
    }

    @GetMapping("/admin/accounts/{id}/phone")
    ModelAndView form(Reader reader, HttpServletRequest request, @PathVariable long id) {
        return page(reader, request, id, "", "", FormErrors.NONE);
    }

    @PostMapping("/admin/accounts/{id}/phone")
    ModelAndView register(
            Reader reader,
            HttpServletRequest request,
            @PathVariable long id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String phone) {
        Role.required(reader, Role.SYSTEM);
        try {
            desk.register(reader, id, name, phone);
            return FormAnswer.seeOther("/admin/accounts/" + id);
        } catch (Refusal refusal) {
            return page(reader, request, id, name, phone, FormErrors.of(refusal));
        }
    }

    private ModelAndView page(
            Reader reader, HttpServletRequest request, long id, String name, String phone, FormErrors errors) {
        var model = new HashMap<String, Object>();
        model.put("shell", shells.of(request));
        model.put("account", accounts.one(Role.required(reader, Role.SYSTEM), id));
        model.put("name", name);
        model.put("phone", phone);
        model.put("errors", errors);
        return new ModelAndView(
                "access/account-phone", model, errors.any() ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK);
    }
}
