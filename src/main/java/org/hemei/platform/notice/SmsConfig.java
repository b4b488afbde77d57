package org.hemei.platform.notice;

import org.hemei.platform.DemoMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Who carries the text messages of this installation. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SmsSettings.class)
class SmsConfig {

    private static final Logger LOG = LoggerFactory.getLogger(SmsConfig.class);

    /** The demo's numbers are invented and may be somebody's: with demo data nothing ever leaves the house. */
    @Bean
    SmsGateway smsGateway(DemoMode demo, SmsSettings settings, JsonMapper json) {
        if (demo.on()) {
            return message -> LOG.debug("{} lies in the demo's mailbox", message.id());
        }
        if (settings.url().isBlank()) {
            LOG.warn("No text messages will be sent: hemei.sms.url is not set (docs/operations.md)");
            return message -> {
                throw new Outbox.Undelivered("hemei.sms.url is not set", true);
            };
        }
        return new HttpSmsGateway(settings, json);
    }
}
