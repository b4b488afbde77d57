package org.hemei.platform.notice;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.hemei.platform.Missing;
import org.hemei.platform.crypto.FieldCipher;
import org.springframework.beans.factory.annotation.Value;
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
    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1", "0:0:0:0:0:0:0:1");
    private static final List<String> PROXY_HEADERS = List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");

    private final boolean demo;
    private final JdbcClient jdbc;
    private final FieldCipher cipher;

    DemoMailbox(@Value("${hemei.demo}") boolean demo, JdbcClient jdbc, FieldCipher cipher) {
        this.demo = demo;
        this.jdbc = jdbc;
        this.cipher = cipher;
    }

    @GetMapping("/demo/mailbox")
    String page(HttpServletRequest request, Model model) {
        if (!demo || !isOwnMachine(request)) {
            throw new Missing("没有这个页面。");
        }
        model.addAttribute("letters", letters());
        return "platform/notice/mailbox";
    }

    /** Not through a proxy on this machine either, nor under a foreign name that was made to point here. */
    private static boolean isOwnMachine(HttpServletRequest request) {
        try {
            return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress()
                    && OWN_NAMES.contains(request.getServerName())
                    && PROXY_HEADERS.stream().allMatch(header -> request.getHeader(header) == null);
        } catch (UnknownHostException e) {
            return false;
        }
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
