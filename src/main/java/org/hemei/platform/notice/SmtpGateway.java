package org.hemei.platform.notice;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Date;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;

/** E-mail through an SMTP server, as plain text: nothing to load, nothing that tells who opened it. */
class SmtpGateway implements MailGateway {

    private static final int PERMANENT = 500;

    private final JavaMailSender smtp;
    private final String from;
    private final InstantSource clock;

    SmtpGateway(JavaMailSender smtp, String from, InstantSource clock) {
        this.smtp = smtp;
        this.from = from;
        this.clock = clock;
    }

    @Override
    public void deliver(Letter letter) throws Outbox.Undelivered {
        try {
            smtp.send(message(letter));
        } catch (MailSendException e) {
            var code = code(e);
            throw new Outbox.Undelivered(code == 0 ? "SMTP not reached" : "SMTP " + code, code < PERMANENT);
        } catch (MailException e) {
            // who we are was refused: somebody has to mend the settings, the letter is not to blame
            throw new Outbox.Undelivered(e.getClass().getSimpleName(), true);
        } catch (MessagingException e) {
            throw new Outbox.Undelivered(e.getClass().getSimpleName(), false);
        }
    }

    private MimeMessage message(Letter letter) throws MessagingException {
        var message = smtp.createMimeMessage();
        var helper = new MimeMessageHelper(message, false, StandardCharsets.UTF_8.name());
        helper.setFrom(from);
        helper.setTo(letter.to());
        helper.setSubject(letter.subject());
        helper.setText(letter.text());
        helper.setSentDate(Date.from(clock.instant()));
        message.setHeader("Message-ID", "<" + letter.id() + ">");
        message.setHeader("Auto-Submitted", "auto-generated");
        if (letter.unsubscribe() != null) {
            message.setHeader("List-Unsubscribe", "<" + letter.unsubscribe() + ">");
            message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        return message;
    }

    /** What the server said to the letter or its address; 0 when it was not reached. */
    private static int code(MailSendException failed) {
        for (var one : failed.getMessageExceptions()) {
            var code = code(one);
            if (code != 0) {
                return code;
            }
        }
        return 0;
    }

    private static int code(@Nullable Exception failed) {
        for (Exception e = failed;
                e != null;
                e = e instanceof MessagingException next ? next.getNextException() : null) {
            if (e instanceof SMTPAddressFailedException address) {
                return address.getReturnCode();
            }
            if (e instanceof SMTPSendFailedException send) {
                return send.getReturnCode();
            }
        }
        return 0;
    }
}
