// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import noom.rtc.stun.StunMessage;

/// Datagrams that look like something and are nothing: STUN, DTLS and RTP by turns, each with all
/// its lengths right and everything else random.
///
/// Owner: whoever created it.
final class Garbage {
    static final int MAX_BYTES = 1_200;

    private static final int USERNAME = 0x0006;
    private static final int MESSAGE_INTEGRITY = 0x0008;
    private static final int ATTRIBUTE_BYTES = 4;
    private static final int USERNAME_BYTES = 20;
    private static final int INTEGRITY_BYTES = 20;
    private static final byte HANDSHAKE = 22;
    private static final short DTLS_1_2 = (short) 0xFEFD;
    private static final int RECORD_HEADER_BYTES = 13;
    private static final short RTP_VP8 = (short) 0x8060;
    private static final int LEAST_BYTES = 40;
    private static final int KINDS = 3;

    private final RandomGenerator random;
    private final byte[] bytes = new byte[MAX_BYTES];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
    private int turn;

    Garbage(RandomGenerator random) {
        this.random = random;
    }

    /// The next one, borrowed until the one after it.
    ByteBuffer next() {
        int kind = turn++ % KINDS;
        int lengthBytes = LEAST_BYTES + random.nextInt(MAX_BYTES - LEAST_BYTES);
        random.nextBytes(bytes);
        buffer.clear();
        return switch (kind) {
            case 0 -> stun();
            case 1 -> dtls(lengthBytes);
            default -> buffer.putShort(0, RTP_VP8).limit(lengthBytes);
        };
    }

    private ByteBuffer stun() {
        int body = 2 * ATTRIBUTE_BYTES + USERNAME_BYTES + INTEGRITY_BYTES;
        int second = StunMessage.HEADER_BYTES + ATTRIBUTE_BYTES + USERNAME_BYTES;
        for (int i = 0; i < USERNAME_BYTES; i++) {
            bytes[StunMessage.HEADER_BYTES + ATTRIBUTE_BYTES + i] =
                    (byte) (i == USERNAME_BYTES / 2 ? ':' : 'a' + random.nextInt(26));
        }
        return buffer.putShort(0, (short) StunMessage.BINDING_REQUEST)
                .putShort(2, (short) body)
                .putInt(4, StunMessage.MAGIC_COOKIE)
                .putShort(StunMessage.HEADER_BYTES, (short) USERNAME)
                .putShort(StunMessage.HEADER_BYTES + 2, (short) USERNAME_BYTES)
                .putShort(second, (short) MESSAGE_INTEGRITY)
                .putShort(second + 2, (short) INTEGRITY_BYTES)
                .limit(StunMessage.HEADER_BYTES + body);
    }

    private ByteBuffer dtls(int lengthBytes) {
        return buffer.put(0, HANDSHAKE)
                .putShort(1, DTLS_1_2)
                .putShort(RECORD_HEADER_BYTES - 2, (short) (lengthBytes - RECORD_HEADER_BYTES))
                .limit(lengthBytes);
    }
}
