// SPDX-License-Identifier: Apache-2.0
package noom.socketio.msgpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagePackTest {
    private static final int MAX_DEPTH = 256;

    private static Object read(String hex) throws IOException {
        return MessagePack.read(HexFormat.of().parseHex(hex), MAX_DEPTH);
    }

    @ParameterizedTest
    @CsvSource({
        "00, 0",
        "7f, 127",
        "ff, -1",
        "cd0100, 256",
        "ce80000000, 2147483648",
        "cf8000000000000000, 9223372036854775808",
        "d38000000000000000, -9223372036854775808",
        "cb3ff8000000000000, 1.5",
        "ca3fc00000, 1.5",
        "a161, a",
        "c3, true",
    })
    void the_values_of_the_specification_are_read(String hex, String value) throws IOException {
        assertThat(read(hex)).hasToString(value);
    }

    @Test
    void nothing_and_moments_are_read() throws IOException {
        assertThat(read("c0")).isNull();
        assertThat(read("d6ff00000000")).as("a timestamp").isEqualTo(Instant.EPOCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c1",
                "a2",
                "92c0",
                "81a161",
                "c4ff00",
                "c6ffffffff00",
                "dfffffffff",
                "ddffffffff",
                "0000",
                "8101c0"
            })
    void what_is_not_one_value_is_refused(String hex) {
        assertThatThrownBy(() -> read(hex)).isInstanceOf(IOException.class);
    }

    @Test
    void arrays_are_nested_256_deep_at_most() throws IOException {
        assertThat(read("91".repeat(256) + "c0")).isNotNull();
        assertThatThrownBy(() -> read("91".repeat(257) + "c0")).isInstanceOf(IOException.class);
    }

    @Test
    void whatever_is_written_is_read_again() {
        Property.forAll(
                random -> {
                    var tree = tree(random, 4);
                    assertThat(read(HexFormat.of().formatHex(MessagePack.write(tree))))
                            .usingRecursiveComparison()
                            .isEqualTo(tree);
                });
    }

    private static Object tree(Property.Case random, int depth) {
        return switch (random.between(0, depth == 0 ? 6 : 8)) {
            case 0 -> null;
            case 1 -> random.coin();
            case 2 -> random.random().nextInt();
            case 3 -> (long) Integer.MAX_VALUE + random.between(1, 1_000_000);
            case 4 -> random.random().nextDouble();
            case 5 -> HexFormat.of().formatHex(random.bytes());
            case 6 -> random.bytes();
            case 7 -> {
                var list = new ArrayList<Object>();
                for (int i = random.between(0, 4); i > 0; i--) {
                    list.add(tree(random, depth - 1));
                }
                yield list;
            }
            default -> {
                var map = new LinkedHashMap<String, Object>();
                for (int i = random.between(0, 4); i > 0; i--) {
                    map.put("k" + i, tree(random, depth - 1));
                }
                yield map;
            }
        };
    }

    @Test
    void what_is_no_plain_object_is_refused() {
        assertThatThrownBy(() -> MessagePack.write(List.of(new Object())))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
