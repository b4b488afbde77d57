package org.hemei.platform.seal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The newest seal, noted in a file beside the keys: whoever cuts the log and its newest seals off in the database cannot
 * reach it there. Each copy of the process notes its own; the highest number counts.
 */
@Component
class SealHead {

    record Head(long number, String mac) {}

    private final Path file;

    SealHead(@Value("${hemei.keys}") Path folder) {
        this.file = folder.resolve("audit-head");
    }

    void keep(Seal seal) {
        try {
            Files.createDirectories(file.getParent());
            var part = Files.createTempFile(file.getParent(), "audit-head", ".part");
            Files.writeString(part, seal.number() + " " + HexFormat.of().formatHex(seal.mac()) + "\n");
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("the newest seal could not be noted in " + file, e);
        }
    }

    Optional<Head> kept() {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            var words = Files.readString(file).strip().split(" ");
            return Optional.of(new Head(Long.parseLong(words[0]), words[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
