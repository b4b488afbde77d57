package org.hemei.ballot;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.bouncycastle.util.BigIntegers;

/**
 * The signer's and the verifier's side of RSABSSA-SHA384-PSS-Randomized (RFC 9474), out of Bouncy Castle's RSA and PSS. The
 * voter's side is the browser's, by the library under /assets/blindrsa. 2048 bits: secrecy does not rest on the length of the
 * key, since a blinded message tells nothing whatever one can compute; forging has to succeed before the poll is closed.
 */
final class BlindRsa {

    static final int BITS = 2048;
    static final int BYTES = BITS / 8;
    static final int SALT = 48;
    static final BigInteger EXPONENT = RSAKeyGenParameterSpec.F4;

    /** The random prefix of the Randomized variant, and the voter's own number. */
    static final int MESSAGE = 32 + 32;

    private BlindRsa() {}

    /** @param sealedPrivate PKCS#8 of the private key, in the clear */
    record Pair(byte[] modulus, byte[] privateKey) {}

    static Pair make() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(new RSAKeyGenParameterSpec(BITS, EXPONENT));
            var pair = generator.generateKeyPair();
            var modulus = ((RSAPublicKey) pair.getPublic()).getModulus();
            return new Pair(
                    BigIntegers.asUnsignedByteArray(BYTES, modulus),
                    pair.getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    static boolean canBeSigned(byte[] modulus, byte[] blinded) {
        return blinded.length == BYTES && new BigInteger(1, blinded).compareTo(new BigInteger(1, modulus)) < 0;
    }

    /** BlindSign. The engine blinds its own arithmetic against timing, and checks its result against faults. */
    static byte[] sign(byte[] privateKey, byte[] blinded) {
        var engine = new RSABlindedEngine();
        engine.init(true, parameters(privateKey));
        return engine.processBlock(blinded, 0, blinded.length);
    }

    private static RSAPrivateCrtKeyParameters parameters(byte[] encoded) {
        try {
            var key =
                    (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return new RSAPrivateCrtKeyParameters(
                    key.getModulus(),
                    key.getPublicExponent(),
                    key.getPrivateExponent(),
                    key.getPrimeP(),
                    key.getPrimeQ(),
                    key.getPrimeExponentP(),
                    key.getPrimeExponentQ(),
                    key.getCrtCoefficient());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("not the private key of a poll", e);
        }
    }

    /** Verify: an ordinary RSASSA-PSS signature. */
    static boolean verify(byte[] modulus, byte[] message, byte[] signature) {
        var signer = new PSSSigner(new RSABlindedEngine(), new SHA384Digest(), SALT);
        signer.init(false, new RSAKeyParameters(false, new BigInteger(1, modulus), EXPONENT));
        signer.update(message, 0, message.length);
        return signature.length == modulus.length && signer.verifySignature(signature);
    }
}
