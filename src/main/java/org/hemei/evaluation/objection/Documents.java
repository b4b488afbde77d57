package org.hemei.evaluation.objection;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hemei.evaluation.files.GivenUp;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.attachment.Attachments;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/** Documents that come with a form: an objection's evidence, a correction's basis. */
@Component
class Documents {

    private final Attachments attachments;
    private final GivenUp givenUp;

    Documents(Attachments attachments, GivenUp givenUp) {
        this.attachments = attachments;
        this.givenUp = givenUp;
    }

    /** Those of an objection that were erased when their time to be kept was over; null where none were. */
    GivenUp.@Nullable Gone gone(Objection objection) {
        return givenUp.of(objection.district(), ObjectionDesk.KIND, objection.id());
    }

    /** @throws Refusal at the field {@code documents}, whatever the store calls it */
    List<UUID> store(Reader reader, int district, @Nullable List<MultipartFile> documents) {
        List<UUID> ids = new ArrayList<>();
        for (var file : documents == null ? List.<MultipartFile>of() : documents) {
            if (!file.isEmpty()) {
                ids.add(stored(reader, district, file));
            }
        }
        return ids;
    }

    private UUID stored(Reader reader, int district, MultipartFile file) {
        try {
            return attachments.store(reader, district, file, Attachments.Purpose.DOCUMENT);
        } catch (Refusal refused) {
            throw new Refusal(refused.reasons().stream()
                    .map(reason -> new Refusal.Reason("documents", reason.words()))
                    .toList());
        }
    }
}
