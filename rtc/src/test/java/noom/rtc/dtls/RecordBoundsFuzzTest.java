// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/// Hostile datagrams: judged as by a reader that takes one field after the other (RFC 6347 §4.1,
/// §4.2.2), and left as they were.
class RecordBoundsFuzzTest {
    @FuzzTest(maxDuration = "")
    void any_datagram_is_judged_as_by_a_plain_reader(byte[] bytes) {
        var before = bytes.clone();

        boolean holds = RecordBounds.holdIn(bytes);

        assertThat(holds).isEqualTo(areWholeAndShort(ByteBuffer.wrap(before)));
        assertThat(bytes).isEqualTo(before);
        if (holds && RecordBounds.beginsWithClientHello(bytes)) {
            var record = ByteBuffer.wrap(before);
            assertThat(record.get()).isEqualTo((byte) 22); // handshake
            assertThat(record.getShort(3)).isZero(); // epoch
            assertThat(record.get(13)).isOne(); // client_hello
        }
    }

    private static boolean areWholeAndShort(ByteBuffer datagram) {
        while (datagram.hasRemaining()) {
            if (datagram.remaining() < 13) {
                return false;
            }
            int type = datagram.get();
            datagram.getShort(); // version
            int epoch = datagram.getShort();
            skip(datagram, 6); // sequence number
            int lengthBytes = Short.toUnsignedInt(datagram.getShort());
            if (lengthBytes > datagram.remaining()) {
                return false;
            }
            var body = datagram.slice(datagram.position(), lengthBytes);
            skip(datagram, lengthBytes);
            if (type == 22 && epoch == 0 && !areMessagesShort(body)) {
                return false;
            }
        }
        return true;
    }

    private static boolean areMessagesShort(ByteBuffer body) {
        while (body.remaining() >= 12) {
            body.get(); // type
            if (u24(body) > 4_096) {
                return false;
            }
            body.getShort(); // sequence number
            u24(body); // where the fragment is in the message
            skip(body, Math.min(u24(body), body.remaining()));
        }
        return true;
    }

    private static int u24(ByteBuffer in) {
        return Byte.toUnsignedInt(in.get()) << 16 | Short.toUnsignedInt(in.getShort());
    }

    private static void skip(ByteBuffer in, int bytes) {
        in.position(in.position() + bytes);
    }
}
