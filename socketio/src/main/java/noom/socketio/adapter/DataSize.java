// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// About how many bytes plain objects take on the wire.
final class DataSize {
    private static final int NUMBER_BYTES = 8;

    private DataSize() {}

    static int of(@Nullable Object value) {
        return switch (value) {
            case String text -> text.length() + 2;
            case byte[] bytes -> bytes.length;
            case Map<?, ?> map -> {
                int sum = 2;
                for (var entry : map.entrySet()) {
                    sum += of(entry.getKey()) + of(entry.getValue()) + 2;
                }
                yield sum;
            }
            case Iterable<?> items -> {
                int sum = 2;
                for (var item : items) {
                    sum += of(item) + 1;
                }
                yield sum;
            }
            case null, default -> NUMBER_BYTES;
        };
    }
}
