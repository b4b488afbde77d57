package org.hemei.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
    void thePartsOfAKilledServerAreWaitedFor() throws Exception {
        var part = new ProcessBuilder("bash", "-c", "exec -a postgres:writer sleep 3")
                .directory(data.toFile())
                .start();
        var name = Path.of("/proc", String.valueOf(part.pid()), "cmdline");
        while (!Files.readString(name).startsWith("postgres:")) {
            assertThat(part.isAlive()).isTrue();
            Thread.sleep(5);
        }
        Files.writeString(Leftover.note(data), "999999999\n" + data + "\n");
        Leftover.clear(data);
        // over by now; only this process may not have heard of it yet
        assertThat(part.waitFor(1, TimeUnit.SECONDS)).isTrue();
        assertThat(Leftover.note(data)).doesNotExist();
    }
}
