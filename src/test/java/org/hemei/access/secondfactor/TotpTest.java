package org.hemei.access.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the examples of RFC 6238 (appendix B, the last six of their eight digits), and at the edges of time. */
class TotpTest {

    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"; // 12345678901234567890

    @ParameterizedTest
    @CsvSource({
        "59,287082",
        "1111111109,081804",
        "1111111111,050471",
        "1234567890,005924",
        "2000000000,279037",
        "20000000000,353130"
    })
    void theCodesOfTheStandard(long second, String code) {
        assertThat(Totp.code(SECRET, Instant.ofEpochSecond(second))).isEqualTo(code);
    }

    @Test
    void oneStepOfDriftIsTakenAndNotTwo() {
        var now = Instant.ofEpochSecond(1_700_000_010); // the very first second of a step
        assertThat(now.getEpochSecond() % Totp.SECONDS).isZero();
        var step = Totp.step(now);
        for (long other = step - 3; other <= step + 3; other++) {
            assertThat(Totp.taken(SECRET, Totp.code(SECRET, other), now, 0).isPresent())
                    .as("step %d", other - step)
                    .isEqualTo(Math.abs(other - step) <= 1);
        }
        assertThat(Totp.step(now.minusMillis(1))).isEqualTo(step - 1);
    }

    @Test
    void aStepThatWasTakenIsNotTakenAgainNorOneBeforeIt() {
        var now = Instant.ofEpochSecond(1_700_000_000);
        var step = Totp.step(now);
        assertThat(Totp.taken(SECRET, Totp.code(SECRET, step), now, step)).isEmpty();
        assertThat(Totp.taken(SECRET, Totp.code(SECRET, step - 1), now, step)).isEmpty();
        assertThat(Totp.taken(SECRET, Totp.code(SECRET, step + 1), now, step)).hasValue(step + 1);
    }

    @Test
    void whatIsNoCodeIsNone() {
        for (var bad : new String[] {"", "1", "abcdef", "１２３４５６", "0".repeat(500)}) {
            assertThat(Totp.taken(SECRET, bad, Instant.now(), 0)).isEmpty();
        }
        assertThat(Totp.newSecret()).hasSize(32).matches("[A-Z2-7]+");
        assertThat(Totp.address(SECRET, "li si"))
                .isEqualTo("otpauth://totp/Hemei:li+si?secret=" + SECRET + "&issuer=Hemei");
    }
}
