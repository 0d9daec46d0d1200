// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One event that a client sent. May be kept, and answered from any thread.
public final class EventArguments implements Arguments {
    private final List<@Nullable Object> data;
    private final @Nullable Consumer<List<@Nullable Object>> answer;
    private final AtomicBoolean answered = new AtomicBoolean();

    /// @param data the name, then the arguments
    /// @param answer sends the ack; null if the client wants none
    EventArguments(List<@Nullable Object> data, @Nullable Consumer<List<@Nullable Object>> answer) {
        this.data = Collections.unmodifiableList(data);
        this.answer = answer;
    }

    /// The event's name; a number is written as text.
    public String name() {
        return String.valueOf(data.getFirst());
    }

    @Override
    public List<@Nullable Object> values() {
        return data.subList(1, data.size());
    }

    /// Whether the client waits for an answer.
    public boolean wantsAck() {
        return answer != null;
    }

    /// Answers, once: the first call that does not throw counts. Does nothing if the client wants
    /// no answer.
    ///
    /// @throws IllegalArgumentException if an argument holds something that JSON has no word for
    public void ack(@Nullable Object... arguments) {
        if (answer != null && answered.compareAndSet(false, true)) {
            try {
                answer.accept(Arrays.asList(arguments));
            } catch (IllegalArgumentException e) {
                answered.set(false);
                throw e;
            }
        }
    }
}
