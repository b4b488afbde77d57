package org.hemei.platform.attachment;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.coobird.thumbnailator.filters.ImageFilter;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.ExifUtils;

/**
 * How the camera was held, from the EXIF block of a JPEG. The block is found by walking the segments, because the
 * runtime's own metadata reader gives up on photos whose segments come in another order than it expects.
 */
final class JpegTurn {

    private static final int APP1 = 0xFFE1;
    private static final int START_OF_SCAN = 0xFFDA;
    private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

    private JpegTurn() {}

    /** The turn that makes the photo upright; none where the block is absent or damaged. */
    static ImageFilter of(Path file) throws IOException {
        try {
            var exif = exif(file);
            var orientation = exif.length == 0 ? null : ExifUtils.getOrientationFromExif(exif);
            return orientation == null ? picture -> picture : ExifFilterUtils.getFilterForOrientation(orientation);
        } catch (RuntimeException damaged) {
            return picture -> picture;
        }
    }

    private static byte[] exif(Path file) throws IOException {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            in.skipNBytes(2);
            for (var marker = in.readUnsignedShort();
                    marker > 0xFF00 && marker != START_OF_SCAN;
                    marker = in.readUnsignedShort()) {
                var data = in.readNBytes(Math.max(0, in.readUnsignedShort() - 2));
                if (marker == APP1 && Arrays.equals(data, 0, Math.min(6, data.length), EXIF, 0, EXIF.length)) {
                    return data;
                }
            }
            return new byte[0];
        } catch (EOFException cut) {
            return new byte[0];
        }
    }
}
