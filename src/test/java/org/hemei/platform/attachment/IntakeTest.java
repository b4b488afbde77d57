package org.hemei.platform.attachment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.hemei.platform.Refusal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is kept of an upload, and what is not let in at all. No database is needed to tell. */
class IntakeTest {

    @TempDir
    Path data;

    private Intake intake;

    @BeforeEach
    void open() {
        intake = new Intake(data, new PhotoCleaner());
    }

    private record Kept(String mediaType, byte[] bytes, BufferedImage image, BufferedImage thumb) {}

    private Kept photo(byte[] upload) throws IOException {
        return intake.take(new ByteArrayInputStream(upload), Attachments.Purpose.PHOTO, ready -> {
            try {
                return new Kept(
                        ready.kind().mediaType,
                        Files.readAllBytes(ready.file()),
                        ImageIO.read(ready.file().toFile()),
                        ImageIO.read(
                                java.util.Objects.requireNonNull(ready.thumb()).toFile()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void positionAndCameraOfAPhotoDoNotReachTheStore() throws IOException {
        var upload = Samples.jpegWithPosition(640, 480);
        assertThat(new String(upload, StandardCharsets.ISO_8859_1)).contains("Exif", Samples.CAMERA);

        var kept = photo(upload);

        assertThat(new String(kept.bytes, StandardCharsets.ISO_8859_1)).doesNotContain("Exif", Samples.CAMERA, "GPS");
        assertThat(kept.image.getWidth()).as("held upright").isEqualTo(480);
        assertThat(kept.image.getHeight()).isEqualTo(640);
        assertThat(new Color(kept.image.getRGB(240, 20)).getRed())
                .as("left turns to the top")
                .isGreaterThan(200);
        assertThat(new Color(kept.image.getRGB(240, 620)).getBlue()).isGreaterThan(200);
    }

    @Test
    void aLargePhotoIsMadeSmallerAndGetsAThumbnail() throws IOException {
        var kept = photo(Samples.jpeg(5000, 3000));

        assertThat(kept.image.getWidth()).isEqualTo(2048);
        assertThat(kept.image.getHeight()).isBetween(1228, 1229);
        assertThat(kept.thumb.getWidth()).isEqualTo(320);
    }

    @Test
    void aSmallPhotoIsNotMadeLarger() throws IOException {
        var kept = photo(Samples.encoded(Samples.picture(200, 100), "png"));

        assertThat(kept.mediaType).isEqualTo("image/png");
        assertThat(kept.image.getWidth()).isEqualTo(200);
        assertThat(kept.thumb.getWidth()).isEqualTo(200);
    }

    @Test
    void greyAndSixteenBitAndTransparentPicturesPass() throws IOException {
        for (var type : new int[] {
            BufferedImage.TYPE_BYTE_GRAY,
            BufferedImage.TYPE_USHORT_GRAY,
            BufferedImage.TYPE_INT_ARGB,
            BufferedImage.TYPE_BYTE_INDEXED,
            BufferedImage.TYPE_BYTE_BINARY
        }) {
            assertThat(photo(Samples.encoded(new BufferedImage(3000, 20, type), "png"))
                            .image
                            .getWidth())
                    .isBetween(1024, 2048);
        }
    }

    @Test
    void whatWasAppendedToAPhotoIsGone() throws IOException {
        var kept = photo(Samples.joined(Samples.jpeg(100, 100), Samples.text("<script>alert(1)</script>")));

        assertThat(new String(kept.bytes, StandardCharsets.ISO_8859_1)).doesNotContain("script");
    }

    @Test
    void aTextBombInsideAPngNeverInflates() throws IOException {
        assertThat(photo(Samples.pngWithTextBomb(200)).image.getWidth()).isEqualTo(1);
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                Arguments.of("nothing", new byte[0], "空的"),
                Arguments.of("30,000 × 30,000", Samples.pngClaiming(30_000, 30_000), "5000 万像素"),
                Arguments.of("a size that overflows an int", Samples.pngClaiming(65_536, 65_537), "5000 万像素"),
                Arguments.of("a PNG without its picture", Samples.pngClaiming(300, 300), "打不开"),
                Arguments.of("half a photo's head", java.util.Arrays.copyOf(Samples.jpeg(50, 50), 200), "打不开"),
                Arguments.of("a Word file that is a bomb", Samples.docxBomb(300), "PDF"),
                Arguments.of("a drawing with script", Samples.text("<svg onload='alert(1)'></svg>"), "只能传"),
                Arguments.of("a web page named .jpg", Samples.text("<!doctype html><script>1</script>"), "只能传"),
                Arguments.of("an animation", Samples.text("GIF89a<script>"), "截一张图"),
                Arguments.of("an iPhone's HEIC", Samples.text("\0\0\0\u0018ftypheic0000"), "HEIC"),
                Arguments.of("a cut-off PDF", Samples.text("%PDF-1.7\n1 0 obj"), "不完整"),
                Arguments.of("a JPEG of a thousand scans", manyScans(), "打不开"),
                Arguments.of("a document where photos go", Samples.pdf(), "只收照片"));
    }

    private static byte[] manyScans() {
        var jpeg = Samples.jpeg(50, 50);
        var scans = new byte[2000];
        for (var i = 0; i < scans.length; i += 2) {
            scans[i] = (byte) 0xFF;
            scans[i + 1] = (byte) 0xDA;
        }
        return Samples.joined(jpeg, scans);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void isRefusedWithWordsThatHelp(String what, byte[] upload, String words) {
        assertThatThrownBy(() -> photo(upload))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal ->
                                assertThat(refusal.reasons().getFirst().field()).isEqualTo("file"))
                .hasMessageContaining(words);
        assertThat(data.resolve(Intake.FOLDER)).as("nothing is left lying").isEmptyDirectory();
    }

    @Test
    void theLimitsOfSizeHold() {
        var photo = Samples.joined(Samples.jpeg(10, 10), new byte[(int) Intake.MAX_PHOTO]);
        assertThatThrownBy(() -> photo(photo)).hasMessageContaining("15 MB");
        var document = Samples.joined(Samples.pdf(), new byte[(int) Intake.MAX_DOCUMENT]);
        assertThatThrownBy(() ->
                        intake.take(new ByteArrayInputStream(document), Attachments.Purpose.DOCUMENT, ready -> ready))
                .hasMessageContaining("20 MB");
    }

    @Test
    void aNameIsMadeHarmless() {
        assertThat(Intake.displayName("C:\\fakepath\\漏水 1.JPEG", FileKind.JPEG)).isEqualTo("漏水 1.jpg");
        assertThat(Intake.displayName("../../etc/passwd", FileKind.PNG)).isEqualTo("passwd.png");
        assertThat(Intake.displayName("a\"\r\nSet-Cookie: x=1\u202egpj.exe", FileKind.PDF))
                .isEqualTo("aSet-Cookie x1gpj.pdf");
        assertThat(Intake.displayName("", FileKind.JPEG)).isEqualTo("照片.jpg");
        assertThat(Intake.displayName("长".repeat(300), FileKind.JPEG)).hasSize(84);
    }
}
