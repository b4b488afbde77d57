package org.hemei;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The rooms use only what their package-info allows, and no arrow goes round in a circle. */
class HouseTest {

    @Test
    void the_rooms_keep_to_their_doors() {
        ApplicationModules.of(Hemei.class).verify();
    }
}
