// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON object from another server, read with suspicion.
record Fields(Map<?, ?> values) {
    /// A field is missing or of another type.
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Malformed() {
            super(null, null, false, false);
        }
    }

    static Fields of(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return new Fields(map);
        }
        throw new Malformed();
    }

    @Nullable Object get(String name) {
        return values.get(name);
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(get(name));
    }

    Fields object(String name) {
        return of(get(name));
    }

    Map<String, @Nullable Object> objectOrEmpty(String name) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        if (get(name) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        }
        return copy;
    }

    String string(String name) {
        if (get(name) instanceof String text) {
            return text;
        }
        throw new Malformed();
    }

    @Nullable String stringOrNull(String name) {
        return get(name) == null ? null : string(name);
    }

    List<@Nullable Object> list(String name) {
        if (get(name) instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        throw new Malformed();
    }

    List<String> strings(String name) {
        var strings = new ArrayList<String>();
        for (var item : list(name)) {
            if (!(item instanceof String text)) {
                throw new Malformed();
            }
            strings.add(text);
        }
        return strings;
    }

    /// A whole number from 0 to the largest `int`.
    long count(String name) {
        if (get(name) instanceof Number number) {
            double value = number.doubleValue();
            if (value >= 0 && value <= Integer.MAX_VALUE && value == Math.rint(value)) {
                return number.longValue();
            }
        }
        throw new Malformed();
    }
}
