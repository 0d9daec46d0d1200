// SPDX-License-Identifier: Apache-2.0
package noom.rtc.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Writes one STUN message, attribute by attribute (RFC 8489 §5, §14).
///
/// Owner: whoever created it. Call [#begin] again for the next message. Padding is zero. The order
/// of calls is the order on the wire, so [#messageIntegrity] comes last but for [#fingerprint].
public final class StunWriter {
    private static final int LENGTH_AT = 2;

    private final ByteBuffer out = ByteBuffer.allocate(StunMessage.MAX_MESSAGE_BYTES);

    /// Begins a message.
    ///
    /// @param type method and class, for example [StunMessage#BINDING_REQUEST]
    /// @param transactionId 12 bytes
    /// @throws IllegalArgumentException if the id has another size
    public StunWriter begin(int type, byte[] transactionId) {
        if (transactionId.length != StunMessage.TRANSACTION_ID_BYTES) {
            throw new IllegalArgumentException("transaction id of " + transactionId.length);
        }
        out.clear();
        out.putShort((short) type).putShort((short) 0).putInt(StunMessage.MAGIC_COOKIE);
        out.put(transactionId);
        return this;
    }

    /// Adds an attribute with any value.
    ///
    /// @throws java.nio.BufferOverflowException past [StunMessage#MAX_MESSAGE_BYTES]
    public StunWriter attribute(int type, byte... value) {
        return attribute(type, value, 0, value.length);
    }

    /// Adds an attribute whose value is `valueBytes` bytes from `offset`.
    ///
    /// @throws java.nio.BufferOverflowException past [StunMessage#MAX_MESSAGE_BYTES]
    public StunWriter attribute(int type, byte[] bytes, int offset, int valueBytes) {
        out.putShort((short) type).putShort((short) valueBytes);
        out.put(bytes, offset, valueBytes);
        out.put(new byte[-valueBytes & 3]);
        out.putShort(LENGTH_AT, (short) (out.position() - StunMessage.HEADER_BYTES));
        return this;
    }

    /// Adds XOR-MAPPED-ADDRESS (§14.2). An IPv4 address mapped into IPv6 is written as IPv4.
    ///
    /// @param address resolved
    public StunWriter xorMappedAddress(InetSocketAddress address) {
        byte[] ip = address.getAddress().getAddress();
        boolean isIpv4 = ip.length == 4;
        var value = ByteBuffer.allocate(4 + ip.length);
        value.putShort((short) (isIpv4 ? StunMessage.FAMILY_IPV4 : StunMessage.FAMILY_IPV6));
        value.putShort((short) (address.getPort() ^ (StunMessage.MAGIC_COOKIE >>> 16)));
        for (int i = 0; i < ip.length; i++) {
            // The cookie and the transaction id stand side by side in the header: one mask.
            value.put((byte) (ip[i] ^ out.get(StunMessage.TRANSACTION_ID_AT - 4 + i)));
        }
        return attribute(StunAttribute.XOR_MAPPED_ADDRESS, value.array());
    }

    /// Adds ERROR-CODE without a sentence (§14.8).
    ///
    /// @param code 300 to 699
    public StunWriter errorCode(int code) {
        if (code < 300 || code > 699) {
            throw new IllegalArgumentException("error code " + code);
        }
        return attribute(
                StunAttribute.ERROR_CODE,
                (byte) 0,
                (byte) 0,
                (byte) (code / 100),
                (byte) (code % 100));
    }

    /// Adds UNKNOWN-ATTRIBUTES (§14.9).
    public StunWriter unknownAttributes(int... types) {
        var value = ByteBuffer.allocate(2 * types.length);
        for (int type : types) {
            value.putShort((short) type);
        }
        return attribute(StunAttribute.UNKNOWN_ATTRIBUTES, value.array());
    }

    /// Signs all that was written so far.
    public StunWriter messageIntegrity(MessageIntegrity integrity) {
        return attribute(
                StunAttribute.MESSAGE_INTEGRITY, integrity.of(out.array(), 0, out.position()));
    }

    /// Adds FINGERPRINT; nothing may follow.
    public StunWriter fingerprint() {
        int before = out.position();
        attribute(StunAttribute.FINGERPRINT, new byte[Fingerprint.VALUE_BYTES]);
        out.putInt(
                before + StunMessage.ATTRIBUTE_HEADER_BYTES,
                Fingerprint.of(out.array(), 0, before));
        return this;
    }

    /// The message, in an array of its own.
    public byte[] toBytes() {
        return Arrays.copyOf(out.array(), out.position());
    }
}
