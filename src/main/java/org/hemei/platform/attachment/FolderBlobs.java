package org.hemei.platform.attachment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** A local folder: {@code ab/abcdef…}, written beside first, forced to disk, then renamed, so nothing half-written is seen. */
@Component
class FolderBlobs implements BlobStore {

    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}(-thumb)?");

    private final Path folder;
    private final InstantSource clock;

    FolderBlobs(@Value("${hemei.data}") Path data, InstantSource clock) {
        this.folder = data.toAbsolutePath().normalize().resolve("attachments");
        this.clock = clock;
    }

    @Override
    public void put(String key, Path source) throws IOException {
        var target = path(key);
        if (Files.exists(target)) {
            Files.setLastModifiedTime(target, FileTime.from(clock.instant()));
            return;
        }
        var shelf = folder.resolve(key.substring(0, 2));
        Files.createDirectories(shelf);
        var part = Files.createTempFile(shelf, "part", ".tmp");
        try {
            Files.copy(source, part, StandardCopyOption.REPLACE_EXISTING);
            force(part, StandardOpenOption.WRITE);
            Files.setLastModifiedTime(part, FileTime.from(clock.instant()));
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            force(shelf, StandardOpenOption.READ);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** The name of a file is only as safe as its folder's entry: both are forced. */
    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (var channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    @Override
    public InputStream open(String key) throws IOException {
        return Files.newInputStream(path(key));
    }

    @Override
    public long size(String key) throws IOException {
        return Files.size(path(key));
    }

    @Override
    public boolean has(String key) {
        return Files.isRegularFile(path(key));
    }

    @Override
    public Instant keptAt(String key) throws IOException {
        return Files.getLastModifiedTime(path(key)).toInstant();
    }

    @Override
    public void delete(String key) throws IOException {
        Files.deleteIfExists(path(key));
    }

    @Override
    public Stream<String> keys() throws IOException {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        return Files.walk(folder, 2)
                .map(path -> path.getFileName().toString())
                .filter(name -> KEY.matcher(name).matches());
    }

    private Path path(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("not a key of a blob: " + key);
        }
        return folder.resolve(key.substring(0, 2)).resolve(key);
    }
}
