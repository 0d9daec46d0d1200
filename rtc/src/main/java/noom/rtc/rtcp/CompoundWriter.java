// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtcp;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes control packets one after the other into the caller's buffer (RFC 3550 §6.1).
///
/// Owner: whoever created it; [#begin] starts the next datagram. What [CompoundReader] reads
/// from the result equals what was added.
public final class CompoundWriter {
    /// A limit for [#begin] that leaves room for encryption and for any path.
    public static final int DEFAULT_LIMIT_BYTES = 1_200;

    private static final int MAX_CNAME_BYTES = 255;

    private final RtcpOut out = new RtcpOut();
    private int start;

    /// Begins a datagram from `offset` on, of at most `limitBytes`.
    ///
    /// @param buffer borrowed until the next [#begin]
    public CompoundWriter begin(byte[] buffer, int offset, int limitBytes) {
        start = offset;
        out.begin(buffer, offset, Math.min(buffer.length, offset + limitBytes));
        return this;
    }

    /// What was written so far.
    public int lengthBytes() {
        return out.position() - start;
    }

    /// Adds a packet.
    ///
    /// @return false, and nothing added, if there is no room; what is behind
    ///     [#lengthBytes()] in the buffer may then have changed
    /// @throws IllegalArgumentException if a name has more than 255 bytes
    public boolean add(Rtcp packet) {
        switch (packet) {
            case Rtcp.SenderReport report -> senderReport(report);
            case Rtcp.ReceiverReport report -> receiverReport(report);
            case Rtcp.SourceDescription description -> sourceDescription(description);
            case Rtcp.Bye bye -> bye(bye);
            case Rtcp.Nack nack -> nack(nack);
            case Rtcp.Pli pli -> feedback(RtcpType.FORMAT_PLI, pli.senderSsrc(), pli.mediaSsrc());
            case Rtcp.Fir fir -> fir(fir);
            case Rtcp.Remb remb -> remb(remb);
            case Rtcp.ExtendedReport report -> extendedReport(report);
            case Rtcp.Arrivals arrivals -> arrivals(arrivals);
        }
        return out.endPacket();
    }

    private void senderReport(Rtcp.SenderReport report) {
        out.beginPacket(report.blocks().size(), RtcpType.SENDER_REPORT);
        out.u32(report.ssrc());
        out.u64(report.ntpTime());
        out.u32(report.rtpTicks());
        out.u32(report.packetCount());
        out.u32(report.octetCount());
        reportBlocks(report.blocks());
    }

    private void receiverReport(Rtcp.ReceiverReport report) {
        out.beginPacket(report.blocks().size(), RtcpType.RECEIVER_REPORT);
        out.u32(report.ssrc());
        reportBlocks(report.blocks());
    }

    private void reportBlocks(List<Rtcp.ReportBlock> blocks) {
        for (var block : blocks) {
            out.u32(block.ssrc());
            out.u8(block.fractionLost());
            out.u24(block.cumulativeLost());
            out.u32(block.extendedHighestSeq());
            out.u32(block.jitterTicks());
            out.u32(block.lastSenderReport());
            out.u32(block.delaySinceLastSenderReport());
        }
    }

    private void sourceDescription(Rtcp.SourceDescription description) {
        out.beginPacket(description.chunks().size(), RtcpType.SOURCE_DESCRIPTION);
        for (var chunk : description.chunks()) {
            byte[] cname = chunk.cname().getBytes(StandardCharsets.UTF_8);
            if (cname.length > MAX_CNAME_BYTES) {
                throw new IllegalArgumentException("CNAME of " + cname.length + " bytes");
            }
            out.u32(chunk.ssrc());
            out.u8(RtcpType.SDES_CNAME);
            out.u8(cname.length);
            out.raw(cname);
            out.u8(0);
            out.padToWord();
        }
    }

    private void bye(Rtcp.Bye bye) {
        out.beginPacket(bye.ssrcs().size(), RtcpType.BYE);
        bye.ssrcs().forEach(out::u32);
    }

    private void nack(Rtcp.Nack nack) {
        out.beginPacket(RtcpType.FORMAT_NACK, RtcpType.TRANSPORT_FEEDBACK);
        out.u32(nack.senderSsrc());
        out.u32(nack.mediaSsrc());
        for (var item : nack.items()) {
            out.u16(item.seq());
            out.u16(item.following());
        }
    }

    private void arrivals(Rtcp.Arrivals arrivals) {
        out.beginPacket(RtcpType.FORMAT_ARRIVALS, RtcpType.TRANSPORT_FEEDBACK);
        out.u32(arrivals.senderSsrc());
        out.u32(arrivals.mediaSsrc());
        TransportFeedbackCodec.encode(arrivals.feedback(), out);
    }

    private void feedback(int format, long senderSsrc, long mediaSsrc) {
        out.beginPacket(format, RtcpType.PAYLOAD_FEEDBACK);
        out.u32(senderSsrc);
        out.u32(mediaSsrc);
    }

    /// The stream is named in the entries; the field for it is zero (RFC 5104 §4.3.1.2).
    private void fir(Rtcp.Fir fir) {
        feedback(RtcpType.FORMAT_FIR, fir.senderSsrc(), 0);
        for (var entry : fir.entries()) {
            out.u32(entry.ssrc());
            out.u8(entry.commandSeq());
            out.u24(0);
        }
    }

    private void remb(Rtcp.Remb remb) {
        feedback(RtcpType.FORMAT_APPLICATION, remb.senderSsrc(), 0);
        out.u32(RtcpType.REMB_MARK);
        int bits = Long.SIZE - Long.numberOfLeadingZeros(remb.bitrateBps());
        int exponent = Math.max(0, bits - FeedbackBody.REMB_MANTISSA_BITS);
        int mantissa = (int) (remb.bitrateBps() >>> exponent);
        out.u8(remb.ssrcs().size());
        out.u24(exponent << FeedbackBody.REMB_MANTISSA_BITS | mantissa);
        remb.ssrcs().forEach(out::u32);
    }

    private void extendedReport(Rtcp.ExtendedReport report) {
        out.beginPacket(0, RtcpType.EXTENDED_REPORT);
        out.u32(report.ssrc());
        for (var block : report.blocks()) {
            switch (block) {
                case Rtcp.ExtendedReport.ReceiverReferenceTime time -> {
                    out.u16(RtcpType.XR_RECEIVER_REFERENCE_TIME << 8);
                    out.u16(2);
                    out.u64(time.ntpTime());
                }
                case Rtcp.ExtendedReport.DelaySinceLast delays -> {
                    out.u16(RtcpType.XR_DELAY_SINCE_LAST << 8);
                    out.u16(3 * delays.answers().size());
                    for (var answer : delays.answers()) {
                        out.u32(answer.ssrc());
                        out.u32(answer.lastReference());
                        out.u32(answer.delay());
                    }
                }
            }
        }
    }
}
