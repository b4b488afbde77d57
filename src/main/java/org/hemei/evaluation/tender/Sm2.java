package org.hemei.evaluation.tender;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.hemei.platform.crypto.Keys;
import org.springframework.stereotype.Component;

/**
 * Signs with SM2 and SM3 (GB/T 32918, GM/T 0009 with its default user id), by the library's own primitives. The private key
 * is a file beside the other keys, made at the first signature; its public key stands on every report.
 */
@Component
class Sm2 {

    private static final String KEY = "tender-sm2";
    private static final int LENGTH = 32;
    private static final byte[] USER = "1234567812345678".getBytes(StandardCharsets.US_ASCII);

    /** Made when first needed: the start of the application has no use for it. */
    private static final class Curve {
        static final ECDomainParameters SM2 = new ECDomainParameters(GMNamedCurves.getByName("sm2p256v1"));
    }

    private final Keys keys;

    Sm2(Keys keys) {
        this.keys = keys;
    }

    /** Any 32 random bytes come to a number from 1 to n − 2, as the standard wants it. */
    private BigInteger secret() {
        var most = Curve.SM2.getN().subtract(BigInteger.TWO);
        return new BigInteger(1, keys.key(KEY, LENGTH)).mod(most).add(BigInteger.ONE);
    }

    /** 04, x and y in hexadecimal. */
    String publicKey() {
        return HexFormat.of()
                .formatHex(Curve.SM2.getG().multiply(secret()).normalize().getEncoded(false));
    }

    /** DER in base64. */
    String sign(String text) {
        try {
            var signer = new SM2Signer();
            signer.init(
                    true,
                    new ParametersWithID(
                            new ParametersWithRandom(
                                    new ECPrivateKeyParameters(secret(), Curve.SM2), new SecureRandom()),
                            USER));
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            signer.update(bytes, 0, bytes.length);
            return Base64.getEncoder().encodeToString(signer.generateSignature());
        } catch (CryptoException e) {
            throw new IllegalStateException("SM2 does not sign", e);
        }
    }

    static boolean verifies(String text, String signature, String publicKey) {
        try {
            var point = Curve.SM2.getCurve().decodePoint(HexFormat.of().parseHex(publicKey));
            var signer = new SM2Signer();
            signer.init(false, new ParametersWithID(new ECPublicKeyParameters(point, Curve.SM2), USER));
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            signer.update(bytes, 0, bytes.length);
            return signer.verifySignature(Base64.getDecoder().decode(signature));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    static String sm3(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var digest = new SM3Digest();
        digest.update(bytes, 0, bytes.length);
        var out = new byte[digest.getDigestSize()];
        digest.doFinal(out, 0);
        return HexFormat.of().formatHex(out);
    }
}
