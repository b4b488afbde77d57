package org.hemei.access;

import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The one thing a session says about its owner, and what the owner needs to recognise it in the list of sessions.
 *
 * @param mustChange the password was set by somebody else: nothing but changing it is open until then
 * @param second the second factor was shown too
 */
record SignedIn(long account, Instant at, String agent, String ip, boolean mustChange, boolean second)
        implements Serializable {

    static final String ATTRIBUTE = "signed-in";

    private static final int AGENT_KEPT = 160;

    static SignedIn now(HttpServletRequest request, long account, Instant at, boolean mustChange, boolean second) {
        var agent = request.getHeader("User-Agent");
        var kept = agent == null ? "" : agent.replaceAll("\\p{Cntrl}", " ");
        return new SignedIn(
                account,
                at,
                kept.substring(0, Math.min(AGENT_KEPT, kept.length())),
                request.getRemoteAddr(),
                mustChange,
                second);
    }

    SignedIn changed() {
        return new SignedIn(account, at, agent, ip, false, second);
    }

    SignedIn with(boolean secondFactor) {
        return new SignedIn(account, at, agent, ip, mustChange, secondFactor);
    }

    private static final Map<String, String> SYSTEMS = new LinkedHashMap<>();

    static {
        // the first that matches counts: HarmonyOS also says Android, Android also says Linux
        SYSTEMS.put("OpenHarmony", "鸿蒙设备");
        SYSTEMS.put("HarmonyOS", "鸿蒙设备");
        SYSTEMS.put("Android", "安卓手机");
        SYSTEMS.put("iPhone", "苹果手机");
        SYSTEMS.put("iPad", "苹果平板");
        SYSTEMS.put("Windows", "Windows 电脑");
        SYSTEMS.put("Mac OS", "苹果电脑");
        SYSTEMS.put("Linux", "Linux 电脑");
    }

    /** Where it came from: the address, or this very machine. */
    String place() {
        return ip.equals("127.0.0.1") || ip.equals("0:0:0:0:0:0:0:1") || ip.equals("::1") ? "本机" : "地址 " + ip;
    }

    /** The browser in words that its owner recognises. */
    String device() {
        var system = SYSTEMS.entrySet().stream()
                .filter(entry -> agent.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("一台设备");
        return agent.contains("MicroMessenger") ? system + " · 微信" : system;
    }
}
