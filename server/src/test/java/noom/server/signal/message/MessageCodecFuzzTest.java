// SPDX-License-Identifier: Apache-2.0
package noom.server.signal.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import noom.server.signal.message.MessageCodec.Malformed;
import noom.server.signal.message.MessageCodec.Understood;

/// Any bytes as any message a page may send: understood or refused, and what is understood comes
/// back the same from its own JSON.
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
        for (Class<?> type : TYPES) {
            switch (MessageCodec.read(bytes, type)) {
                case Understood<?>(Object message) -> {
                    var again = MessageCodec.read(MessageCodec.write(message), type);
                    assertThat(again).isEqualTo(new Understood<Object>(message));
                }
                case Malformed<?>(String reason) -> assertThat(reason).isNotEmpty();
            }
        }
        var arguments = new ArrayList<Object>();
        arguments.add(new String(bytes, StandardCharsets.UTF_8));
        for (Class<?> type : TYPES) {
            assertThat(MessageCodec.readTree(arguments, type)).isInstanceOf(Malformed.class);
        }
    }
}
