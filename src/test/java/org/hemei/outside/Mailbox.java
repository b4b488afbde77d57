package org.hemei.outside;

import java.io.IOException;
import java.util.regex.Pattern;

/** The page where the demo's text messages land. */
final class Mailbox {

    private Mailbox() {}

    /** The newest code that was sent to the phone; the page masks its middle. */
    static String code(Wire.Reply page, String phone) throws IOException {
        var message = Pattern.compile(
                        phone.substring(0, 3) + "\\*{4}" + phone.substring(7) + ".*?验证码 (\\d{6})", Pattern.DOTALL)
                .matcher(page.text());
        if (!message.find()) {
            throw Visitor.unexpected("the demo mailbox, without a code for " + phone + ",", page);
        }
        return message.group(1);
    }
}
