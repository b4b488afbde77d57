package org.hemei.ballot;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.engines.RSABlindingEngine;
import org.bouncycastle.crypto.generators.RSABlindingFactorGenerator;
import org.bouncycastle.crypto.params.RSABlindingParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.bouncycastle.util.BigIntegers;

/**
 * The voter's side of the protocol, as the browser does it: for the households of the demo city, and for whoever writes another
 * client. One object is one ballot.
 */
public final class Voter {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] message = random(BlindRsa.MESSAGE);
    private final byte[] secret = random(Cast.SECRET);
    private final RSABlindingParameters blinding;
    private final byte[] blinded;

    /** @param modulus the public key of the group */
    public Voter(byte[] modulus) {
        var key = new RSAKeyParameters(false, new BigInteger(1, modulus), BlindRsa.EXPONENT);
        var factors = new RSABlindingFactorGenerator();
        factors.init(key);
        this.blinding = new RSABlindingParameters(key, factors.generateBlindingFactor());
        this.blinded = blind(message, blinding);
    }

    private static byte[] random(int bytes) {
        var out = new byte[bytes];
        RANDOM.nextBytes(out);
        return out;
    }

    /** The number and its random prefix, which the signer never sees. */
    public byte[] message() {
        return message.clone();
    }

    public byte[] secret() {
        return secret.clone();
    }

    /** What is sent to be signed; sent again after a broken connection, it is the same. */
    public byte[] blinded() {
        return blinded.clone();
    }

    private static byte[] blind(byte[] message, RSABlindingParameters blinding) {
        try {
            var signer = new PSSSigner(new RSABlindingEngine(), new SHA384Digest(), BlindRsa.SALT);
            signer.init(true, blinding);
            signer.update(message, 0, message.length);
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The signature of the number itself, out of that of the blinded message. */
    public byte[] unblind(byte[] blindSignature) {
        var engine = new RSABlindingEngine();
        engine.init(false, blinding);
        var signature = engine.processBlock(blindSignature, 0, blindSignature.length);
        return BigIntegers.asUnsignedByteArray(BlindRsa.BYTES, new BigInteger(1, signature));
    }
}
