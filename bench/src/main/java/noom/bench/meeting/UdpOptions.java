// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.channels.DatagramChannel;
import noom.bench.run.BenchException;

/// What the kernel can do for a UDP socket and Java has no word for (socket(7), udp(7)).
final class UdpOptions {
    static final int SOL_SOCKET = 1;
    static final int SO_TIMESTAMPNS = 35;
    static final int SOL_UDP = 17;
    static final int UDP_GRO = 104;

    /// What is written leaves as one datagram.
    static final int WHOLE = 0;

    private static final int UDP_SEGMENT = 103;
    private static final int ON = 1;

    private UdpOptions() {}

    /// Looked up when the first socket wants it.
    @SuppressWarnings("restricted") // the shape is that of setsockopt(2)
    private static final class Call {
        private static final MethodHandle SET =
                Linker.nativeLinker()
                        .downcallHandle(
                                Linker.nativeLinker().defaultLookup().findOrThrow("setsockopt"),
                                FunctionDescriptor.of(
                                        JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    }

    /// A socket as the kernel knows it.
    static int descriptor(DatagramChannel channel) {
        try {
            var inside = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal");
            return (int) inside.invoke(channel);
        } catch (ReflectiveOperationException e) {
            throw new BenchException(
                    "needs --add-exports=java.base/sun.nio.ch=ALL-UNNAMED: " + e.getMessage());
        }
    }

    /// Keeps when each message came.
    static void keepTimes(int descriptor) {
        set(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, ON);
    }

    /// What came as one message may be read as one.
    static void keepMessages(int descriptor) {
        set(descriptor, SOL_UDP, UDP_GRO, ON);
    }

    /// Cuts what is written from now on into datagrams of this length; the last may be shorter.
    ///
    /// @param segmentBytes or [#WHOLE]
    static void cut(int descriptor, int segmentBytes) {
        set(descriptor, SOL_UDP, UDP_SEGMENT, segmentBytes);
    }

    private static void set(int descriptor, int level, int option, int value) {
        try (var arena = Arena.ofConfined()) {
            var given = arena.allocateFrom(JAVA_INT, value);
            int failure =
                    (int) Call.SET.invokeExact(descriptor, level, option, given, Integer.BYTES);
            if (failure != 0) {
                throw new BenchException("the kernel has no option " + option + " of UDP sockets");
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a call of the system threw", e);
        }
    }
}
