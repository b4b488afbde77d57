package org.hemei.platform.notice;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.hemei.platform.DemoMode;
import org.hemei.platform.Missing;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.web.OwnMachine;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * 演示信箱: the text messages of the demo, codes for signing in among them, for whoever tries it out on their own machine.
 * Without demo data, or for a request from elsewhere, the page does not exist.
 */
@Controller
class DemoMailbox {

    /** @param phone masked */
    public record Letter(String phone, String words, Instant at) {}

    private static final int SHOWN = 30;

    private final DemoMode demo;
    private final JdbcClient jdbc;
    private final FieldCipher cipher;

    DemoMailbox(DemoMode demo, JdbcClient jdbc, FieldCipher cipher) {
        this.demo = demo;
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    @GetMapping("/demo/mailbox")
    String page(HttpServletRequest request, Model model) {
        if (!demo.on() || !OwnMachine.asks(request)) {
            throw new Missing("没有这个页面。");
        }
        model.addAttribute("letters", letters());
        return "platform/notice/mailbox";
    }

    /** The newest; and the newest codes, which a wave of other news must not push out while somebody signs in. */
    private List<Letter> letters() {
        return jdbc.sql("""
                (select id, to_cipher, body_cipher, created_at from sms_message order by id desc limit :shown)
                union
                (select id, to_cipher, body_cipher, created_at from sms_message
                 where expires_at is not null order by id desc limit :shown)
                order by id desc
                """)
                .param("shown", SHOWN)
                .query((r, n) -> new Letter(
                        masked(cipher.decrypt(r.getBytes("to_cipher"))),
                        cipher.decrypt(r.getBytes("body_cipher")),
                        r.getTimestamp("created_at").toInstant()))
                .list();
    }

    private static String masked(String phone) {
        return phone.length() < 8 ? "****" : phone.substring(0, 3) + "****" + phone.substring(phone.length() - 4);
    }
}
