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
import org.springframework.util.MultiValueMap;
import org.springframework.web.multipart.MultipartFile;

/** Files that come with a form: photos and documents of an objection, the basis of a correction. */
@Component
public class Documents {

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

    /** Whether the form asks to leave one of its files out; it is left out then. */
    static boolean drops(MultiValueMap<String, String> values) {
        var dropped = values.getFirst("drop");
        if (dropped == null || dropped.isEmpty()) {
            return false;
        }
        values.remove("drop");
        values.values().forEach(list -> list.removeIf(dropped::equals));
        return true;
    }

    /** Keeps what came with the form; it counts as chosen from then on, also when the form is refused. */
    void take(
            Reader reader,
            int district,
            @Nullable List<MultipartFile> photos,
            @Nullable List<MultipartFile> documents,
            MultiValueMap<String, String> values) {
        keep(reader, district, photos, Attachments.Purpose.PHOTO, "photos", values);
        keep(reader, district, documents, Attachments.Purpose.DOCUMENT, "docs", values);
    }

    private void keep(
            Reader reader,
            int district,
            @Nullable List<MultipartFile> files,
            Attachments.Purpose purpose,
            String field,
            MultiValueMap<String, String> values) {
        for (var file : files == null ? List.<MultipartFile>of() : files) {
            if (!file.isEmpty()) {
                values.add(
                        field, stored(reader, district, file, purpose, "photos").toString());
            }
        }
    }

    /** What was chosen in the form, photos first. */
    static List<UUID> chosen(MultiValueMap<String, String> values) {
        List<UUID> ids = new ArrayList<>();
        for (var field : List.of("photos", "docs")) {
            for (var text : values.getOrDefault(field, List.of())) {
                if (!text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
                    throw Refusal.of("photos", "有文件没传好。请重新传。");
                }
                ids.add(UUID.fromString(text));
            }
        }
        return ids;
    }

    /** @throws Refusal at the field {@code documents}, whatever the store calls it */
    public List<UUID> store(Reader reader, int district, @Nullable List<MultipartFile> documents) {
        return store(reader, district, documents, "documents");
    }

    public List<UUID> store(Reader reader, int district, @Nullable List<MultipartFile> documents, String field) {
        List<UUID> ids = new ArrayList<>();
        for (var file : documents == null ? List.<MultipartFile>of() : documents) {
            if (!file.isEmpty()) {
                ids.add(stored(reader, district, file, Attachments.Purpose.DOCUMENT, field));
            }
        }
        return ids;
    }

    private UUID stored(Reader reader, int district, MultipartFile file, Attachments.Purpose purpose, String field) {
        try {
            return attachments.store(reader, district, file, purpose);
        } catch (Refusal refused) {
            throw new Refusal(refused.reasons().stream()
                    .map(reason -> new Refusal.Reason(field, reason.words()))
                    .toList());
        }
    }
}
