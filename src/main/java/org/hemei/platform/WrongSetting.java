package org.hemei.platform;

/** A setting says what nobody can take for a meaning. The system does not start on a guess. */
public final class WrongSetting extends RuntimeException {

    private final String remedy;

    /** @param remedy what may be written instead */
    public WrongSetting(String name, String value, String remedy) {
        super("%s is \"%s\"".formatted(name, value));
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
