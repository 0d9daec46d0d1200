// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 6455 section 5.2, as far as a server that never fragments needs it.
class WebSocketFrameTest {
    @Test
    void a_text_is_the_example_of_the_standard() {
        var frame = WebSocketFrame.text("Hello");

        assertThat(frame.bytes()).containsExactly(0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f);
        assertThat(frame.headerBytes()).isEqualTo(2);
        assertThat(frame.payloadBytes()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2, 8100",
        "125, 2, 817d",
        "126, 4, 817e007e",
        "65535, 4, 817effff",
        "65536, 10, 817f0000000000010000"
    })
    void the_length_takes_as_little_room_as_it_can(int length, int headerBytes, String header) {
        var frame = WebSocketFrame.text("x".repeat(length));
        var bytes = Arrays.copyOf(frame.bytes(), headerBytes);

        assertThat(frame.headerBytes()).isEqualTo(headerBytes);
        assertThat(java.util.HexFormat.of().formatHex(bytes)).isEqualTo(header);
        assertThat(frame.payloadBytes()).isEqualTo(length);
        bytes[0] = (byte) 0x82;
        assertThat(WebSocketFrame.binaryHeader(length)).isEqualTo(bytes);
    }

    @Test
    void the_payload_is_utf_8_and_its_bytes_are_counted() {
        var frame = WebSocketFrame.text("é한😀");

        assertThat(frame.payloadBytes()).isEqualTo(2 + 3 + 4);
        assertThat(new String(frame.bytes(), 2, 9, StandardCharsets.UTF_8)).isEqualTo("é한😀");
    }

    @Test
    void a_message_makes_its_frame_once() {
        var message = EnginePacket.TextMessage.of("x");

        assertThat(message.frame()).isSameAs(message.frame());
        assertThat(message.frame().bytes()).containsExactly(0x81, 2, '4', 'x');
    }
}
