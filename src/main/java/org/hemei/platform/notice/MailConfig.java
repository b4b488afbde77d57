package org.hemei.platform.notice;

import java.time.InstantSource;
import org.hemei.platform.DemoMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;

/** Who carries the e-mail of this installation. */
@Configuration(proxyBeanMethods = false)
class MailConfig {

    private static final Logger LOG = LoggerFactory.getLogger(MailConfig.class);

    /** With demo data nothing ever leaves the house; without a server nobody is asked for an address. */
    @Bean
    MailGateway mailGateway(
            DemoMode demo,
            @Value("${spring.mail.host}") String host,
            @Value("${hemei.mail.from}") String from,
            JavaMailSender smtp,
            InstantSource clock) {
        if (demo.on()) {
            return letter -> LOG.debug("{} lies in the demo's mailbox", letter.id());
        }
        return host.isBlank() ? new Nobody() : new SmtpGateway(smtp, from, clock);
    }

    /** No server was named. */
    private static final class Nobody implements MailGateway {
        @Override
        public void deliver(Letter letter) throws Outbox.Undelivered {
            throw new Outbox.Undelivered("HEMEI_MAIL_HOST is not set", true);
        }

        @Override
        public boolean works() {
            return false;
        }
    }
}
