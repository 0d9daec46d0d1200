// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtcp;

import java.util.ArrayList;
import noom.rtc.wire.BigEndian;
import org.jspecify.annotations.Nullable;

/// Bodies of feedback (RFC 4585 §6.1): from `at` to `end`, null if they hold less than they
/// say.
///
/// All begin with the SSRC of who says it and the SSRC of the stream it is about.
final class FeedbackBody {
    static final int SSRCS_BYTES = 8;
    static final int NACK_ITEM_BYTES = 4;
    static final int FIR_ENTRY_BYTES = 8;
    static final int REMB_FIXED_BYTES = 8;
    static final int REMB_MANTISSA_BITS = 18;

    private static final int REMB_MAX_BITS = 62;

    private FeedbackBody() {}

    static boolean isRemb(byte[] bytes, int at, int end) {
        int mark = at + SSRCS_BYTES;
        return mark + 4 <= end && BigEndian.u32(bytes, mark) == RtcpType.REMB_MARK;
    }

    static @Nullable Rtcp transport(int format, byte[] bytes, int at, int end) {
        int body = at + SSRCS_BYTES;
        if (body > end) {
            return null;
        }
        long sender = BigEndian.u32(bytes, at);
        long media = BigEndian.u32(bytes, at + 4);
        if (format == RtcpType.FORMAT_NACK) {
            return nack(sender, media, bytes, body, end);
        }
        var feedback = TransportFeedbackCodec.decode(bytes, body, end);
        return feedback == null ? null : new Rtcp.Arrivals(sender, media, feedback);
    }

    static @Nullable Rtcp payload(int format, byte[] bytes, int at, int end) {
        int body = at + SSRCS_BYTES;
        if (body > end) {
            return null;
        }
        long sender = BigEndian.u32(bytes, at);
        return switch (format) {
            case RtcpType.FORMAT_PLI -> new Rtcp.Pli(sender, BigEndian.u32(bytes, at + 4));
            case RtcpType.FORMAT_FIR -> fir(sender, bytes, body, end);
            default -> remb(sender, bytes, body, end);
        };
    }

    private static @Nullable Rtcp nack(long sender, long media, byte[] bytes, int from, int end) {
        if (from == end) {
            return null;
        }
        var items = new ArrayList<Rtcp.Nack.Item>((end - from) / NACK_ITEM_BYTES);
        for (int at = from; at < end; at += NACK_ITEM_BYTES) {
            items.add(new Rtcp.Nack.Item(BigEndian.u16(bytes, at), BigEndian.u16(bytes, at + 2)));
        }
        return new Rtcp.Nack(sender, media, items);
    }

    private static @Nullable Rtcp fir(long sender, byte[] bytes, int from, int end) {
        if (from == end || (end - from) % FIR_ENTRY_BYTES != 0) {
            return null;
        }
        var entries = new ArrayList<Rtcp.Fir.Entry>((end - from) / FIR_ENTRY_BYTES);
        for (int at = from; at < end; at += FIR_ENTRY_BYTES) {
            entries.add(new Rtcp.Fir.Entry(BigEndian.u32(bytes, at), BigEndian.u8(bytes, at + 4)));
        }
        return new Rtcp.Fir(sender, entries);
    }

    private static @Nullable Rtcp remb(long sender, byte[] bytes, int from, int end) {
        if (from + REMB_FIXED_BYTES > end) {
            return null;
        }
        int count = BigEndian.u8(bytes, from + 4);
        int packed = BigEndian.u24(bytes, from + 5);
        int exponent = packed >>> REMB_MANTISSA_BITS;
        long mantissa = packed & ((1 << REMB_MANTISSA_BITS) - 1);
        int ssrcsAt = from + REMB_FIXED_BYTES;
        int bits = Long.SIZE - Long.numberOfLeadingZeros(mantissa) + exponent;
        if (ssrcsAt + 4 * count > end || (bits > REMB_MAX_BITS && mantissa != 0)) {
            return null;
        }
        return new Rtcp.Remb(sender, mantissa << exponent, ReportBody.ssrcs(count, bytes, ssrcsAt));
    }
}
