// SPDX-License-Identifier: Apache-2.0
package noom.rtc.stun;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A reusable view over the bytes of one STUN message (RFC 8489 §5, §14).
///
/// Owner: whoever created it; one view serves any number of datagrams, one after the other. The
/// bytes are borrowed: they are never written, and the view is meaningful until they change or the
/// next [#wrap].
///
/// Of several attributes of one type the first counts, and what follows MESSAGE-INTEGRITY is
/// invisible but for MESSAGE-INTEGRITY-SHA256 and FINGERPRINT (§14, §14.5). A FINGERPRINT that is
/// present must be right, so that a stray packet of another protocol is not taken for STUN.
public final class StunMessage {
    /// Message types: method and class in one number (§5).
    public static final int BINDING_REQUEST = 0x0001;

    /// A request that wants no answer.
    public static final int BINDING_INDICATION = 0x0011;

    /// The answer that carries the address.
    public static final int BINDING_SUCCESS = 0x0101;

    /// The answer that carries an error code.
    public static final int BINDING_ERROR = 0x0111;

    /// The fixed value that tells STUN from its ancestors.
    public static final int MAGIC_COOKIE = 0x2112A442;

    /// Type, length, cookie and transaction id.
    public static final int HEADER_BYTES = 20;

    /// Bytes of a transaction id.
    public static final int TRANSACTION_ID_BYTES = 12;

    /// Longest message taken, in bytes: no datagram of ours leaves an Ethernet frame.
    public static final int MAX_MESSAGE_BYTES = 1_500;

    static final int ATTRIBUTE_HEADER_BYTES = 4;
    static final int TRANSACTION_ID_AT = 8;
    static final int FAMILY_IPV4 = 0x01;
    static final int FAMILY_IPV6 = 0x02;

    private static final int LENGTH_AT = 2;
    private static final int COOKIE_AT = 4;
    private static final int NOT_STUN_BITS = 0xC0;
    private static final int ABSENT = -1;

    private static final VarHandle U16 =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle U32 =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes = {};
    private int start;
    private int end;
    private @Nullable StunDrop refusal = StunDrop.TOO_SHORT;

    /// Takes one attribute; the value is borrowed.
    interface AttributeSink {
        void onAttribute(int type, byte[] bytes, int valueOffset, int valueBytes);
    }

    /// Looks at a whole datagram.
    ///
    /// @return false if this is no well-formed STUN message; [#refusal()] then says why, and no
    ///     other method may be called
    public boolean wrap(byte[] datagram) {
        return wrap(datagram, 0, datagram.length);
    }

    /// Looks at `lengthBytes` bytes from `offset`.
    ///
    /// @return false if this is no well-formed STUN message; [#refusal()] then says why, and no
    ///     other method may be called
    public boolean wrap(byte[] datagram, int offset, int lengthBytes) {
        bytes = datagram;
        start = offset;
        end = offset + lengthBytes;
        refusal = findFault(lengthBytes);
        return refusal == null;
    }

    /// Why the last [#wrap] returned false; null if it returned true.
    public @Nullable StunDrop refusal() {
        return refusal;
    }

    /// Method and class, for example [#BINDING_REQUEST].
    public int type() {
        assert refusal == null : "not wrapped";
        return u16(start);
    }

    /// Whole message, header included.
    public int lengthBytes() {
        assert refusal == null : "not wrapped";
        return end - start;
    }

    /// A copy of the 12 bytes that tie an answer to its request.
    public byte[] transactionId() {
        assert refusal == null : "not wrapped";
        int from = start + TRANSACTION_ID_AT;
        return Arrays.copyOfRange(bytes, from, from + TRANSACTION_ID_BYTES);
    }

    /// Whether an attribute of this type is visible.
    public boolean has(int attributeType) {
        return find(attributeType) != ABSENT;
    }

    /// A copy of the value of the first attribute of this type, without padding; null if absent.
    public byte @Nullable [] value(int attributeType) {
        int at = find(attributeType);
        if (at == ABSENT) {
            return null;
        }
        int from = at + ATTRIBUTE_HEADER_BYTES;
        return Arrays.copyOfRange(bytes, from, from + u16(at + 2));
    }

    /// XOR-MAPPED-ADDRESS (§14.2), or null if it is absent, of an unknown family or a wrong size.
    public @Nullable InetSocketAddress xorMappedAddress() {
        byte[] value = value(StunAttribute.XOR_MAPPED_ADDRESS);
        if (value == null || value.length < 4) {
            return null;
        }
        int addressBytes =
                switch (value[1]) {
                    case FAMILY_IPV4 -> 4;
                    case FAMILY_IPV6 -> 16;
                    default -> ABSENT;
                };
        if (value.length != 4 + addressBytes) {
            return null;
        }
        int port = ((short) U16.get(value, 2) & 0xFFFF) ^ (MAGIC_COOKIE >>> 16);
        var address = new byte[addressBytes];
        for (int i = 0; i < addressBytes; i++) {
            // The cookie and the transaction id stand side by side in the header: one mask.
            address[i] = (byte) (value[4 + i] ^ bytes[start + COOKIE_AT + i]);
        }
        return new InetSocketAddress(inetAddress(address), port);
    }

    /// The visible comprehension-required types that nobody here knows, in order.
    public int[] unknownRequired() {
        var unknown = new int[(end - start) / ATTRIBUTE_HEADER_BYTES];
        int[] count = {0};
        forEachAttribute(
                (type, _, _, _) -> {
                    if (StunAttribute.isComprehensionRequired(type)
                            && !StunAttribute.isKnownRequired(type)) {
                        unknown[count[0]++] = type;
                    }
                });
        return Arrays.copyOf(unknown, count[0]);
    }

    /// Shows every visible attribute, in order.
    void forEachAttribute(AttributeSink sink) {
        assert refusal == null : "not wrapped";
        int seal = 0;
        for (int at = start + HEADER_BYTES; at < end; at = next(at)) {
            int type = u16(at);
            if (isVisible(type, seal)) {
                sink.onAttribute(type, bytes, at + ATTRIBUTE_HEADER_BYTES, u16(at + 2));
                seal = isSeal(type) ? type : seal;
            }
        }
    }

    /// Offset of the first visible attribute of this type within [#array()], or -1.
    int find(int attributeType) {
        assert refusal == null : "not wrapped";
        int seal = 0;
        for (int at = start + HEADER_BYTES; at < end; at = next(at)) {
            int type = u16(at);
            if (isVisible(type, seal)) {
                if (type == attributeType) {
                    return at;
                }
                seal = isSeal(type) ? type : seal;
            }
        }
        return ABSENT;
    }

    /// The borrowed bytes; the message begins at [#offset()].
    byte[] array() {
        return bytes;
    }

    /// Where the message begins within [#array()].
    int offset() {
        return start;
    }

    private @Nullable StunDrop findFault(int lengthBytes) {
        if (lengthBytes < HEADER_BYTES) {
            return StunDrop.TOO_SHORT;
        }
        if ((bytes[start] & NOT_STUN_BITS) != 0) {
            return StunDrop.NOT_STUN;
        }
        if (lengthBytes > MAX_MESSAGE_BYTES) {
            return StunDrop.TOO_LONG;
        }
        if ((int) U32.get(bytes, start + COOKIE_AT) != MAGIC_COOKIE) {
            return StunDrop.BAD_COOKIE;
        }
        if (lengthBytes % 4 != 0 || u16(start + LENGTH_AT) != lengthBytes - HEADER_BYTES) {
            return StunDrop.BAD_LENGTH;
        }
        return findFaultInAttributes();
    }

    private @Nullable StunDrop findFaultInAttributes() {
        int at = start + HEADER_BYTES;
        while (at < end) {
            // The length is a multiple of four, so an attribute header always fits.
            int next = next(at);
            if (next > end) {
                return StunDrop.BAD_ATTRIBUTE;
            }
            if (u16(at) == StunAttribute.FINGERPRINT && !isFingerprintRight(at)) {
                return StunDrop.BAD_FINGERPRINT;
            }
            at = next;
        }
        return null;
    }

    private boolean isFingerprintRight(int at) {
        return u16(at + 2) == Fingerprint.VALUE_BYTES
                && next(at) == end
                && (int) U32.get(bytes, at + ATTRIBUTE_HEADER_BYTES)
                        == Fingerprint.of(bytes, start, at - start);
    }

    /// Values are padded to a multiple of four bytes, which their length leaves out (§14).
    private int next(int at) {
        return at + ATTRIBUTE_HEADER_BYTES + ((u16(at + 2) + 3) & ~3);
    }

    private int u16(int at) {
        return (short) U16.get(bytes, at) & 0xFFFF;
    }

    private static boolean isSeal(int type) {
        return type == StunAttribute.MESSAGE_INTEGRITY
                || type == StunAttribute.MESSAGE_INTEGRITY_SHA256;
    }

    private static boolean isVisible(int type, int seal) {
        return switch (seal) {
            case 0 -> true;
            case StunAttribute.MESSAGE_INTEGRITY ->
                    type == StunAttribute.MESSAGE_INTEGRITY_SHA256
                            || type == StunAttribute.FINGERPRINT;
            default -> type == StunAttribute.FINGERPRINT;
        };
    }

    private static InetAddress inetAddress(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + address.length + " bytes", e);
        }
    }
}
