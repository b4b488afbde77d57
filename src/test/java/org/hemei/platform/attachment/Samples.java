package org.hemei.platform.attachment;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Files as people and attackers send them, made by hand. */
public final class Samples {

    static final String CAMERA = "SecretCam 3000";

    private Samples() {}

    /** A picture whose left half is red and right half blue, so that a turn can be seen. */
    public static BufferedImage picture(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setPaint(new GradientPaint(0, 0, Color.RED, width, 0, Color.BLUE));
        pen.fillRect(0, 0, width, height);
        pen.dispose();
        return image;
    }

    public static byte[] encoded(BufferedImage image, String format) {
        try {
            var out = new ByteArrayOutputStream();
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] jpeg(int width, int height) {
        return encoded(picture(width, height), "jpg");
    }

    /** A phone's photo: held upright (orientation 6), with the camera's name and a position in Hefei. */
    public static byte[] jpegWithPosition(int width, int height) {
        var jpeg = jpeg(width, height);
        var exif = exif();
        return ByteBuffer.allocate(jpeg.length + exif.length + 4)
                .put(jpeg, 0, 2)
                .putShort((short) 0xFFE1)
                .putShort((short) (exif.length + 2))
                .put(exif)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    private static byte[] exif() {
        var make = (CAMERA + "\0").getBytes(StandardCharsets.US_ASCII);
        var makeAt = 8 + 2 + 3 * 12 + 4;
        var gpsAt = makeAt + make.length + make.length % 2;
        var latitudeAt = gpsAt + 2 + 2 * 12 + 4;
        var tiff = ByteBuffer.allocate(latitudeAt + 24).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put("II".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
        tiff.putShort((short) 3);
        entry(tiff, 0x010F, 2, make.length, makeAt);
        entry(tiff, 0x0112, 3, 1, 6);
        entry(tiff, 0x8825, 4, 1, gpsAt);
        tiff.putInt(0).put(make).position(gpsAt);
        tiff.putShort((short) 2);
        entry(tiff, 1, 2, 2, 'N');
        entry(tiff, 2, 5, 3, latitudeAt);
        tiff.putInt(0);
        tiff.putInt(31).putInt(1).putInt(49).putInt(1).putInt(14).putInt(1);
        return ByteBuffer.allocate(6 + tiff.capacity())
                .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
                .put(tiff.array())
                .array();
    }

    private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
        tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    /** A PNG header that claims any size, followed by next to nothing. */
    public static byte[] pngClaiming(int width, int height) {
        var header = ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        return png(chunk("IHDR", header.array()), chunk("IDAT", deflated(new byte[100])), chunk("IEND", new byte[0]));
    }

    /** A palette PNG, 1 by 1, with a text chunk that inflates to {@code megabytes}. */
    public static byte[] pngWithTextBomb(int megabytes) {
        var header = ByteBuffer.allocate(13).putInt(1).putInt(1).put(new byte[] {8, 3, 0, 0, 0});
        var bomb = new ByteArrayOutputStream();
        bomb.writeBytes("Comment\0\0".getBytes(StandardCharsets.US_ASCII));
        bomb.writeBytes(deflated(new byte[megabytes << 20]));
        return png(
                chunk("IHDR", header.array()),
                chunk("PLTE", new byte[] {(byte) 179, 38, 30}),
                chunk("zTXt", bomb.toByteArray()),
                chunk("IDAT", deflated(new byte[] {0, 0})),
                chunk("IEND", new byte[0]));
    }

    private static byte[] png(byte[]... chunks) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        for (var chunk : chunks) {
            out.writeBytes(chunk);
        }
        return out.toByteArray();
    }

    private static byte[] chunk(String type, byte[] data) {
        var name = type.getBytes(StandardCharsets.US_ASCII);
        var sum = new CRC32();
        sum.update(name);
        sum.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(name)
                .put(data)
                .putInt((int) sum.getValue())
                .array();
    }

    private static byte[] deflated(byte[] data) {
        try {
            var out = new ByteArrayOutputStream();
            try (var deflater = new DeflaterOutputStream(out)) {
                deflater.write(data);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] pdf() {
        return "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** A Word file whose only part inflates to {@code megabytes} of nothing. */
    public static byte[] docxBomb(int megabytes) {
        try {
            var out = new ByteArrayOutputStream();
            try (var zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
                zip.closeEntry();
                zip.putNextEntry(new ZipEntry("word/document.xml"));
                for (var i = 0; i < megabytes; i++) {
                    zip.write(new byte[1 << 20]);
                }
                zip.closeEntry();
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    public static byte[] text(String words) {
        return words.getBytes(StandardCharsets.UTF_8);
    }
}
