package org.hemei;

import java.util.Optional;
import org.hemei.platform.Reader;
import org.hemei.testing.Town;
import org.jspecify.annotations.Nullable;

/** The things of one room that its lines in the route table name with $. A room's tests have a bean of this type. */
public interface RoomThings {

    /**
     * Makes the thing, on the near side of the town.
     *
     * @param name as in the table, with its $
     * @param caller who is going to ask for it; null when that is somebody from elsewhere
     * @return what stands for the thing in an address or a form, mostly its id; empty when it is no thing of this room
     */
    Optional<String> thing(String name, Town town, @Nullable Reader caller);
}
