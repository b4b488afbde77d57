package org.hemei.platform.attachment;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One kept photo or document. */
public record Attachment(
        int district,
        UUID id,
        @Nullable String ownerKind,
        @Nullable String ownerId,
        String mediaType,
        long byteSize,
        @Nullable Integer width,
        @Nullable Integer height,
        String sha256,
        String fileName,
        long uploadedBy,
        Instant uploadedAt) {

    public boolean isPhoto() {
        return mediaType.startsWith("image/");
    }

    public String address() {
        return "/attachments/" + district + "/" + id;
    }

    /** Address of the small picture; only a photo has one. */
    public String thumb() {
        return address() + "/thumb";
    }
}
