package org.hemei.platform.web;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.catalina.util.NetMask;
import org.apache.catalina.valves.RemoteIpValve;
import org.hemei.platform.WrongSetting;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * The proxies of {@code HEMEI_PROXY}: from them, and from nobody else, the address and the scheme of a request are taken as they
 * say. So limits count each address for itself, the session's cookie is Secure and links begin with https.
 */
@Component
class TrustedProxies implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /** Addresses in full and in numbers: a name would be looked up, and 10.0.0 taken for 10.0.0.0. */
    private static final Pattern NUMBERS =
            Pattern.compile("(\\d{1,3}(\\.\\d{1,3}){3}|(?=.*:)[0-9A-Fa-f:.]+)(/\\d{1,3})?");

    private final String networks;

    TrustedProxies(@Value("${hemei.proxy:}") String setting) {
        this.networks = Arrays.stream(setting.split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .map(TrustedProxies::network)
                .collect(Collectors.joining(","));
    }

    /** As the valve reads it: an address alone is a network of one. */
    private static String network(String one) {
        try {
            if (NUMBERS.matcher(one).matches()) {
                var whole = one.contains("/") ? one : one + (one.contains(":") ? "/128" : "/32");
                return new NetMask(whole).toString();
            }
        } catch (IllegalArgumentException notANetwork) {
            // said below
        }
        throw new WrongSetting(
                "HEMEI_PROXY", one, "List addresses (10.0.0.5) or networks (10.0.0.0/24) with commas between them.");
    }

    @Override
    public void customize(TomcatServletWebServerFactory server) {
        if (networks.isEmpty()) {
            return;
        }
        var valve = new RemoteIpValve();
        valve.setInternalProxies(networks);
        valve.setRemoteIpHeader("x-forwarded-for");
        valve.setProtocolHeader("x-forwarded-proto");
        valve.setPortHeader("x-forwarded-port");
        server.addEngineValves(valve);
    }
}
