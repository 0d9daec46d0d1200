// SPDX-License-Identifier: Apache-2.0
package noom.socketio.msgpack;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import noom.socketio.protocol.DecodeResult;
import noom.socketio.protocol.EncodedPacket;
import noom.socketio.protocol.Packet;
import noom.socketio.protocol.PacketLimits;

/// Any message is decoded or refused, never anything else; what was decoded is written and read
/// again as the same bytes.
class MessagePackDecoderFuzzTest {
    private static final MessagePackParser PARSER = MessagePackParser.INSTANCE;

    @FuzzTest(maxDuration = "")
    void any_message_is_decoded_or_refused(byte[] input) {
        var decoder = PARSER.newDecoder(new PacketLimits(10, 64, 1 << 20));
        if (decoder.receiveBinary(input) instanceof DecodeResult.Complete(var packet)) {
            checkStable(packet);
        }
    }

    private static byte[] bytes(Packet packet) {
        return ((EncodedPacket.Binary) PARSER.encode(packet).messages().getFirst()).bytes();
    }

    private static void checkStable(Packet packet) {
        var written = bytes(packet);
        var decoder = PARSER.newDecoder(new PacketLimits(10, 64, Long.MAX_VALUE));
        if (!(decoder.receiveBinary(written) instanceof DecodeResult.Complete(var again))) {
            throw new AssertionError("cannot read what was written");
        }
        if (!Arrays.equals(bytes(again), written)) {
            throw new AssertionError("changes when written again");
        }
    }
}
