// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import noom.rtc.wire.BigEndian;

/// What a datagram must look like before anyone works on it: whole records (RFC 6347 section 4.1),
/// with messages that say they are short.
///
/// A fragment of a handshake message names the whole message's length in 24 bits, and Bouncy
/// Castle makes room for that much at once, for up to 16 messages. So a peer could ask for 256 MB
/// with one datagram.
final class RecordBounds {
    /// Longest handshake message that anyone has a use for: a certificate is a tenth of it.
    static final int MAX_MESSAGE_BYTES = 4_096;

    static final int RECORD_HEADER_BYTES = 13;
    static final int MESSAGE_HEADER_BYTES = 12;
    static final int HANDSHAKE = 22;

    private static final int EPOCH_AT = 3;
    private static final int RECORD_LENGTH_AT = 11;
    private static final int FRAGMENT_LENGTH_AT = 9;
    private static final int CLIENT_HELLO = 1;

    private RecordBounds() {}

    /// Whether records fill the datagram, and their messages are short as far as they are readable.
    static boolean holdIn(byte[] datagram) {
        int at = 0;
        while (at < datagram.length) {
            int body = at + RECORD_HEADER_BYTES;
            if (body > datagram.length) {
                return false;
            }
            int end = body + BigEndian.u16(datagram, at + RECORD_LENGTH_AT);
            boolean isReadable = BigEndian.u16(datagram, at + EPOCH_AT) == 0;
            if (end > datagram.length
                    || (isReadable
                            && datagram[at] == HANDSHAKE
                            && !areShort(datagram, body, end))) {
                return false;
            }
            at = end;
        }
        return true;
    }

    /// Whether the handshake messages in a record, as far as they are whole, are short ones.
    static boolean areShort(byte[] bytes, int from, int to) {
        int at = from;
        while (at + MESSAGE_HEADER_BYTES <= to) {
            if (BigEndian.u24(bytes, at + 1) > MAX_MESSAGE_BYTES) {
                return false;
            }
            at += MESSAGE_HEADER_BYTES + BigEndian.u24(bytes, at + FRAGMENT_LENGTH_AT);
        }
        return true;
    }

    /// Whether a datagram in which the bounds hold begins with a piece of a ClientHello.
    static boolean beginsWithClientHello(byte[] datagram) {
        return datagram.length > RECORD_HEADER_BYTES
                && datagram[0] == HANDSHAKE
                && BigEndian.u16(datagram, EPOCH_AT) == 0
                && datagram[RECORD_HEADER_BYTES] == CLIENT_HELLO;
    }
}
