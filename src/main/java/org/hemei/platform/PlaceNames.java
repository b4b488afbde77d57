package org.hemei.platform;

import java.util.Optional;

/** Says what a place of a grant is called; the room that knows areas and bodies has a bean of this type. */
public interface PlaceNames {

    /** @param code an area's code, or b and the number of a body */
    Optional<String> name(String code);
}
