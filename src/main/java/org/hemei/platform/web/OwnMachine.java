package org.hemei.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.apache.catalina.Globals;

/** What the demo opens only to somebody who sits at the machine it runs on. */
public final class OwnMachine {

    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1", "0:0:0:0:0:0:0:1");
    private static final List<String> PROXY_HEADERS =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Via");

    private OwnMachine() {}

    /** Not through a proxy on this machine either, trusted or not, nor under a foreign name that was made to point here. */
    public static boolean asks(HttpServletRequest request) {
        try {
            return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress()
                    && OWN_NAMES.contains(request.getServerName())
                    && request.getAttribute(Globals.REQUEST_FORWARDED_ATTRIBUTE) == null
                    && PROXY_HEADERS.stream().allMatch(header -> request.getHeader(header) == null);
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }
}
