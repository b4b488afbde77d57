package org.hemei.ballot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.HexFormat;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class BlindRsaTest {

    private final Properties vector = new Properties();

    BlindRsaTest() throws IOException {
        try (var in = BlindRsaTest.class.getResourceAsStream("/ballot/rfc9474.properties")) {
            vector.load(in);
        }
    }

    private byte[] bytes(String name) {
        return HexFormat.of().parseHex(vector.getProperty(name));
    }

    private BigInteger number(String name) {
        return new BigInteger(vector.getProperty(name), 16);
    }

    private byte[] privateKey() throws GeneralSecurityException {
        var one = BigInteger.ONE;
        var p = number("p");
        var q = number("q");
        var d = number("d");
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new RSAPrivateCrtKeySpec(
                        number("n"),
                        number("e"),
                        d,
                        p,
                        q,
                        d.mod(p.subtract(one)),
                        d.mod(q.subtract(one)),
                        q.modInverse(p)))
                .getEncoded();
    }

    @Test
    void signsAndVerifiesAsTheStandardSays() throws GeneralSecurityException {
        assertThat(BlindRsa.sign(privateKey(), bytes("blinded_msg"))).isEqualTo(bytes("blind_sig"));
        assertThat(BlindRsa.verify(bytes("n"), bytes("msg"), bytes("sig"))).isTrue();
        assertThat(BlindRsa.verify(bytes("n"), bytes("msg"), bytes("blind_sig")))
                .isFalse();
    }
}
