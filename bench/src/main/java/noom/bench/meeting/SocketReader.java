// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import java.time.Instant;

/// Reads datagrams with the time at which they came to their sockets, by the kernel's account: that
/// they were read late is the reader's affair and no delay of who sent them (`SO_TIMESTAMPNS`,
/// socket(7)).
///
/// What was sent as one message is read as one (`UDP_GRO`, udp(7)). On the loopback device the
/// sender's call brings each datagram as far as the socket, so cutting messages up, which a network
/// card does for a server, would be counted as work of the server.
///
/// The layouts are those of Linux with 64 bits, the lowest byte first.
///
/// Owner: the loop that reads; what it tells is of the last [#read], and times are of the clock of
/// [System#nanoTime].
final class SocketReader {
    /// The longest message there is.
    private static final int MAX_BYTES = 1 << 16;

    private static final int MSG_DONTWAIT = 0x40;

    /// `struct msghdr`.
    private static final int HEADER_BYTES = 56;

    private static final int VECTOR_AT = 16;
    private static final int VECTOR_COUNT_AT = 24;
    private static final int CONTROL_AT = 32;
    private static final int CONTROL_LENGTH_AT = 40;

    /// `struct iovec`.
    private static final int VECTOR_BYTES = 16;

    /// Room for a time and a size, and `struct cmsghdr` before each.
    private static final int CONTROL_BYTES = 64;

    private static final int CONTROL_LEVEL_AT = 8;
    private static final int CONTROL_TYPE_AT = 12;
    private static final int CONTROL_DATA_AT = 16;

    private static final int TRIES = 100;
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final MemorySegment header = Arena.ofAuto().allocate(HEADER_BYTES, Long.BYTES);
    private final MemorySegment vector = Arena.ofAuto().allocate(VECTOR_BYTES, Long.BYTES);
    private final MemorySegment control = Arena.ofAuto().allocate(CONTROL_BYTES, Long.BYTES);
    private final MemorySegment message = Arena.ofAuto().allocate(MAX_BYTES);
    private final byte[] bytes = new byte[MAX_BYTES];
    private long epochNanos;
    private int segmentBytes;
    private long arrivalNanos;

    /// Looked up when the first socket wants it.
    @SuppressWarnings("restricted") // the shape is that of recvmsg(2)
    private static final class Call {
        private static final MethodHandle RECEIVE =
                Linker.nativeLinker()
                        .downcallHandle(
                                Linker.nativeLinker().defaultLookup().findOrThrow("recvmsg"),
                                FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    }

    SocketReader() {
        vector.set(ADDRESS, 0, message);
        vector.set(JAVA_LONG, Long.BYTES, MAX_BYTES);
        header.set(ADDRESS, VECTOR_AT, vector);
        header.set(JAVA_LONG, VECTOR_COUNT_AT, 1);
        header.set(ADDRESS, CONTROL_AT, control);
        align();
    }

    /// Has the kernel keep times and messages of a socket from now on.
    void watch(int descriptor) {
        UdpOptions.keepTimes(descriptor);
        UdpOptions.keepMessages(descriptor);
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

    /// Reads what came first of what waits: a datagram, or several that were sent as one message.
    ///
    /// @return how long it is in bytes, 0 if there is nothing, or nobody at the other end
    int read(int descriptor) {
        header.set(JAVA_LONG, CONTROL_LENGTH_AT, CONTROL_BYTES);
        int lengthBytes = receive(descriptor);
        if (lengthBytes <= 0) {
            return 0;
        }
        MemorySegment.copy(message, JAVA_BYTE, 0, bytes, 0, lengthBytes);
        segmentBytes = lengthBytes;
        arrivalNanos = System.nanoTime();
        readControl(header.get(JAVA_LONG, CONTROL_LENGTH_AT));
        return lengthBytes;
    }

    private int receive(int descriptor) {
        try {
            return (int) (long) Call.RECEIVE.invokeExact(descriptor, header, MSG_DONTWAIT);
        } catch (Throwable e) {
            throw new AssertionError("a call of the system threw", e);
        }
    }

    private void readControl(long controlBytes) {
        long at = 0;
        while (at + CONTROL_DATA_AT < controlBytes) {
            int level = control.get(JAVA_INT, at + CONTROL_LEVEL_AT);
            int type = control.get(JAVA_INT, at + CONTROL_TYPE_AT);
            if (level == UdpOptions.SOL_UDP && type == UdpOptions.UDP_GRO) {
                segmentBytes = control.get(JAVA_INT, at + CONTROL_DATA_AT);
            } else if (level == UdpOptions.SOL_SOCKET && type == UdpOptions.SO_TIMESTAMPNS) {
                long stampNanos =
                        control.get(JAVA_LONG, at + CONTROL_DATA_AT) * SECOND_NANOS
                                + control.get(JAVA_LONG, at + CONTROL_DATA_AT + Long.BYTES);
                arrivalNanos = possible(stampNanos - epochNanos, arrivalNanos);
            }
            at += (control.get(JAVA_LONG, at) + Long.BYTES - 1) & -Long.BYTES;
        }
    }

    /// The time that the kernel tells, or now if it cannot be: its clock may have been set.
    static long possible(long toldNanos, long nowNanos) {
        boolean isPossible = toldNanos - nowNanos <= 0 && nowNanos - toldNanos < SECOND_NANOS;
        return isPossible ? toldNanos : nowNanos;
    }

    /// What was read, from 0; may be written to until the next is read.
    byte[] bytes() {
        return bytes;
    }

    /// How long each datagram of it is, but the last, which may be shorter.
    int segmentBytes() {
        return segmentBytes;
    }

    /// When it came.
    long arrivalNanos() {
        return arrivalNanos;
    }
}
