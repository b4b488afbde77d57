package org.hemei.platform.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The secret keys of this installation: files in a folder outside the database, readable by their owner only. Made on
 * first use; losing them loses the encrypted columns, so operations.md says to back them up apart from the database.
 */
@Component
public class Keys {

    private final Path folder;

    Keys(@Value("${hemei.keys}") Path folder) {
        this.folder = folder;
    }

    /** Whether the key was made, by this copy of the process or by another. */
    public boolean exists(String name) {
        return Files.exists(folder.resolve(name + ".key"));
    }

    /** @param name of the key file; @param bytes length of the key, made at random when the file is not there yet */
    public byte[] key(String name, int bytes) {
        try {
            var file = folder.resolve(name + ".key");
            if (!Files.exists(file)) {
                Files.createDirectories(folder);
                var fresh = new byte[bytes];
                new SecureRandom().nextBytes(fresh);
                var part = Files.createTempFile(
                        folder,
                        name,
                        ".part",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(part, Base64.getEncoder().encodeToString(fresh));
                Files.move(part, file);
            }
            var key = Base64.getDecoder().decode(Files.readString(file).strip());
            if (key.length != bytes) {
                throw new IllegalStateException("key " + file + " has " + key.length + " bytes, wanted " + bytes);
            }
            return key;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot read or make the key " + name + " in " + folder, e);
        }
    }

    /** A key that must be there already; none is made in its place. */
    public byte[] made(String name, int bytes) {
        if (!exists(name)) {
            throw new IllegalStateException("key " + name + " is not in " + folder);
        }
        return key(name, bytes);
    }

    /** Destroys a key that was made for one thing only, when that thing is over. What it had encrypted cannot be read again. */
    public void forget(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name + ".key"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot delete the key " + name + " in " + folder, e);
        }
    }
}
