// SPDX-License-Identifier: Apache-2.0
package noom.sfu.udp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.netty.buffer.ByteBuf;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.Set;

/// Several messages to the kernel in one call, each for one address, and cut up into datagrams
/// there (`sendmmsg(2)`, `UDP_SEGMENT` of udp(7)), by the foreign function interface.
///
/// The layouts are those of Linux with 64 bits, the lowest byte first. What a message says of
/// itself is written through checked segments into memory of this object; its bytes are given to
/// the kernel by their address, and must be left alone until [#send] has returned.
///
/// Owner: the loop of the socket.
final class Sendmmsg implements MessageQueue.Kernel {
    private static final Set<String> KNOWN = Set.of("amd64", "aarch64");

    private static final int SOL_SOCKET = 1;
    private static final int SO_DOMAIN = 39;
    private static final int SOL_UDP = 17;
    private static final int UDP_SEGMENT = 103;
    private static final short AF_INET = 2;
    private static final short AF_INET6 = 10;

    /// `struct mmsghdr`: a `msghdr`, of which these are where its fields are, and a length.
    private static final int HEADER_BYTES = 64;

    private static final int NAME_AT = 0;
    private static final int NAME_LENGTH_AT = 8;
    private static final int VECTOR_AT = 16;
    private static final int VECTOR_COUNT_AT = 24;
    private static final int CONTROL_AT = 32;
    private static final int CONTROL_LENGTH_AT = 40;

    /// `struct iovec`: address and length.
    private static final int VECTOR_BYTES = 16;

    /// `struct cmsghdr` and the size of a segment: with its padding, and without.
    private static final int CONTROL_BYTES = 24;

    private static final int CONTROL_LENGTH = 18;
    private static final int CONTROL_LEVEL_AT = 8;
    private static final int CONTROL_TYPE_AT = 12;
    private static final int SEGMENT_AT = 16;

    /// `struct sockaddr_in` and `sockaddr_in6`.
    private static final int NAME_BYTES = 16;

    static final int NAME6_BYTES = 28;
    private static final int PORT_AT = 2;
    private static final int IPV4_AT = 4;
    private static final int IPV6_AT = 8;
    private static final int SCOPE_AT = 24;

    /// What stands before an IPv4 address that is written as an IPv6 one (RFC 4291 §2.5.5.2).
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private static final ValueLayout.OfShort NETWORK_SHORT =
            JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

    private final int descriptor;
    private final boolean isIpv6;
    private final MemorySegment headers;
    private final MemorySegment vectors;
    private final MemorySegment controls;
    private final MemorySegment names;
    private final MemorySegment state;

    /// The two calls; looked up when the first socket wants them.
    @SuppressWarnings("restricted") // the shapes are those of sendmmsg(2) and getsockopt(2)
    private static final class Calls {
        private static final Linker LINKER = Linker.nativeLinker();
        private static final VarHandle ERRNO =
                Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));
        private static final MethodHandle SEND =
                LINKER.downcallHandle(
                        LINKER.defaultLookup().findOrThrow("sendmmsg"),
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
                        Linker.Option.captureCallState("errno"));
        private static final MethodHandle OPTION =
                LINKER.downcallHandle(
                        LINKER.defaultLookup().findOrThrow("getsockopt"),
                        FunctionDescriptor.of(
                                JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    }

    /// Whether this system has the call and its layouts, and the module may call it
    /// (`--enable-native-access`).
    static boolean isAvailable() {
        return Sendmmsg.class.getModule().isNativeAccessEnabled()
                && System.getProperty("os.name").equals("Linux")
                && KNOWN.contains(System.getProperty("os.arch"))
                && Linker.nativeLinker().defaultLookup().find("sendmmsg").isPresent();
    }

    /// @param descriptor of an open UDP socket, which is nobody else's as long as this is used
    Sendmmsg(int descriptor) {
        this.descriptor = descriptor;
        var arena = Arena.ofAuto();
        headers = arena.allocate(MessageQueue.MAX_MESSAGES * HEADER_BYTES, Long.BYTES);
        vectors = arena.allocate(MessageQueue.MAX_MESSAGES * VECTOR_BYTES, Long.BYTES);
        controls = arena.allocate(MessageQueue.MAX_MESSAGES * CONTROL_BYTES, Long.BYTES);
        names = arena.allocate(MessageQueue.MAX_MESSAGES * NAME6_BYTES, Integer.BYTES);
        state = arena.allocate(Linker.Option.captureStateLayout());
        isIpv6 = isIpv6(descriptor);
        for (int i = 0; i < MessageQueue.MAX_MESSAGES; i++) {
            prepare(i);
        }
    }

    private static boolean isIpv6(int descriptor) {
        try (var arena = Arena.ofConfined()) {
            var domain = arena.allocate(JAVA_INT);
            var lengthBytes = arena.allocateFrom(JAVA_INT, Integer.BYTES);
            int failure =
                    (int)
                            Calls.OPTION.invokeExact(
                                    descriptor, SOL_SOCKET, SO_DOMAIN, domain, lengthBytes);
            if (failure != 0) {
                throw new IllegalArgumentException(descriptor + " is no socket");
            }
            return domain.get(JAVA_INT, 0) == AF_INET6;
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a call of the system threw", e);
        }
    }

    /// What is the same whatever a message says.
    private void prepare(int index) {
        var header = headers.asSlice((long) index * HEADER_BYTES, HEADER_BYTES);
        header.set(ADDRESS, NAME_AT, names.asSlice((long) index * NAME6_BYTES));
        header.set(JAVA_INT, NAME_LENGTH_AT, isIpv6 ? NAME6_BYTES : NAME_BYTES);
        header.set(ADDRESS, VECTOR_AT, vectors.asSlice((long) index * VECTOR_BYTES));
        header.set(JAVA_LONG, VECTOR_COUNT_AT, 1);
        header.set(ADDRESS, CONTROL_AT, controls.asSlice((long) index * CONTROL_BYTES));
        var control = controls.asSlice((long) index * CONTROL_BYTES, CONTROL_BYTES);
        control.set(JAVA_LONG, 0, CONTROL_LENGTH);
        control.set(JAVA_INT, CONTROL_LEVEL_AT, SOL_UDP);
        control.set(JAVA_INT, CONTROL_TYPE_AT, UDP_SEGMENT);
    }

    @Override
    public void put(int index, MessageQueue.Message message) {
        ByteBuf bytes = message.datagrams();
        long vectorAt = (long) index * VECTOR_BYTES;
        vectors.set(JAVA_LONG, vectorAt, bytes.memoryAddress() + bytes.readerIndex());
        vectors.set(JAVA_LONG, vectorAt + Long.BYTES, bytes.readableBytes());
        boolean isCut = message.count() > 1;
        headers.set(
                JAVA_LONG,
                (long) index * HEADER_BYTES + CONTROL_LENGTH_AT,
                isCut ? CONTROL_BYTES : 0);
        controls.set(
                JAVA_SHORT,
                (long) index * CONTROL_BYTES + SEGMENT_AT,
                (short) message.segmentBytes());
        writeName(names, (long) index * NAME6_BYTES, message.to(), isIpv6);
    }

    /// Writes an address as the kernel wants it for a socket of that family.
    static void writeName(MemorySegment into, long at, InetSocketAddress to, boolean isIpv6) {
        byte[] address = to.getAddress().getAddress();
        into.set(JAVA_SHORT, at, isIpv6 ? AF_INET6 : AF_INET);
        into.set(NETWORK_SHORT, at + PORT_AT, (short) to.getPort());
        if (!isIpv6) {
            MemorySegment.copy(address, 0, into, JAVA_BYTE, at + IPV4_AT, address.length);
            return;
        }
        int mappedBytes = address.length == NAME_BYTES ? 0 : MAPPED.length;
        MemorySegment.copy(MAPPED, 0, into, JAVA_BYTE, at + IPV6_AT, mappedBytes);
        MemorySegment.copy(address, 0, into, JAVA_BYTE, at + IPV6_AT + mappedBytes, address.length);
        int scope = to.getAddress() instanceof Inet6Address ipv6 ? ipv6.getScopeId() : 0;
        into.set(JAVA_INT, at + SCOPE_AT, scope);
    }

    @Override
    public int send(int first, int count) {
        try {
            var from = headers.asSlice((long) first * HEADER_BYTES);
            int taken = (int) Calls.SEND.invokeExact(state, descriptor, from, count, 0);
            return taken < 0 ? -(int) Calls.ERRNO.get(state, 0L) : taken;
        } catch (Throwable e) {
            throw new AssertionError("a call of the system threw", e);
        }
    }
}
