package org.hemei.ballot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A filled-in ballot as it lies in the box: the voter's secret number and the answers. All of a poll are of one length. */
record Cast(byte[] secret, String answers) {

    static final int SECRET = 32;

    byte[] bytes() {
        var words = answers.getBytes(StandardCharsets.US_ASCII);
        var all = Arrays.copyOf(secret, SECRET + words.length);
        System.arraycopy(words, 0, all, SECRET, words.length);
        return all;
    }

    static Cast read(byte[] bytes) {
        return new Cast(
                Arrays.copyOf(bytes, SECRET),
                new String(bytes, SECRET, bytes.length - SECRET, StandardCharsets.US_ASCII));
    }
}
