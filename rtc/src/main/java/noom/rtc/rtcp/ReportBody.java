// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtcp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import noom.rtc.wire.BigEndian;
import org.jspecify.annotations.Nullable;

/// Bodies of SR, RR, SDES, BYE and XR: from `at` to `end`, null if they hold less than they
/// say.
final class ReportBody {
    private static final int XR_BLOCK_HEADER_BYTES = 4;
    private static final int XR_TIME_BYTES = 8;
    private static final int XR_ANSWER_BYTES = 12;

    private ReportBody() {}

    static @Nullable Rtcp senderReport(int count, byte[] bytes, int at, int end) {
        int blocksAt = at + 4 + RtcpType.SENDER_INFO_BYTES;
        if (blocksAt + count * RtcpType.REPORT_BLOCK_BYTES > end) {
            return null;
        }
        return new Rtcp.SenderReport(
                BigEndian.u32(bytes, at),
                BigEndian.u64(bytes, at + 4),
                BigEndian.u32(bytes, at + 12),
                BigEndian.u32(bytes, at + 16),
                BigEndian.u32(bytes, at + 20),
                reportBlocks(count, bytes, blocksAt));
    }

    static @Nullable Rtcp receiverReport(int count, byte[] bytes, int at, int end) {
        int blocksAt = at + 4;
        if (blocksAt + count * RtcpType.REPORT_BLOCK_BYTES > end) {
            return null;
        }
        return new Rtcp.ReceiverReport(
                BigEndian.u32(bytes, at), reportBlocks(count, bytes, blocksAt));
    }

    static @Nullable Rtcp sourceDescription(int count, byte[] bytes, int from, int end) {
        var chunks = new ArrayList<Rtcp.SourceDescription.Chunk>(count);
        int at = from;
        for (int i = 0; i < count; i++) {
            if (at + 4 > end) {
                return null;
            }
            int itemsEnd = itemsEnd(bytes, at + 4, end);
            String cname = itemsEnd < 0 ? null : cname(bytes, at + 4);
            if (cname == null) {
                return null;
            }
            chunks.add(new Rtcp.SourceDescription.Chunk(BigEndian.u32(bytes, at), cname));
            // The end mark is a zero, and zeros follow it to the next word of the packet (§6.5).
            at += (itemsEnd - at + 4) & ~3;
        }
        return new Rtcp.SourceDescription(chunks);
    }

    static @Nullable Rtcp bye(int count, byte[] bytes, int at, int end) {
        if (at + 4 * count > end) {
            return null;
        }
        return new Rtcp.Bye(ssrcs(count, bytes, at));
    }

    static @Nullable Rtcp extendedReport(byte[] bytes, int from, int end) {
        if (from + 4 > end) {
            return null;
        }
        var blocks = new ArrayList<Rtcp.ExtendedReport.Block>();
        int at = from + 4;
        while (at < end) {
            // Bodies are whole words, so a block's header always fits.
            int body = at + XR_BLOCK_HEADER_BYTES;
            int next = body + 4 * BigEndian.u16(bytes, at + 2);
            if (next > end || !takeXrBlock(bytes, at, body, next, blocks)) {
                return null;
            }
            at = next;
        }
        return new Rtcp.ExtendedReport(BigEndian.u32(bytes, from), blocks);
    }

    static List<Long> ssrcs(int count, byte[] bytes, int at) {
        var ssrcs = new ArrayList<Long>(count);
        for (int i = 0; i < count; i++) {
            ssrcs.add(BigEndian.u32(bytes, at + 4 * i));
        }
        return ssrcs;
    }

    private static boolean takeXrBlock(
            byte[] bytes, int at, int body, int end, List<Rtcp.ExtendedReport.Block> blocks) {
        int bodyBytes = end - body;
        switch (BigEndian.u8(bytes, at)) {
            case RtcpType.XR_RECEIVER_REFERENCE_TIME -> {
                if (bodyBytes != XR_TIME_BYTES) {
                    return false;
                }
                blocks.add(
                        new Rtcp.ExtendedReport.ReceiverReferenceTime(BigEndian.u64(bytes, body)));
            }
            case RtcpType.XR_DELAY_SINCE_LAST -> {
                if (bodyBytes % XR_ANSWER_BYTES != 0) {
                    return false;
                }
                blocks.add(new Rtcp.ExtendedReport.DelaySinceLast(answers(bytes, body, end)));
            }
            default -> {} // a block that nobody here needs
        }
        return true;
    }

    private static List<Rtcp.ExtendedReport.Answer> answers(byte[] bytes, int from, int end) {
        var answers = new ArrayList<Rtcp.ExtendedReport.Answer>();
        for (int at = from; at < end; at += XR_ANSWER_BYTES) {
            answers.add(
                    new Rtcp.ExtendedReport.Answer(
                            BigEndian.u32(bytes, at),
                            BigEndian.u32(bytes, at + 4),
                            BigEndian.u32(bytes, at + 8)));
        }
        return answers;
    }

    private static List<Rtcp.ReportBlock> reportBlocks(int count, byte[] bytes, int from) {
        var blocks = new ArrayList<Rtcp.ReportBlock>(count);
        for (int i = 0; i < count; i++) {
            int at = from + i * RtcpType.REPORT_BLOCK_BYTES;
            int lost = BigEndian.u24(bytes, at + 5);
            blocks.add(
                    new Rtcp.ReportBlock(
                            BigEndian.u32(bytes, at),
                            BigEndian.u8(bytes, at + 4),
                            lost << 8 >> 8, // signed
                            BigEndian.u32(bytes, at + 8),
                            BigEndian.u32(bytes, at + 12),
                            BigEndian.u32(bytes, at + 16),
                            BigEndian.u32(bytes, at + 20)));
        }
        return blocks;
    }

    /// Where the zero stands that ends the items, or -1 if it is missing.
    private static int itemsEnd(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != 0) {
            at = at + 1 < end ? at + 2 + BigEndian.u8(bytes, at + 1) : end;
        }
        return at < end ? at : -1;
    }

    /// The first CNAME of items known to be well-formed; null if it is no UTF-8.
    private static @Nullable String cname(byte[] bytes, int from) {
        for (int at = from; bytes[at] != 0; at += 2 + BigEndian.u8(bytes, at + 1)) {
            if (bytes[at] == RtcpType.SDES_CNAME) {
                var text = ByteBuffer.wrap(bytes, at + 2, BigEndian.u8(bytes, at + 1));
                try {
                    return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
                } catch (CharacterCodingException _) {
                    return null;
                }
            }
        }
        return "";
    }
}
