// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.time.Instant;
import noom.bench.run.BenchException;

/// When datagrams came to their sockets, by the kernel's account: that they were read late is the
/// reader's affair and no delay of who sent them (`SIOCGSTAMPNS`, socket(7)).
///
/// Owner: the loop that reads; what it tells is of the clock of [System#nanoTime].
final class ArrivalClock {
    private static final long LAST_STAMP = 0x8907; // SIOCGSTAMPNS
    private static final int TIMESPEC_BYTES = 16;
    private static final int NANOS_AT = 8;
    private static final int TRIES = 100;
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final MethodHandle ioctl = find();
    private final MemorySegment stamp = Arena.ofAuto().allocate(TIMESPEC_BYTES);
    private long epochNanos;

    ArrivalClock() {
        align();
    }

    @SuppressWarnings("restricted") // the shape is that of ioctl(2)
    private static MethodHandle find() {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("ioctl"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
                Linker.Option.firstVariadicArg(2));
    }

    /// A socket as the kernel knows it. Java has no public word for that.
    static int descriptor(DatagramChannel channel) {
        try {
            var inside = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal");
            return (int) inside.invoke(channel);
        } catch (ReflectiveOperationException e) {
            throw new BenchException(
                    "needs --add-exports=java.base/sun.nio.ch=ALL-UNNAMED: " + e.getMessage());
        }
    }

    /// Has the kernel keep the times of a socket from now on.
    void watch(int descriptor) {
        read(descriptor);
    }

    /// Looks what the kernel's clock says now: it may drift from ours while hours go by.
    void align() {
        long quickest = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long before = System.nanoTime();
            var now = Instant.now();
            long took = System.nanoTime() - before;
            if (took < quickest) {
                quickest = took;
                epochNanos =
                        now.getEpochSecond() * SECOND_NANOS + now.getNano() - before - took / 2;
            }
        }
    }

    /// When the datagram came that was read last.
    ///
    /// @param nowNanos the time that is told if the kernel does not know
    long arrivalNanos(int descriptor, long nowNanos) {
        if (!read(descriptor)) {
            return nowNanos;
        }
        long seconds = stamp.get(JAVA_LONG, 0);
        long nanos = seconds * SECOND_NANOS + stamp.get(JAVA_LONG, NANOS_AT) - epochNanos;
        boolean isPossible = nanos - nowNanos <= 0 && nowNanos - nanos < SECOND_NANOS;
        return isPossible ? nanos : nowNanos;
    }

    private boolean read(int descriptor) {
        try {
            return (int) ioctl.invokeExact(descriptor, LAST_STAMP, stamp) == 0;
        } catch (Throwable e) {
            throw new AssertionError("a call of the system threw", e);
        }
    }
}
