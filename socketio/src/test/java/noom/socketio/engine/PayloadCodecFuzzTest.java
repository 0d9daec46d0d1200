// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/// Any body is split or refused, never anything else, into no more packets than allowed and no more
/// bytes than it has itself.
class PayloadCodecFuzzTest {
    private static final int MAX_PACKETS = 64;

    @FuzzTest(maxDuration = "")
    void any_body_is_split_or_refused(byte[] input) {
        var body = new String(input, StandardCharsets.UTF_8);
        var payload = PayloadCodec.decode(body, MAX_PACKETS);
        long sizeBytes = 0;
        for (var packet : payload.packets()) {
            sizeBytes += packet.sizeBytes();
        }
        if (payload.packets().size() > MAX_PACKETS
                || sizeBytes > body.getBytes(StandardCharsets.UTF_8).length) {
            throw new AssertionError("larger than the body: " + sizeBytes);
        }
        if (payload.malformed() == null) {
            var written = PayloadCodec.encode(payload.packets());
            var again = PayloadCodec.decode(written, MAX_PACKETS);
            if (!PayloadCodec.encode(again.packets()).equals(written)) {
                throw new AssertionError("changes when written again: " + written);
            }
        }
    }
}
