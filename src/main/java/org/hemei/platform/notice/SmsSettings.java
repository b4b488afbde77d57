package org.hemei.platform.notice;

import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to hand a message to the provider of this installation.
 *
 * @param url address the messages are posted to; empty when there is no provider
 * @param headers such as Authorization
 * @param contentType application/json or application/x-www-form-urlencoded: says how values are escaped
 * @param template body with the places {id}, {phone} and {words}
 * @param successContains what the answer must contain besides a status of 2xx; many providers answer 200 to everything
 * @param timeout how long to wait for an answer
 */
@ConfigurationProperties("hemei.sms")
record SmsSettings(
        @DefaultValue("") String url,
        @DefaultValue Map<String, String> headers,
        @DefaultValue("application/json") String contentType,

        @DefaultValue("{\"id\":\"{id}\",\"phone\":\"{phone}\",\"content\":\"{words}\"}")
        String template,

        @DefaultValue("") String successContains,
        @DefaultValue("5s") Duration timeout) {}
