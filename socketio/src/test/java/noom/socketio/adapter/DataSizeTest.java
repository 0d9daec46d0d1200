// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import noom.socketio.protocol.EncodedPacket;
import noom.socketio.protocol.Packet;
import noom.socketio.protocol.PacketEncoder;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class DataSizeTest {
    @Test
    void bytes_and_text_count_as_what_they_are() {
        assertThat(DataSize.of(new byte[1_000])).isEqualTo(1_000);
        assertThat(DataSize.of("x".repeat(1_000))).isEqualTo(1_002);
    }

    @Test
    void nothing_is_free() {
        assertThat(DataSize.of(null)).isPositive();
        assertThat(DataSize.of(Map.of())).isPositive();
        assertThat(DataSize.of(List.of())).isPositive();
        assertThat(DataSize.of(Arrays.asList(null, 1, true))).isGreaterThan(DataSize.of(List.of()));
    }

    @Test
    void plain_text_in_any_nesting_is_never_larger_on_the_wire() {
        Property.forAll(
                random -> {
                    Object value = "x".repeat(random.between(0, 200));
                    for (int depth = random.between(0, 10); depth > 0; depth--) {
                        value = random.coin() ? List.of(value, 1) : Map.of("key", value);
                    }
                    var data = List.of("event", value);
                    var encoded = PacketEncoder.encode(new Packet.Event("/", data, Packet.NO_ACK));
                    var text = (EncodedPacket.Text) encoded.messages().getFirst();

                    assertThat(DataSize.of(data)).isGreaterThanOrEqualTo(text.text().length() - 1);
                });
    }
}
