package org.hemei.platform.transfer;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;
import org.springframework.web.util.UriUtils;

/** The head of an answer that is a file. */
final class Download {

    private Download() {}

    /** @param plain the name in Latin letters for old browsers; @param words the name people see */
    static void begin(HttpServletResponse response, String plain, String words, String format) {
        response.setContentType(
                format.equals("csv")
                        ? "text/csv;charset=UTF-8"
                        : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        response.setHeader(
                "Content-Disposition",
                ContentDisposition.attachment().filename(plain + "." + format).build() + "; filename*=UTF-8''"
                        + UriUtils.encode(words + "." + format, StandardCharsets.UTF_8));
        response.setHeader("Cache-Control", "no-store");
    }
}
