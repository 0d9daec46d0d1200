// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import noom.socketio.msgpack.MessagePackParser;
import noom.socketio.protocol.DecodeResult;
import noom.socketio.protocol.PacketLimits;
import org.junit.jupiter.api.Test;

/// What a packet costs that claims more than it holds: here, because the core's tests see no
/// allocation counters.
class MessagePackClaimsTest {
    private static final int LISTS = 60;

    private static byte[] claims(byte format) {
        var packet = ByteBuffer.allocate(1_000_000);
        packet.put((byte) 0x81).put((byte) 0xA1).put((byte) 'x');
        for (int i = 0; i < LISTS; i++) {
            packet.put(format).putInt(450_000);
            if (format == (byte) 0xDF) {
                packet.put((byte) 0xA1).put((byte) 'x');
            }
        }
        return packet.array();
    }

    private static long allocatedBytes(byte[] packet) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        var decoder = MessagePackParser.INSTANCE.newDecoder(PacketLimits.DEFAULT);
        long before = threads.getCurrentThreadAllocatedBytes();
        var result = decoder.receiveBinary(packet);
        long after = threads.getCurrentThreadAllocatedBytes();
        assertThat(result).isInstanceOf(DecodeResult.Malformed.class);
        return after - before;
    }

    @Test
    void lists_inside_one_another_that_each_claim_all_the_rest_cost_what_they_hold() {
        assertThat(allocatedBytes(claims((byte) 0xDD)))
                .as("60 lists claim 450,000 items each, 4 bytes a place")
                .isLessThan(LISTS * 450_000L * 4 / 5);
    }

    @Test
    void maps_do_too() {
        assertThat(allocatedBytes(claims((byte) 0xDF))).isLessThan(60_000_000);
    }
}
