package org.hemei.platform.attachment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Takes an upload in: to a folder of its own first, within the size limits, told by content, cleaned, hashed. */
@Component
class Intake {

    /** A file fit to be kept. */
    record Ready(
            FileKind kind,
            Path file,
            @Nullable Path thumb,
            long size,
            @Nullable Integer width,
            @Nullable Integer height,
            String sha256) {}

    static final long MAX_PHOTO = 15L << 20;
    static final long MAX_DOCUMENT = 20L << 20;
    static final String FOLDER = "incoming";

    private static final int MAX_NAME = 80;

    private final Path folder;
    private final PhotoCleaner cleaner;

    Intake(@Value("${hemei.data}") Path data, PhotoCleaner cleaner) {
        this.folder = data.toAbsolutePath().normalize().resolve(FOLDER);
        this.cleaner = cleaner;
    }

    <T> T take(InputStream in, Attachments.Purpose purpose, Function<Ready, T> keep) throws IOException {
        Files.createDirectories(folder);
        var workdir = Files.createTempDirectory(folder, "up");
        try {
            var raw = workdir.resolve("raw");
            spool(in, raw);
            return keep.apply(ready(raw, purpose, workdir));
        } finally {
            FileSystemUtils.deleteRecursively(workdir);
        }
    }

    private static void spool(InputStream in, Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            var buffer = new byte[16 * 1024];
            long size = 0;
            for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                size += n;
                if (size > MAX_DOCUMENT) {
                    throw FileKind.refuse("文件太大。照片最多 15 MB，PDF 最多 20 MB。");
                }
                out.write(buffer, 0, n);
            }
        }
    }

    private Ready ready(Path raw, Attachments.Purpose purpose, Path workdir) throws IOException {
        var kind = FileKind.of(raw);
        if (!kind.isPhoto()) {
            if (purpose == Attachments.Purpose.PHOTO) {
                throw FileKind.refuse("这里只收照片。请换成 JPG 或 PNG 照片再传。");
            }
            return new Ready(kind, raw, null, Files.size(raw), null, null, sha256(raw));
        }
        if (Files.size(raw) > MAX_PHOTO) {
            throw FileKind.refuse("照片太大，超过 15 MB。请截一张图，或把照片调小再传。");
        }
        var clean = cleaner.clean(raw, kind, workdir);
        return new Ready(
                kind,
                clean.photo(),
                clean.thumb(),
                Files.size(clean.photo()),
                clean.width(),
                clean.height(),
                sha256(clean.photo()));
    }

    private static String sha256(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return sha256(in);
        }
    }

    static String sha256(InputStream bytes) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(bytes, digest).transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The name as a person may see and save it: no folders, no control or direction marks, ending as its content says. */
    static String displayName(String given, FileKind kind) {
        var name = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        var dot = name.lastIndexOf('.');
        var stem = (dot > 0 ? name.substring(0, dot) : name)
                .replaceAll("[^\\p{L}\\p{N} _.()（）-]", "")
                .strip();
        var cut = stem.codePoints()
                .limit(MAX_NAME)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        var base = cut.isEmpty() ? (kind.isPhoto() ? "照片" : "文件") : cut;
        return base + "." + kind.extension;
    }
}
