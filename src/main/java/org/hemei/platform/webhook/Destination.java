package org.hemei.platform.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Where a webhook may go: https to a public address. Everything else could be a way into the network this system stands in (SSRF).
 * Asked when an address is typed, again right before each try, because a name can point elsewhere by then, and once more on the open
 * connection ({@link Wire}), because it can do so in between.
 */
@Component
class Destination {

    /** Who has a name now. */
    interface LookUp {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    private final boolean loopback;
    private final LookUp lookUp;

    /** @param loopback whether this machine itself is allowed, without https: for trying out and for tests */
    @Autowired
    Destination(@Value("${hemei.webhook.allow-loopback:false}") boolean loopback) {
        this(loopback, InetAddress::getAllByName);
    }

    Destination(boolean loopback, LookUp lookUp) {
        this.loopback = loopback;
        this.lookUp = lookUp;
    }

    /** @return why not, in words for whoever typed it; empty when it may be used */
    Optional<String> refuse(String url) {
        var uri = read(url);
        if (uri == null || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            return Optional.of("网址不对。请写成 https://… 的样子，不带账号和 #。");
        }
        InetAddress[] addresses;
        try {
            addresses = lookUp.of(plain(uri.getHost()));
        } catch (UnknownHostException e) {
            return Optional.of("找不到这个网址的主机。请核对。");
        }
        if (loopback && Arrays.stream(addresses).allMatch(InetAddress::isLoopbackAddress)) {
            return Optional.empty();
        }
        if (!"https".equals(scheme(uri))) {
            return Optional.of("只能用 https 的网址。");
        }
        return Arrays.stream(addresses).allMatch(Destination::isPublic)
                ? Optional.empty()
                : Optional.of("这个网址在内部网络里，不能用。");
    }

    /** Whether somebody may be talked to who was reached under a name that may be used. */
    boolean allows(InetAddress reached) {
        return isPublic(reached) || loopback && reached.isLoopbackAddress();
    }

    private static @Nullable URI read(String url) {
        try {
            var uri = new URI(url);
            return "https".equals(scheme(uri)) || "http".equals(scheme(uri)) ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String scheme(URI uri) {
        return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    }

    private static String plain(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Global unicast, after the IANA registries of special-purpose addresses; addresses that hide another one count as that. */
    static boolean isPublic(InetAddress address) {
        var bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublic4(bytes) : isPublic6(bytes);
    }

    private static boolean isPublic4(byte[] b) {
        int first = b[0] & 0xff;
        int second = b[1] & 0xff;
        int third = b[2] & 0xff;
        return switch (first) {
            case 0, 10, 127 -> false;
            case 100 -> second < 64 || second > 127;
            case 169 -> second != 254;
            case 172 -> second < 16 || second > 31;
            case 192 -> second != 168 && !(second == 0 && (third == 0 || third == 2)) && !(second == 88 && third == 99);
            case 198 -> second != 18 && second != 19 && !(second == 51 && third == 100);
            case 203 -> !(second == 0 && third == 113);
            default -> first < 224;
        };
    }

    private static boolean isPublic6(byte[] b) {
        // 64:ff9b::/96 and 2002::/16 carry an IPv4 address
        if (b[0] == 0 && b[1] == 0x64 && (b[2] & 0xff) == 0xff && (b[3] & 0xff) == 0x9b) {
            return allZero(b, 4, 12) && isPublic4(Arrays.copyOfRange(b, 12, 16));
        }
        if (b[0] == 0x20 && b[1] == 0x02) {
            return isPublic4(Arrays.copyOfRange(b, 2, 6));
        }
        // only 2000::/3 is given out; in it 2001::/23 (Teredo and the like), 2001:db8::/32 and 3fff::/20 are not for
        // this
        if ((b[0] & 0xe0) != 0x20) {
            return false;
        }
        var special = b[0] == 0x20 && b[1] == 0x01 && (b[2] & 0xfe) == 0;
        var documentation = b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0d && (b[3] & 0xff) == 0xb8;
        var documentationToo = b[0] == 0x3f && (b[1] & 0xff) == 0xff && (b[2] & 0xf0) == 0;
        return !special && !documentation && !documentationToo;
    }

    private static boolean allZero(byte[] bytes, int from, int to) {
        for (var n = from; n < to; n++) {
            if (bytes[n] != 0) {
                return false;
            }
        }
        return true;
    }
}
