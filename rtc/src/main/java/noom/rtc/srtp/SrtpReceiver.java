// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import noom.rtc.wire.BigEndian;
import org.jspecify.annotations.Nullable;

/// Checks and opens what comes from one peer (RFC 3711 §3.3, §3.4).
///
/// Owner: that of its [SrtpContext]. Packets are borrowed, and the result goes straight to where
/// the caller wants it: the packet's own place, or another one that does not overlap with it.
///
/// Nothing is believed before the tag was right: until then neither a buffer nor a rollover
/// counter nor a replay window changes, and no SSRC is remembered.
public final class SrtpReceiver {
    /// What the methods return instead of a length.
    public static final int REFUSED = -1;

    private final SrtpProfile profile;
    private final PacketSeals seals;
    private final SsrcTable rtpWindows;
    private final SsrcTable rtcpWindows = new SsrcTable();
    private final Passage passage = new Passage();
    private boolean closed;
    private @Nullable SrtpDrop refusal;

    /// @param rtpWindows what came under these keys already: an empty table, but in tests
    SrtpReceiver(SrtpProfile profile, PacketSeals seals, SsrcTable rtpWindows) {
        this.profile = profile;
        this.seals = seals;
        this.rtpWindows = rtpWindows;
    }

    /// Why the last packet was refused; null if it was not.
    public @Nullable SrtpDrop refusal() {
        return refusal;
    }

    /// Opens an SRTP packet.
    ///
    /// @param packet `lengthBytes` from `offset`; borrowed, and overwritten only if it is `into`
    /// @param into has room for the plain packet: [SrtpProfile#rtpOverheadBytes()] less
    /// @return bytes written, or [#REFUSED]; [#refusal()] then says why, and nothing was written
    public int unprotectRtp(
            byte[] packet, int offset, int lengthBytes, byte[] into, int intoOffset) {
        int plainBytes = lengthBytes - profile.rtpOverheadBytes();
        checkOpen();
        Passage.checkRoom(packet, offset, lengthBytes);
        Passage.checkRoom(into, intoOffset, plainBytes);
        refusal = RtpHeader.findFaultInRtp(packet, offset, plainBytes);
        if (refusal == null && lengthBytes > SrtpContext.MAX_PACKET_BYTES) {
            refusal = SrtpDrop.TOO_LONG;
        }
        if (refusal == null) {
            int ssrc = RtpHeader.rtpSsrc(packet, offset);
            int seq = RtpHeader.seq(packet, offset);
            long index = rtpWindows.indexOf(ssrc, seq);
            passage.between(packet, offset, into, intoOffset)
                    .split(RtpHeader.rtpBytes(packet, offset), plainBytes, plainBytes)
                    .number(ssrc, index, RolloverCounter.counterOf(index));
            refusal = open(seals.rtp(), rtpWindows);
        }
        return refusal == null ? plainBytes : REFUSED;
    }

    /// Opens an SRTCP packet. One whose E bit says that it is not encrypted is taken if it is
    /// authentic (§3.4).
    ///
    /// @param packet `lengthBytes` from `offset`; borrowed, and overwritten only if it is `into`
    /// @param into has room for the plain packet: [SrtpProfile#rtcpOverheadBytes()] less
    /// @return bytes written, or [#REFUSED]; [#refusal()] then says why, and nothing was written
    public int unprotectRtcp(
            byte[] packet, int offset, int lengthBytes, byte[] into, int intoOffset) {
        int plainBytes = lengthBytes - profile.rtcpOverheadBytes();
        checkOpen();
        Passage.checkRoom(packet, offset, lengthBytes);
        Passage.checkRoom(into, intoOffset, plainBytes);
        refusal = RtpHeader.findFaultInRtcp(packet, offset, plainBytes);
        if (refusal == null && lengthBytes > SrtpContext.MAX_PACKET_BYTES) {
            refusal = SrtpDrop.TOO_LONG;
        }
        if (refusal == null) {
            int ssrc = RtpHeader.rtcpSsrc(packet, offset);
            int word = (int) BigEndian.u32(packet, offset + profile.rtcpWordAt(plainBytes));
            int clearBytes = SrtcpWord.isEncrypted(word) ? RtpHeader.RTCP_BYTES : plainBytes;
            passage.between(packet, offset, into, intoOffset)
                    .split(clearBytes, plainBytes, profile.rtcpTagAt(plainBytes))
                    .number(ssrc, SrtcpWord.index(word), word);
            refusal = open(seals.rtcp(), rtcpWindows);
        }
        return refusal == null ? plainBytes : REFUSED;
    }

    /// SSRCs remembered of RTP.
    int rtpSsrcCount() {
        return rtpWindows.count();
    }

    /// SSRCs remembered of RTCP.
    int rtcpSsrcCount() {
        return rtcpWindows.count();
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

    private @Nullable SrtpDrop open(PacketSeal seal, SsrcTable windows) {
        var fault = windows.findFault(passage.ssrc, passage.index);
        if (fault != null) {
            return fault;
        }
        if (!seal.open(passage)) {
            return SrtpDrop.AUTH_FAILED;
        }
        passage.copyClear();
        windows.mark(passage.ssrc, passage.index);
        return null;
    }
}
