package org.hemei.platform.attachment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.multipart.MultipartFile;

/**
 * Keeps photos and documents. An upload first belongs to nobody but its uploader; a form that is handed in takes it over
 * for the thing it makes. What nobody takes over within a day is deleted.
 */
@Component
public class Attachments {

    /** What an upload is for; a photo's place takes no documents. */
    public enum Purpose {
        PHOTO,
        DOCUMENT
    }

    /** Uploads of one account that wait to be taken over; more than any form takes, less than fills a disk. */
    static final int MAX_ORPHANS = 60;

    private static final String COLUMNS = """
            district, id, owner_kind, owner_id, media_type, byte_size, width, height, sha256, file_name, uploaded_by, uploaded_at
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final BlobStore blobs;
    private final Intake intake;
    private final InstantSource clock;
    private final List<AttachmentGate> gates;

    Attachments(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            BlobStore blobs,
            Intake intake,
            InstantSource clock,
            List<AttachmentGate> gates) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.blobs = blobs;
        this.intake = intake;
        this.clock = clock;
        this.gates = gates;
    }

    public UUID store(Reader reader, int district, MultipartFile file, Purpose purpose) {
        return store(reader, district, file, purpose, Supplier::get);
    }

    /** @param frame what the keeping happens in, once for a key for instance; the file is checked and cleaned before */
    public UUID store(
            Reader reader, int district, MultipartFile file, Purpose purpose, Function<Supplier<UUID>, UUID> frame) {
        var name = file.getOriginalFilename();
        try (var in = file.getInputStream()) {
            return store(reader, district, in, name == null ? "" : name, purpose, frame);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Checks, cleans and keeps one upload. Decoding happens before the transaction, so no connection waits for it.
     *
     * @param district six-digit code of the district of the thing it will belong to
     * @throws Refusal with field {@code file} when it is not kept
     */
    public UUID store(Reader reader, int district, InputStream in, String fileName, Purpose purpose) {
        return store(reader, district, in, fileName, purpose, Supplier::get);
    }

    private UUID store(
            Reader reader,
            int district,
            InputStream in,
            String fileName,
            Purpose purpose,
            Function<Supplier<UUID>, UUID> frame) {
        if (!reader.signedIn()) {
            throw FileKind.refuse("请先登录再传。");
        }
        if (district < 100_000 || district > 999_999) {
            throw FileKind.refuse("请先选小区，再传照片。");
        }
        if (waiting(reader) >= MAX_ORPHANS) {
            throw FileKind.refuse("已经传了 " + MAX_ORPHANS + " 个还没用上的文件。请先把表交了，或明天再传。");
        }
        try {
            return intake.take(
                    in, purpose, ready -> frame.apply(() -> keep(reader, district, ready, fileName, purpose)));
        } catch (IOException e) {
            throw new UncheckedIOException("an upload could not be kept", e);
        }
    }

    /** The hash of an upload as it came, before anything is taken out of it. */
    public static String sha256(MultipartFile file) {
        try (var in = file.getInputStream()) {
            return Intake.sha256(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long waiting(Reader reader) {
        return jdbc.sql("select count(*) from attachment where uploaded_by = ? and owner_id is null")
                .param(reader.account())
                .query(Long.class)
                .single();
    }

    private UUID keep(Reader reader, int district, Intake.Ready file, String fileName, Purpose purpose) {
        var id = UUID.randomUUID();
        transaction.executeWithoutResult(status -> {
            Blobs.lock(jdbc, file.sha256());
            put(file.sha256(), file.file());
            if (file.thumb() != null) {
                put(Blobs.thumb(file.sha256()), file.thumb());
            }
            jdbc.sql("""
                    insert into attachment (district, id, purpose, media_type, byte_size, width, height, sha256, file_name,
                                            uploaded_by, uploaded_at)
                    values (:district, :id, :purpose, :type, :size, :width, :height, :sha, :name, :by, :at)
                    """)
                    .param("district", district)
                    .param("id", id)
                    .param("purpose", purpose.name().toLowerCase(Locale.ROOT))
                    .param("type", file.kind().mediaType)
                    .param("size", file.size())
                    .param("width", file.width())
                    .param("height", file.height())
                    .param("sha", file.sha256())
                    .param("name", Intake.displayName(fileName, file.kind()))
                    .param("by", reader.account())
                    .param("at", Timestamp.from(clock.instant()))
                    .update();
        });
        return id;
    }

    private void put(String key, Path file) {
        try {
            blobs.put(key, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Hands uploads over to the thing just made, in the transaction that makes it. Only the uploader's own, and only
     * such as belong to nothing yet.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void attach(int district, Collection<UUID> ids, String ownerKind, String ownerId, Reader uploader) {
        var wanted = List.copyOf(new java.util.LinkedHashSet<>(ids));
        if (wanted.isEmpty()) {
            return;
        }
        bringHome(district, wanted, uploader);
        var taken = jdbc.sql("""
                update attachment set owner_kind = :kind, owner_id = :owner
                where district = :district and id = any(:ids) and owner_id is null and uploaded_by = :by
                """)
                .param("kind", ownerKind)
                .param("owner", ownerId)
                .param("district", district)
                .param("ids", wanted.toArray(UUID[]::new))
                .param("by", uploader.account())
                .update();
        if (taken != wanted.size()) {
            throw Refusal.of("photos", "有照片已经过期或用过了。请重新选照片。");
        }
    }

    /**
     * Somebody may change the estate after the photos went up. The district is what the tables are distributed by and
     * never updated, so the row is made anew where it belongs.
     */
    private void bringHome(int district, List<UUID> ids, Reader uploader) {
        jdbc.sql("""
                insert into attachment (district, id, purpose, media_type, byte_size, width, height, sha256, file_name,
                                        uploaded_by, uploaded_at)
                select :district, id, purpose, media_type, byte_size, width, height, sha256, file_name, uploaded_by, uploaded_at
                from attachment
                where uploaded_by = :by and owner_id is null and id = any(:ids) and district <> :district
                """)
                .param("district", district)
                .param("by", uploader.account())
                .param("ids", ids.toArray(UUID[]::new))
                .update();
        jdbc.sql("""
                delete from attachment
                where uploaded_by = :by and owner_id is null and id = any(:ids) and district <> :district
                """)
                .param("district", district)
                .param("by", uploader.account())
                .param("ids", ids.toArray(UUID[]::new))
                .update();
    }

    /** What belongs to a thing, in the order it was uploaded. The caller has checked that the reader may see the thing. */
    public List<Attachment> list(int district, String ownerKind, String ownerId) {
        return jdbc.sql("select " + COLUMNS + """
                from attachment
                where district = :district and owner_kind = :kind and owner_id = :owner
                order by uploaded_at, id
                """)
                .param("district", district)
                .param("kind", ownerKind)
                .param("owner", ownerId)
                .query(Attachments::row)
                .list();
    }

    /** What belongs to each of many things of one kind, by the thing; a thing that has nothing is not in it. */
    public Map<String, List<Attachment>> list(int district, String ownerKind, Collection<String> ownerIds) {
        return jdbc
                .sql("select " + COLUMNS + """
                from attachment
                where district = :district and owner_kind = :kind and owner_id = any(:owners)
                order by uploaded_at, id
                """)
                .param("district", district)
                .param("kind", ownerKind)
                .param("owners", ownerIds.toArray(String[]::new))
                .query(Attachments::row)
                .list()
                .stream()
                .collect(Collectors.groupingBy(attachment -> Objects.requireNonNull(attachment.ownerId())));
    }

    /**
     * Gives up what belongs to things whose time is over, in the transaction that ends it: nobody finds it any more, and the upkeep
     * deletes the bytes when nothing else needs them.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void delete(int district, String ownerKind, Collection<String> ownerIds) {
        jdbc.sql("delete from attachment where district = ? and owner_kind = ? and owner_id = any(?)")
                .params(district, ownerKind, ownerIds.toArray(String[]::new))
                .update();
    }

    /** The reader's own uploads among these that wait to be taken over: what a form shows again after an error. */
    public List<Attachment> waiting(Reader reader, Collection<UUID> ids) {
        return jdbc.sql("select " + COLUMNS + """
                from attachment
                where uploaded_by = :by and owner_id is null and id = any(:ids)
                order by uploaded_at, id
                """)
                .param("by", reader.account())
                .param("ids", ids.toArray(UUID[]::new))
                .query(Attachments::row)
                .list();
    }

    /** @throws Missing when there is none, or this reader may not see it */
    public Attachment find(Reader reader, int district, UUID id) {
        return jdbc.sql("select " + COLUMNS + " from attachment where district = ? and id = ?")
                .params(district, id)
                .query(Attachments::row)
                .optional()
                .filter(attachment -> may(reader, attachment))
                .orElseThrow(() -> new Missing("没有这张照片，或它不归您看。"));
    }

    private boolean may(Reader reader, Attachment attachment) {
        var kind = attachment.ownerKind();
        var owner = attachment.ownerId();
        if (kind == null || owner == null) {
            return reader.signedIn() && attachment.uploadedBy() == reader.account();
        }
        return gates.stream()
                .filter(gate -> gate.ownerKind().equals(kind))
                .anyMatch(gate -> gate.may(reader, attachment.district(), owner));
    }

    /** The bytes; the caller closes the stream and has the attachment from {@link #find}. */
    public InputStream open(Attachment attachment) throws IOException {
        return blobs.open(attachment.sha256());
    }

    InputStream openThumb(Attachment attachment) throws IOException {
        return blobs.open(Blobs.thumb(attachment.sha256()));
    }

    long thumbSize(Attachment attachment) throws IOException {
        return blobs.size(Blobs.thumb(attachment.sha256()));
    }

    private static Attachment row(ResultSet r, int n) throws SQLException {
        return new Attachment(
                r.getInt("district"),
                r.getObject("id", UUID.class),
                r.getString("owner_kind"),
                r.getString("owner_id"),
                r.getString("media_type"),
                r.getLong("byte_size"),
                r.getObject("width", Integer.class),
                r.getObject("height", Integer.class),
                r.getString("sha256"),
                r.getString("file_name"),
                r.getLong("uploaded_by"),
                r.getTimestamp("uploaded_at").toInstant());
    }
}
