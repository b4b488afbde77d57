package org.hemei.registry.people;

import java.util.List;

/**
 * A post that people can hold.
 *
 * @param duty what rules count by
 * @param kinds kinds of bodies, or of Party organisations, that have it
 * @param many whether several people may hold it at once
 */
public record Post(String name, String duty, List<String> kinds, boolean many) {

    /** Sits on the body and decides with it, as opposed to working for it. */
    boolean seat() {
        return List.of("head", "deputy", "member").contains(duty);
    }
}
