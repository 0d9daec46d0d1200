// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What another server of the cluster said to this one. May be kept, and answered from any thread.
public final class ServerSideEvent implements Arguments {
    private final List<@Nullable Object> data;
    private final @Nullable Consumer<@Nullable Object> answer;
    private final AtomicBoolean answered = new AtomicBoolean();

    /// @param data the name, then the arguments
    /// @param answer sends the answer; null if none is wanted
    ServerSideEvent(List<@Nullable Object> data, @Nullable Consumer<@Nullable Object> answer) {
        this.data = Collections.unmodifiableList(data);
        this.answer = answer;
    }

    /// The event's name.
    public String name() {
        return data.isEmpty() ? "" : String.valueOf(data.getFirst());
    }

    @Override
    public List<@Nullable Object> values() {
        return data.isEmpty() ? data : data.subList(1, data.size());
    }

    /// Whether the other server waits for an answer.
    public boolean wantsAnswer() {
        return answer != null;
    }

    /// Answers, once: later calls do nothing. Does nothing if no answer is wanted.
    public void answer(@Nullable Object value) {
        if (answer != null && answered.compareAndSet(false, true)) {
            answer.accept(value);
        }
    }
}
