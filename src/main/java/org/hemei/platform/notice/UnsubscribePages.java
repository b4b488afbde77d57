package org.hemei.platform.notice;

import org.hemei.platform.Missing;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * The link at the foot of a letter. Looking changes nothing, because mail programs open links by themselves; the button does it,
 * and so does the one click of RFC 8058, which comes from a mail program without session or token of a form.
 */
@Controller
class UnsubscribePages {

    private final Unsubscribe unsubscribe;

    UnsubscribePages(Unsubscribe unsubscribe) {
        this.unsubscribe = unsubscribe;
    }

    @GetMapping("/unsubscribe/{token}")
    ModelAndView ask(@PathVariable String token) {
        return page(token, false);
    }

    @PostMapping("/unsubscribe/{token}")
    ModelAndView stop(@PathVariable String token) {
        unsubscribe.stop(asked(token));
        return page(token, true);
    }

    private Unsubscribe.Asked asked(String token) {
        return unsubscribe.read(token).orElseThrow(() -> new Missing("这个退订链接不完整。请从邮件里整条复制，或者登录后在“我的”里改。"));
    }

    private ModelAndView page(String token, boolean stopped) {
        var page = new ModelAndView("platform/notice/unsubscribe");
        page.addObject("topic", asked(token).topic());
        page.addObject("token", token);
        page.addObject("stopped", stopped);
        return page;
    }
}
