// SPDX-License-Identifier: Apache-2.0
package noom.socketio.protocol;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/// Any message is decoded or refused, never anything else; what was decoded is written and read
/// again as the same text. The input's bytes are one text; attachments follow as the header asks.
class PacketDecoderFuzzTest {
    @FuzzTest(maxDuration = "")
    void any_message_is_decoded_or_refused(byte[] input) {
        var decoder = new PacketDecoder(new PacketLimits(10, 64, Long.MAX_VALUE));
        var result = decoder.receiveText(new String(input, StandardCharsets.UTF_8));
        for (byte i = 0; result instanceof DecodeResult.Awaiting; i++) {
            if (i == 10) {
                throw new AssertionError("more than ten attachments are awaited");
            }
            result = decoder.receiveBinary(new byte[] {i});
        }
        if (result instanceof DecodeResult.Complete(var packet)) {
            checkStable(packet);
        }
    }

    private static void checkStable(Packet packet) {
        var encoded = PacketEncoder.encode(packet);
        var decoder = new PacketDecoder(new PacketLimits(Integer.MAX_VALUE, 64, Long.MAX_VALUE));
        var result = decoder.receiveText(Encoded.text(encoded));
        for (var bytes : Encoded.attachments(encoded)) {
            result = decoder.receiveBinary(bytes);
        }
        if (!(result instanceof DecodeResult.Complete(var again))) {
            throw new AssertionError("cannot read what was written: " + Encoded.text(encoded));
        }
        if (!Encoded.text(PacketEncoder.encode(again)).equals(Encoded.text(encoded))) {
            throw new AssertionError("changes when written again: " + Encoded.text(encoded));
        }
    }
}
