// SPDX-License-Identifier: Apache-2.0
package noom.server.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import noom.server.message.MessageCodec.Malformed;
import noom.server.message.MessageCodec.Understood;

/// The first byte names a message that a page may send, the others are its JSON: understood or
/// refused, and what is understood comes back the same from its own JSON.
class MessageCodecFuzzTest {
    private static final List<Class<?>> TYPES =
            Stream.concat(
                            SignalContract.FROM_PAGE.stream().map(e -> e.request()),
                            Stream.of(CreateMeeting.class, LeaveMeeting.class))
                    .distinct()
                    .<Class<?>>map(type -> type)
                    .toList();

    @FuzzTest(maxDuration = "")
    void any_bytes_are_understood_or_refused(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        var type = TYPES.get(Byte.toUnsignedInt(bytes[0]) % TYPES.size());
        var json = Arrays.copyOfRange(bytes, 1, bytes.length);
        switch (MessageCodec.read(json, type)) {
            case Understood<?>(Object message) -> {
                var again = MessageCodec.read(MessageCodec.write(message), type);
                assertThat(again).isEqualTo(new Understood<Object>(message));
            }
            case Malformed<?>(String reason) -> assertThat(reason).isNotEmpty();
        }
    }
}
