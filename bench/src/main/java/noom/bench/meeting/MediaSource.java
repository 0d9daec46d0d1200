// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import java.util.function.LongSupplier;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.RtpWriter;

/// Makes the packets of one track. The first picture is a key frame, and one more for each wish.
///
/// Owner: the loop of its line. What it gives out is borrowed.
final class MediaSource {
    /// Before the mark of a video packet: a VP8 descriptor with a picture id of 15 bits and the
    /// first byte of the payload header (RFC 7741 sections 4.2 and 4.3).
    static final int VP8_BYTES = 5;

    private static final byte EXTENDED = (byte) 0x80;

    /// With the S bit.
    private static final byte FIRST = (byte) 0x90;

    private static final byte HAS_PICTURE_ID = (byte) 0x80;
    private static final byte LONG_PICTURE_ID = (byte) 0x80;
    private static final byte INTER_FRAME = 0x01;

    private final TrackShape shape;
    private final long ssrc;
    private final RtpWriter writer = new RtpWriter();
    private final byte[] payload;
    private final byte[] packet = new byte[RtpPacket.MAX_PACKET_BYTES];
    private final byte[] transportSeq = new byte[2];
    private long number;
    private long picture;
    private boolean isKeyWanted = true;

    /// Takes what is to be sent.
    interface Sink {
        /// The next number of the transport.
        int nextTransportSeq();

        /// Sends it.
        ///
        /// @param packet from 0; borrowed
        void send(byte[] packet, int lengthBytes, long sentNanos);
    }

    MediaSource(TrackShape shape, long ssrc) {
        this.shape = shape;
        this.ssrc = ssrc;
        payload = new byte[Math.max(shape.payloadBytes(), VP8_BYTES + Mark.BYTES)];
    }

    long ssrc() {
        return ssrc;
    }

    TrackShape shape() {
        return shape;
    }

    /// The next picture is a key frame.
    void wantKeyFrame() {
        isKeyWanted = true;
    }

    /// The packets of one picture or one frame of sound, one right after the other.
    ///
    /// @param clock asked for each packet
    void emit(LongSupplier clock, Sink sink) {
        for (int i = 0; i < shape.packets(); i++) {
            if (shape.isVideo()) {
                describe(i == 0);
            }
            int seq = sink.nextTransportSeq();
            transportSeq[0] = (byte) (seq >>> 8);
            transportSeq[1] = (byte) seq;
            long sentNanos = clock.getAsLong();
            Mark.write(payload, shape.markAt(), number, sentNanos);
            boolean isMarker = shape.isVideo() && i == shape.packets() - 1;
            int lengthBytes =
                    writer.begin(
                                    shape.payloadType(),
                                    isMarker,
                                    (int) number & 0xFFFF,
                                    picture * shape.periodTicks() & 0xFFFF_FFFFL,
                                    ssrc)
                            .extension(TrackShape.TRANSPORT_CC_ID, transportSeq, 0, 2)
                            .payload(payload, 0, payload.length)
                            .writeTo(packet, 0);
            number++;
            sink.send(packet, lengthBytes, sentNanos);
        }
        picture++;
        isKeyWanted = false;
    }

    private void describe(boolean isFirst) {
        payload[0] = isFirst ? FIRST : EXTENDED;
        payload[1] = HAS_PICTURE_ID;
        payload[2] = (byte) (LONG_PICTURE_ID | picture >>> 8);
        payload[3] = (byte) picture;
        payload[4] = isKeyWanted ? 0 : INTER_FRAME;
    }
}
