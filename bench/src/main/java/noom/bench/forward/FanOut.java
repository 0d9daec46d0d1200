// SPDX-License-Identifier: Apache-2.0
package noom.bench.forward;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import noom.rtc.srtp.SrtpContext;
import noom.rtc.srtp.SrtpContext.DtlsRole;
import noom.rtc.srtp.SrtpProfile;

/// One packet in, one for each receiver out, each under the keys of its receiver: what every
/// forwarder does the same way.
///
/// Owner: the forwarder's thread.
final class FanOut {
    static final int RECEIVERS = 50;

    /// A header with one extension, and a payload as long as browsers make them.
    static final int PACKET_BYTES = 12 + 8 + 1_100;

    /// VP8 from this source.
    static final int PAYLOAD_TYPE = 96;

    static final long SSRC = 7;
    static final int TRANSPORT_CC_ID = 3;
    static final SrtpProfile PROFILE = SrtpProfile.AEAD_AES_128_GCM;

    private static final int SSRC_AT = 8;

    private final SrtpContext in = context(0, DtlsRole.SERVER);
    private final SrtpContext[] out = new SrtpContext[RECEIVERS];
    private final byte[] plain = new byte[SrtpContext.MAX_PACKET_BYTES];
    private final ByteBuffer header = ByteBuffer.wrap(plain);
    private final byte[] sealed = new byte[SrtpContext.MAX_PACKET_BYTES];

    FanOut() {
        for (int i = 0; i < RECEIVERS; i++) {
            out[i] = context(1 + i, DtlsRole.SERVER);
        }
    }

    /// Takes one sealed packet for a receiver.
    interface Sink {
        void send(byte[] packet, int lengthBytes, int receiver);
    }

    /// Both ends of a connection make the same from the same number.
    static SrtpContext context(int number, DtlsRole role) {
        return SrtpContext.ofExporter(PROFILE, role, keys(number));
    }

    static byte[] keys(int number) {
        var material = new byte[PROFILE.exporterBytes()];
        new SplittableRandom(number).nextBytes(material);
        return material;
    }

    /// Decrypts once, and for each receiver writes its SSRC and encrypts.
    void forward(byte[] packet, int offset, int lengthBytes, Sink sink) {
        int plainBytes = in.receiver().unprotectRtp(packet, offset, lengthBytes, plain, 0);
        if (plainBytes != PACKET_BYTES) {
            throw new IllegalStateException("refused: " + in.receiver().refusal());
        }
        for (int i = 0; i < RECEIVERS; i++) {
            header.putInt(SSRC_AT, 1_000 + i);
            int sealedBytes = out[i].sender().protectRtp(plain, 0, plainBytes, sealed, 0);
            sink.send(sealed, sealedBytes, i);
        }
    }

    /// The other end: pictures as a browser sends them, a burst each, the first a key frame.
    static final class Source {
        private static final int TICKS_PER_PICTURE = 3_000;
        private static final int PAYLOAD_AT = PACKET_BYTES - 1_100;
        private static final int PICTURE_ID_AT = PAYLOAD_AT + 2;

        /// X and S, then I; a picture id of 15 bits; and of the picture P, which is 0 in a key
        /// frame (RFC 7741 sections 4.2 and 4.3).
        private static final byte FIRST = (byte) 0x90;

        private static final byte LATER = (byte) 0x80;
        private static final byte HAS_PICTURE_ID = (byte) 0x80;
        private static final byte IS_DELTA = 1;

        private final SrtpContext context = context(0, DtlsRole.CLIENT);
        private final ByteBuffer plain = ByteBuffer.allocate(PACKET_BYTES);
        private short seq;
        private int picture;

        Source() {
            plain.put(0, (byte) 0x90).putInt(SSRC_AT, (int) SSRC);
            plain.putInt(12, 0xBEDE_0001).put(16, (byte) (TRANSPORT_CC_ID << 4 | 1));
            plain.put(PAYLOAD_AT + 1, HAS_PICTURE_ID);
        }

        /// Writes a packet of a picture; returns its length.
        int next(byte[] into, boolean isFirst, boolean isLast) {
            plain.put(1, (byte) (PAYLOAD_TYPE | (isLast ? 0x80 : 0)));
            plain.putShort(2, seq).putInt(4, picture * TICKS_PER_PICTURE);
            plain.putShort(17, seq);
            plain.put(PAYLOAD_AT, isFirst ? FIRST : LATER);
            plain.putShort(PICTURE_ID_AT, (short) (0x8000 | picture));
            plain.put(PICTURE_ID_AT + 2, picture == 0 ? 0 : IS_DELTA);
            seq++;
            if (isLast) {
                picture++;
            }
            return context.sender().protectRtp(plain.array(), 0, PACKET_BYTES, into, 0);
        }
    }
}
