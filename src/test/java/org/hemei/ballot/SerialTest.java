package org.hemei.ballot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SerialTest {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    @Property(tries = 200)
    void oneWrongCharacterIsNoticed(@ForAll @IntRange(max = 11) int at, @ForAll @IntRange(min = 1, max = 31) int by) {
        var serial = Serial.make();
        assertThat(Serial.read(Serial.told(serial).toLowerCase(Locale.ROOT))).isEqualTo(serial);
        var wrong = ALPHABET.charAt((ALPHABET.indexOf(serial.charAt(at)) + by) % ALPHABET.length());
        assertThat(Serial.read(serial.substring(0, at) + wrong + serial.substring(at + 1)))
                .isNull();
    }
}
