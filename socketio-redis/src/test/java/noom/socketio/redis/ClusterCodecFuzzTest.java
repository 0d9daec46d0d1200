// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/// The first byte is the type of a message, the others its data in one of the three forms: a
/// message, or none, but never an exception.
class ClusterCodecFuzzTest {
    @FuzzTest(maxDuration = "")
    void any_bytes_are_a_message_or_none(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        var rest = Arrays.copyOfRange(bytes, 1, bytes.length);
        var type = String.valueOf(bytes[0]);
        var _ = ClusterCodec.fromPayload(rest);
        var _ = ClusterCodec.fromText(new String(rest, UTF_8));
        for (var data :
                new String[] {
                    "{" + new String(rest, UTF_8), Base64.getEncoder().encodeToString(rest)
                }) {
            var _ =
                    ClusterCodec.fromFields(
                            Map.of("uid", "u", "nsp", "/", "type", type, "data", data));
        }
    }
}
