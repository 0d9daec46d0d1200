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

    /// A fixed header and a payload as long as browsers make them.
    static final int PACKET_BYTES = 12 + 1_100;

    private static final int SEQ_AT = 2;
    private static final int SSRC_AT = 8;
    private static final SrtpProfile PROFILE = SrtpProfile.AEAD_AES_128_GCM;

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
        var material = new byte[PROFILE.exporterBytes()];
        new SplittableRandom(number).nextBytes(material);
        return SrtpContext.ofExporter(PROFILE, role, material);
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

    /// The other end: packets as a browser sends them.
    static final class Source {
        private final SrtpContext context = context(0, DtlsRole.CLIENT);
        private final ByteBuffer plain = ByteBuffer.allocate(PACKET_BYTES);
        private short seq;

        Source() {
            plain.put(0, (byte) 0x80).put(1, (byte) 96).putInt(SSRC_AT, 7);
        }

        /// Writes the next packet; returns its length.
        int next(byte[] into) {
            plain.putShort(SEQ_AT, seq++);
            return context.sender().protectRtp(plain.array(), 0, PACKET_BYTES, into, 0);
        }
    }
}
