package org.hemei.platform.attachment;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Copies a PNG with the chunks that draw it and no others. Text chunks and colour profiles are compressed on their own
 * and can be bombs; they go before any library reads the file.
 */
final class PngChunks {

    private static final Set<String> DRAWING = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");
    private static final int SIGN = 8;
    private static final int CHECKSUM = 4;

    private PngChunks() {}

    static void copyDrawing(Path from, Path to) throws IOException {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(from)));
                var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(to)))) {
            out.write(in.readNBytes(SIGN));
            String name;
            do {
                var length = in.readInt();
                var type = in.readNBytes(4);
                name = new String(type, StandardCharsets.US_ASCII);
                if (length < 0) {
                    throw new EOFException("chunk " + name + " claims " + length + " bytes");
                }
                if (DRAWING.contains(name)) {
                    out.writeInt(length);
                    out.write(type);
                    copy(in, out, length + (long) CHECKSUM);
                } else {
                    in.skipNBytes(length + (long) CHECKSUM);
                }
            } while (!"IEND".equals(name));
        }
    }

    private static void copy(DataInputStream in, DataOutputStream out, long length) throws IOException {
        var buffer = new byte[8192];
        for (var left = length; left > 0; ) {
            var n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                throw new EOFException("the file ends inside a chunk");
            }
            out.write(buffer, 0, n);
            left -= n;
        }
    }
}
