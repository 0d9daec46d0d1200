// SPDX-License-Identifier: Apache-2.0
package noom.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import noom.socketio.protocol.JsonReader.MalformedJsonException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    private static Object read(int maxDepth, String text) throws MalformedJsonException {
        return new JsonReader(maxDepth).read(text, 0, -1, List.of());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 64, 500})
    void arrays_and_objects_count_as_deep_as_they_are(int depth) throws Exception {
        var arrays = "[".repeat(depth) + "1" + "]".repeat(depth);
        var objects = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);

        assertThat(read(depth, arrays)).isNotNull();
        assertThat(read(depth, objects)).isNotNull();
        assertThatThrownBy(() -> read(depth, "[" + arrays + "]"))
                .isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> read(depth, "{\"a\":" + objects + "}"))
                .isInstanceOf(MalformedJsonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[[1],[2],{\"a\":3},[]]", "{\"a\":[1],\"b\":[2],\"c\":{}}"})
    void what_stands_side_by_side_is_not_deeper(String text) throws Exception {
        assertThat(read(2, text)).isNotNull();
        assertThatThrownBy(() -> read(1, text)).isInstanceOf(MalformedJsonException.class);
    }
}
