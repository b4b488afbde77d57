package org.hemei.demo;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.attachment.Attachments.Purpose;
import org.hemei.platform.pdf.Paper;
import org.hemei.platform.pdf.Pdfs;
import org.hemei.platform.time.CivilTime;
import org.springframework.stereotype.Component;

/** Photos and documents that people of the demo city attach, through the same door as everybody's; each says that it is a sample. */
@Component
class DemoFiles {

    private final Attachments attachments;
    private final Pdfs pdfs;
    private final java.time.InstantSource clock;
    private final Pictures pictures = new Pictures();

    DemoFiles(Attachments attachments, Pdfs pdfs, java.time.InstantSource clock) {
        this.attachments = attachments;
        this.pdfs = pdfs;
        this.clock = clock;
    }

    UUID photo(Reader reader, int district, String topic, boolean mended, int variation) {
        var picture = pictures.draw(topic, mended, variation).orElseThrow();
        return attachments.store(reader, district, new ByteArrayInputStream(picture), "示例.jpg", Purpose.PHOTO);
    }

    UUID document(Reader reader, int district, String title, String... lines) {
        var now = clock.instant();
        var pdf = pdfs.make(
                "demo/document.jte",
                Map.of(
                        "paper",
                        new Paper(title, "示例 · " + CivilTime.day(CivilTime.date(now)), false, true, now),
                        "lines",
                        List.of(lines)));
        return attachments.store(reader, district, new ByteArrayInputStream(pdf), title + "（示例）.pdf", Purpose.DOCUMENT);
    }
}
