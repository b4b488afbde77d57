package org.hemei.platform.notice;

import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.notice.NoticeKinds.Channel;
import org.hemei.platform.web.FormErrors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 怎么告诉我: one's own address, what one wants to hear of by text message or e-mail, and whether once a day is enough. */
@Controller
class TellMePages {

    /** A sort of news with what the reader said about it. @param texted whether it can come as a text message */
    record Row(NoticeKinds.Topic topic, boolean texted, boolean sms, boolean mail) {}

    private final MailAddresses addresses;
    private final NoticeChoices choices;
    private final Mails mails;

    TellMePages(MailAddresses addresses, NoticeChoices choices, Mails mails) {
        this.addresses = addresses;
        this.choices = choices;
        this.mails = mails;
    }

    @GetMapping("/me/notices")
    ModelAndView page(Reader reader) {
        return page(reader, "", FormErrors.NONE);
    }

    @PostMapping("/me/notices")
    ModelAndView choose(Reader reader, @RequestParam MultiValueMap<String, String> form) {
        choices.setAll(
                reader,
                form.getOrDefault("sms", List.of()),
                form.getOrDefault("mail", List.of()),
                "yes".equals(form.getFirst("digest")));
        return see("chosen");
    }

    @PostMapping("/me/notices/address")
    ModelAndView ask(Reader reader, @RequestParam(defaultValue = "") String address) {
        try {
            addresses.ask(reader, address.strip());
            return see("sent");
        } catch (Refusal refused) {
            return page(reader, address, FormErrors.of(refused));
        }
    }

    @PostMapping("/me/notices/confirm")
    ModelAndView confirm(Reader reader, @RequestParam(defaultValue = "") String code) {
        return addresses.confirm(reader, code.strip())
                ? see("confirmed")
                : page(reader, "", FormErrors.of(Refusal.of("code", "验证码不对，或者过期了。请再填一次，或者重新要一个。")));
    }

    @PostMapping("/me/notices/remove")
    ModelAndView remove(Reader reader) {
        addresses.remove(reader);
        return see("removed");
    }

    private static ModelAndView see(String done) {
        return new ModelAndView("redirect:/me/notices?done=" + done);
    }

    private ModelAndView page(Reader reader, String typed, FormErrors errors) {
        var sms = choices.of(reader.account(), Channel.SMS);
        var mail = choices.of(reader.account(), Channel.MAIL);
        var texted = choices.texted();
        var page = new ModelAndView("platform/notice/tell-me");
        page.addAllObjects(Map.of(
                "own", addresses.of(reader.account()),
                "works", mails.works(),
                "topics",
                        choices.topics(reader).stream()
                                .map(topic -> new Row(
                                        topic,
                                        texted.contains(topic.code()),
                                        sms.getOrDefault(topic.code(), topic.sms()),
                                        mail.getOrDefault(topic.code(), true)))
                                .toList(),
                "typed", typed,
                "errors", errors,
                "phone", NoticeChoices.lives(reader)));
        if (errors.any()) {
            page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return page;
    }
}
