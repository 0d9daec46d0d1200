// SPDX-License-Identifier: Apache-2.0
package noom.sfu.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ShortSliceTest {
    private record Slices(long before, boolean isGranted, long after) {}

    /// In a thread of its own, which takes the short slice with it when it ends.
    private static Slices ofOneThread() {
        var slices = new CompletableFuture<Slices>();
        Thread.ofPlatform()
                .start(
                        () -> {
                            long before = ShortSlice.ofThisThread();
                            boolean isGranted = ShortSlice.request();
                            var told = new Slices(before, isGranted, ShortSlice.ofThisThread());
                            slices.complete(told);
                        });
        return slices.join();
    }

    /// Linux from 6.12 on.
    static boolean hasSlices() {
        var version = System.getProperty("os.version").split("[^0-9]", -1);
        int major = Integer.parseInt(version[0]);
        return System.getProperty("os.name").equals("Linux")
                && Set.of("amd64", "aarch64").contains(System.getProperty("os.arch"))
                && (major > 6 || (major == 6 && Integer.parseInt(version[1]) >= 12));
    }

    @Test
    void a_thread_gets_the_short_slice_where_the_kernel_knows_of_slices() {
        var slices = ofOneThread();

        if (hasSlices()) {
            assertThat(slices.before).isGreaterThan(ShortSlice.NANOS);
            assertThat(slices.isGranted).isTrue();
            assertThat(slices.after).isEqualTo(ShortSlice.NANOS);
        } else {
            assertThat(slices.after).isEqualTo(slices.before);
        }
    }

    @Test
    void other_threads_keep_theirs() {
        long before = ShortSlice.ofThisThread();

        ofOneThread();

        assertThat(ShortSlice.ofThisThread()).isEqualTo(before);
    }
}
