package org.hemei.evaluation.tender;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A report as it is kept. */
public record TenderReference(
        long id,
        String number,
        String code,
        String area,
        String tender,
        String content,
        String sm3,
        String signature,
        String publicKey,
        Instant madeAt,
        @Nullable String voidReason,
        @Nullable Instant voidAt) {

    /** Whether it was declared void; what it says stays as it was signed. */
    public boolean isVoid() {
        return voidAt != null;
    }

    public String path() {
        return "/tender-references/" + id;
    }

    /** Where anybody who has the paper can look whether it is right. */
    public String verification() {
        return "/tender-references/verify?q=" + code;
    }

    public TenderContent said() {
        return TenderContent.read(content);
    }
}
