package org.hemei.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed server leaves behind does not keep the next one from starting. */
class LeftoverTest {

    @TempDir
    private Path data;

    /** As after {@code kill -9} where nobody asks about the dead process, or its number was given away again. */
    @Test
    void aNoteThatNamesALivingProcessWhichIsNoServerIsTakenAway() throws IOException {
        Files.writeString(Leftover.note(data), ProcessHandle.current().pid() + "\n" + data + "\n");
        Leftover.end(data);
        Leftover.clear(data);
        assertThat(Leftover.note(data)).doesNotExist();
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @Test
    void thePartsOfAKilledServerAreWaitedFor() throws IOException {
        var part = new ProcessBuilder("bash", "-c", "exec -a postgres:writer sleep 0.5")
                .directory(data.toFile())
                .start();
        Files.writeString(Leftover.note(data), "999999999\n" + data + "\n");
        Leftover.clear(data);
        assertThat(part.isAlive()).isFalse();
        assertThat(Leftover.note(data)).doesNotExist();
    }
}
