// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ModestyTest {
    private static final int USUAL = 0;
    private static final int IDLE = 5;

    /// Which the calling thread has: the 41st field of proc(5)'s `stat`.
    private static int policy() {
        try {
            var stat = Files.readString(Path.of("/proc/thread-self/stat"));
            var fromThird = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Integer.parseInt(fromThird[41 - 3]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void one_thread_gives_way_and_no_other() {
        var policy = new CompletableFuture<Integer>();

        Thread.ofPlatform()
                .start(
                        () -> {
                            assertThat(Modesty.ofThisThread()).isTrue();
                            policy.complete(policy());
                        });

        assertThat(policy.join()).isEqualTo(IDLE);
        assertThat(policy()).isEqualTo(USUAL);
    }
}
