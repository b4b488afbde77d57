package org.hemei.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.hemei.registry.Office;
import org.junit.jupiter.api.Test;

/** The room of places and bodies asks for roles by name; they are roles indeed. */
class OfficeTest {

    @Test
    void every_office_is_a_role() {
        assertThat(Arrays.stream(Role.values()).map(Enum::name))
                .containsAll(Arrays.stream(Office.values()).map(Enum::name).toList());
    }
}
