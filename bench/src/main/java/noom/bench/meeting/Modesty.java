// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;

/// Has a thread take only the time that nobody else wants (`SCHED_IDLE`, sched(7)): clients stand
/// for machines elsewhere, and those do not keep a server from working.
final class Modesty {
    private static final int SCHED_IDLE = 5;
    private static final int THIS_THREAD = 0;

    private Modesty() {}

    /// From now on, for the calling thread. It needs no privilege, but one would be needed to
    /// undo it.
    ///
    /// @return false if the kernel did not agree
    @SuppressWarnings("restricted") // the shape is that of sched_setscheduler(2)
    static boolean ofThisThread() {
        var linker = Linker.nativeLinker();
        var call =
                linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("sched_setscheduler"),
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
        try (var arena = Arena.ofConfined()) {
            var priority = arena.allocate(JAVA_INT); // 0, the only one that there is
            return (int) call.invokeExact(THIS_THREAD, SCHED_IDLE, priority) == 0;
        } catch (Throwable e) {
            throw new AssertionError("a call of the system threw", e);
        }
    }
}
