package org.hemei.access;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.core.serializer.support.DeserializingConverter;
import org.springframework.core.serializer.support.SerializingConverter;
import org.springframework.security.web.csrf.DefaultCsrfToken;

/**
 * What a session holds, as bytes. The two things that every session has are written as short text, because they are
 * read on every request; anything else (messages for the next page) is serialized as Java does it.
 */
final class SessionCodec {

    private static final char SIGNED_IN = 'S';
    private static final char CSRF = 'C';
    private static final char WORDS = 'T';
    /** Made by {@link LeanSessions#FOUND}, never written. */
    static final char READER = 'R';

    private static final char OTHER = 'J';

    private static final int MUST_CHANGE = 1;
    private static final int SECOND = 2;

    private static final SerializingConverter TO_BYTES = new SerializingConverter();
    private static final DeserializingConverter FROM_BYTES = new DeserializingConverter();

    private SessionCodec() {}

    static ConversionService conversion() {
        var service = new GenericConversionService();
        service.addConverter(Object.class, byte[].class, SessionCodec::write);
        service.addConverter(byte[].class, Object.class, SessionCodec::read);
        return service;
    }

    static byte[] write(Object value) {
        return switch (value) {
            case SignedIn s ->
                text(
                        SIGNED_IN,
                        String.join(
                                "\n",
                                String.valueOf(s.account()),
                                String.valueOf(s.at().toEpochMilli()),
                                s.ip(),
                                String.valueOf((s.mustChange() ? MUST_CHANGE : 0) | (s.second() ? SECOND : 0)),
                                s.agent()));
            case DefaultCsrfToken token ->
                text(CSRF, String.join("\n", token.getHeaderName(), token.getParameterName(), token.getToken()));
            case String words -> text(WORDS, words);
            default -> {
                var plain = TO_BYTES.convert(value);
                var bytes = new byte[plain.length + 1];
                bytes[0] = (byte) OTHER;
                System.arraycopy(plain, 0, bytes, 1, plain.length);
                yield bytes;
            }
        };
    }

    static Object read(byte[] bytes) {
        return switch ((char) bytes[0]) {
            case SIGNED_IN -> {
                var parts = parts(bytes, 5);
                var flags = Integer.parseInt(parts[3]);
                yield new SignedIn(
                        Long.parseLong(parts[0]),
                        Instant.ofEpochMilli(Long.parseLong(parts[1])),
                        parts[4],
                        parts[2],
                        (flags & MUST_CHANGE) != 0,
                        (flags & SECOND) != 0);
            }
            case CSRF -> {
                var parts = parts(bytes, 3);
                yield new DefaultCsrfToken(parts[0], parts[1], parts[2]);
            }
            case READER -> ReaderRow.read(new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8));
            case WORDS -> new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
            case OTHER -> FROM_BYTES.convert(java.util.Arrays.copyOfRange(bytes, 1, bytes.length));
            default -> throw new IllegalStateException("a session attribute of an unknown kind");
        };
    }

    private static byte[] text(char kind, String words) {
        return (kind + words).getBytes(StandardCharsets.UTF_8);
    }

    private static String[] parts(byte[] bytes, int count) {
        return new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8).split("\n", count);
    }
}
