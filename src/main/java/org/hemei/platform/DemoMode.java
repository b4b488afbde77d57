package org.hemei.platform;

import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Whether this is a demonstration: {@code HEMEI_DEMO}, asked for here by everybody. Half a demonstration would be a real system
 * whose messages nobody gets, so any word but the known ones ends the start.
 */
@Component
public final class DemoMode {

    private final boolean on;

    public DemoMode(@Value("${hemei.demo}") String setting) {
        this.on = onOrOff("HEMEI_DEMO", setting);
    }

    public boolean on() {
        return on;
    }

    /** @throws WrongSetting unless it is on, off, true or false, in capitals or not */
    public static boolean onOrOff(String name, String setting) {
        return switch (setting.strip().toLowerCase(Locale.ROOT)) {
            case "on", "true" -> true;
            case "off", "false" -> false;
            default -> throw new WrongSetting(name, setting, "Set " + name + " to on or off.");
        };
    }
}
