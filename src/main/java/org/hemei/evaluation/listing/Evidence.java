package org.hemei.evaluation.listing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hemei.evaluation.files.GivenUp;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.attachment.Attachment;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.attachment.Attachments.Purpose;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.multipart.MultipartFile;

/**
 * Photos and documents that the company adds to its defence, its repair or its objection, whoever verifies a repair to what they saw,
 * whoever serves a paper as the receipt of its delivery, and whoever writes a decision down as its minutes, which only those inside the
 * administration read. They belong to the step they came with, so that the story shows who showed what and when.
 */
@Component
class Evidence {

    static final String OWNER_KIND = "listing_step";

    /** With one step; a defence can be handed in several times. */
    static final int MOST = 12;

    private static final String PHOTOS = "photos";
    private static final String DOCS = "docs";

    /** What a form brought along itself, without script: its fields of these names. */
    record Sent(
            @Nullable List<MultipartFile> files, @Nullable List<MultipartFile> documents) {}

    private final Attachments attachments;
    private final GivenUp givenUp;

    Evidence(Attachments attachments, GivenUp givenUp) {
        this.attachments = attachments;
        this.givenUp = givenUp;
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
    void take(Reader reader, Listing listing, Sent sent, MultiValueMap<String, String> values) {
        store(reader, listing, sent.files, Purpose.PHOTO, values);
        store(reader, listing, sent.documents, Purpose.DOCUMENT, values);
    }

    private void store(
            Reader reader,
            Listing listing,
            @Nullable List<MultipartFile> files,
            Purpose purpose,
            MultiValueMap<String, String> values) {
        for (var file : files == null ? List.<MultipartFile>of() : files) {
            if (file.isEmpty()) {
                continue;
            }
            try {
                var kept = attachments.store(reader, ListingDesk.district(listing.area), file, purpose);
                values.add(purpose == Purpose.PHOTO ? PHOTOS : DOCS, kept.toString());
            } catch (Refusal refused) {
                throw Refusal.of(PHOTOS, refused.reasons().getFirst().words());
            }
        }
    }

    /** What was chosen in the form. */
    static List<UUID> chosen(MultiValueMap<String, String> values) {
        var ids = new ArrayList<UUID>();
        for (var field : List.of(PHOTOS, DOCS)) {
            for (var text : values.getOrDefault(field, List.of())) {
                if (!text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
                    throw Refusal.of(PHOTOS, "有文件没传好。请重新传。");
                }
                ids.add(UUID.fromString(text));
            }
        }
        return ids;
    }

    static List<Refusal.Reason> wrong(Collection<UUID> chosen) {
        return chosen.size() > MOST
                ? List.of(new Refusal.Reason(PHOTOS, "一次最多附 " + MOST + " 个照片和文件。请去掉几个，或把几页合成一个 PDF。"))
                : List.of();
    }

    /** Hands the files over to the step just written. */
    void attach(Reader reader, Listing listing, int seq, Collection<UUID> chosen) {
        attachments.attach(ListingDesk.district(listing.area), chosen, OWNER_KIND, owner(listing.id, seq), reader);
    }

    /** What came with a step. The caller has checked that the reader may see the case. */
    List<Attachment> of(Listing listing, int seq) {
        return attachments.list(ListingDesk.district(listing.area), OWNER_KIND, owner(listing.id, seq));
    }

    /** What came with a step and was erased when its time to be kept was over; null where nothing was. */
    GivenUp.@Nullable Gone gone(Listing listing, int seq) {
        var owner = owner(listing.id, seq);
        return givenUp.of(ListingDesk.district(listing.area), OWNER_KIND, List.of(owner))
                .get(owner);
    }

    private static String owner(long listing, int seq) {
        return listing + "-" + seq;
    }

    static int seq(String owner) {
        return Integer.parseInt(owner.substring(owner.indexOf('-') + 1));
    }

    /** The case that an owner's id names. */
    static long listing(String owner) {
        return Long.parseLong(owner.substring(0, owner.indexOf('-')));
    }
}
