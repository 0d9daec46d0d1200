// SPDX-License-Identifier: Apache-2.0
package noom.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// Counts what code allocates, on the thread that runs it.
public final class Allocation {
    private Allocation() {}

    /// Bytes allocated on the heap while `code` ran. Run it often enough before, so that what is
    /// measured is compiled.
    public static long bytesDuring(Runnable code) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        code.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
