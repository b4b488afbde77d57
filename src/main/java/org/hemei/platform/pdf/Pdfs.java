package org.hemei.platform.pdf;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Makes PDF files of templates. A template calls {@code platform/pdf/paper.jte} and is well-formed XML, since it is read as
 * such: every tag closed, no named entities but those of XML. Nothing is fetched: no pictures or styles from anywhere.
 */
@Component
public class Pdfs {

    /** All Chinese characters of Unicode's first plane in the regular face; those of GB 2312 in the bold one. */
    private static final String REGULAR = "fonts/NotoSansSC-Regular.ttf";

    private static final String BOLD = "fonts/NotoSansSC-Bold.ttf";
    private static final int BOLD_WEIGHT = 700;
    private static final int WEIGHT = 400;

    /** However many ask at once, so many papers are made at a time: each takes a processor for a moment. */
    private static final int AT_ONCE = 2;

    private final TemplateEngine templates;
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    Pdfs(TemplateEngine templates) {
        this.templates = templates;
        // what it has to say goes through exceptions; its own log would fill ours with every unknown property
        XRLog.setLoggingEnabled(false);
    }

    /** @param template as its path under the templates: {@code workorder/report/paper.jte} */
    public byte[] make(String template, Map<String, Object> params) {
        var html = new StringOutput();
        templates.render(template, params, html);
        places.acquireUninterruptibly();
        try (var out = new ByteArrayOutputStream()) {
            var builder = new PdfRendererBuilder();
            builder.useFastMode();
            builder.useUriResolver((base, uri) -> null);
            builder.useFont(() -> open(REGULAR), "hemei", WEIGHT, FontStyle.NORMAL, true);
            builder.useFont(() -> open(BOLD), "hemei", BOLD_WEIGHT, FontStyle.NORMAL, true);
            // what the bold face does not have comes from the regular one
            builder.useFont(() -> open(REGULAR), "hemei-all", WEIGHT, FontStyle.NORMAL, true);
            builder.withHtmlContent(html.toString().strip(), null);
            builder.withProducer("Hemei");
            builder.toStream(out);
            builder.run();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("the paper " + template + " could not be made", e);
        } finally {
            places.release();
        }
    }

    private static InputStream open(String font) {
        try {
            return new ClassPathResource(font).getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
