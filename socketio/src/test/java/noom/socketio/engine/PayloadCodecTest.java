// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

/// Trap 7 of the protocol: bodies of long-polling.
class PayloadCodecTest {
    @Test
    void every_kind_of_packet_is_written_with_its_digit() {
        var packets = new ArrayList<EnginePacket>();
        packets.add(new EnginePacket.Open("{}"));
        packets.add(EnginePacket.TextMessage.of("hi"));
        packets.add(EnginePacket.BinaryMessage.of(new byte[] {1, 2, 3, 4}));
        packets.addAll(List.of(EnginePacket.Signal.values()));

        assertThat(PayloadCodec.encode(packets).split("\u001e"))
                .containsExactly(
                        "0{}", "4hi", "bAQIDBA==", "1", "2", "2probe", "3", "3probe", "5", "6");
    }

    @Test
    void what_is_read_is_what_was_written() {
        Property.forAll(
                random -> {
                    var packets = new ArrayList<EnginePacket>();
                    for (int i = random.between(1, 10); i > 0; i--) {
                        packets.add(
                                random.coin()
                                        ? EnginePacket.BinaryMessage.of(random.bytes())
                                        : EnginePacket.TextMessage.of(random.text()));
                    }
                    var body = PayloadCodec.encode(packets);

                    var read = PayloadCodec.decode(body, Integer.MAX_VALUE);

                    assertThat(read.malformed()).isNull();
                    assertThat(PayloadCodec.encode(read.packets())).isEqualTo(body);
                    assertThat(read.packets()).hasSameSizeAs(packets);
                });
    }

    @Test
    void the_first_bad_part_ends_reading() {
        for (var bad : List.of("", "a", "7", "b===", "b!!", "B", " 4")) {
            var read = PayloadCodec.decode("4good\u001e" + bad + "\u001e4lost", 10);

            assertThat(read.malformed()).as("after '%s'", bad).isEqualTo("not a packet");
            assertThat(read.packets()).hasSize(1);
        }
    }

    @Test
    void a_trailing_separator_is_an_empty_packet() {
        assertThat(PayloadCodec.decode("4a\u001e", 10).malformed()).isNotNull();
    }

    @Test
    void one_packet_over_the_limit_ends_reading() {
        assertThat(PayloadCodec.decode("4a\u001e4b", 2).malformed()).isNull();
        assertThat(PayloadCodec.decode("4a\u001e4b\u001e4c", 2).malformed())
                .isEqualTo("too many packets");
    }
}
