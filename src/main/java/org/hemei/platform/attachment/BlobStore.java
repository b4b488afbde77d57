package org.hemei.platform.attachment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * Where the bytes lie, under names that follow from their content. A port with one class behind it today, a local
 * folder: an object store (S3 and its like) will fill it for installations whose copies share no disk.
 */
interface BlobStore {

    /** Keeps the bytes of a file; after this returns they survive a power cut. Bytes already there are kept as they are. */
    void put(String key, Path source) throws IOException;

    InputStream open(String key) throws IOException;

    long size(String key) throws IOException;

    boolean has(String key);

    /** When the bytes were last put there; a second {@link #put} counts. */
    Instant keptAt(String key) throws IOException;

    void delete(String key) throws IOException;

    /** All keys; the caller closes the stream. */
    Stream<String> keys() throws IOException;
}
