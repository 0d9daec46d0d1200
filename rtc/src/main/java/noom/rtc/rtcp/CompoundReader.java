// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtcp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import noom.rtc.wire.BigEndian;
import org.jspecify.annotations.Nullable;

/// Reads the control packets of one decrypted datagram (RFC 3550 §6.1, RFC 5506).
///
/// Owner: whoever created it; one reader serves any number of datagrams, one after the
/// other. The bytes are borrowed during [#read] and never written. A datagram whose packets
/// do not fit together is refused as a whole. Within a well-framed one a packet of an
/// unknown kind is skipped, and one with a broken body spoils only itself. What is read is
/// bounded by the size of the datagram.
public final class CompoundReader {
    /// Longest datagram taken.
    public static final int MAX_COMPOUND_BYTES = 1_500;

    private static final int VERSION_BITS = 0xC0;
    private static final int VERSION_2 = 0x80;
    private static final int HAS_PADDING = 0x20;
    private static final int COUNT = 0x1F;

    private final List<Rtcp> packets = new ArrayList<>();
    private @Nullable RtcpDrop refusal;
    private int skippedCount;
    private int brokenCount;

    /// Reads a whole array.
    ///
    /// @return false if the datagram is refused; see [#refusal()]
    public boolean read(byte[] compound) {
        return read(compound, 0, compound.length);
    }

    /// Reads `lengthBytes` bytes from `offset`, which lie within the array.
    ///
    /// @return false if the datagram is refused; see [#refusal()]
    public boolean read(byte[] compound, int offset, int lengthBytes) {
        packets.clear();
        skippedCount = 0;
        brokenCount = 0;
        refusal = findFault(compound, offset, lengthBytes);
        if (refusal != null) {
            return false;
        }
        int end = offset + lengthBytes;
        for (int at = offset; at < end; at = next(compound, at)) {
            readPacket(compound, at, next(compound, at));
        }
        return true;
    }

    /// What was read, in order; valid until the next [#read].
    public List<Rtcp> packets() {
        return Collections.unmodifiableList(packets);
    }

    /// Why the last [#read] returned false; null if it returned true.
    public @Nullable RtcpDrop refusal() {
        return refusal;
    }

    /// Packets of the last datagram of a kind that nobody here needs, APP among them.
    public int skippedCount() {
        return skippedCount;
    }

    /// Packets of the last datagram whose body did not hold what its header said.
    public int brokenCount() {
        return brokenCount;
    }

    private static @Nullable RtcpDrop findFault(byte[] bytes, int offset, int lengthBytes) {
        if (lengthBytes < RtcpType.HEADER_BYTES) {
            return RtcpDrop.TOO_SHORT;
        }
        if (lengthBytes > MAX_COMPOUND_BYTES) {
            return RtcpDrop.TOO_LONG;
        }
        int end = offset + lengthBytes;
        int at = offset;
        while (at < end) {
            if ((bytes[at] & VERSION_BITS) != VERSION_2) {
                return RtcpDrop.BAD_VERSION;
            }
            if (at + RtcpType.HEADER_BYTES > end || next(bytes, at) > end) {
                return RtcpDrop.BAD_LENGTH;
            }
            at = next(bytes, at);
        }
        return null;
    }

    /// The length counts words without the first (§6.4.1).
    private static int next(byte[] bytes, int at) {
        return at + 4 * (BigEndian.u16(bytes, at + 2) + 1);
    }

    private void readPacket(byte[] bytes, int at, int packetEnd) {
        int body = at + RtcpType.HEADER_BYTES;
        int end = packetEnd;
        if ((bytes[at] & HAS_PADDING) != 0) {
            int padding = body < packetEnd ? BigEndian.u8(bytes, packetEnd - 1) : 0;
            end -= padding;
            if (padding == 0 || padding % 4 != 0 || end < body) {
                brokenCount++;
                return;
            }
        }
        int count = bytes[at] & COUNT;
        int type = BigEndian.u8(bytes, at + 1);
        if (!isKnown(type, count, bytes, body, end)) {
            skippedCount++;
            return;
        }
        var packet = readBody(type, count, bytes, body, end);
        if (packet == null) {
            brokenCount++;
        } else {
            packets.add(packet);
        }
    }

    private static boolean isKnown(int type, int format, byte[] bytes, int body, int end) {
        return switch (type) {
            case RtcpType.SENDER_REPORT,
                    RtcpType.RECEIVER_REPORT,
                    RtcpType.SOURCE_DESCRIPTION,
                    RtcpType.BYE,
                    RtcpType.EXTENDED_REPORT ->
                    true;
            case RtcpType.TRANSPORT_FEEDBACK ->
                    format == RtcpType.FORMAT_NACK || format == RtcpType.FORMAT_ARRIVALS;
            case RtcpType.PAYLOAD_FEEDBACK ->
                    switch (format) {
                        case RtcpType.FORMAT_PLI, RtcpType.FORMAT_FIR -> true;
                        case RtcpType.FORMAT_APPLICATION -> FeedbackBody.isRemb(bytes, body, end);
                        default -> false;
                    };
            default -> false;
        };
    }

    private static @Nullable Rtcp readBody(int type, int count, byte[] bytes, int body, int end) {
        return switch (type) {
            case RtcpType.SENDER_REPORT -> ReportBody.senderReport(count, bytes, body, end);
            case RtcpType.RECEIVER_REPORT -> ReportBody.receiverReport(count, bytes, body, end);
            case RtcpType.SOURCE_DESCRIPTION ->
                    ReportBody.sourceDescription(count, bytes, body, end);
            case RtcpType.BYE -> ReportBody.bye(count, bytes, body, end);
            case RtcpType.EXTENDED_REPORT -> ReportBody.extendedReport(bytes, body, end);
            case RtcpType.TRANSPORT_FEEDBACK -> FeedbackBody.transport(count, bytes, body, end);
            default -> FeedbackBody.payload(count, bytes, body, end);
        };
    }
}
