package org.hemei.platform.attachment;

import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.filters.ImageFilter;
import org.hemei.platform.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Draws a photo anew from its pixels, turned the right way up: EXIF, GPS position, camera, comments and whatever was
 * appended stay behind (design rule: photos lose their EXIF at the storage layer). Size in pixels is checked before
 * decoding, large photos are read thinned out, and all decoding at one time shares a budget of memory.
 */
@Component
class PhotoCleaner {

    /** @param photo longest side at most {@value #LONGEST}; @param thumb at most {@value #THUMB} */
    record Clean(Path photo, Path thumb, int width, int height) {}

    /** @param bytesBeside for each pixel of the file, what the decoder takes besides the picture */
    private record Way(FileKind kind, ImageFilter turn, int bytesBeside) {}

    static final int LONGEST = 2048;
    static final int THUMB = 320;
    static final long MAX_PIXELS = 50_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(PhotoCleaner.class);
    private static final int MAX_SCANS = 100;
    private static final int START_OF_SCAN = 0xDA;
    private static final int PROGRESSIVE_FRAME = 0xC2;
    private static final int COEFFICIENTS = 3;
    private static final int BUDGET_MB = 72;
    private static final int WAIT_SECONDS = 20;
    private static final double QUALITY = 0.85;
    private static final String BROKEN = "这张照片打不开，可能没传完整。请重新拍一张或截一张图再传。";

    private final Semaphore budget = new Semaphore(BUDGET_MB, true);

    Clean clean(Path file, FileKind kind, Path workdir) throws IOException {
        try {
            if (kind == FileKind.PNG) {
                var source = workdir.resolve("drawing.png");
                PngChunks.copyDrawing(file, source);
                return redraw(source, new Way(kind, picture -> picture, 0), workdir);
            }
            return redraw(file, new Way(kind, JpegTurn.of(file), isProgressive(file) ? COEFFICIENTS : 0), workdir);
        } catch (Refusal | UncheckedIOException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // decoders answer damaged files with exceptions of every kind
            LOG.info("A photo could not be read: {}", e.toString());
            throw FileKind.refuse(BROKEN);
        }
    }

    private Clean redraw(Path file, Way way, Path workdir) throws IOException {
        try (var in = ImageIO.createImageInputStream(file.toFile())) {
            var reader = ImageIO.getImageReadersByFormatName(way.kind.extension).next();
            try {
                reader.setInput(in, false, true);
                var pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > MAX_PIXELS) {
                    throw FileKind.refuse("照片太大，超过 5000 万像素。请截一张图，或把照片调小再传。");
                }
                return within(reader, way, workdir);
            } finally {
                reader.dispose();
            }
        }
    }

    private Clean within(ImageReader reader, Way way, Path workdir) throws IOException {
        var bytesPerPixel = bytesPerPixel(reader.getImageTypes(0));
        var longest = Math.max(reader.getWidth(0), reader.getHeight(0));
        // 16-bit pictures take twice the room, so they are thinned out below the target instead of down to it
        var step = Math.max(1, bytesPerPixel > 4 ? Math.ceilDiv(longest, LONGEST) : longest / LONGEST);
        var decoded = (long) Math.ceilDiv(reader.getWidth(0), step) * Math.ceilDiv(reader.getHeight(0), step);
        var beside = (long) reader.getWidth(0) * reader.getHeight(0) * way.bytesBeside;
        var cost = (int) Math.min(BUDGET_MB, 1 + (decoded * bytesPerPixel + beside) / 1_000_000);
        if (!acquire(cost)) {
            throw FileKind.refuse("现在传照片的人很多。请过一会儿再传。");
        }
        try {
            return draw(reader, step, way, workdir);
        } finally {
            budget.release(cost);
        }
    }

    private boolean acquire(int cost) {
        try {
            return budget.tryAcquire(cost, WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Clean draw(ImageReader reader, int step, Way way, Path workdir) throws IOException {
        var param = reader.getDefaultReadParam();
        param.setSourceSubsampling(step, step, 0, 0);
        var image = fit(reader.read(0, param), LONGEST, way.turn);
        var photo = workdir.resolve("photo." + way.kind.extension);
        var thumb = workdir.resolve("thumb." + way.kind.extension);
        write(image, photo, way.kind);
        write(fit(image, THUMB, picture -> picture), thumb, way.kind);
        return new Clean(photo, thumb, image.getWidth(), image.getHeight());
    }

    /** Always draws into a fresh sRGB picture, also where nothing has to shrink. */
    private static BufferedImage fit(BufferedImage image, int longest, ImageFilter turn) throws IOException {
        var type = image.getColorModel().hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
        // a square, because the turn may come before the shrinking; never larger than the picture is
        var side = Math.min(longest, Math.max(image.getWidth(), image.getHeight()));
        return Thumbnails.of(image)
                .size(side, side)
                .imageType(type)
                .addFilter(turn)
                .asBufferedImage();
    }

    private static void write(BufferedImage image, Path file, FileKind kind) {
        try (var out = Files.newOutputStream(file)) {
            Thumbnails.of(image)
                    .scale(1)
                    .imageType(image.getType())
                    .outputQuality(QUALITY)
                    .outputFormat(kind.extension)
                    .toOutputStream(out);
        } catch (IOException e) {
            // a full disk is our trouble, not a damaged photo
            throw new UncheckedIOException(e);
        }
    }

    private static int bytesPerPixel(Iterator<ImageTypeSpecifier> types) {
        if (!types.hasNext()) {
            throw FileKind.refuse("这张照片是印刷用的颜色格式。请截一张图再传。");
        }
        var bits = 0;
        for (var size : types.next().getSampleModel().getSampleSize()) {
            bits += size;
        }
        return Math.max(1, bits / 8);
    }

    /**
     * Whether a JPEG is progressive: then the decoder holds all of it outside our heap, and draws it once per scan, so that
     * thousands of scans would keep a processor busy for minutes.
     */
    private static boolean isProgressive(Path file) throws IOException {
        try (var in = new BufferedInputStream(Files.newInputStream(file), 64 * 1024)) {
            var progressive = false;
            var scans = 0;
            var last = 0;
            for (var b = in.read(); b >= 0; b = in.read()) {
                if (last == 0xFF && b == START_OF_SCAN && ++scans > MAX_SCANS) {
                    throw FileKind.refuse(BROKEN);
                }
                progressive |= last == 0xFF && b == PROGRESSIVE_FRAME;
                last = b;
            }
            return progressive;
        }
    }
}
