package org.hemei.evaluation.tender;

import java.time.Instant;

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
        Instant madeAt) {

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
