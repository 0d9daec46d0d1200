// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import noom.rtc.wire.BigEndian;
import org.jspecify.annotations.Nullable;

/// Protects what goes to one peer (RFC 3711 §3.3, §3.4).
///
/// Owner: that of its [SrtpContext]. Packets are borrowed, and the result goes straight to where
/// the caller wants it: the packet's own place, or another one that does not overlap with it.
///
/// Each SSRC begins with rollover counter 0, so begin its sequence numbers in the lower half of
/// the 16 bits (§3.3.1): a receiver that loses the first packets must not miss a rollover. A packet
/// is protected **once**: what is sent again is the protected packet, or one of the RTX stream.
public final class SrtpSender {
    /// What the methods return instead of a length.
    public static final int REFUSED = -1;

    private final SrtpProfile profile;
    private final PacketSeals seals;
    private final SsrcTable windows;
    private final Passage passage = new Passage();
    private long nextRtcpIndex;
    private boolean closed;
    private @Nullable SrtpDrop refusal;

    /// @param windows what was sent under these keys already: an empty table, but in tests
    /// @param firstRtcpIndex 0, but in tests
    SrtpSender(SrtpProfile profile, PacketSeals seals, SsrcTable windows, long firstRtcpIndex) {
        this.profile = profile;
        this.seals = seals;
        this.windows = windows;
        this.nextRtcpIndex = firstRtcpIndex;
    }

    /// Why the last packet was refused; null if it was not.
    public @Nullable SrtpDrop refusal() {
        return refusal;
    }

    /// Protects an RTP packet. The payload is encrypted; header, CSRCs and extension are not.
    ///
    /// @param packet `lengthBytes` from `offset`; borrowed, and overwritten only if it is `into`
    /// @param into has room for [SrtpProfile#rtpOverheadBytes()] more, from `intoOffset`
    /// @return bytes written, or [#REFUSED]; [#refusal()] then says why, and nothing was written
    public int protectRtp(byte[] packet, int offset, int lengthBytes, byte[] into, int intoOffset) {
        int sealedBytes = lengthBytes + profile.rtpOverheadBytes();
        checkOpen();
        Passage.checkRoom(packet, offset, lengthBytes);
        Passage.checkRoom(into, intoOffset, sealedBytes);
        refusal = RtpHeader.findFaultInRtp(packet, offset, lengthBytes);
        if (refusal == null && sealedBytes > SrtpContext.MAX_PACKET_BYTES) {
            refusal = SrtpDrop.TOO_LONG;
        }
        if (refusal == null) {
            int clearBytes = RtpHeader.rtpBytes(packet, offset);
            passage.between(packet, offset, into, intoOffset)
                    .split(clearBytes, lengthBytes, lengthBytes);
            int ssrc = RtpHeader.rtpSsrc(packet, offset);
            refusal = sealRtp(ssrc, RtpHeader.seq(packet, offset));
        }
        return refusal == null ? sealedBytes : REFUSED;
    }

    /// Protects a compound RTCP packet: all but the first 8 bytes is encrypted, and a word with the
    /// E bit and the index is added. All SSRCs share one index, which is more than §3.4 asks for.
    ///
    /// @param packet `lengthBytes` from `offset`; borrowed, and overwritten only if it is `into`
    /// @param into has room for [SrtpProfile#rtcpOverheadBytes()] more, from `intoOffset`
    /// @return bytes written, or [#REFUSED]; [#refusal()] then says why, and nothing was written
    public int protectRtcp(
            byte[] packet, int offset, int lengthBytes, byte[] into, int intoOffset) {
        int sealedBytes = lengthBytes + profile.rtcpOverheadBytes();
        checkOpen();
        Passage.checkRoom(packet, offset, lengthBytes);
        Passage.checkRoom(into, intoOffset, sealedBytes);
        refusal = RtpHeader.findFaultInRtcp(packet, offset, lengthBytes);
        if (refusal == null && sealedBytes > SrtpContext.MAX_PACKET_BYTES) {
            refusal = SrtpDrop.TOO_LONG;
        }
        if (refusal == null && nextRtcpIndex > SrtcpWord.MAX_INDEX) {
            refusal = SrtpDrop.KEY_EXHAUSTED;
        }
        if (refusal != null) {
            return REFUSED;
        }
        int word = SrtcpWord.ofEncrypted(nextRtcpIndex);
        passage.between(packet, offset, into, intoOffset)
                .split(RtpHeader.RTCP_BYTES, lengthBytes, profile.rtcpTagAt(lengthBytes))
                .number(RtpHeader.rtcpSsrc(packet, offset), nextRtcpIndex, word);
        passage.copyClear();
        seals.rtcp().seal(passage);
        BigEndian.put32(into, intoOffset + profile.rtcpWordAt(lengthBytes), word);
        nextRtcpIndex++;
        return sealedBytes;
    }

    /// Makes room for another SSRC when a stream has ended.
    ///
    /// @param ssrc must **never** be sent again under these keys: its indices would begin anew
    public void forget(int ssrc) {
        windows.remove(ssrc);
    }

    void close() {
        closed = true;
        seals.close();
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the keys are gone");
        }
    }

    private @Nullable SrtpDrop sealRtp(int ssrc, int seq) {
        long index = windows.indexOf(ssrc, seq);
        var fault = windows.findFault(ssrc, index);
        if (fault != null) {
            return fault;
        }
        passage.number(ssrc, index, RolloverCounter.counterOf(index)).copyClear();
        seals.rtp().seal(passage);
        windows.mark(ssrc, index);
        return null;
    }
}
