package org.hemei.evaluation.listing;

import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.util.List;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.attachment.Attachments.Purpose;
import org.hemei.platform.attachment.Samples;
import org.hemei.platform.notice.Notice;
import org.hemei.platform.notice.Notices;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.springframework.context.annotation.Lazy;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.stereotype.Component;
import org.springframework.test.web.servlet.MockMvc;

/** What tests of a case read and hand in: its papers as text, its page, what was told of it, and a scan of something. */
@Component
@Lazy // an application of another test has no cases to read
class ListingSheets {

    private final MockMvc mvc;
    private final Attachments attachments;
    private final Notices notices;
    private final Pump pump;

    ListingSheets(MockMvc mvc, Attachments attachments, Notices notices, Pump pump) {
        this.mvc = mvc;
        this.attachments = attachments;
        this.notices = notices;
        this.pump = pump;
    }

    /** Titles of what somebody was told, the newest first. */
    List<String> told(Reader reader) {
        pump.run();
        return notices.list(reader, null, 20).stream().map(Notice::title).toList();
    }

    /** The same without what a company hears of its years, which is no case yet. */
    List<String> toldOfCases(Reader reader) {
        return told(reader).stream().filter(title -> !title.contains("年的测评结果")).toList();
    }

    /** Without its spaces and line breaks. */
    String text(long id, String paper, Reader reader) throws Exception {
        var bytes = mvc.perform(get("/listings/" + id + "/" + paper + ".pdf").with(as(reader)))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        try (var document = Loader.loadPDF(bytes)) {
            return new PDFTextStripper().getText(document).replaceAll("\\s", "");
        }
    }

    int status(long id, String paper, Reader reader) throws Exception {
        return mvc.perform(get("/listings/" + id + "/" + paper + ".pdf").with(as(reader)))
                .andReturn()
                .getResponse()
                .getStatus();
    }

    /** What somebody who opens an address is answered. */
    int opens(Reader reader, String address) throws Exception {
        return mvc.perform(get(address).with(as(reader)))
                .andReturn()
                .getResponse()
                .getStatus();
    }

    String page(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader))).andReturn().getResponse().getContentAsString();
    }

    List<UUID> scan(Reader reader, Town.Side side) {
        var file = new MockMultipartFile("files", "文书.jpg", "image/jpeg", Samples.jpeg(60, 40));
        return List.of(attachments.store(reader, side.district(), file, Purpose.PHOTO));
    }
}
