// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a client sent with an event or an ack, by position from 0.
///
/// The typed accessors throw [EventRefusedException] `bad-argument` when there is no such argument
/// or it is of another type, so a handler may take what it needs and leave the rest to the library.
/// From any thread; maps, lists and arrays are the same for all handlers of an event.
public sealed interface Arguments permits EventArguments, AckArguments, ServerSideEvent {
    /// All arguments; a list that cannot be changed.
    List<@Nullable Object> values();

    /// The number of arguments.
    default int size() {
        return values().size();
    }

    /// Any argument, null if it is null or absent.
    default @Nullable Object get(int index) {
        return index < values().size() ? values().get(index) : null;
    }

    /// A string.
    default String string(int index) {
        return typed(index, String.class);
    }

    /// A number without a fraction that fits an `int`.
    default int integer(int index) {
        return typed(index, Integer.class);
    }

    /// A number, with or without a fraction.
    default double number(int index) {
        return typed(index, Number.class).doubleValue();
    }

    /// A truth value.
    default boolean bool(int index) {
        return typed(index, Boolean.class);
    }

    /// Binary data; the array is the caller's.
    default byte[] bytes(int index) {
        return typed(index, byte[].class);
    }

    /// A JSON object.
    @SuppressWarnings("unchecked") // the decoder makes objects with string keys only
    default Map<String, @Nullable Object> object(int index) {
        return (Map<String, @Nullable Object>) typed(index, Map.class);
    }

    /// A JSON array.
    @SuppressWarnings("unchecked") // any element is an Object
    default List<@Nullable Object> array(int index) {
        return (List<@Nullable Object>) typed(index, List.class);
    }

    private <T> T typed(int index, Class<T> type) {
        var value = get(index);
        if (!type.isInstance(value)) {
            throw new EventRefusedException(
                    "bad-argument", "argument " + index + " is no " + type.getSimpleName());
        }
        return type.cast(value);
    }
}
